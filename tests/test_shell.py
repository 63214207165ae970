"""The command `readout`, as people call it: most of it in this process, some as real commands."""

from __future__ import annotations

import contextlib
import http.server
import json
import os
import random
import re
import select
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import tomllib
import urllib.request
from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from readout import kept, load, read, shell
from readout.corrections import making
from readout.exports.csv import to_csv
from readout.library import Library, Wanted
from readout.shell import serving
from readout.tables.quotes import quotes_table
from readout.version import provenance

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 300
"""Seconds that pass only where something hangs."""
unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other terminals and signals")
DATED = """<html><head><title>{0}</title><meta property="article:published_time" content="2020-03-05"></head>
<body><article><h1>{0}</h1>{1}</article></body></html>"""
WORDS = (
    "<p>“{0} is deep enough,” Grace Hopper said of the basin. The boats came in one after another, all day long.</p>"
)
TEXT = """The pier reopens

"The pier is safe," Rosalind Franklin, the surveyor, said last month. She added that boats would call again.
"""


def page(title: str) -> str:
    """A page with an article of this title."""
    return DATED.format(title, WORDS.format(title) * 4)


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library of the test's own, empty, and a folder to stand in."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("READOUT_HOME", str(folder))
    monkeypatch.delenv("READOUT_FETCH", raising=False)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.chdir(tmp_path_factory.mktemp("here"))
    return folder


@pytest.fixture
def site() -> Iterator[str]:
    """A site on this machine with one page; gives its address."""

    class Site(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/harbour" else 404)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page("The harbour").encode())

        def log_message(self, *_: Any) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


Printed = pytest.CaptureFixture[str]


def lines(printed: Printed) -> tuple[list[str], list[str]]:
    """What was printed, and what went wrong."""
    out, err = printed.readouterr()
    return out.splitlines(), err.splitlines()


def command(*words: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "readout", *words], capture_output=True, text=True, timeout=PATIENCE, **options
    )


def put(*titles: str) -> None:
    """Put articles into the library."""
    for title in titles:
        Path(f"{title}.html").write_text(page(title), "utf-8")
    assert shell.main(["add", *(f"{title}.html" for title in titles)]) == 0


# Reading


def test_a_reading_is_printed(capsys: Printed) -> None:
    """Who speaks, each quote with its speaker, kind and cue, the times and the tone; nothing is kept."""
    Path("pier.txt").write_text(TEXT, "utf-8")
    assert shell.main(["read", "pier.txt", "--published", "2016-11-09", "--title", "A pier"]) == 0
    out, err = lines(capsys)
    assert not err
    assert out[:2] == ["A pier", "9 November 2016"]
    assert "  Rosalind Franklin: 2 quotes, 8 words" in out
    place = out.index("    Rosalind Franklin · direct · “said”")
    assert out[place + 1] == '      "The pier is safe,"'
    assert "  “last month”: October 2016" in out
    assert any(line.startswith("  The one paragraph: +0.") for line in out)
    assert out[-1] == provenance().sentence
    with Library.open() as library:
        assert not library.entries().total


def test_a_reading_is_printed_for_programs(capsys: Printed) -> None:
    """As JSON all of it with the article, as CSV the table that the Quotes page gives."""
    Path("pier.txt").write_text(TEXT, "utf-8")
    assert shell.main(["read", "pier.txt", "--json", "--published", "2016-11-09"]) == 0
    made = json.loads(capsys.readouterr().out)
    article = made.pop("article")
    assert (article["published"], made.pop("offsets")) == ("2016-11-09", "code points")
    assert made.pop("read_by") == provenance(toward=True).to_dict()
    assert made == read(article["text"], published=date(2016, 11, 9), title=article["title"]).to_dict()
    assert made["toward"]
    assert shell.main(["read", "pier.txt", "--csv"]) == 0
    loaded = load(Path("pier.txt").read_bytes(), name="pier.txt")
    found = read(loaded.text, title="The pier reopens", toward=False)
    assert capsys.readouterr().out.encode() == to_csv(quotes_table(loaded, found, found.quotes))


def test_standard_input_is_read() -> None:
    """“-” is what comes down the pipe; nothing there is a sentence on standard error."""
    piped = command("read", "-", input=TEXT)
    assert piped.returncode == 0
    assert "Rosalind Franklin" in piped.stdout
    assert piped.stderr.startswith("No day of publication is known")
    nothing = command("read", "-", input="")
    assert (nothing.returncode, nothing.stdout) == (1, "")
    assert nothing.stderr == "Nothing came from standard input. Send an article's text, or name a file.\n"


