"""How sure it is: how often the answers on each ground were right where people had checked them."""

from __future__ import annotations

from typing import Literal

from readout.records import Attribution

Ground = Literal[
    "full name",  # the source is a figure's name as the article has it in full
    "short name",  # a last name, a first name, initials or an account that one figure has
    "shared name",  # a last name that several people have
    "together",  # several names joined by "and"
    "role",  # a description that fits a role which the text gives somebody
    "taken",  # a description that nothing speaks against, taken as the person spoken of last
    "body",  # "the newspaper", "the committee"
    "one",  # he or she, and one person far likelier than the others
    "several",  # he or she, and several people likely
    "they",
    "it",
    "who",  # a relative clause right behind a name
    "inside",  # I and we in somebody's quoted words
    "same quotation",  # the paragraph before ended without a closing mark: its quotation goes on
    "carried on",  # no source: the quote before it in the same paragraph
    "carried over",  # no source: the quote before it in the paragraph before
    "answer",  # no source: an interview's other voice
    "sentence",  # no source, or none that could speak: the subject of the sentence
    "beside",  # no source found, but a name right by the words
    "author",  # I and we outside of quoted words
    "described",  # never named
    "unknown",  # nobody
]

# Measured by `python training/speakers.py` on the 24 dev articles and on training/speaker-readings.tsv: its table by
# ground, where each rate is drawn toward .85 as if ten more answers of that rate had been read, so that a ground seen
# three times claims little. Only words in quotation marks were checked; a paraphrase claims the same. The rules were
# mended on most of these articles, so what is claimed stays a little below what was measured. "same quotation" was
# counted on 37 paragraphs of PolNeAR: the same source in all but those of a transcript and of a book.
RATES: dict[Ground, float] = {
    "full name": 0.97,
    "short name": 0.97,
    "one": 0.94,
    "same quotation": 0.93,
    "shared name": 0.91,
    "role": 0.88,
    "sentence": 0.88,
    "taken": 0.88,
    "together": 0.86,
    "beside": 0.86,
    "who": 0.85,
    "answer": 0.85,
    "inside": 0.85,
    "carried on": 0.82,
    "author": 0.82,
    "described": 0.82,
    "several": 0.85,
    "body": 0.78,
    "carried over": 0.76,
    "they": 0.60,
    "it": 0.60,
    "unknown": 0.10,
}
FAR = 0.86
FAR_DESCRIBED = 0.30
"""What is left of a rate where much stands between the cue, or the source, and the words that follow it.

A name may well be right all the same, but a description is mostly some noun that lay on the way.
"""
_FAR = 25
"""From how many characters on that is."""


def confidence(ground: Ground, attribution: Attribution, before: float | None = None) -> float:
    """How sure it is whose words they are, from 0 to 1, and never surer than that anybody says them.

    The smaller of the two, for they are not independent: what is hard to attribute is hard to resolve. On the 24 dev
    articles through the whole of `read`, the answers from .8 to .9 are right in 95 of a hundred, those from .9 to .95
    in all 83, those above in 95; of those below .7, few among words in marks, eight of eleven.

    Args:
        ground: what the answer rests on.
        attribution: whose confidence says how likely its words are somebody's, and its source is right.
        before: for a paragraph with which a quotation goes on, how sure it is whose the one before is. Such a paragraph
            has no cue of its own, which says nothing against it.

    Returns:
        The confidence, to three places.
    """
    if ground == "same quotation" and before is not None:
        return round(min(RATES[ground], before), 3)
    far = FAR_DESCRIBED if ground == "described" else FAR
    rate = RATES[ground] * (far if is_far(attribution) else 1)
    return round(min(rate, attribution.confidence), 3)


def is_far(attribution: Attribution) -> bool:
    """Whether much stands between the cue, or the source, and the words that follow it."""
    if not attribution.source or not attribution.content:
        return False
    start = attribution.content[0][0]
    source = max(end for _, end in attribution.source)
    ends = [source, *(end for _, end in attribution.cue if end <= start)]
    return source <= start and start - max(ends) > _FAR
