"""Corrections and remarks as W3C Web Annotations, to keep, to hand on and to take back in.

A correction is an annotation whose motivation is `editing`: its first body says the kind in a word, the second what the
reader says, as JSON. A note has the motivation `commenting` and the remark as its body. A star and the place where a
reader stopped have `bookmarking` and no body; the star's target is the whole article. The other targets are places,
each by a position and by its words. Positions count code points, as the Web Annotation Data Model asks (section 4.2.5).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, cast

from readout.corrections.records import SORTS, Anchor, Correction, Days, Pair, Said, Sort, Value
from readout.errors import CorrectionError
from readout.exports.w3c import CONTEXT, about, collection
from readout.records import Article, Event, Kind, Precision

_ALIEN = "This is no file of corrections that Readout wrote: {}. Choose another file."


def to_annotations(article: Article, corrections: Iterable[Correction]) -> bytes:
    """An article's corrections as a W3C Annotation Collection with one page, in the order given, as JSON-LD."""
    items = [to_dict(article, correction) for correction in corrections]
    label = f"Corrections to “{article.title or article.name}”, and notes on it"
    # Escaped, so that half a surrogate pair in a text comes back as it was.
    return (json.dumps(collection(article, label, items, "corrections"), indent=2) + "\n").encode()


def from_annotations(data: bytes) -> tuple[Correction, ...]:
    """The corrections of a file that `to_annotations` wrote, in its order.

    Raises:
        CorrectionError: if the file is none, or one of its corrections is not whole; the message says which.
    """
    try:
        given = json.loads(data)
        items = given["first"]["items"] if given["total"] else []
    except (ValueError, RecursionError) as trouble:
        raise CorrectionError(_ALIEN.format("it is not JSON")) from trouble
    except (KeyError, TypeError) as trouble:
        raise CorrectionError(_ALIEN.format("it holds no collection of annotations")) from trouble
    if not isinstance(items, list):
        raise CorrectionError(_ALIEN.format("it holds no list of annotations"))
    return tuple(from_dict(item, f"annotation {number}") for number, item in enumerate(items, 1))


def to_dict(article: Article, correction: Correction) -> dict[str, Any]:
    """One correction as a W3C annotation."""
    source = about(article)
    targets: list[Any] = [
        {"type": "SpecificResource", "source": source, "selector": _selectors(anchor)} for anchor in correction.target
    ]
    annotation: dict[str, Any] = {
        "@context": CONTEXT,
        "id": correction.id,
        "type": "Annotation",
        "motivation": motivation(correction.sort),
        "created": correction.when,
        "body": _bodies(correction),
        "target": targets or source,
    }
    if correction.by:
        annotation["creator"] = {"type": "Person", "name": correction.by}
    return annotation


def motivation(sort: str) -> str:
    """Why a reader says something of this sort, as the Web Annotation Data Model has it."""
    return {"note": "commenting", "star": "bookmarking", "place": "bookmarking"}.get(sort, "editing")


def _bodies(correction: Correction) -> list[dict[str, str]]:
    if motivation(correction.sort) == "bookmarking":
        return []
    if correction.sort == "note":
        remark = str(correction.value)
        return [{"type": "TextualBody", "purpose": "commenting", "format": "text/plain", "value": remark}]
    said = json.dumps(_plain(correction.value))
    return [
        {"type": "TextualBody", "purpose": "classifying", "format": "text/plain", "value": correction.sort},
        {"type": "TextualBody", "purpose": "editing", "format": "application/json", "value": said},
    ]


def _said(annotation: Mapping[str, Any]) -> tuple[Sort, Value]:
    """What sort of thing an annotation says, and what."""
    bodies = {body["purpose"]: body["value"] for body in annotation["body"]}
    why = annotation.get("motivation", "editing")
    if why == "bookmarking":
        return "place" if _places(annotation) else "star", None
    if why == "commenting":
        return "note", _words(bodies["commenting"])
    sort = bodies["classifying"]
    if sort not in SORTS or motivation(sort) != "editing":
        raise CorrectionError(f"it has a kind that this Readout does not know, “{sort}”")
    return sort, _value(sort, json.loads(bodies["editing"]))


