"""The timeline for other programs: what they would read."""

from __future__ import annotations

import json
import re
from datetime import date

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from readout.exports.timeline import icalendar, timeline_js
from readout.records import Article

ARTICLE = Article(
    "", "summit", title="A summit, with <b>bold</b>; plans", published=date(2016, 11, 9), url="https://a.example/x"
)


def table(
    what: str = "Cold War",
    first: date = date(1947, 3, 12),
    last: date = date(1991, 12, 26),
    said: str = "So.",
    *,
    rough: bool = False,
) -> pd.DataFrame:
    """A timeline of one mark."""
    return pd.DataFrame(
        [
            {
                "What": what, "Who": "Ada Lovelace", "When": f"{'about ' if rough else ''}1947 to 1991",
                "Earliest": first, "Latest": last,
                "Note": "A rivalry.", "Sentences": (said,), "Approximate": rough,
            }
        ]
    )  # fmt: skip


def lines(data: bytes) -> list[str]:
    """The unfolded content lines of a calendar (RFC 5545, 3.1)."""
    text = data.decode("utf-8")
    assert text.endswith("\r\n")
    return text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def fields(data: bytes) -> dict[str, str]:
    """The last value of each property of a calendar."""
    return dict(line.split(":", 1) for line in lines(data))


def test_calendar_days_end_on_the_day_after() -> None:
    """DTEND is exclusive, so the last day is in the event."""
    event = fields(icalendar(table(), ARTICLE))
    assert event["DTSTART;VALUE=DATE"] == "19470312"
    assert event["DTEND;VALUE=DATE"] == "19911227"
    assert event["DTSTAMP"] == "20161109T000000Z"
    assert event["URL"] == "https://a.example/x"


def test_calendar_events_are_closed_in_order() -> None:
    """Two marks make two complete events within one calendar, each with all it must have."""
    found = lines(icalendar(pd.concat([table(), table("Other")]), ARTICLE))
    assert (found[0], found[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    blocks = "\n".join(found).split("BEGIN:VEVENT")[1:]
    assert len(blocks) == 2
    for block in blocks:
        assert all(
            f"\n{name}" in block for name in ("UID:", "DTSTAMP:", "DTSTART;", "DTEND;", "SUMMARY:", "END:VEVENT")
        )


def test_calendar_text_is_escaped() -> None:
    """Commas, semicolons, backslashes and line breaks are escaped; nothing can open a property of its own."""
    event = fields(icalendar(table(what="a,b;c\\d\r\nEND:VCALENDAR\x07"), ARTICLE))
    assert event["SUMMARY"] == r"a\,b\;c\\d\nEND:VCALENDAR "


def test_rough_days_are_told_in_words() -> None:
    """A calendar and TimelineJS draw whole days; beside them stands that these are rough."""
    assert fields(icalendar(table(rough=True), ARTICLE))["DESCRIPTION"].startswith(r"about 1947 to 1991\n\nA rivalry.")
    assert fields(icalendar(table(), ARTICLE))["DESCRIPTION"].startswith("A rivalry.")
    (slide,) = json.loads(timeline_js(table(rough=True), ARTICLE))["events"]
    assert slide["display_date"] == "about 1947 to 1991"


def test_uids_are_stable_and_differ() -> None:
    """The same mark has the same UID, another mark another."""
    one, again, other = (fields(icalendar(t, ARTICLE))["UID"] for t in (table(), table(said="Else."), table("Other")))
    assert one == again != other


def test_the_last_day_of_the_calendar_has_no_day_after() -> None:
    """An event to the end of time is written without an end."""
    assert "DTEND;VALUE=DATE" not in fields(icalendar(table(last=date.max), ARTICLE))


@given(st.text(st.characters(codec=None), max_size=200), st.dates(), st.dates())
def test_any_words_make_a_calendar_of_short_lines(words: str, one: date, other: date) -> None:
    """No line is over 75 octets, none is split within a character, and the text comes back."""
    data = icalendar(table(words, min(one, other), max(one, other), words), ARTICLE)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert not re.search(rb"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]", data)
    summary = fields(data)["SUMMARY"]
    back = re.sub(r"\\([\\;,n])", lambda m: "\n" if m[1] == "n" else m[1], summary)
    kept = words.encode("utf-8", "replace").decode()
    assert re.sub(r"\s|[\x00-\x1f\x7f\x85]", "", back) == re.sub(r"\s|[\x00-\x1f\x7f\x85]", "", kept)


def test_timeline_js_has_dates_and_escaped_words() -> None:
    """TimelineJS shows HTML: days are numbers, and words of the article are escaped."""
    whole = json.loads(timeline_js(table(what="<script>x</script>", said='"So" <img src=x>'), ARTICLE))
    (slide,) = whole["events"]
    assert slide["start_date"] == {"year": 1947, "month": 3, "day": 12}
    assert slide["end_date"] == {"year": 1991, "month": 12, "day": 26}
    assert slide["group"] == "Ada Lovelace"
    assert slide["text"]["headline"] == "&lt;script&gt;x&lt;/script&gt;"
    assert "<img" not in slide["text"]["text"]
    assert "&quot;So&quot;" in slide["text"]["text"]
    assert "<b>" not in whole["title"]["text"]["headline"]