def test_what_can_not_be_read_is_said(capsys: Printed) -> None:
    """A sentence on standard error and exit code 1."""
    assert shell.main(["read", "nowhere.txt"]) == 1
    out, err = lines(capsys)
    assert (out, err) == ([], ["nowhere.txt can't be opened (No such file or directory). Check the name."])


def test_an_article_does_not_steer_the_terminal(capsys: Printed) -> None:
    """Control characters, those of eight bits and those that turn the direction of writing among them, are blanks."""
    Path("pier.txt").write_text(TEXT.replace("pier is", "pier\x1b[2J \x9b31m\u202eis"), "utf-8")
    assert shell.main(["read", "pier.txt", "--title", "A\x1b]0;pier"]) == 0
    printed = capsys.readouterr().out
    assert not {c for c in printed if not c.isprintable()} - {"\n"}


# Adding


def test_files_are_kept_in_the_order_given(capsys: Printed) -> None:
    """One line each: kept, or what is wrong; those that can't be opened keep no other from being kept."""
    for name in ("b", "a", "c"):
        Path(f"{name}.html").write_text(page(f"Basin {name}"), "utf-8")
    Path("empty.pdf").write_bytes(b"")
    assert shell.main(["add", "b.html", "empty.pdf", "nowhere.txt", "a.html", "c.html"]) == 1
    out, err = lines(capsys)
    assert [re.fullmatch(r"(.)\.html: kept \(\w+\): Basin .; 2020-03-05", line)[1] for line in out] == ["b", "a", "c"]  # type: ignore[index]
    assert err == [
        "empty.pdf is empty. Choose another file, or paste the article's text.",
        "nowhere.txt can't be opened (No such file or directory). Check the name.",
    ]
    with Library.open() as library:
        assert library.entries().total == 3


def test_what_is_known_is_said(capsys: Printed) -> None:
    """Title, publisher and day go before what the file says; the original is kept as it was."""
    Path("pier.txt").write_text(TEXT, "utf-8")
    assert (
        shell.main(["add", "pier.txt", "--published", "2016-11-09", "--title", "A pier", "--publisher", "Coast"]) == 0
    )
    (line,), _ = lines(capsys)
    assert re.fullmatch(r"pier\.txt: kept \(\w+\): A pier; 2016-11-09", line)
    with Library.open() as library:
        (entry,) = library.entries().entries
        assert (entry.title, entry.publisher, entry.published) == ("A pier", "Coast", date(2016, 11, 9))
        assert library.original(entry.id) == TEXT.encode()


def test_a_missing_day_is_said_and_can_be_said_later(capsys: Printed) -> None:
    """Without a day the line says what to do; the same file with a day then corrects the kept article's day."""
    Path("pier.txt").write_text(TEXT, "utf-8")
    shell.main(["add", "pier.txt"])
    shell.main(["add", "pier.txt", "--published", "2016-11-09"])
    shell.main(["add", "pier.txt", "--published", "2017-01-01"])
    first, second, third = lines(capsys)[0]
    assert first.endswith("; no date of publication: say it with --published, or in the dashboard")
    said = r"was there already \(\w+\): .*; {}; corrected: Published on {}\.$"
    assert re.search(said.format("2016-11-09", "9 November 2016"), second)
    assert re.search(said.format("2017-01-01", "1 January 2017"), third)


def test_what_is_said_of_a_known_article_is_a_correction(capsys: Printed) -> None:
    """Day, title and publisher said for an article that was there, or in the bin, win, and can be undone one by one."""
    put("Basin")
    said = ["--published", "2021-01-02", "--publisher", "The Coast", "--title", "The basin"]
    for removed in (False, True):
        if removed:
            with Library.open() as library:
                library.remove([library.entries().entries[0].id], datetime.now(UTC))
        capsys.readouterr()
        assert shell.main(["add", "Basin.html", *said]) == 0
        (line,), _ = lines(capsys)
        assert ("had been removed and is back" in line) is removed
        assert "The basin; 2021-01-02" in line
        assert ("corrected: The title is “The basin”." in line) is not removed
        with kept.open_library() as library:
            (entry,) = library.entries().entries
            assert (entry.title, entry.publisher, entry.published) == ("The basin", "The Coast", date(2021, 1, 2))
            changes = kept.changes(library, entry.id)
            assert {change.correction.by for change in changes} == {"readout add"}
            assert len(changes) == 3
    with kept.open_library() as library:
        for change in changes:
            library.undo(change.id, datetime.now(UTC))
        (entry,) = library.entries().entries
        assert (entry.title, entry.publisher, entry.published) == ("Basin", "", date(2020, 3, 5))


