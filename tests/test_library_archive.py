"""The library as a zip: what went out comes back in, row by row, and a bad zip changes nothing."""

from __future__ import annotations

import csv
import io
import json
import random
import tempfile
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from library_building import ARTICLES, NOW, OBJECTS, article

from readout.errors import ArchiveError, LibraryError
from readout.layout import lay_out
from readout.library import Imported, Item, Library, Progress, Wanted, archive
from readout.library.words import identity
from readout.records import Article, Reading


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Three articles, with a file, a correction and an undone one; a fourth in the bin."""
    with Library.open(tmp_path / "from") as opened:
        ids = [opened.add(article(number), b"%d" % number, NOW + timedelta(number)).id for number in range(4)]
        opened.correct(ids[0], "speaker", {"exact": "é"}, {"name": "Ada"}, when=NOW, by="Grace")
        undone = opened.correct(ids[1], "bounds", {"start": 1}, {"end": [2]}, when=NOW, by="")
        opened.undo(undone.id, NOW)
        opened.remove([ids[3]], NOW)
        yield opened


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Library]:
    """An empty library."""
    with Library.open(tmp_path / "to") as opened:
        yield opened


def exported(library: Library) -> io.BytesIO:
    """The library as a zip."""
    out = io.BytesIO()
    archive.write(library.items(), out)
    return out


def test_the_whole_library_comes_back(library: Library, other: Library) -> None:
    """Once it is read, the two are the same row by row, and exporting the second gives the same bytes."""
    out = exported(library)

    assert Imported(3, 0, 2) == archive.bring_in(other, out)
    assert [one.total for one in other.refresh()] == [3, 3, 3]
    assert library.rows() == other.rows()
    assert out.getvalue() == exported(other).getvalue()
    assert other.check() == []


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(ARTICLES, OBJECTS, st.none() | st.binary(max_size=50)), max_size=4))
def test_any_library_comes_back(given: list[tuple[Article, dict[str, Any], bytes | None]]) -> None:
    """Whatever was kept, the two libraries are the same row by row."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Library.open(Path(folder, "a")) as first,
        Library.open(Path(folder, "b")) as second,
    ):
        for one, target, original in given:
            added = first.add(one, original, NOW, apart=True)
            first.correct(added.id, "any", target, target, when=NOW, by="\0é")
        archive.bring_in(second, exported(first))
        list(second.refresh())

        assert first.rows() == second.rows()


def test_coming_back_twice_changes_nothing(library: Library, other: Library) -> None:
    """The second time everything is there already; what was changed here stays so."""
    archive.bring_in(other, exported(library))
    name = other.entries().entries[0].id
    other.change(name, title="Mine")
    before = other.rows()

    assert Imported(0, 3, 0) == archive.bring_in(other, exported(library))
    assert before == other.rows()


def test_two_libraries_become_one(library: Library, other: Library) -> None:
    """Articles that only one has, corrections that only one has, and what lies in the bin: all of it is there after."""
    mine = other.add(article(0), None, NOW).id
    other.add(article(9), None, NOW)
    binned = other.add(article(1), None, NOW).id
    other.remove([binned], NOW)

    assert Imported(1, 2, 2) == archive.bring_in(other, exported(library))
    assert other.entries().total == 4
    assert [one.value["name"] for one in other.corrections(mine)] == ["Ada"]
    assert len(other.corrections(binned, undone=True)) == 1
    assert {one.articles for one in other.speakers("ada")} == {3}
    list(other.refresh())
    assert {one.articles for one in other.speakers("ada")} == {4}
    assert other.check() == []


def test_the_files_are_plain(library: Library) -> None:
    """Text as text, facts and corrections as JSON, quotes as a table, each where one would look for it."""
    with zipfile.ZipFile(exported(library)) as files:
        folder = next(name for name in files.namelist() if "bridge-0" in name).rpartition("/")[0]
        rows = list(csv.DictReader(io.StringIO(files.read(f"{folder}/quotes.csv").decode("utf-8-sig"))))
        about = json.loads(files.read(f"{folder}/article.json"))

        assert folder.startswith("articles/2020-01-01-bridge-0-reopens-")
        assert article(0).text == files.read(f"{folder}/text.txt").decode()
        assert files.read(f"{folder}/original") == b"0"
        assert (about["title"], about["published"]) == ("Bridge 0 reopens", "2020-01-01")
        assert rows[0]["speaker"] == "Ada Lovelace"
        assert json.loads(files.read(f"{folder}/corrections.json"))[0]["target"]["exact"] == "é"


