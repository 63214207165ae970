"""The rules' attributions and the encoder's proposals made one answer.

Marks are surer about where direct words begin and end, the encoder about everything else. How likely each
candidate is right is weighed from what both say of it; of candidates that overlap, the likelier one holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, log

from readout.attribution.reader import kind_of, merged
from readout.encoder import Proposal
from readout.records import Attribution, Layout, QuotedSpan, Span

KEEP = 0.42
"""How likely an attribution must be right to be shown."""
TRUST_SOURCE = 0.4
"""How sure the encoder must be of a source, if the rules have one, too."""
MOST_SHARED = 0.4
"""The part of a content that a likelier one may have taken."""
WEIGHTS = (0.07, 0.48, 0.46, 0.2, 0.29, -1.39, 1.12, 0.11, -0.3, 0.57)
"""What each of `evidence_for` counts; fitted by `training.encoder.calibrate` on articles kept apart from training."""
BIAS = -1.645
SOURCE_WEIGHTS = (0.5, 1.0, -0.5, 0.3)
SOURCE_BIAS = 1.0
_NONE = -4.0
"""Stands for the log odds of a cue or a source that was not found."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An attribution that may hold."""

    content: tuple[Span, ...]
    proposal: Proposal
    rule: Attribution | None
    """What the rules make of the same beginning."""


def join(
    clean: str,
    layout: Layout,
    marks: Sequence[QuotedSpan],
    rules: Sequence[Attribution],
    proposals: Iterable[Proposal],
) -> tuple[Attribution, ...]:
    """Settle who says what.

    Args:
        clean: the text after `layout.plain`.
        layout: its layout.
        marks: its quotations.
        rules: the attributions that the rules find.
        proposals: what the encoder proposes, each rule's own beginning included.

    Returns:
        Attributions in reading order whose contents do not overlap.
    """
    taken = bytearray(len(clean))
    found: list[Attribution] = []
    weighed = [(likelihood(candidate), candidate) for candidate in candidates(rules, proposals)]
    for likely, candidate in sorted(weighed, key=lambda pair: (-pair[0], pair[1].content)):
        free = untaken(clean, taken, candidate.content) if likely >= KEEP else None
        if free is not None:
            for start, end in free:
                taken[start:end] = b"\1" * (end - start)
            found.append(_settled(clean, layout, marks, candidate, merged(clean, free), likely))
    return tuple(sorted(found, key=lambda a: (a.content[0], a.content[-1])))


def candidates(rules: Sequence[Attribution], proposals: Iterable[Proposal]) -> list[Candidate]:
    """What may hold: each proposal, where the rules see direct words with the content that the marks give it."""
    made = []
    for proposal in proposals:
        rule = rules[proposal.rule] if proposal.rule is not None else None
        direct = rule is not None and rule.kind == "direct"
        made.append(Candidate(rule.content if rule is not None and direct else proposal.content, proposal, rule))
    return made


def evidence_for(candidate: Candidate) -> tuple[float, ...]:
    """What speaks for a candidate, as numbers that `WEIGHTS` weigh."""
    proposal, rule = candidate.proposal, candidate.rule
    direct = rule is not None and rule.kind == "direct"
    ruled = _odds(proposal.ruled) if rule is not None else 0.0
    return (
        _odds(proposal.begins),
        _odds(proposal.holds),
        _odds(proposal.whole),
        _odds(proposal.sourced) if proposal.source else _NONE,
        _odds(proposal.cued) if proposal.cue else _NONE,
        float(rule is not None),
        float(direct),
        ruled,
        ruled if direct else 0.0,
        log(max(1, sum(end - start for start, end in candidate.content))) - 3,
    )


def likelihood(candidate: Candidate) -> float:
    """How likely the content of a candidate is one that somebody says."""
    return _share(BIAS + sum(w * x for w, x in zip(WEIGHTS, evidence_for(candidate), strict=True)))


def source_evidence(candidate: Candidate, source: Sequence[Span]) -> tuple[float, ...]:
    """What speaks for a source, as numbers that `SOURCE_WEIGHTS` weigh."""
    proposal, rule = candidate.proposal, candidate.rule
    shared = bool(rule is not None and _meet(proposal.source, rule.source))
    return (
        _odds(proposal.sourced) if proposal.source else _NONE,
        float(shared),
        float(rule is not None and bool(rule.source) and not shared),
        float(source is proposal.source),
    )


def source_of(candidate: Candidate) -> tuple[Span, ...]:
    """The source of a candidate: the encoder's, unless it is in doubt and the rules have one."""
    proposal, rule = candidate.proposal, candidate.rule
    if rule is not None and rule.source and (not proposal.source or proposal.sourced < TRUST_SOURCE):
        return rule.source
    return proposal.source


def untaken(clean: str, taken: bytearray, content: Sequence[Span]) -> tuple[Span, ...] | None:
    """The parts of a content that no likelier one has taken; None where too much of it is gone."""
    letters = [at for start, end in content for at in range(start, end) if clean[at].isalnum()]
    gone = sum(taken[at] for at in letters)
    if not letters or gone > MOST_SHARED * len(letters):
        return None
    if not gone:
        return tuple(content)
    spans: list[Span] = []
    for start, end in content:
        at = start
        while at < end:
            if taken[at]:
                at += 1
                continue
            stop = taken.find(1, at, end)
            stop = end if stop < 0 else stop
            if any(c.isalnum() for c in clean[at:stop]):
                spans.append((at, stop))
            at = stop
    return tuple(spans)


def _settled(
    clean: str,
    layout: Layout,
    marks: Sequence[QuotedSpan],
    candidate: Candidate,
    content: tuple[Span, ...],
    likely: float,
) -> Attribution:
    proposal, rule = candidate.proposal, candidate.rule
    source = source_of(candidate)
    cue = rule.cue if rule is not None and (source is rule.source or not proposal.cue) else proposal.cue
    woven = rule is not None and rule.kind == "mixed"
    kind = kind_of(clean, content, marks, woven=woven)
    paragraph = next((p.index for p in reversed(layout.paragraphs) if p.start <= content[0][0]), 0)
    score = SOURCE_BIAS + sum(w * x for w, x in zip(SOURCE_WEIGHTS, source_evidence(candidate, source), strict=True))
    sure = round(likely * _share(score), 2)
    via = rule.via if rule is not None else ""
    return Attribution(content, cue, source, kind, paragraph, _reason(clean, candidate, cue), via, sure)


def _reason(clean: str, candidate: Candidate, cue: Sequence[Span]) -> str:
    """Why it is taken for something said, in words a reader understands."""
    rule = candidate.rule
    if rule is not None:
        return rule.evidence
    words = " … ".join(" ".join(clean[start:end].split()) for start, end in cue)
    return f"the reading model, by the cue '{words}'" if words else "the reading model, without a cue"


def _meet(first: Sequence[Span], second: Sequence[Span]) -> bool:
    return any(a < d and c < b for a, b in first for c, d in second)


def _odds(likely: float) -> float:
    likely = min(max(likely, 0.005), 0.995)
    return log(likely / (1 - likely))


def _share(odds: float) -> float:
    return 1 / (1 + exp(-odds))