def test_an_article_comes_back_from_the_bin(capsys: Printed) -> None:
    """What had been removed is back as it was, and the line says so."""
    put("Basin")
    with Library.open() as library:
        library.remove([library.entries().entries[0].id], datetime.now(UTC))
    capsys.readouterr()
    assert shell.main(["add", "Basin.html"]) == 0
    assert "had been removed and is back" in lines(capsys)[0][0]


def test_folders_are_walked(capsys: Printed) -> None:
    """By name, folders within folders too; what is hidden or no article's file is passed over."""
    for path in ("n/b/one.html", "n/a/two.htm", "n/three.HTML", "n/.hidden/x.html", "n/b/.x.html", "n/b/x.jpg"):
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(page(f"Basin {Path(path).stem}"), "utf-8")
    Path("none").mkdir()
    assert shell.main(["add", "n", "none"]) == 1
    out, err = lines(capsys)
    assert [line.partition(":")[0] for line in out] == ["n/three.HTML", "n/a/two.htm", "n/b/one.html"]
    assert err == ["The folder none has no file in it that Readout opens."]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_names_do_not_steer_the_terminal(capsys: Printed) -> None:
    """Escapes and line breaks of a file's name, and bytes that are no letters, are not passed on."""
    name = b"a\x1b[2Jb\nc\xff.txt"
    Path(os.fsdecode(name)).write_text(TEXT, "utf-8")
    assert shell.main(["add", os.fsdecode(name), "x\x1b[1m.txt", "x\0.txt"]) == 1
    out, err = capsys.readouterr()
    assert out.startswith("a[2Jb c\ufffd.txt: kept")
    assert "\x1b" not in out + err
    assert "there can be no file of this name" in err


def test_a_page_is_added_by_its_address(site: str, monkeypatch: pytest.MonkeyPatch, capsys: Printed) -> None:
    """Public pages need no switch at the shell; those of this machine need READOUT_FETCH=private."""
    assert shell.main(["add", f"{site}/harbour", "http://127.0.0.1/"]) == 1
    out, err = lines(capsys)
    assert not out
    assert re.match(r"http://127\.0\.0\.1:\d+/harbour: This address asks for port", err[0])
    assert "is not on the public internet" in err[1]
    monkeypatch.setenv("READOUT_FETCH", "private")
    assert shell.main(["add", f"{site}/harbour", f"{site}/nowhere"]) == 1
    out, err = lines(capsys)
    assert re.fullmatch(rf"{site}/harbour: kept \(\w+\): The harbour; 2020-03-05", out[0])
    assert "has no page at this address. Check the address." in err[0]
    with Library.open() as library:
        assert library.article(library.entries().entries[0].id).url == f"{site}/harbour"


def test_home_says_where_the_library_lies(home: Path, capsys: Printed) -> None:
    """--home goes before READOUT_HOME, and a relative folder is one beside where the command is given."""
    Path("pier.txt").write_text(TEXT, "utf-8")
    assert shell.main(["add", "pier.txt", "--home", "mine"]) == 0
    assert not list(home.iterdir())
    with Library.open(Path("mine").absolute()) as library:
        assert library.entries().total == 1
    assert shell.main(["check", "--home", "mine"]) == 0


def test_a_library_that_can_not_be_written_is_a_sentence(home: Path, capsys: Printed) -> None:
    """No traceback, and no line for each file."""
    (home / "library.sqlite3").write_bytes(b"no library at all" * 1000)
    Path("pier.txt").write_text(TEXT, "utf-8")
    assert shell.main(["add", "pier.txt", "pier.txt"]) == 1
    out, err = lines(capsys)
    assert not out
    assert len(err) == 1
    assert "library" in err[0]


