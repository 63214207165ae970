"""The list and its search: what is found, in which order, and how the matches are shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from library_building import ANY_TEXT, NOW, article

from readout.library import Library, Near, Snippet, Wanted
from readout.library.nearby import distance
from readout.library.words import level, opening, snippet, terms
from readout.records import Article


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Twelve articles, added a minute apart, from two publishers."""
    with Library.open(tmp_path_factory.mktemp("library")) as opened:
        for number in range(12):
            publisher = "The Gazette" if number % 3 else "Der Bote"
            opened.add(article(number, publisher=publisher), None, NOW + timedelta(minutes=number))
        opened.add(article(50, title="Undated", published=None), None, NOW - timedelta(days=1))
        yield opened


def marked(shown: Snippet) -> list[str]:
    """The words that a snippet marks."""
    return [shown.text[start:end] for start, end in shown.marks]


@pytest.mark.parametrize(
    ("query", "total", "words"),
    [
        ("bridge", 13, ["bridge"]),
        ("BRI", 13, ["bridge"]),
        ("angstr", 13, ["Ångström"]),
        ("Ångström", 13, ["Ångström"]),
        ("A\u030angstro\u0308m", 13, ["Ångström"]),
        ("cafe", 13, ["café"]),
        ('"number 7"', 1, ["number 7", "number 7"]),
        ('"number 1', 3, ["number 1", "number 1"]),
        ("number 7 ", 1, ["number", "7", "number", "7"]),
        ("lovelace bridge", 13, ["bridge", "Lovelace"]),
        ("bridge nothing", 0, []),
        ("dge", 0, []),
        ("bote", 4, []),
        ("", 13, []),
        ('"', 13, []),
        ("🌉 * ( :", 13, []),
    ],
)
def test_what_a_query_finds_and_marks(library: Library, query: str, total: int, words: list[str]) -> None:
    """All words must be found, the last may be only begun; neither case nor accents count; matches are marked."""
    found = library.entries(Wanted(query))

    assert total == found.total
    if found.entries:
        assert words == marked(found.entries[0].snippet)


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("\"*():^-+{}.,AND ORNEARbridge\0\ud800é_%;'/\\"), max_size=30) | ANY_TEXT)
@example('"' * 1000)
@example("NEAR(" * 500)
@example("a " * 5000)
@example("title : bridge")
@example("x' OR 1=1; DROP TABLE article; --")
def test_no_query_raises(library: Library, query: str) -> None:
    """Any string can be searched for, in every way, and changes nothing."""
    for within in ("everywhere", "quotes"):
        found = library.entries(Wanted(query, within=within))
        assert len(found.entries) == found.total
    library.speakers(query)
    assert library.entries(Wanted(speaker=query or "x", publisher=query)).total == 0 or query.strip() == ""
    assert library.entries().total == 13


def test_search_as_you_type_only_narrows(library: Library) -> None:
    """Each further letter of a word finds no more than the letters before."""
    query = "lovelace bridge number 7"
    totals = [library.entries(Wanted(query[:end])).total for end in range(len(query) + 1) if query[:end].strip()[-1:]]

    assert sorted(totals[:8], reverse=True) == totals[:8]
    assert totals[-1] == 1


def test_a_search_in_quotes_shows_the_quote_and_who_says_it(library: Library) -> None:
    """Words outside the quotes are not found; what is found stands in a quote with its speaker."""
    found = library.entries(Wanted("safe", within="quotes"))

    assert found.total == 13
    assert found.entries[0].snippet.speaker == "Ada Lovelace"
    assert marked(found.entries[0].snippet) == ["safe"]
    assert found.entries[0].title_marks == ()
    assert library.entries(Wanted("glad", within="quotes")).total == 0


def test_filters_narrow_together(library: Library) -> None:
    """Speaker, publisher, days and query hold at once; an article without a date is in no span of days."""
    assert library.entries(Wanted(publisher="Der Bote")).total == 4
    assert library.entries(Wanted(speaker="Ada Lovelace")).total == 13
    assert library.entries(Wanted(speaker="Nobody")).total == 0
    assert library.entries(Wanted(since=date(2020, 1, 3), until=date(2020, 1, 5))).total == 3
    assert library.entries(Wanted("bridge", "everywhere", "Ada Lovelace", "Der Bote", date(2020, 1, 8))).total == 1


