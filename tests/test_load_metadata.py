"""What a page says of its article: who wrote it, who published it, and on which day at their place."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from loading import page

import readout
from readout.load import days
from readout.load.bylines import authors
from readout.load.publishers import fits, host_of, publisher_of
from readout.records import Article

URL = "https://www.example-chronicle.com/a/talks"


def ld(*things: dict[str, Any]) -> str:
    """JSON-LD for the head of a page."""
    return "".join(f'<script type="application/ld+json">{json.dumps(thing)}</script>' for thing in things)


def news(**said: Any) -> dict[str, Any]:
    """A NewsArticle."""
    return {"@type": "NewsArticle", "headline": "Talks go on in Geneva", **said}


def meta(**said: str) -> str:
    """Elements "meta"; a double underscore stands for a colon, "dot" for a dot, "dash" for a hyphen."""
    names = {key: key.replace("__", ":").replace("_dot_", ".").replace("_dash_", "-") for key in said}
    return "".join(f'<meta property="{names[key]}" content="{value}">' for key, value in said.items())


def opened(head: str = "", shown: str = "", url: str = URL, **page_: Any) -> Article:
    """A page with this head, and this above its text."""
    html = page(head=head, **page_).replace('<div class="article-body">', f'{shown}<div class="article-body">')
    return readout.load(html.encode(), name="a.html", url=url)


def at(moment: str, **more: str) -> str:
    """A page's head that states a moment in JSON-LD."""
    return ld(news(datePublished=moment, **more))


DAYS = {
    "its own offset": (at("2019-11-12T21:30:00-08:00"), "", URL),
    "the same moment in another place": (
        at("2019-11-13T05:30:00Z") + meta(article__published_time="2019-11-12T21:30:01-08:00"), "", URL),
    "a clock without an offset": (at("2019-11-13T05:30:00Z") + meta(sailthru_dot_date="2019-11-12 21:30:00"), "", URL),
    "what it shows": (
        at("2019-11-13T05:30:10.403Z"), "<p class='date'><span>Nov. 12, 2019</span><span>9:30 PM</span></p>", URL),
    "what it shows before the day": (
        at("2019-11-13T05:30:10+0000"), "<p class='stamp'>Updated 9:30 pm PST, Tuesday, November 12, 2019</p>", URL),
    "an element of time": (
        at("2019-11-13T05:30:00+00:00"), "<time datetime='2019-11-12T21:30:00-08:00'>last night</time>", URL),
    "the offset of a change": (
        at("2019-11-13T05:30:00Z") + meta(og__updated_time="2019-11-13T09:00:00-08:00"), "", URL),
    "its address": (at("2019-11-13T05:30:00Z"), "", "https://www.example-chronicle.com/2019/11/12/talks"),
    "its address in words": (at("2019-11-13T05:30:00Z"), "", "https://www.example-chronicle.com/2019/nov/12/talks/"),
    "its address alone": ("", "", "https://www.example-chronicle.com/stories/2019-11-12/talks"),
    "a day that it shows": (at("2019-11-13T05:30:00Z"), "<p class='date'>November 12, 2019</p>", URL),
    "an offset beside the time of Greenwich": (
        at("2019-11-13T05:30:00-08:00") + meta(article__published_time="2019-11-13T05:30:00+00:00"),
        "<p class='byline-date'>Ada Byron - Nov 12, 2019, 9:30 pm PST</p>", URL),
    "words": (meta(article__published_time="November 12, 2019, 09:30 PM EST"), "", URL),
    "a day without a time": (meta(dc_dot_date="2019-11-12"), "", URL),
    "microdata": ("", "<span itemprop='datePublished' content='2019-11-12T21:30:00-08:00'></span>", URL),
}  # fmt: skip


@pytest.mark.parametrize("case", DAYS)
def test_the_day_is_that_of_the_place(case: str) -> None:
    """An evening article of Los Angeles is of that evening's day, wherever its page says so."""
    head, shown, url = DAYS[case]
    assert opened(head, shown, url).published == date(2019, 11, 12)


@pytest.mark.parametrize(
    ("head", "shown", "url"),
    [
        (at("2019-11-13T05:30:00Z"), "", URL),
        (at("2019-11-13T05:30:00Z"), "<p class='date'>5:30 AM GMT, 13 November 2019</p>", URL),
        (at("2019-11-13T05:30:00+01:00"), "<p class='date'>12 November 2019</p>", URL),
        (at("2019-11-13T15:30:00Z"), "", "https://www.example-chronicle.com/2019/11/12/talks"),
        (at("2019-11-13T05:30:00Z"), "<p class='comment-date'>12 November 2019, 9:30 PM</p>", URL),
        (at("2019-11-13T05:30:00Z"), "<p class='date'>13 November 2019</p><p class='date'>12 November 2019</p>", URL),
    ],
)
def test_what_tells_no_other_day_changes_none(head: str, shown: str, url: str) -> None:
    """Greenwich's own clock, a comment, an address that can't be of that moment: the day stays as it was stated."""
    assert opened(head, shown, url).published == date(2019, 11, 13)


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00Z", "1600-01-01", "9999-12-31T23:59:59-12:00", "3000-01-01"])
def test_a_day_that_stands_for_none_is_none(moment: str) -> None:
    """Systems write the first and the last day that they know for one that they do not know."""
    assert opened(at(moment)).published is None
    assert opened(at(moment) + meta(article__published_time="2019-11-12")).published == date(2019, 11, 12)


