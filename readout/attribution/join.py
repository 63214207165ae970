"""The rules' attributions and the encoder's proposals made one answer.

Marks are surer about where direct words begin and end, the encoder about everything else. How likely each
candidate is right is weighed from what both say of it; of candidates that overlap, the likelier one holds.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import exp, fsum, log
from unicodedata import category

from readout.attribution.reader import TURN, kind_of, merged
from readout.encoder import Proposal
from readout.records import Attribution, Layout, QuotedSpan, Span

KEEP = 0.45
"""How likely an attribution must be right to be shown."""
KEEP_DIRECT = 0.3
"""The same for words that stand in quotation marks and that the rules take for somebody's."""
KEEP_CARRIED = 0.1
"""The same for a whole paragraph in quotation marks, which goes on from the one before."""
TRUST_SOURCE = 0.5
"""How sure the encoder must be of a source, if the rules have one, too."""
MOST_SHARED = 0.5
"""The part of a content that a likelier one may have taken."""
WEIGHTS = (0.104, 0.319, 0.133, 0.068, 0.129, -0.833, -0.39, 0.049, 0.071, 0.858, 0.359)
"""What each of `evidence_for` counts; fitted by `training.encoder.calibrate` on articles kept apart from training."""
BIAS = -1.173
SOURCE_WEIGHTS = (0.604, 0.394, -0.42, 0.275)
SOURCE_BIAS = 0.355
_FEWEST_LEFT = 3
_TIE = 0.05
"""Of two candidates no farther apart than this, the one of which the other is a part holds: processors round
differently, and the same text is to have the same reading on all of them."""
PASSED_ON = 0.9
"""How sure the encoder is taken to be, at least, of a source whose words, as the rules see, another one passes on."""
SURE_TURN = 0.9
"""How sure it is, at least, that words are said by whoever a transcript names at their head."""
SAME = 0.5
"""From here on two contents are taken for one."""
NEARLY = 0.85
"""From here on they are as good as the same."""
_FELLOWS = 6
"""How many of the rules' attributions before a place are compared."""
_LOOSE = frozenset(" ,;:\n")
"""Characters that no content begins with."""
_PUT_TO = frozenset(("asked", "told", "informed", "questioned", "pressed", "reminded"))
_HEARSAY = frozenset(("said", "believed", "thought", "expected", "reported", "rumored", "rumoured", "alleged"))
_BE = frozenset(("am", "is", "are", "was", "were", "be", "been", "being"))
_EMPTY = frozenset(
    (
        *("it", "that", "this", "these", "those", "so", "too", "which", "something", "nothing", "anything", "enough"),
        *("he", "she", "they", "him", "her", "them", "we", "us", "me"),
    )
)
"""Words that alone, or with only each other, tell a reader nothing ("denied it", "said so")."""
_ANONYMITY = re.compile(r"\bwho\b[^.,;:\"“”()]{0,50}\b(?:named|identified|quoted|anonym\w+)\b[^.,;:\"“”()]{0,160}")
"""A relative clause in which a source asks not to be named, with its "because he was not authorised to speak"."""
_TO_BE = re.compile(r"to\s+(?:be|have)\b", re.IGNORECASE)
_LAW = re.compile(r"(?:(?:the|a|an|its|their|this)\s+)?[\"“]([^\"“”]+)[\"”]\s+(?:act|bill|law)", re.IGNORECASE)
_SHORT = 3
_LEAD = re.compile(
    r"(?:the\s+same(?:\s+\w+)?|this|the\s+following|as\s+follows|one\s+(?:word|thing)):\s*", re.IGNORECASE
)
"""What only leads up to quoted words."""
_AND = re.compile(r",?\s+(?:and|but)\s+$")
"""What may stand between what somebody says and the next cue of the same source."""
_NONE = -4.0
"""Stands for the log odds of a cue or a source that was not found."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An attribution that may hold."""

    content: tuple[Span, ...]
    proposal: Proposal
    rule: Attribution | None
    """What the rules make of the same beginning."""
    fellow: Attribution | None
    """What they make of much the same words."""
    alike: float
    """The share of the content that both have."""


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
    cues: list[Span] = []
    weighed = [(likelihood(candidate), candidate) for candidate in candidates(clean, marks, rules, proposals)]
    for likely, candidate in _likeliest_first(marks, weighed):
        cue = candidate.proposal.cue
        if likely < _least(clean, candidate) or (candidate.fellow is None and _meet(cue, cues)):
            continue
        free = untaken(clean, taken, candidate.content) or _before_quotation(clean, marks, taken, candidate)
        if free is not None and not _breaks_off(clean, marks, candidate.content, free):
            cues += cue
            for start, end in free:
                taken[start:end] = b"\1" * (end - start)
            found.append(_settled(clean, layout, marks, candidate, merged(clean, free), likely))
    return _without_outer(clean, sorted(found, key=lambda a: (a.content[0], a.content[-1])))