# Usage


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "required: COMMAND"),
        (["write"], "invalid choice"),
        (["read"], "required: FILE|URL"),
        (["read", "x.txt", "--json", "--csv"], "not allowed with argument"),
        (["add"], "required: FILE|FOLDER|URL"),
        (["add", "x.txt", "--published", "9 November"], "“9 November” is no day such as 2016-11-09"),
        (["add", "x.txt", "--published", "0001-01-01"], "takes days from 1000-01-01 to 2999-12-31, and 0001-01-01 is"),
        (["read", "x.txt", "--published", "9999-12-31"], "takes days from 1000-01-01 to 2999-12-31, and 9999-12-31 is"),
        (["read", "x.txt", "--published", "99999-01-01"], "“99999-01-01” is no day such as 2016-11-09"),
        (["add", "x.txt", "y.txt", "--title", "A"], "--title is for one article, and these are 2"),
        (["serve", "--port", "0"], "“0” is no port"),
        (["serve", "--port", "http"], "“http” is no port"),
        (["export"], "required: FILE.zip"),
        (["score", "--yaml"], "unrecognized arguments"),
    ],
)
def test_what_is_not_understood_is_two(words: list[str], said: str, capsys: Printed) -> None:
    """Exit code 2, and what is wrong with the command."""
    with pytest.raises(SystemExit) as ended:
        shell.main(words)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_help_comes_without_the_engine() -> None:
    """`readout --help` loads neither the engine nor Streamlit."""
    asked = "import sys, readout.shell as s\ntry: s.main(['--help'])\nexcept SystemExit: print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, timeout=PATIENCE)
    assert "put articles into the library" in done.stdout
    assert not {"numpy", "streamlit", "sqlite3", "urllib3", "nltk"} & set(done.stdout.split())


