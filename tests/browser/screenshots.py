"""A picture of every page, light and dark, on a wide screen and on a phone.

    python tests/browser/screenshots.py [FOLDER] [--docs]

Writes PAGE-wide|phone-light|dark.png to FOLDER (screenshots/ unless told). With --docs it also renews the pictures
that the README shows, beside this script.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Literal

sys.path.insert(0, str(Path(__file__).parent))
from playwright.sync_api import Browser, Page
from serving import ROOT, browse, serve, settle

PAGES = {"article": "/", "timeline": "/timeline", "tone": "/tone", "quotes": "/quotes"}
SIZES = {"wide": (1280, 900), "phone": (390, 844)}
THEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")
DOCS = Path(__file__).with_name("pictures")


def main() -> None:
    """Take them all."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folder", nargs="?", type=Path, default=ROOT / "screenshots")
    ask.add_argument("--docs", action="store_true")
    asked = ask.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made, serve(READOUT_HOME=made) as address, browse() as browser:
        for theme in THEMES:
            for size, (width, height) in SIZES.items():
                for name, path in PAGES.items():
                    page = _open(browser, address + path, theme, width, height)
                    if name == "article" and size == "wide":
                        _show_a_card(page)
                    page.screenshot(path=asked.folder / f"{name}-{size}-{theme}.png")
                    page.close()
    if asked.docs:
        DOCS.mkdir(exist_ok=True)
        for picture in sorted(asked.folder.glob("*-wide-*.png")) + sorted(asked.folder.glob("*-phone-light.png")):
            shutil.copy(picture, DOCS / picture.name)


def _open(browser: Browser, address: str, theme: Literal["light", "dark"], width: int, height: int) -> Page:
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=theme, reduced_motion="reduce")
    page.goto(address)
    settle(page)
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_timeout(1500)
    return page


def _show_a_card(page: Page) -> None:
    """Open the card of the second quote, so that the picture shows one."""
    page.locator(".st-key-article-text button.chip, button.chip").nth(1).click()
    page.wait_for_timeout(400)


if __name__ == "__main__":
    main()