def test_a_zip_that_a_person_packed_again_comes_back(library: Library, other: Library) -> None:
    """A folder around everything, and the files that a Mac puts beside, are no hindrance."""
    again = io.BytesIO()
    with zipfile.ZipFile(exported(library)) as files, zipfile.ZipFile(again, "w") as packed:
        for name in files.namelist():
            packed.writestr(f"my library/{name}", files.read(name))
        packed.writestr("__MACOSX/my library/._readout-library.json", b"\0")
        packed.writestr("my library/.DS_Store", b"\0")

    assert archive.bring_in(other, again).new == 3
    list(other.refresh())
    assert library.rows() == other.rows()


@pytest.mark.parametrize("engine", [4, 2**31 - 1, 10**30, "new"])
def test_what_a_zip_says_that_an_engine_found_is_not_believed(library: Library, other: Library, engine: object) -> None:
    """A forged reading reaches neither page nor list nor search, before the article is read here or after."""
    forged = io.BytesIO()
    with zipfile.ZipFile(exported(library)) as files, zipfile.ZipFile(forged, "w") as packed:
        for name in files.namelist():
            data = files.read(name)
            if name.endswith("/reading.json"):
                found = json.loads(data)["reading"]
                assert b"Ada Lovelace" in data
                data = json.dumps({"engine": engine, "reading": found}).replace("Ada Lovelace", "Eve Forger").encode()
            packed.writestr(name, data.replace(b"Ada Lovelace", b"Eve Forger") if name.endswith(".csv") else data)
    archive.bring_in(other, forged)

    def believed() -> bool:
        return bool(
            other.entries(Wanted("eve forger")).exact
            + other.entries(Wanted(speaker="Eve Forger")).total
            + any(one.name == "Eve Forger" for one in other.speakers())
        )

    assert not believed()
    assert (other.entries().total, other.stale()) == (3, 3)
    assert all(not entry.quotes and entry.words for entry in other.entries().entries)
    first, *_ = (entry.id for entry in other.entries().entries)
    assert other.reading(first) == library.reading(first)
    assert other.stale() == 2
    list(other.refresh())
    assert not believed()
    assert other.rows() == library.rows()


Change = Callable[[dict[str, bytes]], None]


def _first(files: dict[str, bytes], part: str) -> str:
    return next(name for name in sorted(files) if name.endswith(f"/{part}"))


def _edited(part: str, **values: Any) -> Change:
    def change(files: dict[str, bytes]) -> None:
        name = _first(files, part)
        given = json.loads(files[name])
        files[name] = json.dumps(given | values if isinstance(given, dict) else [given[0] | values]).encode()

    return change


