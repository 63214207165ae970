"""What Readout knows, one record type per idea.

Every record points into the text it was found in and never copies or changes it. An offset counts Python
characters (code points) from the start of `Article.text`; a span is `(start, end)`, the end exclusive. A
polarity runs from -1 (negative) to 1 (positive), a subjectivity from 0 to 1. Paragraphs are numbered from 0
over the article's body.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

Span = tuple[int, int]
Kind = Literal["direct", "mixed", "indirect"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Tendency = Literal["negative", "neutral", "positive"]
Precision = Literal["day", "month", "year", "approximate"]

REPORTER = ""
"""The voice of whoever wrote the article, where a speaker's name is asked for."""
UNKNOWN = "an unnamed source"
"""The speaker of words that somebody says and that the text gives to nobody."""


@dataclass(frozen=True, slots=True)
class Link:
    """A place on the web that belongs to an article."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Article:
    """A text as it was given, and what is known about it beside the text."""

    text: str
    name: str = ""
    """A short handle that is safe in a URL and in a file name."""
    title: str = ""
    byline: str = ""
    publisher: str = ""
    republisher: str = ""
    published: date | None = None
    region: str = ""
    language: str = ""
    """ISO 639-1, or empty where it is not known."""
    url: str = ""
    links: tuple[Link, ...] = ()
    licence: str = ""
    """What may be done with the text, in a sentence."""
    body_span: Span | None = None
    """Where the body stands, if somebody said so; None leaves it to the engine's rules."""

    @property
    def body(self) -> str:
        """The body's text where its span was said, else the whole text."""
        start, end = self.body_span or (0, len(self.text))
        return self.text[start:end]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body: its number from 0 and its span, without the white space around it."""

    index: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its span and the number of its paragraph."""

    start: int
    end: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text is laid out: head, body and foot, and the body's paragraphs and sentences in order."""

    body: Span
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class QuotedSpan:
    """Words between two quotation marks; the span takes the marks in.

    `closed` is False where the paragraph ended first, as a quotation that runs over several paragraphs does.
    `words` is the span between the marks.
    """

    start: int
    end: int
    words: Span
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Attribution:
    """Something said: the spans of what, of the cue and of the source, before anyone asks who the source is."""

    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    kind: Kind
    paragraph: int
    evidence: str
    """The rule that found it, in words a reader understands."""
    via: str = ""
    """Who passed it on, such as a news agency, if the text says so."""
    confidence: float = 1.0
    """From 0 to 1: of the attributions that say 0.9, nine in ten are right."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Something said, and by whom."""

    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    """The literal source in the text ("he", "the minister"); empty where the quote carries on without one."""
    kind: Kind
    speaker: str
    """The fullest name the article gives, or the source's own words where it is never named."""
    paragraph: int
    evidence: str
    named: bool = True
    reason: str = ""
    """Why this source is this speaker, in words ("'he': the last man named before it, Alan Turing")."""
    via: str = ""
    confidence: float = 1.0
    """From 0 to 1, how sure it is who the speaker is, and of a paraphrase that it is one: of the quotes that say 0.9,
    nine in ten are right."""
    by: str = ""
    """The name of the reader who said so; empty for what the engine found."""
    held: bool = False
    """Whether it is a paraphrase too doubtful to be shown unless its reader asks for such."""

    @property
    def start(self) -> int:
        """Where its first word stands."""
        return self.content[0][0]

    @property
    def end(self) -> int:
        """Where its last word ends."""
        return self.content[-1][1]


@dataclass(frozen=True, slots=True)
class Speaker:
    """A voice of the article, with every place that means it."""

    name: str
    role: str = ""
    aliases: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()
    named: bool = True
    """False for a source that the article never names ("many observers")."""
    by: str = ""
    """The name of the reader who named or merged it; empty where the engine did."""


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression after TIMEX3 (ISO-TimeML), with the calendar days it may cover."""

    start: int
    end: int
    type: TimexType
    value: str
    earliest: date | None = None
    latest: date | None = None
    event: str | None = None
    """The name of the catalogue's event that it dates or names, if any."""
    rule: str = ""
    """How the value came about, in words a reader understands."""
    by: str = ""
    """The name of the reader who said so; empty for what the engine found."""


@dataclass(frozen=True, slots=True)
class Event:
    """An entry of the catalogue of named events."""

    name: str
    first: date
    last: date
    precision: Precision = "day"
    aliases: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    """Words that tell this event from others of the same name."""
    place: str = ""
    wikidata: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class EventMention:
    """A place in the text that refers to an event of the catalogue, and why it is taken to."""

    event: Event
    start: int
    end: int
    reason: str
    by: str = ""
    """The name of the reader who said so; empty for what the engine found."""


