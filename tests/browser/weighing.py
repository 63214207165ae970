"""What one reader without a browser can make the server weigh: files sent by hand, and pages opened and left.

python tests/browser/weighing.py
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parent))
from clicking import Reader, process, weight
from serving import serve

FILES, PAGES = 20, 300


def said(folder: Path, what: str) -> None:
    """Print what the server weighs now."""
    memory, descriptors = weight(folder)
    print(f"{what:50} {memory:7.0f} MB {descriptors:6} descriptors", flush=True)


def main() -> None:
    """Send files of 50 and of 10 MB, close the dialog; then open and leave pages."""
    with tempfile.TemporaryDirectory() as home, serve(READOUT_HOME=home) as address:
        folder = process(urlsplit(address).port)
        with Reader(address) as reader:
            said(folder, "at first")
            print(f"  without a dialog: {reader.upload(b'x' * 50_000_000)[0]}")
            reader.press("add")
            for megabytes in (50, 10):
                answers = Counter(reader.upload(b"x" * megabytes * 1_000_000)[:2] for _ in range(FILES))
                said(folder, f"{FILES} files of {megabytes} MB")
                for (status, words), times in answers.items():
                    print(f"  {times} times {status} {words.strip()}")
            reader.run()
            said(folder, "the dialog is closed")
        for _ in range(PAGES):
            with Reader(address):
                pass
        said(folder, f"{PAGES} pages opened and left")


if __name__ == "__main__":
    main()