def test_the_command_is_installed_under_its_name() -> None:
    """The entry point of the package leads to `main`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    module, _, name = project["scripts"]["readout"].partition(":")
    assert getattr(import_module(module), name) is shell.main


# As real commands


@unix
def test_a_closed_pipe_is_quiet() -> None:
    """`readout add ... | head -1` says nothing of the pipe."""
    for number in range(3):
        Path(f"{number}.txt").write_text(f"{TEXT}\n\nPart {number} of it.", "utf-8")
    adding = subprocess.Popen(
        [sys.executable, "-m", "readout", "add", "."], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert adding.stdout is not None
    assert adding.stderr is not None
    adding.stdout.close()
    assert adding.stderr.read() == ""
    adding.stderr.close()
    assert adding.wait(PATIENCE) == 1


@unix
def test_ctrl_c_is_130_and_quiet(home: Path) -> None:
    """What was kept by then stays kept."""
    # Names so long, and so little room to say them, that it waits to be read before the last is added.
    for number in range(200):
        Path(f"{number:03}-{'basin' * 30}.html").write_text(page(f"Basin {number}"), "utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "readout", "add", "."],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        pipesize=4096,
        # As a terminal starts it; a shell that runs these tests in the background has its children ignore Ctrl+C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as adding:
        assert adding.stdout is not None
        assert adding.stderr is not None
        assert "kept" in adding.stdout.readline()
        os.killpg(adding.pid, signal.SIGINT)
        said = adding.stdout.read()
        assert adding.stderr.read() == ""
        assert adding.wait(PATIENCE) == 130
    with Library.open(home) as library:
        assert said.count("kept") < library.entries().total < 200


@unix
def test_a_terminal_shows_how_far_it_has_come() -> None:
    """A counter on the terminal, cleared before each line; none where errors go to a file."""
    for number in range(3):
        Path(f"{number}.txt").write_text(f"{TEXT}\n\nPart {number} of it.", "utf-8")
    shown = on_a_terminal("add", ".")
    assert "\r\x1b[K2 of 3 …\r\x1b[K2.txt: kept" in shown
    done = command("add", ".")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("was there already") == 3


def on_a_terminal(*words: str) -> str:
    """Run the command on a terminal; gives all that it shows there."""
    import pty

    above, below = pty.openpty()
    shown = b""
    with subprocess.Popen([sys.executable, "-m", "readout", *words], stdout=below, stderr=below) as running:
        os.close(below)
        with contextlib.suppress(OSError):  # how Linux says that the last writer has left
            while select.select([above], [], [], PATIENCE)[0] and (piece := os.read(above, 65536)):
                shown += piece
        os.close(above)
        assert running.wait(PATIENCE) == 0
    return shown.decode()


# The library as a whole


def test_export_and_import(home: Path, capsys: Printed) -> None:
    """A library goes into a zip and comes back elsewhere; what is there already is counted and stays."""
    put("One", "Two")
    assert shell.main(["export", "out.zip"]) == 0
    assert shell.main(["import", "out.zip", "--home", "other"]) == 0
    assert shell.main(["import", "out.zip", "--home", "other"]) == 0
    assert shell.main(["check", "--home", "other"]) == 0
    out, err = lines(capsys)
    assert not err
    assert out[2:] == [
        "2 articles written to out.zip.",
        "2 articles brought in, 0 there already, 0 new corrections.",
        "0 articles brought in, 2 there already, 0 new corrections.",
        f"The library {Path('other').absolute()}/library.sqlite3 is sound: 2 articles.",
    ]
    with Library.open(home) as first, Library.open(Path("other").absolute()) as second:
        assert second.stale() == 0
        assert first.rows() == second.rows()


def test_nothing_is_overwritten_unasked(capsys: Printed) -> None:
    """A file that is there stays as it was, without --force; a folder stays with it."""
    put("One")
    Path("mine.zip").write_text("mine", "utf-8")
    Path("folder").mkdir()
    capsys.readouterr()
    assert shell.main(["export", "mine.zip"]) == 1
    assert shell.main(["rescue", os.environ["READOUT_HOME"], "mine.zip"]) == 1
    assert shell.main(["export", "folder", "--force"]) == 1
    assert Path("mine.zip").read_text("utf-8") == "mine"
    assert shell.main(["export", "nowhere/mine.zip"]) == 1
    _, err = lines(capsys)
    assert err[0] == err[1] == "mine.zip is there already. Choose another name, or overwrite it with --force."
    assert err[2].startswith("folder is a folder.")
    assert "can't be written (No such file or directory)" in err[3]
    assert shell.main(["export", "mine.zip", "--force"]) == 0
    assert Path("mine.zip").read_bytes()[:2] == b"PK"


@pytest.mark.parametrize(("data", "said"), [(None, "can't be opened"), (b"PK\3\4 no zip", "was not brought in")])
def test_a_zip_that_is_none_is_a_sentence(data: bytes | None, said: str, capsys: Printed) -> None:
    """No such file, and a file that is no export."""
    if data is not None:
        Path("x.zip").write_bytes(data)
    assert shell.main(["import", "x.zip"]) == 1
    out, err = lines(capsys)
    assert not out
    assert said in err[0]


@unix
def test_a_terminal_shows_how_far_a_zip_has_come(home: Path) -> None:
    """Import counts in hundredths of the zip, then in articles read; export in articles, and rescue without a total."""
    put("One", "Two")
    for words, shows in (
        (["export", "a.zip"], "1 of 2 …"),
        (["import", "a.zip"], "100% …"),
        (["import", "a.zip", "--home", "other"], "2 of 2 read …"),
        (["backup", "a.sqlite3"], "2 articles backed up"),
        (["rescue", str(home)], "2 saved …"),
    ):
        assert shows in on_a_terminal(*words)


def test_a_damaged_library_is_found_and_rescued(home: Path, capsys: Printed) -> None:
    """`check` says that it is damaged and how to go on; `rescue` saves its articles; `import` brings them back."""
    put(*(f"Basin {number}" for number in range(4)))
    path = home / "library.sqlite3"
    data = bytearray(path.read_bytes())
    data[:100] = bytes(100)
    path.write_bytes(data)
    capsys.readouterr()
    assert shell.main(["check"]) == 1
    assert shell.main(["rescue", str(home)]) == 0
    assert shell.main(["import", "rescued-library.zip", "--home", "new"]) == 0
    out, _ = lines(capsys)
    assert "4 articles saved to rescued-library.zip" in "\n".join(out)
    assert out[-1].startswith("4 articles brought in")


def test_pages_of_the_file_that_are_broken_are_listed(home: Path, capsys: Printed) -> None:
    """Damage that leaves the library open is told line by line, with the way out."""
    put("One")
    with contextlib.closing(sqlite3.connect(home / "library.sqlite3")) as connection, connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DELETE FROM article")
    capsys.readouterr()
    assert shell.main(["check"]) == 1
    out, _ = lines(capsys)
    assert len(out) >= 2
    assert f"readout rescue {home}" in out[-1]


@pytest.mark.parametrize(
    "words", [["export", "a.zip"], ["backup", "a.zip"], ["check"], ["score"], ["rescue", "nowhere"]]
)
def test_no_library_is_a_sentence_and_makes_none(words: list[str], home: Path, capsys: Printed) -> None:
    """A wrong folder is said, and stays as it is."""
    assert shell.main(words) == 1
    assert "library" in lines(capsys)[1][0]
    assert not list(home.iterdir())
    assert not Path("a.zip").exists()


# Scoring


def test_the_engine_is_scored_against_its_readers(home: Path, capsys: Printed) -> None:
    """A quote that a reader struck out costs precision; a day that a file had wrong costs nothing."""
    put("One", "Two", "Three")
    with kept.open_library(home) as library:
        one, two, _ = (entry.id for entry in library.entries(Wanted(sort="added", reverse=True)).entries)
        article, reading = library.article(one), library.reading(one)
        count = len(reading.quotes)
        assert count > 1
        when = "2024-05-01T12:00:00+00:00"
        kept.correct(library, one, making.not_a_quote(article, reading.quotes[0], by="Mary", when=when))
        undone = kept.correct(library, one, making.not_a_quote(article, reading.quotes[1], by="Mary", when=when))
        library.undo(undone.id, datetime.now(UTC))
        kept.correct(library, two, making.a_fact("published", date(2021, 1, 1), by="Mary", when=when))
    capsys.readouterr()
    assert shell.main(["score", one, "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert (figures["articles"], figures["corrections"]) == (1, 1)
    assert figures["quotes"] == {
        "right": count - 1,
        "found": count,
        "wanted": count - 1,
        "precision": round((count - 1) / count, 3),
        "recall": 1.0,
        "f1": round(2 * (count - 1) / (2 * count - 1), 3),
    }
    assert shell.main(["score", two, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["times"]["f1"] == 1.0
    assert shell.main(["score"]) == 0
    out, _ = lines(capsys)
    assert out[0] == "2 articles, 2 corrections"
    assert [line.split()[0] for line in out[3:7]] == ["quotes", "bounds", "speakers", "times"]


def test_where_nobody_corrected_anything_that_is_said(home: Path, capsys: Printed) -> None:
    """For the whole library a sentence, for an article that was asked for an error, for JSON zeros."""
    put("One")
    with Library.open(home) as library:
        (entry,) = library.entries().entries
    capsys.readouterr()
    assert shell.main(["score"]) == 0
    assert lines(capsys)[0] == [
        "Nobody has corrected an article of this library yet. Correct some in the dashboard, then score the engine."
    ]
    assert shell.main(["score", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["articles"] == 0
    assert shell.main(["score", entry.id]) == 1
    assert shell.main(["score", "nothing"]) == 1
    _, err = lines(capsys)
    assert err[0].startswith(f"Nobody has corrected the article “{entry.id}” yet.")
    assert err[1].startswith("There is no article “nothing” in the library")


# Serving


def test_one_person_is_served_on_this_machine_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is said; the folders that were named mean the same from the folder that the server starts in."""
    monkeypatch.setenv("READOUT_HOME", "mine")
    monkeypatch.setenv("READOUT_ARTICLES", "shelf")
    plan = serving.plan_for("localhost", 8501, False, None)
    assert plan.said == ""
    assert plan.command[3:] == ("run", "dashboard.py", "--server.address=localhost", "--server.port=8501")
    assert plan.environment["READOUT_HOME"] == str(Path("mine").absolute())
    assert plan.environment["READOUT_ARTICLES"] == str(Path("shelf").absolute())
    assert "READOUT_FETCH" not in plan.environment
    assert serving.plan_for("::1", 1, False, Path("/x")).environment["READOUT_HOME"] == "/x"