def from_dict(annotation: Mapping[str, Any], which: str = "the annotation") -> Correction:
    """The correction that an annotation holds.

    Args:
        annotation: what `to_dict` gives.
        which: how to call it where something is wrong with it.

    Raises:
        CorrectionError: if it holds none.
    """
    try:
        sort, value = _said(annotation)
        return Correction(
            _words(annotation["id"]),
            sort,
            tuple(_anchor(place["selector"]) for place in _places(annotation)),
            value,
            _words(annotation["created"]),
            _words(annotation["creator"]["name"]) if "creator" in annotation else "",
        )
    except CorrectionError as trouble:
        raise CorrectionError(_ALIEN.format(f"{which} is not whole ({str(trouble).rstrip('.')})")) from trouble
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as trouble:
        raise CorrectionError(_ALIEN.format(f"{which} is not whole")) from trouble


def _places(annotation: Mapping[str, Any]) -> list[Any]:
    """The targets of an annotation that are words; none where the target is the whole article."""
    target = annotation["target"]
    return [] if isinstance(target, dict) and "selector" not in target else target


def _selectors(anchor: Anchor) -> list[dict[str, Any]]:
    return [
        {"type": "TextQuoteSelector", "exact": anchor.exact, "prefix": anchor.prefix, "suffix": anchor.suffix},
        {"type": "TextPositionSelector", "start": anchor.start, "end": anchor.end},
    ]


def _anchor(selectors: Iterable[Mapping[str, Any]]) -> Anchor:
    by_type = {selector["type"]: selector for selector in selectors}
    words, place = by_type["TextQuoteSelector"], by_type["TextPositionSelector"]
    return Anchor(
        _number(place["start"]),
        _number(place["end"]),
        _words(words["exact"]),
        _words(words.get("prefix", "")),
        _words(words.get("suffix", "")),
    )


def _plain(value: Value) -> object:
    """What a reader says, as plain JSON."""
    if isinstance(value, Said):
        said: dict[str, object] = {"speaker": value.speaker, "kind": value.kind}
        return said | ({"content": [_selectors(anchor) for anchor in value.content]} if value.content else {})
    if isinstance(value, Pair):
        return asdict(value)
    if isinstance(value, Days | Event):
        return {name: item.isoformat() if isinstance(item, date) else item for name, item in asdict(value).items()}
    return value.isoformat() if isinstance(value, date) else value


def _value(sort: Sort, plain: Any) -> Value:  # noqa: ANN401
    if plain is None:
        return None
    if sort in ("quote", "bounds", "speaker"):
        content = tuple(_anchor(selectors) for selectors in plain.get("content", ()))
        return Said(_words(plain["speaker"]), cast(Kind, _words(plain["kind"])), content)
    if sort == "same speaker":
        return Pair(_words(plain["kept"]), _words(plain["other"]))
    if sort == "time":
        return Days(_words(plain["value"]), _day(plain["earliest"]), _day(plain["latest"]))
    if sort == "event":
        return _event(plain)
    if sort == "published":
        return _day(plain)
    return _words(plain)


def _event(plain: Mapping[str, Any]) -> Event:
    precision = _words(plain.get("precision", "day"))
    if precision not in ("day", "month", "year", "approximate"):
        raise CorrectionError(f"an event's precision can't be “{precision}”")
    return Event(
        _words(plain["name"]),
        _day(plain["first"]),
        _day(plain["last"]),
        cast(Precision, precision),
        tuple(_words(alias) for alias in plain.get("aliases", ())),
        tuple(_words(word) for word in plain.get("context", ())),
        _words(plain.get("place", "")),
        _words(plain.get("wikidata", "")),
        _words(plain.get("note", "")),
    )


def _words(given: object) -> str:
    if not isinstance(given, str):
        raise CorrectionError("it has something else where words should be")
    return given


def _number(given: object) -> int:
    if not isinstance(given, int) or isinstance(given, bool):
        raise CorrectionError("it has something else where a number should be")
    return given


def _day(given: object) -> date:
    try:
        return date.fromisoformat(_words(given))
    except ValueError as trouble:
        raise CorrectionError(f"“{given}” is no day such as 2016-11-09") from trouble