def _likeliest_first(
    marks: Sequence[QuotedSpan], weighed: Sequence[tuple[float, Candidate]]
) -> list[tuple[float, Candidate]]:
    """Candidates by how likely they are; a paraphrase that is a later part of another comes behind it if level."""
    wholes: dict[Span, float] = {}
    for likely, candidate in weighed:
        for part in candidate.content[1:]:
            wholes[part] = max(likely, wholes.get(part, 0.0))

    def order(pair: tuple[float, Candidate]) -> tuple[float, bool, tuple[Span, ...]]:
        likely, content = pair[0], pair[1].content
        part = len(content) == 1 and not _quoted(marks, content[0][0])
        whole = wholes.get(content[0], 0.0) if part else 0.0
        behind = likely - _TIE <= whole < likely
        return -(whole if behind else likely), behind, content

    return sorted(weighed, key=order)


def _least(clean: str, candidate: Candidate) -> float:
    """How likely a candidate must be right to be shown."""
    rule = candidate.rule
    if rule is None or rule.kind != "direct":
        return KEEP
    if rule.evidence == TURN:
        return 0.0
    start, end = rule.content[0][0], rule.content[-1][1]
    alone = clean[max(0, start - 1) : start] in ("", "\n") and clean[end : end + 1] in ("", "\n")
    return KEEP_CARRIED if alone and not rule.cue else KEEP_DIRECT


