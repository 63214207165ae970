"""Twenty readers at once on one server: adding, correcting, undoing and reading, each in a browser window of their own.

    python tests/browser/many_readers.py [READERS] [SECONDS]

Every correction that a reader saw on the text must be in the library at the end, and every undo that they saw must have
held. Says how many acts there were, how long they took, which went wrong, and how much memory the server took for each.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parent))
from playwright.async_api import Browser, Locator, Page, async_playwright, expect
from serving import chromium, serve

from readout import kept

PATIENCE = 120_000
READY = '[data-testid="stApp"][data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]'
TEXT = """The pier of reader {0}, part {1}

"The pier is safe," Rosalind Franklin, the surveyor, said last month. She added that boats would call at pier {0}-{1}.

"It was built in 2014," Alan Turing said. Nobody else was heard in part {1} of {0}.
"""


@dataclass
class Reader:
    """What one reader did and saw."""

    number: int
    seconds: dict[str, list[float]] = field(default_factory=dict)
    standing: dict[str, str] = field(default_factory=dict)
    """By the title of an article, the speaker that the reader saw on its first quote at the end."""
    troubles: list[str] = field(default_factory=list)


async def settle(page: Page) -> None:
    """Wait until the page is at rest."""
    await page.locator(READY).wait_for(timeout=PATIENCE)


async def add(page: Page, title: str, text: str) -> None:
    """Paste an article and keep it."""
    await page.get_by_role("button", name="Add an article").click()
    box = page.get_by_label("Paste its text")
    await box.fill(text)
    await box.blur()
    await page.get_by_role("button", name="Open it").click()
    await expect(page.get_by_label("Title")).to_have_value(title)
    await page.get_by_role("button", name="Keep it").click()
    await expect(page.locator(".st-key-text").get_by_role("heading", level=1)).to_have_text(title)
    await settle(page)


async def correct(page: Page, name: str) -> None:
    """Give the first quote another speaker, and see them on it."""
    await chip(page).click()
    await page.locator(".st-key-text").get_by_role("button", name="Correct this").click()
    box = page.get_by_role("dialog", name="Correct this quote")
    who = box.get_by_role("combobox", name="Who says it?")
    await who.fill(name)
    await who.press("Enter")
    await settle(page)
    await box.get_by_role("button", name="Save the correction").click()
    await expect(chip(page)).to_have_accessible_name(re.compile(f": {name}, corrected by"))
    await settle(page)


async def undo(page: Page) -> None:
    """Take the last correction back, and see the engine's speaker again."""
    await page.get_by_role("button", name="Undo the last correction").click()
    await expect(chip(page)).to_have_accessible_name(re.compile(": Rosalind Franklin, direct"))
    await settle(page)


async def read(page: Page, title: str) -> None:
    """Look at every page of the article."""
    for name in ("Timeline", "Tone", "Quotes", "Article"):
        await page.get_by_test_id("stSidebar").get_by_role("link", name=name, exact=True).click()
        await expect(page).to_have_title(re.compile(rf"^{name}: {re.escape(title)[:40]}"))
        await settle(page)


def chip(page: Page) -> Locator:
    """The button of the first quote."""
    return page.locator(".st-key-text").get_by_role("button", name=re.compile(r"quote 1 of \d+$"))


async def visit(browser: Browser, address: str, reader: Reader, until: float) -> None:
    """One reader's two minutes."""
    context = await browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = await context.new_page()
    page.set_default_timeout(PATIENCE)
    page.on("pageerror", lambda error: reader.troubles.append(f"script: {error}"))
    part = 0
    try:
        await page.goto(address)
        await settle(page)
        while time.monotonic() < until:
            part += 1
            title = f"The pier of reader {reader.number}, part {part}"
            await timed(reader, "add", add(page, title, TEXT.format(reader.number, part)))
            reader.standing[title] = "Rosalind Franklin"
            name = f"Grace Hopper {reader.number}-{part}"
            await timed(reader, "correct", correct(page, name))
            reader.standing[title] = name
            await timed(reader, "read", read(page, title))
            if part % 3 == 0:
                await timed(reader, "undo", undo(page))
                reader.standing[title] = "Rosalind Franklin"
            if await page.get_by_text("Something went wrong").count():
                reader.troubles.append("the page for unforeseen errors")
    except Exception as trouble:
        reader.troubles.append(f"part {part}: {trouble!s:.400}")
    await context.close()


async def timed(reader: Reader, act: str, doing: Awaitable[None]) -> None:
    """Do it, and keep how long it took."""
    begun = time.monotonic()
    await doing
    reader.seconds.setdefault(act, []).append(time.monotonic() - begun)


def memory(port: int | None) -> float:
    """Resident memory of the server on this port, in MB; 0 where the system does not say."""
    for status in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if f"--server.port={port}".encode() in status.read_bytes():
                found = re.search(r"VmRSS:\s+(\d+)", status.with_name("status").read_text())
                return int(found[1]) / 1024 if found else 0.0
        except OSError:
            continue
    return 0.0


async def all_of_them(address: str, readers: list[Reader], seconds: float) -> tuple[float, float]:
    """Let all readers in at once; gives the server's memory before them and with all of them there, in MB."""
    expect.set_options(timeout=PATIENCE)
    port = urlsplit(address).port
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        page = await browser.new_page()
        await page.goto(address)
        await settle(page)
        await page.close()
        before = memory(port)
        until = time.monotonic() + seconds
        peak = asyncio.create_task(highest(port))
        await asyncio.gather(*(visit(browser, address, reader, until) for reader in readers))
        peak.cancel()
        await browser.close()
    return before, max(_PEAK)


_PEAK: list[float] = [0.0]


async def highest(port: int | None) -> None:
    """Keep the highest memory seen."""
    while True:
        _PEAK[0] = max(_PEAK[0], memory(port))
        await asyncio.sleep(1)


def lost(home: Path, readers: list[Reader]) -> list[str]:
    """What a reader saw and the library does not hold."""
    with kept.open_library(home) as library:
        found = {
            entry.title: kept.corrected(library, entry.id).reading.quotes[0].speaker
            for entry in library.entries(limit=100_000).entries
        }
        troubles = library.check()
    return troubles + [
        f"{title}: {found.get(title)} instead of {speaker}"
        for reader in readers
        for title, speaker in reader.standing.items()
        if found.get(title) != speaker
    ]


def main() -> None:
    """Measure, and say what was seen."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 120.0
    readers = [Reader(number) for number in range(1, many + 1)]
    with tempfile.TemporaryDirectory() as home:
        with serve(READOUT_HOME=home) as address:
            before, peak = asyncio.run(all_of_them(address, readers, seconds))
        gone = lost(Path(home), readers)
    acts: Counter[str] = Counter()
    for act in ("add", "correct", "undo", "read"):
        took = [one for reader in readers for one in reader.seconds.get(act, [])]
        acts[act] = len(took)
        if len(took) > 1:
            print(f"{act:8} {len(took):5} times, median {quantiles(took, n=2)[0]:5.1f} s, longest {max(took):5.1f} s")
    print(f"{many} readers, {acts.total()} acts in {seconds:.0f} s")
    print(f"server {before:.0f} MB before, {peak:.0f} MB at most: {(peak - before) / many:.1f} MB a session")
    troubles = [f"reader {reader.number}: {one}" for reader in readers for one in reader.troubles]
    print(f"errors: {len(troubles)}; lost: {len(gone)}")
    for line in (troubles + gone)[:20]:
        print(" ", line)
    sys.exit(1 if troubles or gone else 0)


if __name__ == "__main__":
    main()
