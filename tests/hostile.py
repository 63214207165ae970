"""Open mutated and generated files, many of them, and say what became of them.

    python tests/hostile.py [COUNT] [SEED]    10,000 files unless said otherwise

Each file is opened with `readout.load` in one of two processes that live on, which is harder than the wall of
`readout.load.guarded`: whatever is not an article or a sentence, takes more than five seconds of the processor, or
ends the process counts as a failure. The files are mutations of one good file of every kind (bytes flipped, cut out,
doubled, put in; parts of zips and the pages of mails too) and files put together from the marks that readers look for.
"""

from __future__ import annotations

import concurrent.futures
import io
import random
import signal
import sys
import time
import zipfile
from collections import Counter
from types import FrameType

from loading import mail, page, samples

from readout import load
from readout.errors import ArticleError

SECONDS = 5
_MARKS = [
    b"%PDF-1.7\n", b"PK\x03\x04", b"PK\x05\x06", b"<html>", b"<!DOCTYPE html>", b"<script>window.stolen()</script>",
    b"<p>", b"</p>", b"<br>", b"<table><tr><td>", b"<![CDATA[", b"<?xml version='1.0' encoding='", b"'?>",
    b"&#x110000;",
    b"&#xD800;", b"&lt;script&gt;", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\0", b"\0\0\0", b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80", b"From: a\n", b"MIME-Version: 1.0\n", b"Content-Type: multipart/mixed; boundary=x\n\n--x\n",
    b"Content-Type: message/rfc822\n\n", b"Content-Transfer-Encoding: base64\n\n", b"Content-Type: text/html; charset=",
    b"punycode", b"unicode_escape", b"utf-16", b"idna", b"# ", b"> ", b"[", b"](", b"![", b"`", b"**", b"---\n",
    b"obj\n<<", b">>\nendobj", b"stream\n", b"endstream", b"/Length -1", b"/Kids [2 0 R]", b"xref\n0 99999999\n",
    b"trailer", b"/Encrypt 1 0 R", b"<!ENTITY a 'a'>", b"&a;", b"word ", b"The minister said. ", b"\n", b"\n\n",
    b" ", b"\t",
    b"<div>", b"<a href='javascript:window.stolen()'>", b"<svg onload='window.stolen()'>", b'{"@type":"NewsArticle",',
    b'<script type="application/ld+json">', b"</script>", b'"articleBody":"', b"\\ud800", b'"}', b"<article>",
]  # fmt: skip


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The bytes with a few changes."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 3, 8, 40))):
        if not changed:
            break
        at = chance.randrange(len(changed))
        length = chance.choice((1, 2, 7, 60, len(changed) // 3 + 1))
        what = chance.randrange(6)
        if what == 0:
            changed[at] ^= 1 << chance.randrange(8)
        elif what == 1:
            del changed[at : at + length]
        elif what == 2:
            changed[at:at] = changed[at : at + length] * chance.choice((1, 2, 50))
        elif what == 3:
            changed[at:at] = chance.choice(_MARKS) * chance.choice((1, 1, 3, 300))
        elif what == 4:
            changed[at : at + length] = chance.randbytes(min(length, 60))
        else:
            del changed[at:]
    return bytes(changed)


def repacked(data: bytes, chance: random.Random) -> bytes:
    """A zip file with one of its parts changed and packed again, as a reader's first check would let through."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        parts = old.namelist()
        wounded = chance.choice(parts)
        for part in parts:
            new.writestr(part, mutated(old.read(part), chance) if part == wounded else old.read(part))
    return out.getvalue()


def generated(chance: random.Random) -> bytes:
    """A file put together from marks."""
    return b"".join(
        chance.choice(_MARKS) * chance.choice((1, 1, 1, 2, 900)) for _ in range(chance.choice((2, 8, 30, 120)))
    )


def hostile(seed: int) -> tuple[str, bytes]:
    """One hostile file, and the same one for the same seed."""
    chance = random.Random(seed)
    good = samples()
    name = chance.choice(list(good))
    kind = chance.randrange(10)
    if kind < 2:
        return chance.choice((name, "a.bin", "a.html", "a.md")), generated(chance)
    if kind < 5 and name in ("a.docx", "a.epub"):
        return name, repacked(good[name], chance)
    if kind == 5:
        return "a.eml", mail(mutated(page().encode(), chance).decode("latin-1"), kind="text/html; charset=utf-8")
    return name, mutated(good[name], chance)


def outcome(seed: int) -> str:
    """What became of a hostile file, in a word."""
    name, data = hostile(seed)
    try:
        load(data, name=name)
    except ArticleError as refusal:
        return "damaged" if "is damaged" in str(refusal) else "refused"
    return "opened"


class _LateError(BaseException):
    """A file took too long; no error of a library, so nothing turns it into a sentence."""


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise _LateError


def batch(seeds: range) -> list[tuple[int, str, float]]:
    """The outcomes of some seeds, each within its seconds."""
    signal.signal(signal.SIGPROF, _stop)
    found = []
    for seed in seeds:
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        began = time.process_time()
        try:
            what = outcome(seed)
        except BaseException as trouble:
            what = f"raised {type(trouble).__name__}"
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        found.append((seed, what, time.process_time() - began))
    return found


def main() -> None:
    """Open them and print."""
    given = [int(word) for word in sys.argv[1:]]
    count, first = [*given, *(10_000, 0)[len(given) :]]
    counted: Counter[str] = Counter()
    longest, bad = (0.0, 0), []
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        for found in pool.map(batch, [range(i, min(i + 100, first + count)) for i in range(first, first + count, 100)]):
            for seed, what, spent in found:
                counted[what] += 1
                longest = max(longest, (spent, seed))
                if what not in ("opened", "refused", "damaged"):
                    bad.append((seed, what))
    print(f"{counted.total()} files:", ", ".join(f"{number} {what}" for what, number in counted.most_common()))
    print(f"longest {longest[0]:.2f} s (seed {longest[1]})")
    print("failures:", bad or "none")


if __name__ == "__main__":
    main()
