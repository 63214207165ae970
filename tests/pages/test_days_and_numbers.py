"""Whatever day an article has, and whatever number or day an address asks for, every page opens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import streamlit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readout.library import Library
from readout.records import Article
from readout.web import state

from .visiting import PAGES, Shelf, charts, component, told, visit

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAYS = (date(1, 1, 1), date(1066, 10, 14), date(1789, 7, 14), date(9999, 12, 31))
TITLE = "The bridge of many days"
TEXT = """\
"The bridge was built 3,000 years ago," Ada Lovelace said last week. "It will fall in 9000 years, or 99999999999 years \
from now. We were here 99999999999 years ago, and in the 2nd century, and in 1066."

Alan Turing said yesterday that it would open tomorrow, next month, next year and in the next century. It was repaired \
on 14 July 1789, last month, last decade, early last year and in late December. The Cold War was over.
"""
ALL = (*PAGES, "library", "corrections", "method")


@pytest.fixture
def library(home: Path, shelf: Shelf) -> Iterator[Library]:
    """The library of the test, whose articles may have any day; nothing is on the shelf."""
    with Library.open(home) as opened:
        yield opened


@pytest.mark.parametrize("page", ALL)
@pytest.mark.parametrize("published", DAYS, ids=str)
def test_every_page_opens_on_an_article_of_any_day(library: Library, published: date, page: str) -> None:
    """From the first day that a date can hold to the last one, with times in its text that no date can hold."""
    library.add(Article(TEXT, title=TITLE, published=published), None, NOW)

    at = visit(page)

    if page == "timeline":
        assert "times and events" in told(at)
        assert charts(at)
        assert charts(visit(page, axis="calendar", rows="by voice"))


PARAMETERS = (
    "about-whom", "all", "article", "at", "axis", "bars", "by", "in", "kind", "of", "order", "page", "pair", "part",
    "publisher", "q", "reverse", "rows", "since", "sort", "speaker", "starred", "tone-paragraph", "toward", "undone",
    "unsure", "until", "view", "voices", "who",
)  # fmt: skip
"""What the pages read from an address."""
ODD = (
    "9" * 30, "0" * 5_000 + "2", "9" * 5_000, "09" + "9" * 28, "-1", "0", "1", "2", "1e9", "1_0", "0x10", "NaN", "inf",
    "\u0663", "\u00b2", "\u2460", " 1", "1.5", "true", "", "0001-01-01", "0999-12-31", "1000-01-01", "9999-12-31",
    "10000-01-01", "-0001-01-01", "2016-02-30", "1789-07-14", "2016-W01-1", "99991231", "\0", "<script>",
)  # fmt: skip


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A library with two articles, for all examples."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("home")
        patch.setenv("READOUT_ARTICLES", str(tmp_path_factory.mktemp("shelf")))
        patch.setenv("READOUT_HOME", str(folder))
        with Library.open(folder) as opened:
            opened.add(Article(TEXT, title=TITLE, published=DAYS[2]), None, NOW)
            opened.add(Article(TEXT.upper(), title="Another", published=date(2016, 11, 9)), None, NOW)
        yield folder


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    page=st.sampled_from(ALL),
    query=st.dictionaries(
        st.sampled_from(PARAMETERS),
        st.lists(st.sampled_from(ODD) | st.text(st.characters(codec="utf-8"), max_size=8), min_size=1, max_size=2),
        min_size=1,
    ),
)
def test_no_parameter_of_an_address_breaks_a_page(kept: Path, page: str, query: dict[str, Any]) -> None:
    """Numbers without end, days that are none, other scripts' digits, nothing at all: the page opens."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("READOUT_HOME", str(kept))
        visit(page, **query)


@pytest.mark.parametrize("page", ["9" * 30, "0" * 5_000 + "1" + "9" * 30, "9" * 5_000, "99999", "\u0663"])
def test_a_page_that_the_list_does_not_have_is_its_first(kept: Path, page: str) -> None:
    """However long the number is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("READOUT_HOME", str(kept))
        assert component(visit("library", page=[page]), "entries")["page"] == 0


@settings(max_examples=200)
@given(given=st.sampled_from(ODD) | st.text(), most=st.integers(0, 10**12))
def test_a_number_of_an_address_is_whole_and_no_larger_than_asked_for(given: str, most: int) -> None:
    """ASCII digits alone make one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(streamlit, "query_params", {"at": given})
        number = state.number("at", most)

    if number is None:
        assert not re.fullmatch("[0-9]{1,18}", given) or int(given) > most
    else:
        assert number <= most
        assert str(number) == given.lstrip("0") or (number == 0 and set(given) == {"0"})
