"""Readings made by hand, for tests of what stands on the engine's shoulders."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from readout.layout import lay_out, plain
from readout.records import Article, Kind, Quote, Reading, Span, Speaker
from readout.tone import weigh


@dataclass(frozen=True)
class Said:
    """A quote to be, by its words; several stretches of it are parted by " … "."""

    words: str
    speaker: str
    kind: Kind = "direct"
    source: str = ""
    cue: str = ""
    reason: str = ""


def spans(text: str, words: str, after: int = 0) -> tuple[Span, ...]:
    """Where the words stand, stretch by stretch, the first time after an offset."""
    found = []
    for stretch in words.split(" … ") if words else []:
        after = text.index(stretch, after)
        found.append((after, after + len(stretch)))
        after += len(stretch)
    return tuple(found)


def reading_of(text: str, said: Iterable[Said], roles: dict[str, str] | None = None) -> Reading:
    """A reading of a text with these quotes, in reading order, and its real layout and tone."""
    layout = lay_out(text)
    quotes = []
    for one in said:
        content = spans(text, one.words)
        paragraph = next(p for p in layout.paragraphs if p.start <= content[0][0] < p.end)
        source, cue = spans(text, one.source, paragraph.start), spans(text, one.cue, paragraph.start)
        quotes.append(
            Quote(content, cue, source, one.kind, one.speaker, paragraph.index, "made by hand", reason=one.reason)
        )
    names = dict.fromkeys(quote.speaker for quote in quotes)
    speakers = tuple(Speaker(name, (roles or {}).get(name, "")) for name in names)
    tone, voices = weigh(plain(text), layout, tuple(quotes))
    return Reading(layout, tuple(quotes), speakers, tone=tone, voices=voices)


TEXT = """\
"The bridge 🌉 is safe, and I can't praise it enough," Ada Lovelace, the city engineer, said. People cheered.

Traffic was terrible. She added that "bad signs" were to blame, as she put it. "They are gone," she said, "for good."

Mayor <u>Björn Ångström</u> promised that the toll would fall.
"""

ARTICLE = Article(
    TEXT,
    name="bridge",
    title="A *safe* {bridge} & 100% more",
    byline="Grace Hopper",
    publisher="The Gazette",
    published=date(2020, 3, 5),
    language="en",
    url="https://example.org/bridge_(2020)",
)

READING = reading_of(
    TEXT,
    [
        Said(
            '"The bridge 🌉 is safe, and I can\'t praise it enough,"',
            "Ada Lovelace",
            source="Ada Lovelace, the city engineer",
            cue="said",
        ),
        Said('"bad signs" were to blame', "Ada Lovelace", "mixed", "She", "added", "“She”: the last woman named"),
        Said('"They are gone," … "for good."', "Ada Lovelace", source="she", cue="said"),
        Said("the toll would fall", "Björn Ångström", "indirect", "Mayor <u>Björn Ångström</u>", "promised"),
    ],
    {"Ada Lovelace": "city engineer", "Björn Ångström": "Mayor"},
)

_GIVEN = (
    *("Ada", "Alan", "Grace", "Edsger", "Barbara", "Donald", "Frances", "Dennis", "Margaret"),
    *("Kenneth", "Radia", "Brian", "Karen", "Robin", "Shafi", "Leslie", "Jean"),
)
_FAMILY = ("Abbott", "Brook", "Carver", "Dalton", "Ellison", "Fletcher", "Granger", "Holt", "Ingram", "Jarvis")
_SAYINGS = (
    "The bridge will be closed to lorries until the engineers have looked at every one of its bearings",
    "Nobody asked the people who live beside the road what they think of forty more minutes each way",
    "We have seen such plans before and each of them cost more than the town was told it would",
    "A new harbour wall is the only thing that keeps the water out of the streets in a winter like this",
)
_ASIDE = (
    "The council met in the old hall on the square, where the windows had been mended in the summer. The papers were "
    "passed along the rows from hand to hand."
)


def crowd(voices: int = 170, words: int = 14_000) -> str:
    """A long article in which so many people are quoted, the first of them most often.

    Args:
        voices: how many, at the most 170.
        words: how many words the text has at the least.
    """
    names = [f"{given} {family}" for family in _FAMILY for given in _GIVEN][:voices]
    paragraphs, count, turn = [], 0, 0
    while turn < voices or count < words:
        name = names[turn if turn < voices else turn**2 % 12]  # everybody once, then four of them again and again
        paragraphs.append(f"“{_SAYINGS[turn % len(_SAYINGS)]},” {name} said. {_ASIDE}")
        count += len(paragraphs[-1].split())
        turn += 1
    return "\n\n".join(paragraphs) + "\n"
