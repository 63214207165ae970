"""The word lists behind attribution, kept as plain files in `readout/lexicon`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from readout.lists import lines

_RARE = 0.5
"""The share taken for a verb that is too rare for one."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A form of a cue verb: its verb, its Penn tag, and what the verb takes."""

    verb: str
    form: str
    share: float
    """How often the verb is a cue in news, from 0 to 1."""
    takes: frozenset[str]


@cache
def group(name: str) -> frozenset[str]:
    """One of the small groups of `closed_classes.txt`."""
    groups = dict(line.split(": ", 1) for line in lines("closed_classes"))
    return frozenset(groups[name].split())


def _cue_forms() -> dict[str, Cue]:
    found: dict[str, Cue] = {}
    for line in lines("cue_verbs"):
        forms, share, takes = (part.strip() for part in line.split("|"))
        verb, *others = forms.split()
        weight = _RARE if share == "-" else float(share)
        for form in (verb, *others):
            found.setdefault(form, Cue(verb, _tag(form, verb, others[0]), weight, frozenset(takes.split())))
    return found


def _tag(form: str, verb: str, third_person: str) -> str:
    if form == verb:
        return "VB"
    if form.endswith("ing"):
        return "VBG"
    return "VBZ" if form == third_person else "VBD"


CUE_FORMS: dict[str, Cue] = _cue_forms()
"""Every form of every cue verb."""