@pytest.mark.parametrize(
    ("wanted", "first"),
    [
        (Wanted(), "Bridge 11 reopens"),
        (Wanted(reverse=True), "Undated"),
        (Wanted(sort="published"), "Bridge 11 reopens"),
        (Wanted(sort="title"), "Bridge 0 reopens"),
        (Wanted(sort="title", reverse=True), "Undated"),
        (Wanted("undated", sort="match"), "Undated"),
        (Wanted("bridge", sort="added"), "Bridge 11 reopens"),
        (Wanted(sort="nonsense"), "Bridge 11 reopens"),  # type: ignore[arg-type]
    ],
)
def test_the_order(library: Library, wanted: Wanted, first: str) -> None:
    """Each order begins with the right article, and both ways have all of them."""
    found = library.entries(wanted)

    assert first == found.entries[0].title
    assert found.total == len(found.entries)


def test_pages_make_up_the_list(library: Library) -> None:
    """Page by page, every article comes once; a page past the end is empty and knows the total."""
    pages = [library.entries(Wanted("bridge"), offset=at, limit=5) for at in range(0, 20, 5)]
    ids = [entry.id for page in pages for entry in page.entries]

    assert [page.total for page in pages] == [13] * 4
    assert 13 == len(ids) == len(set(ids))


def test_an_entry_says_what_the_list_shows(library: Library) -> None:
    """Words, quotes, speakers, day and first words are those of the article and its reading."""
    entry = library.entries(Wanted(sort="title")).entries[0]

    assert ("Der Bote", date(2020, 1, 1), NOW) == (entry.publisher, entry.published, entry.added)
    assert len(article(0).text.split()) == entry.words
    assert len(library.reading(entry.id).quotes) == entry.quotes
    assert entry.speakers[:1] == ("Ada Lovelace",)
    assert entry.snippet.text.startswith('"The bridge number 0 is safe," Ada Lovelace')


def test_speakers_and_publishers_are_counted(library: Library) -> None:
    """Those in most articles come first; a speaker is found by any word of the name."""
    assert [(one.name, one.articles) for one in library.publishers()] == [("The Gazette", 9), ("Der Bote", 4)]
    assert [(one.name, one.articles) for one in library.speakers("love")] == [("Ada Lovelace", 13)]
    assert library.speakers("elace") == []


@settings(max_examples=200, deadline=None)
@given(ANY_TEXT)
def test_levelled_text_is_as_long(text: str) -> None:
    """Every character keeps its place, so that a match is the same place in the text."""
    assert len(text) == len(level(text))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["Bridge", "bridges", "Ångström", "\n\n", "x" * 300, "<b>", " ", "🌉"]) | ANY_TEXT))
def test_marks_stand_on_the_words_meant(parts: list[str]) -> None:
    """Wherever a snippet is cut and spaced, its marks cover the words of the query and nothing else."""
    text = " ".join(parts)
    shown = snippet(text, level(text), terms("angstrom bridg"))

    if shown is not None:
        assert all(word.startswith(("bridg", "angstrom")) for word in map(level, marked(shown)))
        assert len(shown.text) <= 700
        assert "\n" not in shown.text


def test_an_opening_ends_with_a_word() -> None:
    """A long text is cut between words, a short one not at all."""
    assert opening(" Two\n words ") == "Two words"
    assert opening("word " * 100).endswith("word …")


def test_articles_are_found_by_title_and_by_the_start_of_an_id(library: Library) -> None:
    """By the words of a title, the shortest title first, whatever stands between them; and by how an id begins."""
    entry = library.entries(Wanted(query="number 7")).entries[0]

    assert [title for _, title in library.titled("bridge: 7, REOPENS!")] == ["Bridge 7 reopens"]
    assert library.titled("Bridge 7 reopens") == [(entry.id, "Bridge 7 reopens")]
    assert len(library.titled("bridge")) == 12
    assert library.titled("7 bridge") == library.titled("???") == []
    assert (entry.id, entry.title) in library.begun(entry.id[:6])
    assert library.begun("zzz") == []


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Wanted(query=""), None),
        (Wanted(query="engineer"), "engineer"),
        (Wanted(query="reopens"), None),
        (Wanted(query="café"), "café number"),
        (Wanted(query="glad cafe"), "glad about café"),
        (Wanted(query="safe", within="quotes"), '"The bridge number 3 is safe'),
        (Wanted(query="next", within="quotes"), "it would open"),
        (Wanted(query="zebra"), None),
        (Wanted(query="engineer", within="quotes"), None),
    ],
    ids=str,
)
def test_an_article_opens_where_the_search_stands(library: Library, wanted: Wanted, words: str | None) -> None:
    """At the words that the list shows, at the quote that it shows, or at the head."""
    entry = library.entries(Wanted(query='"number 3"')).entries[0]
    text = library.article(entry.id).text
    at = library.place(entry.id, wanted)

    assert (at is None) == (words is None)
    if at is not None and words is not None:
        assert text[at:].lstrip('“"').startswith(words.lstrip('“"')) or words in text[at : at + 30]