@settings(max_examples=100, deadline=None)
@given(st.datetimes(datetime(1990, 1, 2), datetime(2030, 1, 1)), st.integers(-47, 55))
def test_any_place_has_its_own_day(utc: datetime, quarters: int) -> None:
    """For every moment and offset, the page in UTC with its local clock beside it has the local day."""
    local = utc + timedelta(minutes=15 * quarters)
    stated = days.moment(f"{utc:%Y-%m-%dT%H:%M:%S}Z")
    sign = "-" if quarters < 0 else "+"
    offset = f"{sign}{abs(quarters) // 4:02}:{abs(quarters) % 4 * 15:02}"
    other = days.moment(f"{local:%Y-%m-%dT%H:%M:%S}{offset}")
    shown = days.moments(f"Published {local:%B} {local.day}, {local.year} {local:%I:%M %p}")
    assert stated
    assert other
    assert days.day_of([stated, other], [], None) == days.day_of([stated], shown, None) == local.date()
    assert days.day_of([other, stated], [], None) == local.date()


BYLINES = {
    "JERUSALEM POST STAFF NOVEMBER": "Jerusalem Post Staff",
    "By Analysis by Chris Cillizza": "Chris Cillizza",
    "By Hannah Okafor and Tom Reilly": "Hannah Okafor, Tom Reilly",
    "By Sean Martin Sean Martin PUBLISHED: 00:01, Tue, Nov 19, 2019": "Sean Martin",
    "By STEVE PEOPLES, AP National Political Writer": "Steve Peoples",
    "DANICA KIRKA, JILL LAWLESS Associated Press": "Danica Kirka, Jill Lawless",
    "| BY: Ilana Muhlstein, MS, RDN": "Ilana Muhlstein, MS, RDN",
    "Catherine Shu @catherineshu / 2 days": "Catherine Shu",
    "By Megan Rowe meganr@example.org (509) 459-5382": "Megan Rowe",
    "By Peter Baker, Maggie Haberman and Peter Baker": "Peter Baker, Maggie Haberman",
    "Ada Byron | Updated November 3, 2019": "Ada Byron",
    "Grace Hopper On 11/13/19 at 4:00 PM EST": "Grace Hopper",
    "Written by Mary Anning, Senior Correspondent": "Mary Anning",
    "BRIAN O'CONNOR": "Brian O'Connor",
    "Jon Henley Europe correspondent": "Jon Henley",
    "Ada Byron in Paris and Alan Turing in London": "Ada Byron, Alan Turing",
    "Reporting by Ada Byron; Editing by Alan Turing": "Ada Byron",
    "Ada Byron, Special to the Chronicle": "Ada Byron",
    "Ada Byron, Tribune News Service": "Ada Byron",
    "Ada Byron, The Washington Post": "Ada Byron",
    "Chief Political Correspondent": "",
    "Associated Press": "Associated Press",
    "By Theresa May": "Theresa May",
    "April Glaser": "April Glaser",
    "By AFP": "AFP",
    "Ludwig van Beethoven": "Ludwig van Beethoven",
    "@adabyron": "",
    "jdadmin": "",
    "rmb8090": "",
    "Staff Writer": "",
    "Admin": "",
    "Updated 3 November 2019": "",
    "": "",
}


@pytest.mark.parametrize("written", BYLINES)
def test_a_byline_is_names(written: str) -> None:
    """No "By", role, day, handle or second mention; a name that is a month or an agency stays."""
    assert authors(written) == BYLINES[written]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_byline_is_cleaned_once(written: str) -> None:
    """Whatever it is, it raises nothing, and has no line breaks and no great length."""
    named = authors(written)
    assert len(named) <= 500
    assert "\n" not in named


def test_the_house_is_no_author() -> None:
    """Who published it is no second name in the byline, and alone no byline at all."""
    assert authors("Jill Disis, CNN Business", "CNN") == "Jill Disis"
    assert authors("CBS News", "CBS News") == ""
    assert authors("Ada Byron, The Coast", "Coast") == "Ada Byron"


def test_a_byline_that_is_shown_goes_before_a_desk() -> None:
    """Where a page says "staff" for machines and names a person for people, that person wrote it."""
    article = opened(ld(news(author={"name": "Staff Desk"})), "<p class='byline'>By Ada Byron</p>")
    assert article.byline == "Ada Byron"


