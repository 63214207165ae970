"""What a correction is: what, to what, when, by which name its reader gave. It stands apart from the text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from readout.days import is_taken, refusal
from readout.errors import CorrectionError
from readout.records import Article, Event, Kind, Reading

Fact = Literal["title", "published", "byline", "publisher", "language"]
"""What is known of an article beside its text, by the name of its field in `Article`."""
Remark = Literal["note", "star", "place"]
"""What a reader adds and puts nothing right with: a remark on some words, a star on the article, where they stopped."""
Sort = Literal["not a quote", "quote", "bounds", "speaker", "same speaker", "time", "event"] | Fact | Remark
FACTS: tuple[Fact, ...] = get_args(Fact)
REMARKS: tuple[Remark, ...] = get_args(Remark)
SORTS: tuple[Sort, ...] = tuple(name for part in get_args(Sort) for name in get_args(part))


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place in a text by position, and by its words and what stands around them, so that it can be found again.

    The position counts code points; the words are those of `layout.plain`, in which inline markup is blanked.
    """

    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""

    def __post_init__(self) -> None:
        """Refuse a place that is none."""
        if not (0 <= self.start < self.end and self.exact.strip()):
            raise CorrectionError("A correction needs words of the text to stand on. Select some words and try again.")


@dataclass(frozen=True, slots=True)
class Said:
    """What a reader says of a quote: who says it and how; `content` where its bounds are others than the target's."""

    speaker: str
    kind: Kind
    content: tuple[Anchor, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two speakers who are one: the name that is kept, and the other."""

    kept: str
    other: str


@dataclass(frozen=True, slots=True)
class Days:
    """The calendar days that a time expression means, and its value after TIMEX3."""

    value: str
    earliest: date
    latest: date


Value = Said | Pair | Days | Event | str | date | None
_VALUES: dict[Sort, tuple[type, ...]] = {
    "not a quote": (type(None),),
    "quote": (Said,),
    "bounds": (Said,),
    "speaker": (Said,),
    "same speaker": (Pair,),
    "time": (Days,),
    "event": (Event, type(None)),
    "title": (str,),
    "published": (date, type(None)),
    "byline": (str,),
    "publisher": (str,),
    "language": (str,),
    "note": (str,),
    "star": (type(None),),
    "place": (type(None),),
}
_PLACELESS = (*FACTS, "star")
LONGEST_NOTE = 10_000
"""Characters of a reader's remark."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing that a reader says is otherwise, or adds as a note, a star or the place where they stopped reading.

    `target` says where. For two speakers who are one it holds a place of each, first the one kept; for a fact such as
    the title and for a star it is empty, for they are the article's. An event of None is no event of the catalogue.
    """

    id: str
    sort: Sort
    target: tuple[Anchor, ...]
    value: Value
    when: str
    """ISO 8601."""
    by: str = ""

    def __post_init__(self) -> None:
        """Refuse what can't be applied to any text."""
        if self.sort not in SORTS or not isinstance(self.value, _VALUES[self.sort]):
            raise CorrectionError(f"Readout knows no correction “{self.sort}” with such a value; nothing was changed.")
        if not self.id:
            raise CorrectionError("A correction needs an id, so that it can be undone; nothing was changed.")
        try:
            made = datetime.fromisoformat(self.when)
        except ValueError as trouble:
            raise CorrectionError(
                f"“{self.when}” is no time of the form 2020-03-05T14:30:00, which a correction needs."
            ) from trouble
        _check_days(made.date())
        if bool(self.target) == (self.sort in _PLACELESS):
            raise CorrectionError(
                "A correction of the text needs its place; one of a fact such as the title, and a star, has none."
            )
        self._check_value()

    @property
    def reader(self) -> str:
        """The name its reader gave, or words for one who gave none."""
        return self.by or "a reader"

    @property
    def corrects(self) -> bool:
        """Whether it says that something is otherwise; a note, a star and a place do not."""
        return self.sort not in REMARKS

    def _check_value(self) -> None:
        value = self.value
        if isinstance(value, Said):
            if not value.speaker.strip() or value.kind not in get_args(Kind):
                raise CorrectionError("A quote needs a speaker, and a kind: direct, mixed or indirect.")
            if (self.sort == "bounds") != bool(value.content):
                raise CorrectionError("New bounds need the words that the quote has, and only they do.")
        if isinstance(value, Pair) and not (value.kept.strip() and value.other.strip() and value.kept != value.other):
            raise CorrectionError("Two speakers who are one need two names. Choose another one.")
        if isinstance(value, Days):
            if not (value.value and value.earliest <= value.latest):
                raise CorrectionError("The first day has to come before the last. Change one of them.")
            _check_days(value.earliest, value.latest)
        if isinstance(value, date):
            _check_days(value)
        if self.sort in ("title", "note") and isinstance(value, str) and not value.strip():
            raise CorrectionError(f"A {self.sort} needs words.")
        if self.sort == "note" and isinstance(value, str) and len(value) > LONGEST_NOTE:
            raise CorrectionError(f"A note has {LONGEST_NOTE:,} characters at most. Shorten it, or make two of it.")


def _check_days(*days: date) -> None:
    for day in days:
        if not is_taken(day):
            raise CorrectionError(refusal(day))


@dataclass(frozen=True, slots=True)
class Corrected:
    """An article and its reading as their readers corrected them, and which corrections hold."""

    article: Article
    reading: Reading
    applied: tuple[Correction, ...] = ()
    lost: tuple[Correction, ...] = ()
    """Those whose place is not found again."""

    @property
    def told(self) -> dict[str, str]:
        """Who said a fact such as the title or the day of publication, where a reader did; the last one counts."""
        return {one.sort: one.reader for one in self.applied if one.sort in FACTS}
