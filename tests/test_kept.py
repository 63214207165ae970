"""The library with its corrections: they hold in the list, outlive a new engine, and travel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from readout import kept
from readout.corrections import making
from readout.library import Library, Wanted, archive
from readout.library.store import read_article
from readout.records import Article, Reading

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
WHEN = NOW.isoformat()
TEXT = (
    '"The bridge is safe," Ada Lovelace said on Monday.\n\n'
    'She added: "We built it well." 🌉 Alan Turing said that it would open in May.\n\n'
    "Nobody else was heard, and the rain went on for hours.\n"
)
ARTICLE = Article(TEXT, "bridge", "The bridge", published=date(2026, 11, 20))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """A library with the article."""
    with kept.open_library(tmp_path / "one") as library:
        library.add(ARTICLE, b"the file", NOW)
        yield library


def only(library: Library) -> str:
    """The id of the one article."""
    (entry,) = library.entries().entries
    return entry.id


def spoil(library: Library) -> tuple[str, Reading]:
    """Correct the article in every way that it can be; gives its id and the reading as it then is."""
    name = only(library)
    reading = library.reading(name)
    first = reading.quotes[0]
    ada, alan = (next(s for s in reading.speakers if s.name.startswith(n)) for n in ("Ada", "Alan"))
    start = TEXT.index("the rain")
    monday = next(t for t in reading.times if TEXT[t.start : t.end].endswith("Monday"))
    for one in (
        making.another_speaker(ARTICLE, first, "Grace Hopper", by="Mary", when=WHEN),
        making.a_quote(ARTICLE, [(start, start + 8)], "Mary Shelley", "indirect", by="Mary", when=WHEN),
        making.same_speaker(ARTICLE, reading, ada, alan, by="Kay", when=WHEN),
        making.a_time(ARTICLE, (monday.start, monday.end), date(2026, 11, 9), by="", when=WHEN),
        making.a_fact("title", "The bridge reopens", by="Mary", when=WHEN),
        making.a_fact("published", date(2026, 11, 21), by="Mary", when=WHEN),
    ):
        kept.correct(library, name, one)
    return name, kept.corrected(library, name).reading


def test_what_is_kept_is_what_was_said(library: Library) -> None:
    """Each correction comes back from the store as the record that was made, but for its id."""
    name = only(library)
    quote = library.reading(name).quotes[0]
    made = making.bounds(ARTICLE, quote, [(1, 11)], by="Mary", when=WHEN, kind="mixed")
    change = kept.correct(library, name, made)
    (back,) = kept.changes(library, name)
    assert back.id == change.id
    assert replace(back.correction, id=made.id) == made


def test_list_search_and_title_follow(library: Library) -> None:
    """A corrected speaker is found and filtered by, a corrected title is listed; undone, all is as before."""
    before = library.rows()
    name, reading = spoil(library)
    (entry,) = library.entries(Wanted("hopper", speaker="Grace Hopper")).entries
    assert (entry.title, entry.published) == ("The bridge reopens", date(2026, 11, 21))
    assert {q.speaker for q in reading.quotes} == {"Grace Hopper", "Mary Shelley", "Ada Lovelace"}
    for change in kept.changes(library, name):
        library.undo(change.id, NOW)
    after = library.rows()
    assert [row for row in after if row[0] != "correction"] == before
    assert kept.corrected(library, name).reading == library.reading(name)


def test_corrections_outlive_a_new_engine(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that sees nothing of what was corrected, or sees it elsewhere: what readers said still holds."""
    name, before = spoil(library)
    monkeypatch.setattr("readout.version.ENGINE", 99)

    def blind(article: Article) -> Reading:
        seen = read_article(article)
        return replace(seen, quotes=seen.quotes[1:], times=())

    with kept.open_library(library.path.parent, reader=blind) as newer:
        assert newer.stale() == 1
        assert [step.done for step in newer.refresh()] == [1]
        seen = kept.corrected(newer, name)
        assert not seen.lost
        for speaker in ("Grace Hopper", "Mary Shelley"):
            assert [q.content for q in seen.reading.quotes if q.speaker == speaker] == [
                q.content for q in before.quotes if q.speaker == speaker
            ]
        (time,) = (time for time in seen.reading.times if time.by)
        assert (TEXT[time.start : time.end], time.earliest) == ("Monday", date(2026, 11, 9))
        assert newer.entries(Wanted("hopper")).total == 1