def _twice(files: dict[str, bytes]) -> None:
    folder = _first(files, "text.txt").rpartition("/")[0]
    files.update({name.replace(folder, "articles/copy"): data for name, data in files.items() if folder in name})
    files[archive.CONTENTS] = json.dumps({"format": 1, "articles": 4}).encode()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda files: files.clear(), "not an exported library"),
        (lambda files: files.update({"../evil": b""}), "leads out of it"),
        (lambda files: files.update({"/etc/passwd": b""}), "leads out of it"),
        (lambda files: files.update({"articles\\..\\x": b""}), "leads out of it"),
        (lambda files: files.update({"C:/x": b""}), "leads out of it"),
        (lambda files: files.update({archive.CONTENTS: b'{"format": 2}'}), "another version"),
        (lambda files: files.update({archive.CONTENTS: b'{"format": 1, "articles": 9}'}), "has 9 articles and has 3"),
        (lambda files: files.update({archive.CONTENTS: b"["}), "can't be read"),
        (lambda files: files.update({archive.CONTENTS: b" " * (2 << 20)}), "such a file has 1,000,000 at most"),
        (lambda files: files.pop(_first(files, "corrections.json")), "corrections.json is missing"),
        (lambda files: files.update({_first(files, "text.txt"): b"\xff"}), "not what was exported"),
        (lambda files: files.update({_first(files, "text.txt"): b"other words"}), "text.txt was changed"),
        (lambda files: files.update({_first(files, "article.json"): b"[" * 100_000}), "nested too deeply"),
        (lambda files: files.update({_first(files, "corrections.json"): b"[NaN]"}), "no number"),
        (_edited("article.json", id="0" * 16), "other words"),
        (_edited("article.json", title=3), "not what was exported"),
        (_edited("article.json", body_span=[0, 10_000]), "outside the text"),
        (_edited("article.json", added="yesterday"), "not what was exported"),
        (_edited("article.json", added="2020-01-01"), "time zone"),
        (_edited("corrections.json", made=None), "not what was exported"),
        (_edited("corrections.json", target="<script>"), "a correction without its parts"),
        (
            lambda files: files.update({_first(files, "corrections.json"): b"[" + b"0," * 5000 + b"0]"}),
            "5,001 corrections, and may have 5,000",
        ),
        (_twice, "is in it twice"),
    ],
)
def test_a_bad_zip_gets_a_sentence_and_changes_nothing(
    library: Library, other: Library, change: Change, says: str
) -> None:
    """Whatever is wrong with one file, nothing of the others is brought in either."""
    other.add(article(7), None, NOW)
    before = other.rows()
    with zipfile.ZipFile(exported(library)) as files:
        contents = {name: files.read(name) for name in files.namelist()}
    change(contents)
    bad = io.BytesIO()
    with zipfile.ZipFile(bad, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in contents.items():
            packed.writestr(name, data)

    with pytest.raises(ArchiveError, match=f"was not brought in: .*{says}.*Nothing was changed"):
        archive.bring_in(other, bad)
    assert before == other.rows()


def test_a_bomb_is_refused_before_it_is_unpacked(library: Library, other: Library) -> None:
    """A file that says it is small and is not, or says it is huge, costs no memory."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(archive.CONTENTS, b'{"format": 1, "articles": 1}')
        packed.writestr("articles/a/text.txt", b"a" * (40 << 20))
        for name in ("article.json", "reading.json", "corrections.json"):
            packed.writestr(f"articles/a/{name}", b"{}")

    with pytest.raises(ArchiveError, match="has 41,943,040 bytes, and such a file has 4,000,000 at most"):
        archive.bring_in(other, out)


def _many(count: int, original: Callable[[int], bytes]) -> io.BytesIO:
    """A zip of many short articles, as Readout writes it."""
    out = io.BytesIO()

    def items() -> Iterator[Item]:
        for number in range(count):
            one = article(number)
            yield Item(identity(one.text), one, NOW, original(number), 0, Reading(lay_out(one.text)), ())

    archive.write(items(), out)
    return out


def test_a_zip_that_swells_is_refused(other: Library) -> None:
    """Many files of nothing, each small enough: a megabyte that would be a library of a gigabyte."""
    out = _many(20, lambda _: bytes(8_000_000))
    assert len(out.getvalue()) < 1_000_000
    with pytest.raises(ArchiveError, match=r"unpacked it has 160 MB, \d{3} times .* has 50 times at most"):
        archive.bring_in(other, out)
    assert other.entries().total == 0


def test_a_zip_of_too_much_is_refused(library: Library, other: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """Too many articles, too many files of any kind, too many bytes: the limit is said, and the way for one's own."""
    out = exported(library)
    for limit, most, says in (
        ("_MOST_ARTICLES", 2, "it has 3 articles, and an import takes 2 at most"),
        ("_MOST_FILES", 10, "it has more than 50,000 articles"),
        ("_LARGEST_INDEX", 100, "it has more than 50,000 articles"),
        ("_LARGEST_WHOLE", 1000, "unpacked it has 0.0 GB, and an import takes 0 GB at most"),
    ):
        with monkeypatch.context() as patched:
            patched.setattr(archive, limit, most)
            with pytest.raises(ArchiveError, match=f"{says}.*readout restore"):
                archive.bring_in(other, out)
    assert archive.bring_in(other, out).new == 3


def test_an_import_takes_no_more_memory_for_more_articles(tmp_path: Path) -> None:
    """Article by article: four times as many, with files of 200 kB that do not shrink, and a peak of hardly more."""
    peaks = []
    for count in (10, 40):
        path = tmp_path / f"{count}.zip"
        path.write_bytes(_many(count, lambda number: random.Random(number).randbytes(200_000)).getvalue())
        with Library.open(tmp_path / str(count)) as library:
            tracemalloc.start()
            assert archive.bring_in(library, path).new == count
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
    assert peaks[1] < peaks[0] + 500_000


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_mutated_zip_never_does_harm(data: st.DataObject) -> None:
    """Bytes changed, cut or put in anywhere: a sentence, or the whole library, and never half of it."""
    damaged = bytearray(_SAMPLE)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        damaged[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder)) as library:
        try:
            assert archive.bring_in(library, io.BytesIO(bytes(damaged))).new == 2
        except ArchiveError:
            assert library.entries().total == 0