@dataclass(frozen=True, slots=True)
class ToneWord:
    """A word, or words scored together, that the lexicon knows, with its weight."""

    start: int
    end: int
    polarity: float
    subjectivity: float


@dataclass(frozen=True, slots=True)
class ToneSpan:
    """The tone of a stretch of one voice within one sentence."""

    start: int
    end: int
    paragraph: int
    sentence: int
    """The number of its sentence, from 0 over the body."""
    speaker: str
    """Whose words they are: a speaker's name, or `REPORTER`."""
    polarity: float
    subjectivity: float
    words: tuple[ToneWord, ...] = ()
    second: float = 0.0
    """A second opinion on the polarity: VADER's compound score of the stretch, -1 to 1."""


@dataclass(frozen=True, slots=True)
class ParagraphTone:
    """The tone of one paragraph, all its voices together."""

    paragraph: int
    polarity: float
    subjectivity: float
    words: tuple[ToneWord, ...] = ()
    second: float = 0.0
    """A second opinion on the polarity: VADER's compound score of the paragraph, -1 to 1."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that names somebody: a person, a group, an organisation or a country."""

    start: int
    end: int
    whom: str
    """One name through all its mentions, that of the speakers where they speak."""
    speaker: str = REPORTER
    """Whose words they are: a speaker's name, or `REPORTER`."""


@dataclass(frozen=True, slots=True)
class WeighedWord:
    """A word that a tone hangs on: how much less likely the tone is without it, from 0 to 1."""

    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class Toward:
    """The tone of a sentence toward what is mentioned in it; the span is the mention's."""

    start: int
    end: int
    label: Tendency
    """The likeliest of the three."""
    probabilities: tuple[float, float, float]
    """Of negative, neutral and positive; of the labels that say 0.9, nine in ten are right."""
    clear: bool
    """Whether it is sure enough to be shown: of all labels as sure as this or surer, 90 % are right. One that hangs on
    a "not" or a denial alone never is."""
    evidence: tuple[WeighedWord, ...] = ()
    """The words that weighed most, the heaviest first, where they were asked for."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """How one voice speaks of somebody in one place."""

    start: int
    end: int
    whom: str
    speaker: str
    label: Tendency
    probabilities: tuple[float, float, float]
    """Of negative, neutral and positive."""
    clear: bool
    """Whether the label is sure enough to be shown."""

    @property
    def shown(self) -> str:
        """The label, or "unclear"."""
        return self.label if self.clear else "unclear"

    @property
    def value(self) -> float:
        """From -1, surely negative, to 1, surely positive."""
        return self.probabilities[2] - self.probabilities[0]


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything found in one text."""

    layout: Layout
    quotes: tuple[Quote, ...] = ()
    """Those that are sure enough to be shown and counted, in reading order."""
    speakers: tuple[Speaker, ...] = ()
    """Those who say them, in order of the words quoted, most first."""
    times: tuple[Timex, ...] = ()
    events: tuple[EventMention, ...] = ()
    tone: tuple[ParagraphTone, ...] = ()
    voices: tuple[ToneSpan, ...] = field(default=())
    """The body's tone by sentence and voice, in reading order."""
    toward: tuple[Spoken, ...] = ()
    """How each voice speaks of whom, mention by mention, where that was asked for."""
    held: tuple[Quote, ...] = ()
    """Doubtful paraphrases, in reading order: they have no part in anything above."""
    hidden: tuple[Speaker, ...] = ()
    """Those of whom only held quotes are known, in order of the words quoted."""

    @property
    def all_quotes(self) -> tuple[Quote, ...]:
        """The sure quotes and the held ones together, in reading order."""
        if not self.held:
            return self.quotes
        return tuple(sorted((*self.quotes, *self.held), key=lambda quote: (quote.content[0], quote.content[-1])))

    def to_dict(self) -> dict[str, Any]:
        """The reading as plain JSON: spans as two-element lists, dates as ISO strings.

        "quotes" has the held ones too, each with "held"; everything else is made of the sure ones.
        """
        return {
            "body": list(self.layout.body),
            "paragraphs": [[p.start, p.end] for p in self.layout.paragraphs],
            "quotes": [_plain(asdict(q)) for q in self.all_quotes],
            "speakers": [_plain(asdict(s)) for s in self.speakers],
            "times": [_plain(asdict(t)) for t in self.times],
            "events": [_plain(asdict(e)) for e in self.events],
            "tone": [_plain(asdict(t)) for t in self.tone],
            "voices": [_plain(asdict(v)) for v in self.voices],
            "toward": [_plain(asdict(s)) for s in self.toward],
        }


def _plain(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(item) for item in value]
    return value
