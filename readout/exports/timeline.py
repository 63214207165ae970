"""The timeline for other programs: TimelineJS JSON, and iCalendar (RFC 5545)."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Hashable, Mapping
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

import pandas as pd

from readout.records import Article
from readout.version import provenance

_FOLD = 75
"""The octets that a line of iCalendar may have, its end not counted."""


def timeline_js(table: pd.DataFrame, article: Article) -> bytes:
    """The marks of a timeline as the JSON that TimelineJS reads.

    TimelineJS shows headlines and texts as HTML, so all words of the article are escaped.

    Args:
        table: as `readout.tables.timeline.timeline` gives it.
        article: the article that it was made from.
    """
    slides = []
    for mark in table.to_dict("records"):
        quoted = "".join(f"<blockquote>{_html(sentence)}</blockquote>" for sentence in mark["Sentences"])
        note = f"<p>{_html(mark['Note'])}</p>" if mark["Note"] else ""
        slides.append(
            {
                "unique_id": _identity(mark, article),
                "start_date": _day(mark["Earliest"]),
                "end_date": _day(mark["Latest"]),
                "display_date": _html(mark["When"]),
                "text": {"headline": _html(mark["What"]), "text": note + quoted},
                "group": _html(mark["Who"]),
            }
        )
    credit = " · ".join(part for part in (article.publisher, article.byline, provenance().sentence) if part)
    title = {"text": {"headline": _html(article.title or "Timeline"), "text": _html(credit)}}
    whole = {"title": title, "events": slides}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def icalendar(table: pd.DataFrame, article: Article) -> bytes:
    """The marks of a timeline as a calendar of all-day events (RFC 5545).

    The end of an event is the day after its last, as the standard has it; a UID stays the same as long as the
    mark does. DTSTAMP is the day of publication, or of the mark where that is unknown: nothing here asks a clock.

    Args:
        table: as `readout.tables.timeline.timeline` gives it.
        article: the article that it was made from.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Readout//Timeline//EN", "CALSCALE:GREGORIAN"]
    if article.title:
        lines.append(f"X-WR-CALNAME:{_text(article.title)}")
    lines.append(f"X-WR-CALDESC:{_text(provenance().sentence)}")
    for mark in table.to_dict("records"):
        # A calendar has whole days only, so what is rough says so in words.
        rough = mark["When"] if mark["Approximate"] else ""
        told = "\n\n".join(part for part in (rough, mark["Note"], *mark["Sentences"]) if part)
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_identity(mark, article)}@readout",
            f"DTSTAMP:{_basic(article.published or mark['Earliest'])}T000000Z",
            f"DTSTART;VALUE=DATE:{_basic(mark['Earliest'])}",
            f"SUMMARY:{_text(mark['What'])}",
            f"DESCRIPTION:{_text(told)}",
            f"CATEGORIES:{_text(mark['Who'])}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
        if mark["Latest"] < date.max:
            lines.insert(-5, f"DTEND;VALUE=DATE:{_basic(mark['Latest'] + timedelta(days=1))}")
        if article.url:
            lines.insert(-2, f"URL:{_uri(article.url)}")
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _identity(mark: Mapping[Hashable, Any], article: Article) -> str:
    parts = (article.name or article.title, mark["Who"], mark["What"], str(mark["Earliest"]), str(mark["Latest"]))
    return sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:24]


def _html(text: str) -> str:
    return html.escape(text, quote=True)


def _day(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}


def _basic(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _text(text: str) -> str:
    """A value of type TEXT: escaped, and without the control characters that the standard forbids."""
    text = re.sub(r"\r\n?|[\u2028\u2029\x85]", "\n", text)
    text = re.sub(r"[\x00-\x09\x0b-\x1f\x7f]", " ", text)
    return re.sub(r"([\\;,])", r"\\\1", text).replace("\n", r"\n")


def _uri(url: str) -> str:
    return re.sub(r"[\x00-\x20\x7f]", "", url)


def _folded(line: str) -> bytes:
    """A content line, folded at 75 octets between characters, with its line break."""
    parts, size = [""], 0
    for letter in line:
        octets = len(letter.encode("utf-8", "replace"))
        if size + octets > _FOLD:
            parts.append(" ")
            size = 1
        parts[-1] += letter
        size += octets
    return ("\r\n".join(parts) + "\r\n").encode("utf-8", "replace")
