"""Behind the wall: a file opens in a process of its own, which gets no more time, memory and rights than it needs."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from loading import PARAGRAPHS, docx, page, samples, zipped

from readout import load
from readout.errors import FileError
from readout.load import guarded
from readout.turns import Turns

LONG = 300.0
"""Seconds that pass only where something hangs."""


@pytest.mark.parametrize("name", ["a.html", "a.pdf", "a.docx"])
def test_what_comes_through_the_wall_is_what_opens_here(name: str) -> None:
    """The article is the same on both sides."""
    data = samples()[name]

    assert guarded.load(data, name=name, url="https://example.org/a") == load(
        data, name=name, url="https://example.org/a"
    )


def test_a_sentence_comes_through_the_wall() -> None:
    """What is wrong with a file is said in the same words."""
    with pytest.raises(FileError, match=r"a\.txt is empty\. Choose another file"):
        guarded.load(b"", name="a.txt")


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """When its seconds are over the process ends, and the sentence says so."""
    started: list[subprocess.Popen[bytes]] = []
    start = subprocess.Popen

    def kept(*words: Any, **options: Any) -> subprocess.Popen[bytes]:
        started.append(start(*words, **options))
        return started[-1]

    monkeypatch.setattr(guarded, "_START", "import time; time.sleep(600)")
    monkeypatch.setattr(subprocess, "Popen", kept)
    with pytest.raises(FileError, match=r"a\.html took longer than .* seconds to open"):
        guarded.load(page().encode(), name="a.html", seconds=0.01)

    (process,) = started
    assert process.returncode, "it was not ended, but ended by itself"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of memory for a process")
def test_a_file_that_takes_too_much_memory_is_given_up() -> None:
    """Where the memory runs out the process ends, and this one goes on."""
    with pytest.raises(FileError, match=r"memory"):
        guarded.load(page().encode(), name="a.html", memory=20_000_000)


def test_a_file_that_is_too_large_does_not_start_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its size is known before."""

    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    with pytest.raises(FileError, match="larger than 10 MB"):
        guarded.load(bytes(10_000_001), name="a.pdf")


def test_a_process_that_dies_costs_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """A library that takes its process down takes nothing else down."""
    monkeypatch.setattr(guarded, "_START", "import os; os.abort()")

    with pytest.raises(FileError, match="more memory or time than a file may take"):
        guarded.load(b"Words.", name="a.txt")


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "open('written', 'w')",
        "import os; os.remove('kept')",
    ],
)
def test_what_a_file_never_needs_is_refused(attempt: str, tmp_path: Any) -> None:
    """Behind the wall there are no connections, no programs and no writing."""
    (tmp_path / "kept").write_text("x")
    wall = (
        "import sys; from readout.load import guarded; guarded._limit(guarded.BYTES, 5); "
        "sys.addaudithook(guarded._forbid)\ntry:\n    "
    )
    tried = subprocess.run(
        [
            sys.executable,
            "-c",
            f"{wall}{attempt}\nexcept OSError as trouble:\n    print('refused')\nelse:\n    print('done')",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=600,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )

    assert tried.stdout.strip() == "refused"
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_files_of_one_reader_keep_nobody_else_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """While one reader's slow files wait for one another, another reader's file is opened."""
    opening, go_on = threading.Semaphore(0), threading.Event()
    opened: list[str] = []

    def asked(data: bytes, order: dict[str, Any], shown: str) -> dict[str, Any]:
        if shown.startswith("slow"):
            opening.release()
            go_on.wait(LONG)
        opened.append(shown)
        return {"text": data.decode()}

    monkeypatch.setattr(guarded, "_asked", asked)
    names = [f"slow {number}.html" for number in range(4)]
    with ThreadPoolExecutor(4) as tabs:
        slow = [tabs.submit(guarded.load, b"Words.", name=name, reader="one") for name in names]
        try:
            assert opening.acquire(timeout=LONG)
            assert guarded.load(b"Words.", name="quick.html", reader="other").text == "Words."
            assert opened == ["quick.html"]
            assert not opening.acquire(blocking=False), "two files of the first reader are open at once"
        finally:
            go_on.set()
        assert [one.result(LONG).text for one in slow] == ["Words."] * 4
    assert sorted(opened) == ["quick.html", *names]


def test_a_file_that_finds_no_place_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where all places are taken, by whomever, the sentence says to try again; a place that is given back is free."""
    turns = Turns(places=2, each=1)
    monkeypatch.setattr(guarded, "_turns", turns)
    monkeypatch.setattr(guarded, "_WAIT", 0.0)
    assert turns.take("one", 0)
    with pytest.raises(FileError, match=r"a\.txt has to wait\. Try again in a minute"):
        guarded.load(b"Words.", name="a.txt", reader="one")
    assert turns.take("other", 0)
    with pytest.raises(FileError, match=r"a\.txt has to wait\. Try again in a minute"):
        guarded.load(b"Words.", name="a.txt")
    turns.give_back("one")

    assert guarded.load(b"Words.", name="a.txt", reader="one").text == "Words."
    assert guarded.load(b"Words.", name="a.txt").text == "Words."


def test_the_process_gets_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of a server stays where it is."""
    monkeypatch.setenv("API_TOKEN", "secret")

    assert "API_TOKEN" not in guarded._surroundings()


def test_bombs_end_in_a_sentence() -> None:
    """A document that unpacks to thousands of times its size, and one with a huge picture of no text."""
    with pytest.raises(FileError, match="unpacks to far more"):
        guarded.load(docx(more={"word/x.xml": bytes(200_000_000)}), name="a.docx")
    with_picture = docx(PARAGRAPHS, more={"word/media/a.png": b"\x89PNG" + bytes(50_000_000)})

    assert guarded.load(with_picture, name="a.docx").text.split("\n\n") == list(PARAGRAPHS)
    with pytest.raises(FileError, match="is a zip archive"):
        guarded.load(zipped({"a": zipped({"b": bytes(1_000_000)})}), name="a.zip")