def _without_outer(clean: str, found: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Of a report within a report, the inner one, with who passed it on ("The agency reported that she noted ...")."""
    kept: list[Attribution] = []
    outer: Attribution | None = None
    for attribution in found:
        before = attribution.cue + attribution.source
        if outer is not None and before and all(_inside(span, outer.content) for span in before):
            kept.remove(outer)
            words = " ".join(clean[start:end] for start, end in outer.source)
            attribution = replace(attribution, via=attribution.via or " ".join(words.split()))
        outer = None if attribution.kind == "direct" else attribution
        kept.append(attribution)
    return tuple(kept)


def _inside(span: Span, content: Sequence[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in content)


def candidates(
    clean: str, marks: Sequence[QuotedSpan], rules: Sequence[Attribution], proposals: Iterable[Proposal]
) -> list[Candidate]:
    """What may hold: each proposal, with what the rules make of the same words.

    Where the rules see direct words from the same beginning, or nearly the same words, the content is theirs: its
    edges are cleaner.
    """
    starts = [rule.content[0][0] for rule in rules]
    hidden = [match.span() for match in _ANONYMITY.finditer(clean)]
    made = []
    for proposal in proposals:
        content = _without_that(clean, proposal.content)
        others = _about_others(clean, hidden, content)
        if others is None or _is_hearsay(clean, proposal.cue, others):
            continue
        content = _with_quotations(clean, marks, others)
        rule = rules[proposal.rule] if proposal.rule is not None else None
        last = bisect_right(starts, content[-1][1])
        content = _after_colon(clean, marks, content)
        content = _before_next(clean, marks, rules[max(0, last - _FELLOWS) : last + 1], proposal, content)
        near = rules[max(0, last - _FELLOWS) : last]
        fellow = max(near, key=lambda r: _alike(r.content, content), default=None)
        alike = _alike(fellow.content, content) if fellow is not None else 0.0
        if rule is not None and rule.kind == "direct":
            content, fellow = rule.content, rule
        elif fellow is not None and alike >= NEARLY:
            content = fellow.content
        elif alike < SAME:
            fellow = rule
        if fellow is None and (_is_topic(clean, proposal.cue) or _is_question(clean, proposal.cue)):
            continue
        if _is_told(clean, proposal.cue):
            proposal = replace(proposal, source=(), sourced=0.0)
        if _is_empty(clean, content) or _is_title(clean, content):
            continue
        made.append(Candidate(content, proposal, rule, fellow, alike))
    return made


def _is_empty(clean: str, content: Sequence[Span]) -> bool:
    """Whether a content is nothing but pronouns and the like, outside quotation marks."""
    words = " ".join(clean[start:end] for start, end in content)
    return all(word.strip(",.;") in _EMPTY for word in words.lower().split())


def _about_others(clean: str, hidden: Sequence[Span], content: tuple[Span, ...]) -> tuple[Span, ...] | None:
    """A content without a clause in which its source asks not to be named; None where it is nothing else."""
    first = bisect_right(hidden, content[0][0], key=lambda span: span[1])
    if first == len(hidden) or hidden[first][0] > content[0][0]:
        return content
    stop = hidden[first][1]
    kept = [(max(start, stop), end) for start, end in content if end > stop]
    while kept and kept[0][0] < kept[0][1] and clean[kept[0][0]] in _LOOSE:
        kept[0] = (kept[0][0] + 1, kept[0][1])
    return tuple(span for span in kept if span[0] < span[1]) or None


def _quoted(marks: Sequence[QuotedSpan], at: int) -> bool:
    """Whether a place stands in a quotation."""
    last = bisect_right(marks, at, key=lambda mark: mark.start) - 1
    return last >= 0 and at < marks[last].end


def _before_next(
    clean: str,
    marks: Sequence[QuotedSpan],
    near: Sequence[Attribution],
    proposal: Proposal,
    content: tuple[Span, ...],
) -> tuple[Span, ...]:
    """A content up to where its source says something else by another cue ("... said it was gone and warned that")."""
    for rule in near:
        if not rule.cue or not _meet(rule.source, proposal.source) or _meet(rule.cue, proposal.cue):
            continue
        at = rule.cue[0][0]
        inside = next((k for k, (start, end) in enumerate(content) if start < at < end), None)
        if inside is None or rule.source[0][0] > content[0][0]:
            continue
        start = content[inside][0]
        link = _AND.search(clean, max(start, at - 10), at)
        if link and link.start() > start and not _quoted(marks, at):
            return (*content[:inside], (start, link.start()))
    return content


def _is_hearsay(clean: str, cue: Sequence[Span], content: Sequence[Span]) -> bool:
    """Whether nobody is said to say it ("Oakes, said to be the oldest man in the valley, ...")."""
    if not cue or clean[cue[-1][0] : cue[-1][1]].lower().split()[-1] not in _HEARSAY:
        return False
    return bool(_TO_BE.match(clean, content[0][0])) and content[0][0] - cue[-1][1] == 1


def _is_title(clean: str, content: Sequence[Span]) -> bool:
    """Whether a content is only the name of a law in quotation marks (the "Clean Harbors for All" act)."""
    match = _LAW.fullmatch(clean[content[0][0] : content[-1][1]]) if len(content) == 1 else None
    return match is not None and all(w[0].isupper() for w in match[1].split() if len(w) > _SHORT)


def _after_colon(clean: str, marks: Sequence[QuotedSpan], content: tuple[Span, ...]) -> tuple[Span, ...]:
    """The quotation of a content that only leads up to it ("the same thing: “It is about us.”")."""
    (start, end), *others = content
    first = bisect_right(marks, start, key=lambda mark: mark.start)
    if first == len(marks) or marks[first].start >= end:
        return content
    lead = _LEAD.fullmatch(clean, start, marks[first].start)
    return ((marks[first].start, end), *others) if lead else content


def _is_topic(clean: str, cue: Sequence[Span]) -> bool:
    """Whether a cue only leads up to what is spoken about ("Commenting on the news, she said ...")."""
    words = [word for start, end in cue for word in clean[start:end].lower().split()]
    return len(words) > 1 and words[0].endswith("ing") and words[-1] in ("on", "about")


def _is_question(clean: str, cue: Sequence[Span]) -> bool:
    """Whether a cue only says that the speaker was asked ("Asked whether it was safe, he said ...")."""
    if not cue or clean[cue[0][0] : cue[0][1]].split()[0].lower() not in _PUT_TO:
        return False
    return not clean[max(0, cue[0][0] - 2) : cue[0][0]].strip() or clean[: cue[0][0]].rstrip().endswith((",", "."))


def _is_told(clean: str, cue: Sequence[Span]) -> bool:
    """Whether who stands by the cue does not say the words ("He was told that ...", "she is said to be ...")."""
    words = " ".join(clean[start:end] for start, end in cue).lower().split()
    return any(be in _BE and done in _PUT_TO | _HEARSAY for be, done in pairwise(words))


def _without_that(clean: str, content: tuple[Span, ...]) -> tuple[Span, ...]:
    """A content without the "that" which ties it to its cue."""
    (start, end), *others = content
    if clean[start:end].lower().startswith("that ") and end - start > len("that "):
        return ((start + len("that "), end), *others)
    return content


def _past_cue(clean: str, cue: Sequence[Span], content: tuple[Span, ...]) -> tuple[Span, ...]:
    """A content that begins with its own cue ("and warned that more would follow") without it."""
    (start, end), *others = content
    for opens, closes in cue:
        if start <= opens and closes < end and clean[start:opens].strip().lower() in ("", "and", "but"):
            start = closes + len(clean[closes:end]) - len(clean[closes:end].lstrip())
    return _without_that(clean, ((start, end), *others)) if start > content[0][0] else content


def _past_symbols(clean: str, content: tuple[Span, ...]) -> tuple[Span, ...]:
    """A content without an emoji or a bullet at its head."""
    (start, end), *others = content
    while start + 1 < end and (clean[start].isspace() or category(clean[start]) == "So"):
        start += 1
    return ((start, end), *others)


def _with_quotations(clean: str, marks: Sequence[QuotedSpan], content: tuple[Span, ...]) -> tuple[Span, ...]:
    """A content with the whole of each quotation of which it has more than half."""
    first = bisect_right(marks, content[0][0], key=lambda mark: mark.end)
    last = bisect_right(marks, content[-1][1], key=lambda mark: mark.start)
    whole = [
        (mark.start, mark.end)
        for mark in marks[first:last]
        if 2 * sum(max(0, min(b, mark.end) - max(a, mark.start)) for a, b in content) > mark.end - mark.start
    ]
    return merged(clean, (*content, *whole)) if whole else content


def _alike(first: Sequence[Span], second: Sequence[Span]) -> float:
    """The share of two contents that both have."""
    both = sum(max(0, min(b, d) - max(a, c)) for a, b in first for c, d in second)
    return both / (sum(b - a for a, b in (*first, *second)) - both)


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
        candidate.alike,
        log(max(1, sum(end - start for start, end in candidate.content))) - 3,
    )


def likelihood(candidate: Candidate) -> float:
    """How likely the content of a candidate is one that somebody says."""
    return _share(BIAS + fsum(w * x for w, x in zip(WEIGHTS, evidence_for(candidate), strict=True)))


def source_evidence(candidate: Candidate, source: Sequence[Span]) -> tuple[float, ...]:
    """What speaks for a source, as numbers that `SOURCE_WEIGHTS` weigh."""
    proposal, rule = candidate.proposal, candidate.fellow
    # Who passes words on is no other source, and that the encoder wavers between the two speaks against neither.
    passed_on = rule is not None and source is rule.source and source is not proposal.source and bool(rule.via)
    shared = passed_on or bool(rule is not None and _meet(proposal.source, rule.source))
    sourced = max(proposal.sourced, PASSED_ON) if passed_on else proposal.sourced
    return (
        _odds(sourced) if proposal.source else _NONE,
        float(shared),
        float(rule is not None and bool(rule.source) and not shared),
        float(source is proposal.source),
    )


def source_of(clean: str, candidate: Candidate) -> tuple[Span, ...]:
    """The source of a candidate: the encoder's, unless it is in doubt and the rules have one.

    It is in doubt, too, where the rules see that it only passes the words on.
    """
    proposal, rule = candidate.proposal, candidate.fellow
    if rule is None or not rule.source:
        return proposal.source
    if rule.evidence == TURN:
        return rule.source
    passes_on = bool(rule.via) and any(clean[start:end] in rule.via for start, end in proposal.source)
    return rule.source if passes_on or not proposal.source or proposal.sourced < TRUST_SOURCE else proposal.source


def _cue_of(clean: str, candidate: Candidate, source: Sequence[Span]) -> tuple[Span, ...]:
    """The cue of a candidate: the rules' where both see the same one, or where the source is theirs.

    Words that carry on from another paragraph have no cue of their own.
    """
    cue, rule = candidate.proposal.cue, candidate.fellow
    if rule is not None and (source is rule.source or _meet(rule.cue, cue) or not cue):
        return rule.cue
    if rule is not None and not rule.cue and "\n" in clean[cue[-1][1] : candidate.content[0][0]]:
        return ()
    return cue


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
            while at < stop and clean[at] in _LOOSE:
                at += 1
            whole = stop == end and at == start
            if any(c.isalnum() for c in clean[at:stop]) and (whole or _is_more_than_cue(clean, (at, stop))):
                spans.append((at, at + len(clean[at:stop].rstrip())))
            at = stop
    return tuple(spans) or None


def _before_quotation(
    clean: str, marks: Sequence[QuotedSpan], taken: bytearray, candidate: Candidate
) -> tuple[Span, ...] | None:
    """What a source says before quoted words that it says by another cue ("said it was safe, but added, “...”")."""
    if candidate.rule is None or len(candidate.content) < len(("said", "added")):
        return None
    first, *others = candidate.content
    if taken.find(1, *first) >= 0 or not all(_quoted(marks, start) and taken[start] for start, _ in others):
        return None
    return (first,) if len(clean[slice(*first)].split()) >= _FEWEST_LEFT else None


def _breaks_off(clean: str, marks: Sequence[QuotedSpan], content: Sequence[Span], free: Sequence[Span]) -> bool:
    """Whether what is left of a content only leads up to what another one has taken of it ("by announcing that")."""
    at = free[-1][1]
    if at >= content[-1][1] or kind_of(clean, free, marks) != "indirect":
        return False
    after = clean[at : content[-1][1]].lstrip()
    return after[:1].isalnum()


def _is_more_than_cue(clean: str, span: Span) -> bool:
    """Whether what is left of a span is more than the "said that" before words which another one has taken."""
    return len(clean[span[0] : span[1]].split()) >= _FEWEST_LEFT


def _settled(
    clean: str,
    layout: Layout,
    marks: Sequence[QuotedSpan],
    candidate: Candidate,
    content: tuple[Span, ...],
    likely: float,
) -> Attribution:
    rule = candidate.fellow
    source = source_of(clean, candidate)
    cue = _cue_of(clean, candidate, source)
    content = _past_symbols(clean, _past_cue(clean, cue, content))
    woven = rule is not None and rule.kind == "mixed"
    kind = kind_of(clean, content, marks, woven=woven)
    paragraph = next((p.index for p in reversed(layout.paragraphs) if p.start <= content[0][0]), 0)
    score = SOURCE_BIAS + fsum(w * x for w, x in zip(SOURCE_WEIGHTS, source_evidence(candidate, source), strict=True))
    sure = round(likely * _share(score), 2)
    if rule is not None and rule.evidence == TURN:
        sure = max(sure, SURE_TURN)
    if source and (clause := _ANONYMITY.match(clean, source[-1][1] + len(", "))) and clause.end() <= content[0][0]:
        source = (*source[:-1], (source[-1][0], clause.end()))
    via = rule.via if rule is not None else ""
    return Attribution(content, cue, source, kind, paragraph, _reason(clean, candidate, cue), via, sure)


def _reason(clean: str, candidate: Candidate, cue: Sequence[Span]) -> str:
    """Why it is taken for something said, in words a reader understands."""
    rule = candidate.fellow
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
