"""Records as JSON and back, strictly: what comes from a file is believed only where it fits the text it speaks of.

A reading's JSON is `Reading.to_dict()` with the sentences beside it, so that the whole reading can be had back; how the
voices speak of whom is worked out when it is asked for, and not kept.
"""

from __future__ import annotations

import functools
import json
import types
from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from readout.library.words import whole
from readout.records import Article, Layout, Paragraph, Reading, Sentence, Span

Make = Callable[[Any], Any]
T = TypeVar("T")

_SPANS = tuple[Span, ...]
_SENTENCES = tuple[tuple[int, int, int], ...]

_FINDINGS = tuple(f.name for f in fields(Reading) if f.name not in ("layout", "toward"))
_LATER = frozenset({"held", "hidden"})
"""What readings of engines before the fourth do not have."""
_ABOUT = tuple(f.name for f in fields(Article) if f.name != "text")


def encode_reading(reading: Reading) -> str:
    """A reading as compact JSON."""
    return json.dumps(
        {
            "body": reading.layout.body,
            "paragraphs": [(p.start, p.end) for p in reading.layout.paragraphs],
            "sentences": [(s.start, s.end, s.paragraph) for s in reading.layout.sentences],
            **{name: getattr(reading, name) for name in _FINDINGS},
        },
        default=_plain,
        ensure_ascii=False,
        separators=(",", ":"),
        allow_nan=False,
    )


def decode_reading(data: Any, size: int) -> Reading:  # noqa: ANN401
    """The reading that its JSON says.

    Args:
        data: the JSON, parsed.
        size: the length of the text that is read; every place must lie in it.

    Raises:
        ValueError: if it is no reading, or none of a text of this length.
    """
    if not isinstance(data, dict):
        raise ValueError("a reading is an object")
    layout = Layout(
        _maker(Span)(data.get("body")),
        tuple(Paragraph(at, start, end) for at, (start, end) in enumerate(_maker(_SPANS)(data.get("paragraphs")))),
        tuple(Sentence(*one) for one in _maker(_SENTENCES)(data.get("sentences"))),
    )
    hints = _hints(Reading)
    kept = [name for name in _FINDINGS if name in data or name not in _LATER]
    reading = Reading(layout, **{name: _maker(hints[name])(data.get(name)) for name in kept})
    _fits(reading, size)
    return reading


def encode_article(article: Article) -> dict[str, Any]:
    """What is known of an article beside its text, as plain JSON."""
    return {name: json.loads(json.dumps(getattr(article, name), default=_plain)) for name in _ABOUT}


def decode_article(given: Any, text: str) -> Article:  # noqa: ANN401
    """The article with this text, and what its JSON says of it.

    Raises:
        ValueError: if it does not say what an article has.
    """
    if not isinstance(given, dict):
        raise ValueError("an article is an object")
    hints = _hints(Article)
    known = {name: _maker(hints[name])(given[name]) for name in _ABOUT if name in given}
    article = wholly(Article(text, **known))
    if article.body_span is not None:
        _inside([article.body_span], len(text))
    return article


def wholly(article: Article) -> Article:
    """The article without halves of characters, every place in it where it was, and with addresses of the web alone."""
    made = strictly(article)
    links = tuple(link for link in made.links if _is_web(link.url))
    return replace(made, url=made.url if _is_web(made.url) else "", links=links)


def strictly(record: T) -> T:
    """A record whose fields are what its type says.

    Raises:
        ValueError: if one of them is something else.
    """
    kind: Any = type(record)
    made: T = _maker(kind)(record)
    return made


def decode_json(given: str | bytes) -> Any:  # noqa: ANN401
    """Plain JSON, in UTF-8 and without numbers that are none.

    Raises:
        ValueError: if it is not JSON.
    """
    try:
        return json.loads(given, parse_constant=_refuse)
    except RecursionError as trouble:
        raise ValueError("nested too deeply") from trouble


def json_only(given: dict[str, Any]) -> dict[str, Any]:
    """The object as it comes back from JSON: lists for tuples, and no halves of characters.

    Raises:
        ValueError: if it is not plain JSON.
    """
    try:
        plain: dict[str, Any] = decode_json(whole(json.dumps(given, ensure_ascii=False, allow_nan=False)))
    except TypeError as trouble:
        raise ValueError("not plain JSON") from trouble
    return plain


def encode_moment(when: datetime) -> str:
    """A moment as ISO 8601 in UTC, always as long, so that the order of the words is the order of time."""
    return when.astimezone(UTC).isoformat(timespec="microseconds")


def decode_moment(given: Any) -> datetime:  # noqa: ANN401
    """The moment that the words say.

    Raises:
        ValueError: if they say none, or one without its place on earth.
    """
    moment = datetime.fromisoformat(_typed(str, given))
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    try:
        return moment.astimezone(UTC)
    except OverflowError as trouble:
        raise ValueError("a moment beyond the calendar's ends") from trouble


