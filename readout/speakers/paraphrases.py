"""How likely a paraphrase is right: said by somebody, with these bounds, and by this speaker."""

from __future__ import annotations

import re
from math import exp, fsum, log

from readout.attribution.lexicon import CUE_FORMS
from readout.attribution.tokens import tokenize
from readout.records import Attribution, Kind
from readout.speakers.confidence import RATES
from readout.speakers.voices import Answer

LINES: dict[Kind, float] = {"direct": 0.0, "mixed": 0.55, "indirect": 0.65}
"""Below this likelihood a paraphrase is held back; words in quotation marks, whole or in part, speak for themselves.

`training/paraphrases.py` shows what each line would let through.
"""
WEIGHTS = (0.783, 0.385, 2.344, -1.545, 0.652, 0.346)
"""What each of `evidence_for` counts; fitted by `training/paraphrases.py` on paraphrases that were read one by one."""
BIAS = -3.301
_ACCORDING = 0.95
"""How often "according to" goes with what somebody says."""
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_RELATIVE = frozenset({"WDT", "WP", "WRB"})


def likely(clean: str, said: Attribution, answer: Answer) -> float:
    """How likely a paraphrase is right, from 0 to 1, to three places.

    Args:
        clean: the text after `layout.plain`.
        said: what is said; its own confidence is how sure it is that anybody says it, and from whom it comes.
        answer: who its speaker is, and on what ground.
    """
    odds = BIAS + fsum(w * x for w, x in zip(WEIGHTS, evidence_for(clean, said, answer), strict=True))
    return round(1 / (1 + exp(-odds)), 3)


def evidence_for(clean: str, said: Attribution, answer: Answer) -> tuple[float, ...]:
    """What speaks for a paraphrase, as numbers that `WEIGHTS` weigh."""
    start = said.content[0][0]
    return (
        _odds(said.confidence),
        _odds(RATES[answer.ground]),
        _saying(clean, said),
        float(answer.ground == "author"),
        float(bool(said.cue) and said.cue[0][0] > start),
        float(_is_clause(clean, said)),
    )


def _saying(clean: str, said: Attribution) -> float:
    """How often its cue goes with what somebody says, by the list of cue verbs: 0 to 1."""
    words = [word for start, end in said.cue for word in re.findall(r"\w+", clean[start:end].lower())]
    cues = [CUE_FORMS[word] for word in words if word in CUE_FORMS]
    shares = [cue.share for cue in cues if not cue.takes.isdisjoint(("that", "quote"))]
    return max([*shares, _ACCORDING] if "according" in words else shares, default=0.0)


def _is_clause(clean: str, said: Attribution) -> bool:
    """Whether what is said has a verb of its own, not only a noun phrase or an infinitive ("announced a deal")."""
    tags = [token.tag for span in said.content for token in tokenize(clean, span, [])]
    for tag in tags[1:]:
        if tag in _RELATIVE:
            return False
        if tag in _FINITE:
            return True
    return False


def _odds(likely: float) -> float:
    likely = min(max(likely, 0.005), 0.995)
    return log(likely / (1 - likely))
