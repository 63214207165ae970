"""A picture of every page, light and dark, on a wide screen and on a phone.

    python tests/browser/screenshots.py [FOLDER] [--docs] [--page NAME]

The library holds a few invented articles. Writes PAGE-wide|phone-light|dark.png to FOLDER (screenshots/ unless told).
With --docs it also renews the pictures that the README shows, beside this script.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

sys.path.insert(0, str(Path(__file__).parent))
from playwright.sync_api import Browser, Page
from serving import ROOT, browse, serve, settle

from readout.library import Library
from readout.records import Article

PAGES = {"article": "/", "timeline": "/timeline", "tone": "/tone", "quotes": "/quotes", "library": "/library?q=bridge"}
SIZES = {"wide": (1280, 900), "phone": (390, 844)}
THEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")
ARTICLES = (
    (
        "Ferry fares to rise before Easter",
        "Coast Weekly",
        date(2026, 2, 3),
        "Fares on the harbour ferry will rise by a tenth in March. “Fuel alone costs us a third more than last year,” "
        "said Amara Osei, who runs the line.\n\nPassengers have no other way across until the bridge opens, said Tomás "
        "Ribeiro of the passengers’ association. “We were not asked,” he added.\n",
    ),
    (
        "Council votes to mend the old bridge, not to replace it",
        "The Gazette",
        date(2026, 9, 14),
        "The council voted on Monday to mend the iron bridge over the Wend. “It has stood for a hundred and forty "
        "years, and it will stand for forty more,” said Mayor Ingrid Solberg.\n\nDaniel Achterberg, an "
        "engineer who examined the bridge last month, disagreed. “What we mend now we shall mend again in ten years,” "
        "he said. According to the treasurer, a new one would have cost twice as much.\n",
    ),
    (
        "School opens its garden to the neighbours",
        "Coast Weekly",
        date(2026, 5, 22),
        "The school on Quay Street has opened its garden to the neighbours. “They water it in the holidays, so it is "
        "theirs as well,” said head teacher Lucía Marín.\n",
    ),
    (
        "Bridge closed to lorries from next week",
        "The Gazette",
        date(2026, 10, 2),
        "Lorries over eight tonnes may not use the iron bridge from next week. “This is a precaution,” said Daniel "
        "Achterberg, who found cracks in two of its bearings. Mayor Ingrid Solberg said that the work would begin "
        "before winter.\n\nHauliers complained. “Forty minutes more each way, for every load,” said Piet "
        "van der Meer.\n",
    ),
    (
        "What the flood of 1953 taught the harbour",
        "History Today and Tomorrow",
        date(2026, 1, 31),
        "In the night of 31 January 1953 the sea came over the wall. “We heard it before we saw it,” recalled Edith "
        "Vane, who was nine years old. The bridge was the one way out, she said.\n\nThe wall was raised in 1957. "
        "It is time to raise it again, according to the harbour master.\n",
    ),
)
DOCS = Path(__file__).with_name("pictures")


def main() -> None:
    """Take them all."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folder", nargs="?", type=Path, default=ROOT / "screenshots")
    ask.add_argument("--docs", action="store_true")
    ask.add_argument("--page", choices=PAGES, help="this page alone")
    asked = ask.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        _stock(Path(made))
        with serve(READOUT_HOME=made) as address, browse() as browser:
            for theme in THEMES:
                for size, (width, height) in SIZES.items():
                    for name, path in PAGES.items():
                        if asked.page and name != asked.page:
                            continue
                        page = _open(browser, address + path, theme, width, height)
                        if name == "article" and size == "wide":
                            _show_a_card(page)
                        page.screenshot(path=asked.folder / f"{name}-{size}-{theme}.png")
                        page.close()
    if asked.docs:
        DOCS.mkdir(exist_ok=True)
        for picture in sorted(asked.folder.glob("*-wide-*.png")) + sorted(asked.folder.glob("*-phone-light.png")):
            shutil.copy(picture, DOCS / picture.name)


def _stock(home: Path) -> None:
    """Keep the invented articles, and the seed article with them."""
    with Library.open(home) as library:
        for place, (title, publisher, published, text) in enumerate(ARTICLES):
            article = Article(text, title=title, publisher=publisher, published=published)
            library.add(article, None, datetime(2026, 11, 1 + place, tzinfo=UTC))


def _open(browser: Browser, address: str, theme: Literal["light", "dark"], width: int, height: int) -> Page:
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=theme, reduced_motion="reduce")
    page.goto(address)
    settle(page)
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_timeout(1500)
    # A chart comes after its page, and the Tone page is drawn once more when its learned tones are known.
    if any(address.endswith(page_of) for page_of in ("/timeline", "/tone", "/quotes")):
        page.locator(".js-plotly-plot .main-svg").first.wait_for()
    settle(page)
    page.wait_for_timeout(500)
    return page


def _show_a_card(page: Page) -> None:
    """Open the card of the second quote, so that the picture shows one."""
    page.locator(".st-key-article-text button.chip, button.chip").nth(1).click()
    page.wait_for_timeout(400)


if __name__ == "__main__":
    main()