@pytest.mark.parametrize(
    ("host", "with_fetch", "before", "after"),
    [
        ("localhost", False, "private", "private"),
        ("localhost", True, "", "on"),
        ("127.0.0.1", True, "private", "private"),
        ("0.0.0.0", False, "on", "off"),
        ("192.168.1.5", False, "private", "off"),
        ("192.168.1.5", True, "private", "on"),
        ("news.example", True, "", "on"),
    ],
)
def test_others_get_no_page_of_this_network(
    monkeypatch: pytest.MonkeyPatch, host: str, with_fetch: bool, before: str, after: str
) -> None:
    """For this machine's own person the environment holds; for others --fetch alone, and public pages alone."""
    monkeypatch.setenv("READOUT_FETCH", before)
    assert serving.plan_for(host, 8501, with_fetch, None).environment["READOUT_FETCH"] == after


def test_serving_others_is_said_and_protected() -> None:
    """One line says what they share; Streamlit's protections stay on, whatever a person's own settings say."""
    plan = serving.plan_for("192.168.1.5", 80, False, None)
    assert plan.said == (
        "Everybody who can reach 192.168.1.5, port 80, reads and changes one library, this one; "
        "no page is fetched without --fetch."
    )
    assert {"--server.enableCORS=true", "--server.enableXsrfProtection=true"} < set(plan.command)
    assert any(word.startswith("--browser.serverAddress=") for word in serving.plan_for("::", 1, True, None).command)