def test_a_byline_below_the_heading_is_found() -> None:
    """Where a page says nothing for machines, a line that begins with "By" names who wrote it, and prose does not."""
    assert (
        opened(shown="<p>By <b>Ada Byron</b>, C. Babbage on Monday, May 4th, 2020</p>").byline
        == "Ada Byron, C. Babbage"
    )
    assert opened(paragraphs=["By Monday " + "words " * 60 + "."]).byline == ""


def test_an_author_who_is_described_elsewhere_is_found() -> None:
    """JSON-LD may point to the author and the publisher by their ids."""
    graph = {"@graph": [
        news(author={"@id": "#ada"}, publisher={"@id": "#paper"}),
        {"@type": "Person", "@id": "#ada", "name": "Ada Byron"},
        {"@type": "Organization", "@id": "#paper", "name": "Example Chronicle"},
    ]}  # fmt: skip
    article = opened(ld(graph))
    assert (article.byline, article.publisher) == ("Ada Byron", "Example Chronicle")


PUBLISHERS = {
    "JSON-LD": ld(news(publisher={"name": "Example Chronicle"})),
    "OpenGraph": meta(og__site_name="Example Chronicle"),
    "OpenGraph with a motto": meta(
        og__site_name="Example Chronicle | All the news of the coast, every day, since 1880"
    ),
    "OpenGraph beside an agency": ld(news(publisher={"name": "Associated Press"}))
    + meta(og__site_name="Example Chronicle"),
    "OpenGraph beside a platform": ld(news(publisher={"name": "Blogger"})) + meta(og__site_name="Example Chronicle"),
    "an application's name": meta(application_dash_name="Example Chronicle"),
    "Dublin Core": meta(dc_dot_publisher="Example Chronicle"),
    "the site's own description": ld({"@type": "WebSite", "name": "Example Chronicle"}),
    "who holds the copyright": ld(news(copyrightHolder={"name": "Example Chronicle"})),
    "a notice of copyright": meta(copyright="Copyright 2019 Example Chronicle. All rights reserved."),
    "Twitter": meta(twitter__site="@ExampleChronicle"),
    "an address for a name": meta(og__site_name="https://www.example.org", twitter__site="@ExampleChronicle"),
}


@pytest.mark.parametrize("case", PUBLISHERS)
def test_the_publisher_is_found_where_a_page_says_it(case: str) -> None:
    """Wherever it stands, and whatever stands beside it that its address does not bear out."""
    assert opened(PUBLISHERS[case]).publisher == "Example Chronicle"


def test_the_publisher_is_found_in_what_people_see() -> None:
    """The page's title, its foot, its microdata; at last its host."""
    assert opened(title="Talks go on - The Example Chronicle").publisher == "The Example Chronicle"
    assert opened(shown="<p>© 2019 Example Chronicle, Inc. All rights reserved.</p>").publisher == "Example Chronicle"
    assert opened(shown="<meta itemprop='publisher' content=''><b itemprop='publisher'>Example Chronicle</b>").publisher
    assert opened().publisher == "example-chronicle.com"
    assert opened(url="").publisher == ""


@pytest.mark.parametrize(
    ("name", "host", "fit"),
    [
        ("The New York Times", "nytimes.com", True),
        ("Wall Street Journal", "www.wsj.com", True),
        ("Los Angeles Times", "latimes.com", True),
        ("BBC News", "www.bbc.co.uk", True),
        ("Süddeutsche Zeitung", "www.sueddeutsche.de", True),
        ("Deutsche Welle", "dw.com", True),
        ("South China Morning Post", "scmp.com", True),
        ("The Associated Press", "hosted.ap.org", True),
        ("Associated Press", "sfgate.com", False),
        ("U.S.", "reuters.com", False),
        ("Blogger", "linknaija.com", False),
        ("A", "apple.com", False),
        ("", "apple.com", False),
    ],
)
def test_an_address_bears_a_name_out(name: str, host: str, fit: bool) -> None:
    """As a whole, by its initials, by the beginnings of its words."""
    assert (
        fits(name, publisher_of((), (), "", host).removeprefix("www.").split(".")[-3 if "co.uk" in host else -2]) is fit
    )


def test_a_host_is_told_from_an_address() -> None:
    """Without what says how it is served, and nothing for what is none."""
    assert [host_of(one) for one in ("https://m.example.org/a", "https://www.example.org", "x", "http://[", "")] == [
        "example.org", "example.org", "", "", "",
    ]  # fmt: skip


def test_the_title_is_that_of_the_first_heading() -> None:
    """Without the column before it and the site behind it, and whole where it was cut off for machines."""
    whole = "Talks go on in Geneva until the end of the year, says the minister who has met both sides since Monday"
    assert opened(ld(news(headline=f"Opinion | {whole}")), title=whole).title == whole
    assert opened(ld(news(headline=whole[:80])), title=whole).title == whole
    assert opened(ld(news(headline="Talks - now")), title="now").title == "Talks - now"