# What is nearly meant


@pytest.fixture(scope="module")
def cities(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Articles of a few words: three of Jerusalem, one that spells it wrong, and others."""
    texts = (
        "The embassy moves to Jerusalem.", "In Jérusalem it rained.", "“Jerusalem is quiet,” Ann Lee said.",
        "A letter from Jerusalm has come.", "Washington is silent.", "The bridge was built in 2016.", "Rome in 2018.",
    )  # fmt: skip
    with Library.open(tmp_path_factory.mktemp("cities")) as opened:
        for number, text in enumerate(texts):
            opened.add(Article(text, title=f"Piece {number}"), None, NOW + timedelta(minutes=number))
        yield opened


@pytest.mark.parametrize(
    ("query", "exact", "near", "words"),
    [
        ("jeruslem", 0, 3, ("jerusalem",)),
        ("jerusalm", 1, 3, ("jerusalem",)),
        ("Jeruslaem ", 0, 3, ("jerusalem",)),
        ("ejrusalem", 0, 3, ("jerusalem",)),
        ("jeruzalen embassy", 0, 1, ("jerusalem",)),
        ("wasington", 0, 1, ("washington",)),
        ("brigde", 0, 1, ("bridge",)),
        ("jerusalem", 3, 0, ()),
        ('"jeruslem"', 0, 0, ()),
        ("2017", 0, 0, ()),
        ("rom3", 0, 0, ()),
        ("rme", 0, 0, ()),
        ("jeruslem nowhere", 0, 0, ()),
        ("zzzzzzzz", 0, 0, ()),
    ],
)
def test_a_word_that_is_mistyped_finds_what_is_near_it(
    cities: Library, query: str, exact: int, near: int, words: tuple[str, ...]
) -> None:
    """Letters missing, too many, changed or swapped; below what is exact, and marked. No number is near another."""
    found = cities.entries(Wanted(query))
    assert (found.exact, found.total) == (exact, exact + near)
    assert [entry.near for entry in found.entries] == [False] * exact + [True] * near
    assert tuple(word for one in found.near for word in one.words) == words


def test_what_is_near_is_shown_where_it_stands(cities: Library) -> None:
    """The snippet marks the word that was found, and the article opens there; in quotes only, only quotes are near."""
    found = cities.entries(Wanted("jeruslem"))
    assert {word for entry in found.entries for word in marked(entry.snippet)} == {"Jerusalem", "Jérusalem"}
    assert found.near == (Near("jeruslem", ("jerusalem",)),)
    places = {cities.place(entry.id, Wanted("jeruslem")) for entry in found.entries}
    assert places == {21, 3, 1}
    (quoted,) = cities.entries(Wanted("jeruslem", within="quotes")).entries
    assert (quoted.title, quoted.near, quoted.snippet.speaker) == ("Piece 2", True, "Ann Lee")
    assert not cities.entries(Wanted("wasington", within="quotes")).total


def test_pages_go_on_from_exact_to_near(cities: Library) -> None:
    """Page after page gives every article once, the exact ones first."""
    whole = [entry.id for entry in cities.entries(Wanted("jerusalm")).entries]
    pages = [cities.entries(Wanted("jerusalm"), offset=at, limit=1) for at in range(5)]
    assert [entry.id for page in pages for entry in page.entries] == whole
    assert {(page.exact, page.total) for page in pages} == {(1, 4)}


def test_filters_hold_for_what_is_near(cities: Library) -> None:
    """An article that a filter leaves out is not near either."""
    assert cities.entries(Wanted("jeruslem", speaker="Ann Lee")).total == 1
    assert not cities.entries(Wanted("jeruslem", publisher="Nobody")).total


@given(st.text("abc", max_size=6), st.sampled_from(("add", "drop", "change", "swap")), st.integers(0, 6))
def test_one_change_is_a_distance_of_one(word: str, change: str, at: int) -> None:
    """A letter more, less, another or swapped with the next is one, from either side; nothing else is none."""
    at = min(at, len(word))
    before, after = word[:at], word[at:]
    other = {
        "add": f"{before}x{after}",
        "drop": before + after[1:],
        "change": f"{before}x{after[1:]}" if after else word,
        "swap": before + after[:2][::-1] + after[2:],
    }[change]
    assert distance(word, other, 2) == distance(other, word, 2) == (word != other)
