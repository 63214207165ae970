"""Several processes on one library, and processes that die while they write."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from library_building import NOW, article

from readout.library import Library

WRITER = """
import sys
from pathlib import Path
from library_building import NOW, article
from readout.library import Library
library = Library.open(Path(sys.argv[1]))
for number in range(12):
    mine = library.add(article(100 * int(sys.argv[2]) + number), None, NOW)
    shared = library.add(article(number), None, NOW)
    library.correct(shared.id, "speaker", {"by": sys.argv[2]}, {"number": number}, when=NOW, by=sys.argv[2])
print("done")
"""


def test_processes_write_at_once(tmp_path: Path) -> None:
    """Three processes make, fill and correct one library at the same time: nothing is doubled, nothing lost."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), str(number)],
            cwd=Path(__file__).parent,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in (1, 2, 3)
    ]
    said = [process.communicate(timeout=600) for process in processes]

    assert said == [("done\n", "")] * 3
    with Library.open(tmp_path) as library:
        assert (library.entries().total, len(library.corrections())) == (4 * 12, 3 * 12)
        assert library.check() == []


def test_one_process_sees_what_another_confirmed(tmp_path: Path) -> None:
    """A library that is open sees the other's article at once, and whole."""
    with Library.open(tmp_path) as one, Library.open(tmp_path) as other:
        added = one.add(article(1), None, NOW)

        assert article(1) == other.article(added.id)
        assert other.entries().total == 1

        other.remove([added.id], NOW)

        assert one.entries().total == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
def test_killed_at_random_moments_nothing_is_lost() -> None:
    """Twenty kills; `python tests/library_kill.py` does 200."""
    script = Path(__file__).with_name("library_kill.py")
    done = subprocess.run(
        [sys.executable, str(script), "20", "7"], capture_output=True, text=True, check=False, timeout=600
    )

    assert done.stderr == ""
    assert "killed 20 times" in done.stdout


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_child_opens_its_own_connection(tmp_path: Path) -> None:
    """A child that goes on with its parent's library does not touch its parent's connection."""
    with Library.open(tmp_path) as library:
        library.add(article(1), None, NOW)
        child = os.fork()
        if not child:
            library.add(article(2), None, NOW)
            os._exit(0)
        _, status = os.waitpid(child, 0)

        assert status == 0
        assert (library.entries().total, library.check()) == (2, [])