def decode_day(given: Any) -> date | None:  # noqa: ANN401
    """The day that the words say, or None for none.

    Raises:
        ValueError: if they say no day.
    """
    return None if given is None else date.fromisoformat(_typed(str, given))


def _plain(value: Any) -> Any:  # noqa: ANN401
    """What the JSON encoder asks for where it meets one of our records or a day."""
    if isinstance(value, date):
        return value.isoformat()
    return {f.name: getattr(value, f.name) for f in fields(value)}


def _is_web(url: str) -> bool:
    return url.startswith(("http://", "https://"))


def _refuse(word: str) -> None:
    raise ValueError(f"{word} is no number")


@functools.cache
def _hints(record: type) -> dict[str, Any]:
    return get_type_hints(record)


@functools.cache
def _maker(kind: Any) -> Make:  # noqa: ANN401
    """A function that makes a value of this type from plain JSON, or raises ValueError."""
    if is_dataclass(kind) and isinstance(kind, type):
        return _record_maker(kind)
    origin, inner = get_origin(kind), get_args(kind)
    if origin is tuple:
        return _tuple_maker(inner)
    if origin in (Union, types.UnionType):
        (other,) = (_maker(one) for one in inner if one is not type(None))
        return lambda given: None if given is None else other(given)
    if origin is Literal:
        return functools.partial(_one_of, inner)
    if kind is date:
        return lambda given: given if isinstance(given, date) else decode_day(_typed(str, given))
    if kind is str:
        return lambda given: whole(_typed(str, given))
    if kind is float:
        return lambda given: float(given) if type(given) is int else _typed(float, given)
    return functools.partial(_typed, kind)


def _record_maker(record: type) -> Make:
    makers = {name: _maker(hint) for name, hint in _hints(record).items()}
    needed = {f.name for f in fields(record) if f.default is MISSING and f.default_factory is MISSING}

    def make(given: Any) -> Any:  # noqa: ANN401
        if isinstance(given, record):
            given = {name: getattr(given, name) for name in makers}
        if not isinstance(given, dict) or not needed <= given.keys() <= makers.keys():
            raise ValueError(f"not a {record.__name__.lower()}")
        return record(**{name: makers[name](value) for name, value in given.items()})

    return make


def _tuple_maker(inner: tuple[Any, ...]) -> Make:
    each = [_maker(one) for one in inner if one is not Ellipsis]

    def make(given: Any) -> Any:  # noqa: ANN401
        if not isinstance(given, (list, tuple)):
            raise ValueError("not a list")
        if inner[-1] is Ellipsis:
            return tuple(map(each[0], given))
        return tuple(one(value) for one, value in zip(each, given, strict=True))

    return make


def _typed(kind: type, given: Any) -> Any:  # noqa: ANN401
    if type(given) is not kind:
        raise ValueError(f"{kind.__name__} expected")
    return given


def _one_of(allowed: tuple[str, ...], given: Any) -> Any:  # noqa: ANN401
    if given not in allowed:
        raise ValueError(f"one of {allowed} expected")
    return given


def _fits(reading: Reading, size: int) -> None:
    """Raise ValueError unless every place in the reading is one in a text of this length."""
    if not all(quote.content for quote in (*reading.quotes, *reading.held)):
        raise ValueError("a quote without words")
    _inside(_places(reading), size)
    paragraphs = {p.index for p in reading.layout.paragraphs}
    numbered: tuple[Any, ...] = (*reading.layout.sentences, *reading.all_quotes, *reading.tone, *reading.voices)
    if not {one.paragraph for one in numbered} <= paragraphs:
        raise ValueError("a paragraph that the text does not have")
    if not {one.sentence for one in reading.voices} <= set(range(len(reading.layout.sentences))):
        raise ValueError("a sentence that the text does not have")


def _places(reading: Reading) -> Iterator[Span]:
    layout = reading.layout
    yield layout.body
    for quote in reading.all_quotes:
        yield from (*quote.content, *quote.cue, *quote.source)
    for speaker in (*reading.speakers, *reading.hidden):
        yield from speaker.mentions
    toned: tuple[Any, ...] = (*reading.tone, *reading.voices)
    for tone in toned:
        yield from ((word.start, word.end) for word in tone.words)
    placed: tuple[Any, ...] = (*layout.paragraphs, *layout.sentences, *reading.times, *reading.events, *reading.voices)
    for place in placed:
        yield place.start, place.end


def _inside(places: Iterable[Span], size: int) -> None:
    if not all(0 <= start <= end <= size for start, end in places):
        raise ValueError("a place outside the text")