def test_an_exported_library_comes_back_row_by_row(library: Library, tmp_path: Path) -> None:
    """Every row of every table, corrections and those undone among them, is the same after export and import."""
    name, reading = spoil(library)
    library.undo(kept.changes(library, name)[1].id, NOW)
    archive.save(library.items(), tmp_path / "all.zip")
    with kept.open_library(tmp_path / "two") as other:
        archive.bring_in(other, tmp_path / "all.zip")
        list(other.refresh())
        assert other.rows() == library.rows()
        assert len(kept.changes(other, name, undone=True)) == len(kept.changes(other, name)) + 1
        assert kept.corrected(other, name) == kept.corrected(library, name)
    assert reading


def test_a_file_of_corrections_is_taken_in_once(library: Library, tmp_path: Path) -> None:
    """The same corrections twice are kept once, and those that hold are counted as held."""
    name, reading = spoil(library)
    given = [change.correction for change in kept.changes(library, name)]
    assert kept.take_in(library, name, given) == kept.Taken(stood=len(given))
    with kept.open_library(tmp_path / "two") as other:
        other.add(ARTICLE, None, NOW)
        taken = kept.take_in(other, name, [*given, *given])
        assert (len(taken.new), taken.back, taken.stood) == (len(given), (), 0)
        assert kept.corrected(other, name).reading == reading


def test_what_was_undone_comes_back_with_its_file(library: Library) -> None:
    """A correction that was undone holds again when a file with it is taken in, and is not kept a second time."""
    name, reading = spoil(library)
    before = kept.changes(library, name)
    library.undo(before[0].id, NOW)
    library.undo(before[4].id, NOW)
    taken = kept.take_in(library, name, [change.correction for change in before])
    assert ([one.id for one in taken.back], taken.new, taken.stood) == ([before[0].id, before[4].id], (), 4)
    assert kept.changes(library, name, undone=True) == before
    assert kept.corrected(library, name).reading == reading


def test_said_of_an_article_that_was_there_is_a_correction(library: Library) -> None:
    """What somebody says of a known article, and nothing else of its file, wins, shows by whom, and can be undone."""
    again = replace(ARTICLE, title="The file's title", publisher="The Coast", published=date(2026, 11, 19))
    added, changes = kept.keep(library, again, None, ["publisher", "published"], by="Mary", when=NOW)
    assert (added.again, [change.correction.by for change in changes]) == (True, ["Mary", "Mary"])
    seen = kept.corrected(library, added.id)
    assert (seen.article.title, seen.article.publisher) == ("The bridge", "The Coast")
    assert (seen.article.published, seen.told) == (date(2026, 11, 19), {"published": "Mary", "publisher": "Mary"})
    (entry,) = library.entries(Wanted(publisher="The Coast")).entries
    assert entry.publisher == "The Coast"
    assert [one.name for one in library.publishers()] == ["The Coast"]
    assert kept.keep(library, again, None, ["publisher", "published"], by="Mary", when=NOW)[1] == ()
    for change in changes:
        library.undo(change.id, NOW)
    assert kept.corrected(library, added.id).article == library.article(added.id) == ARTICLE
    assert library.publishers() == []


def test_said_of_a_removed_article_is_a_correction(library: Library) -> None:
    """An article that comes back from the bin has what was said of it now, and keeps what was corrected before."""
    name, _ = spoil(library)
    library.remove([name], NOW)
    again = replace(ARTICLE, title="The bridge of now", byline="By Mary")
    known = library.known(again)
    assert known is not None
    assert known.back
    added, changes = kept.keep(library, again, None, ["title", "byline"], by="", when=NOW)
    assert (added.back, len(changes)) == (True, 2)
    seen = kept.corrected(library, name).article
    assert (seen.title, seen.byline, seen.published) == ("The bridge of now", "By Mary", date(2026, 11, 21))


def test_said_of_a_new_article_is_no_correction(library: Library) -> None:
    """An article that was not there is kept as it is given."""
    new = replace(ARTICLE, text="Rain fell. It went on.", title="Rain")
    assert library.known(new) is None
    added, changes = kept.keep(library, new, None, ["title"], by="Mary", when=NOW)
    assert (library.article(added.id).title, changes) == ("Rain", ())


def test_what_is_not_understood_is_left_where_it_is(library: Library) -> None:
    """A correction of a kind that this Readout does not know stays on record and harms nothing."""
    name = only(library)
    library.correct(name, "from the future", {"target": []}, {"body": 5}, when=NOW, by="Mary")
    assert kept.changes(library) == ()
    assert len(library.corrections(name)) == 1
    assert kept.corrected(library, name).reading == library.reading(name)
    assert library.entries().total == 1