def test_further_names_reach_the_server() -> None:
    """What `--allow-host` names stands in the environment, where the server looks."""
    assert "READOUT_ALLOW_HOSTS" not in serving.plan_for("localhost", 8501, False, None).environment
    named = serving.plan_for("localhost", 8501, False, None, serving.Sharing(("news.example", "b.example")))
    assert named.environment["READOUT_ALLOW_HOSTS"] == "news.example,b.example"
    # Streamlit asks no service on the internet for its name, and whoever comes through a proxy is somebody else.
    assert "--browser.serverAddress=b.example" in named.command
    assert named.environment["READOUT_FETCH"] == "off"
    assert "Everybody who can reach localhost" in named.said


def test_accounts_reach_the_server(tmp_path: Path, capsys: Printed) -> None:
    """Where the file lies, whether anybody may change anything, the path; a wrong file is a sentence and no server."""
    file = tmp_path / "auth.toml"
    file.write_text(
        '[auth]\nredirect_uri = "https://news.example/r/oauth2callback"\n[access]\nread = ["*@paper.example"]'
    )
    plan = serving.plan_for("localhost", 8501, False, None, serving.Sharing(("b.example",), file, True, "/r/"))
    assert plan.environment["READOUT_AUTH"] == str(file)
    assert plan.environment["READOUT_READ_ONLY"] == "on"
    assert plan.environment["READOUT_ALLOW_HOSTS"] == "b.example,news.example"
    assert "--server.baseUrlPath=r" in plan.command
    assert plan.said.startswith(f"Whoever {file} names reads one library")
    file.write_text("[access]\nread = 'everybody'")
    assert shell.main(["serve", "--auth", str(file)]) == 1
    assert "'everybody' is none" in lines(capsys)[1][0]


def test_an_installed_package_has_no_dashboard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    """A sentence, and where to get it."""
    monkeypatch.setattr(serving, "ROOT", tmp_path)
    assert shell.main(["serve"]) == 1
    assert "an installed package has the engine and the shell only" in lines(capsys)[1][0]


def free_port() -> int:
    """A port that nobody listens at, of those that no system hands out by itself."""
    for port in random.sample(range(20_000, 32_000), 100):
        with socket.socket() as free, contextlib.suppress(OSError):
            free.bind(("127.0.0.1", port))
            return port
    raise RuntimeError("no free port")


@unix
@pytest.mark.parametrize("host", [(), ("--host", "0.0.0.0")])
def test_the_dashboard_is_served_from_any_folder(host: tuple[str, ...]) -> None:
    """It starts elsewhere with the settings of the project; one process, which ends when it is told to."""
    port = free_port()
    with subprocess.Popen(
        [sys.executable, "-m", "readout", "serve", "--port", str(port), *host],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "STREAMLIT_SERVER_HEADLESS": "true"},
    ) as server:
        try:
            # Static files are served because the project's settings say so.
            font = f"http://127.0.0.1:{port}/app/static/inter-latin-wght-normal.woff2"
            assert fetched(font, server)[:4] == b"wOF2"
        finally:
            server.send_signal(signal.SIGTERM)
            said, _ = server.communicate(timeout=PATIENCE)
    assert ("Everybody who can reach 0.0.0.0" in said) == bool(host)
    assert "External URL" not in said


def fetched(url: str, server: subprocess.Popen[str]) -> bytes:
    """What a server has at an address, once it is up."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
                data: bytes = answer.read()
                return data
        except OSError:
            assert time.monotonic() < until
            assert server.poll() is None
            time.sleep(0.2)