def _sample() -> bytes:
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder)) as library:
        for number in range(2):
            library.add(article(number), None, NOW)
        return exported(library).getvalue()


_SAMPLE = _sample()


@pytest.mark.parametrize("given", [b"", b"PK", b"no zip at all", b"PK\x05\x06" + b"\xff" * 18])
def test_what_is_no_zip_gets_a_sentence(other: Library, given: bytes) -> None:
    """Empty, cut and foreign files are named as what they are not."""
    with pytest.raises(ArchiveError, match="was not brought in"):
        archive.bring_in(other, io.BytesIO(given))


def test_saving_is_whole_or_not_at_all(library: Library, other: Library, tmp_path: Path) -> None:
    """A zip file is there when it is done; a failed one leaves the one before, and no rest."""
    path = tmp_path / "library.zip"

    assert archive.save(library.items(), path) == 3
    assert archive.bring_in(other, path).new == 3

    def failing() -> Iterator[Any]:
        yield next(library.items())
        raise RuntimeError

    before = path.read_bytes()
    with pytest.raises(RuntimeError):
        archive.save(failing(), path)
    assert before == path.read_bytes()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["from", "library.zip", "to"]
    with pytest.raises(LibraryError, match="can't be written"):
        archive.save(library.items(), tmp_path / "nowhere" / "x.zip")
    with pytest.raises(ArchiveError, match="can't be opened"):
        archive.bring_in(other, tmp_path / "nowhere.zip")


def test_both_ways_tell_how_far_they_have_come(library: Library, other: Library, tmp_path: Path) -> None:
    """After each article: how many are done, of how many, and which was the last."""
    out: list[Progress] = []
    back: list[Progress] = []
    archive.save(library.items(), tmp_path / "out.zip", total=3, tell=out.append)
    archive.bring_in(other, tmp_path / "out.zip", tell=back.append)

    for told in (out, back):
        assert [(one.done, one.total) for one in told] == [(1, 3), (2, 3), (3, 3)]
        assert {one.title for one in told} == {f"Bridge {number} reopens" for number in range(3)}


class LeftError(Exception):
    """Stands for a reader who goes elsewhere."""


def leave(progress: Progress) -> None:
    """Go elsewhere at the second article."""
    if progress.done == 2:
        raise LeftError


def test_who_leaves_in_the_middle_leaves_nothing_half(library: Library, other: Library, tmp_path: Path) -> None:
    """An export that is left keeps the zip that was there before, an import that is left brings nothing."""
    target = tmp_path / "out.zip"
    target.write_bytes(b"before")
    with pytest.raises(LeftError):
        archive.save(library.items(), target, tell=leave)

    assert target.read_bytes() == b"before"
    assert [path.name for path in tmp_path.glob("*.zip*")] == ["out.zip"]
    assert not list(tmp_path.glob(".*.part"))

    with pytest.raises(LeftError):
        archive.bring_in(other, exported(library), tell=leave)

    assert other.entries().total == 0
    assert archive.bring_in(other, exported(library)).new == 3
