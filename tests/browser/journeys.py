"""What the journeys in the browser share: the shelf they read from, a watch on each page, and steps that recur."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from building import crowd
from playwright.sync_api import ConsoleMessage, Download, Locator, Page, Request, ViewportSize, WebSocket, expect
from serving import ROOT, settle

SEED = "putin-on-trump-victory"
PAGES = {"article": "/", "timeline": "/timeline", "tone": "/tone", "quotes": "/quotes", "library": "/library"}
CHARTS = {"timeline": "/timeline", "tone-units": "/tone", "tone-voices": "/tone", "words-by-kind": "/quotes"}
WIDE = ViewportSize(width=1280, height=900)
PHONE = ViewportSize(width=390, height=844)
PATIENCE = 60_000
"""Milliseconds that pass only where something never comes."""
Visit = Callable[..., Page]

MARK = "window.ran"
"""What the scripts of the hostile article set, where a browser lets them run."""
HOSTILE = """\
"<script>window.ran=1;alert(1)</script><img src=x onerror='window.ran=1;alert(2)'>," said Bad "Actor" O'Hara <b>on 3 \
May 2016</b>. </style></script><svg onload="window.ran=1;alert(3)"></svg>

"It is a 'terrible' \\" day & night," <script>window.ran=1;alert(4)</script>Mallory Script said in 2014. "</blockquote>"

Mallory Script said that "<iframe srcdoc='<script>parent.ran=1</script>'></iframe>" was good. javascript:alert(5) it is.
"""
HOSTILE_META = """\
title = "<script>window.ran=1;alert(6)</script> & \\"quotes\\" <img src=x onerror=window.ran=1>"
publisher = "<img src=https://example.org/x.png onerror=window.ran=1>"
byline = "![x](https://example.org/x.png)"
published = 2016-05-04
url = "https://example.org/\\" onmouseover=\\"window.ran=1"
"![x](https://example.org/y.png)<script>window.ran=1</script>" = 1
"""
EMOJI = """\
People cheered 👩‍👩‍👧 and 🌉𝒳. "The bridge 🌉 is open," Ada Lovelace said on 3 May 2016.

🎉 Alan Turing said that the road 🛣️ was built in 2014.
"""
CHORUS = [
    "Ada Lovelace", "Alan Turing", "Grace Hopper", "Edith Vane", "Daniel Achterberg", "Ingrid Solberg", "Amara Osei",
    "Lucia Marin", "Peter Brandt", "Maria Keller", "Thomas Weber", "Helen Carter",
]  # fmt: skip
"""Who speaks in an article of many voices: the first two at length, the others a word or two each."""
_LONG = "The bridge has stood for a hundred and forty years in wind and water and it will stand for forty more years"
CHORUS_TEXT = "\n\n".join(
    f'"{"; ".join([_LONG] * 3) if place < 2 else "It is safe"}," {name} said on Monday.'
    for place, name in enumerate(CHORUS)
)
SHELF = {
    "x-chinese": (
        "这座桥很安全。\n\n昨天下雨了。\n",
        'title = "X Chinese"\npublisher = "P"\npublished = 2016-05-04\n',
    ),
    "x-crowd": (crowd(words=0), 'title = "X Crowd"\npublisher = "P"\npublished = 2016-05-04\n'),
    "x-emoji": (EMOJI, 'title = "X Emoji"\npublisher = "P"\npublished = 2016-05-04\n'),
    "x-chorus": (CHORUS_TEXT, 'title = "X Chorus"\npublisher = "P"\npublished = 2016-05-04\n'),
    "x-empty": ("", 'title = "X Empty"\npublisher = "P"\npublished = 2016-05-04\n'),
    "x-hostile": (HOSTILE, HOSTILE_META),
    "x-nobody": ("The bridge is good.\n\nPeople walked home.\n", 'title = "X Nobody"\npublished = 2016-05-04\n'),
    "x-bare": ('"It is late," Ada Lovelace said.\n\nRain fell for days.\n', None),
}


def stock(folder: Path) -> None:
    """Put the seed article on a shelf, and after it those made for these tests."""
    for ending in ("txt", "toml"):
        shutil.copy(ROOT / "data" / "articles" / f"{SEED}.{ending}", folder)
    for name, (text, meta) in SHELF.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
        if meta is not None:
            (folder / f"{name}.toml").write_text(meta, "utf-8")


@dataclass
class Watch:
    """What pages do behind the reader's back."""

    origin: str
    outside: list[str] = field(default_factory=list)
    """Requests to anywhere but the server."""
    dialogs: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    """Errors that no script caught, and scripts that the security policy refused."""

    def over(self, page: Page) -> None:
        """Watch a page from its start."""
        page.on("request", self._request)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._console)
        page.on("websocket", self._socket)

        def dismiss(dialog: object) -> None:
            self.dialogs.append(str(dialog))
            dialog.dismiss()  # type: ignore[attr-defined]

        page.on("dialog", dismiss)

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.origin}/", "data:", "blob:", "about:", "file:")):
            self.outside.append(request.url)

    def _console(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "Content-Security-Policy" in message.text:
            self.errors.append(message.text)

    def _socket(self, socket: WebSocket) -> None:
        if not socket.url.startswith(self.origin.replace("http", "ws", 1)):
            self.outside.append(socket.url)


def query(page: Page) -> dict[str, list[str]]:
    """The parameters of the page's URL."""
    return parse_qs(urlsplit(page.url).query)


def expect_query(page: Page, /, **parameters: str | None) -> None:
    """Wait until the URL has these parameters, or has them not."""
    for name, value in parameters.items():
        if value is None:
            expect(page).not_to_have_url(re.compile(rf"[?&]{name}="), timeout=PATIENCE)
        else:
            written = re.escape(value).replace(r"\ ", r"(?:\+|%20)")
            expect(page).to_have_url(re.compile(rf"[?&]{name}={written}(?:&|$)"), timeout=PATIENCE)


def expect_path(page: Page, path: str) -> None:
    """Wait until the page of this path is there and drawn, and Streamlit knows that it has switched to it."""
    expect(page).to_have_url(re.compile(rf"://[^/]+{re.escape(path)}(?:\?.*)?$"), timeout=PATIENCE)
    here = page.locator('[data-testid="stSidebarNavLink"][aria-current="page"]')
    expect(here).to_have_attribute("href", re.compile(rf"{re.escape(path)}(?:\?.*)?$"), timeout=PATIENCE)
    settle(page)


def whole(page: Page, name: str) -> None:
    """Wait until what a page ends with is drawn, for an article that has it."""
    settle(page)
    if name == "article":
        expect(chips(page).first).to_be_visible(timeout=PATIENCE)
    elif name == "timeline":
        drawn(page, "timeline")
    elif name == "tone":
        drawn(page, "tone-units")
        drawn(page, "tone-voices")
    elif name == "quotes":
        drawn(page, "words-by-kind")
        expect(cards(page).first).to_be_visible(timeout=PATIENCE)
    else:
        expect(page.get_by_test_id("stMain").get_by_role("heading", level=1)).to_be_visible(timeout=PATIENCE)
    at_rest(page)


def at_rest(page: Page) -> None:
    """Wait until all that moves has arrived, but for what moves without end."""
    page.evaluate(
        """async () => {
            await document.fonts.ready;
            const ends = (moving) => moving.effect?.getComputedTiming().iterations !== Infinity;
            await Promise.allSettled(document.getAnimations().filter(ends).map((moving) => moving.finished));
        }"""
    )


def later(page: Page, milliseconds: int) -> None:
    """Wait until what the page had put off by at most so long has happened: its timers run in their order."""
    page.evaluate("later => new Promise((done) => setTimeout(done, later))", milliseconds)


def middle(page: Page, mark: Locator) -> tuple[float, float]:
    """The middle of a mark, once it stands still on the screen."""
    mark.scroll_into_view_if_needed()
    mark.evaluate(
        """async (mark) => {
            for (let before = "", same = 0; same < 3; ) {
                await new Promise(requestAnimationFrame);
                const { x, y, width, height } = mark.getBoundingClientRect();
                const now = [x, y, width, height].join();
                same = now === before ? same + 1 : 0;
                before = now;
            }
        }"""
    )
    box = mark.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def sidebar(page: Page) -> Locator:
    """The sidebar."""
    return page.get_by_test_id("stSidebar")


def speaker(page: Page, name: str) -> Locator:
    """A speaker's pill in the sidebar."""
    return sidebar(page).get_by_role("button", name=re.compile(rf"^{re.escape(name)}"))


def go(page: Page, title: str) -> None:
    """Go to another page by the menu in the sidebar."""
    sidebar(page).get_by_role("link", name=title, exact=True).click()
    expect_path(page, PAGES[title.lower()])


def expect_folded(page: Page) -> None:
    """The sidebar is out of sight."""
    expect(sidebar(page).get_by_role("link", name="Article", exact=True)).not_to_be_in_viewport(timeout=PATIENCE)


def unfold(page: Page) -> None:
    """Open the sidebar on a phone."""
    page.get_by_test_id("stExpandSidebarButton").tap()
    expect(sidebar(page).get_by_role("link", name="Article", exact=True)).to_be_in_viewport()
    at_rest(page)


def back(page: Page, path: str) -> None:
    """Press Back; pressed while Streamlit is still switching it can be lost, so `expect_path` comes before."""
    settle(page)
    page.go_back()
    expect_path(page, path)


def article(page: Page) -> Locator:
    """The annotated article."""
    return page.locator(".st-key-text")


def chips(page: Page) -> Locator:
    """The buttons that open the quotes."""
    return article(page).get_by_role("button", name=re.compile(r"quote \d+ of \d+$"))


def words(page: Page, number: int) -> Locator:
    """The pieces of a quote's words, for a quote that holds no other (numbers count from 0)."""
    return article(page).locator(f'span[data-quote="{number}"][data-kind]')


def card(page: Page) -> Locator:
    """The open card of the article."""
    return article(page).get_by_role("dialog")


def counter(page: Page) -> Locator:
    """The group of the counter and its two buttons."""
    return article(page).get_by_role("group", name="Step through the quotes")


def cards(page: Page) -> Locator:
    """The quotes of the Quotes page, as cards."""
    return page.locator(".st-key-list").get_by_role("article")


def search_box(page: Page) -> Locator:
    """The search of the Quotes page."""
    return page.get_by_role("searchbox", name="Search words, speakers and sources")


def drawn(page: Page, key: str) -> Locator:
    """A chart, once it is drawn."""
    chart = page.locator(f".st-key-{key} .js-plotly-plot")
    expect(chart.locator(".main-svg").first).to_be_visible(timeout=PATIENCE)
    expect(chart.locator(".point").first).to_be_attached(timeout=PATIENCE)
    return chart


def open_menu(page: Page, key: str) -> Locator:
    """The download menu of a chart, opened."""
    drawn(page, key)
    page.locator(f".st-key-{key}-download").get_by_role("button").first.click()
    menu = page.get_by_role("dialog", name="Download")
    expect(menu.get_by_role("button", name="PNG")).to_be_visible(timeout=PATIENCE)
    return menu


def download(page: Page, button: Locator) -> tuple[str, bytes]:
    """Press a download button: the file's name and what is in it."""
    with page.expect_download(timeout=PATIENCE) as waiting:
        button.click()
    got: Download = waiting.value
    return got.suggested_filename, Path(got.path()).read_bytes()


def click_bar(page: Page, bar: Locator) -> None:
    """Click a mark of a chart as a mouse does: over it lies the layer that plotly listens on, from the hover on.

    A chart that is drawn anew between the hover and the click hears nothing, and is clicked again.
    """
    for nudge in range(50):
        x, y = middle(page, bar)
        page.mouse.move(x + nudge % 2, y)
        if bar.evaluate(
            """async (bar) => {
                const chart = bar.closest(".js-plotly-plot");
                for (let frame = 0; frame < 6 && !chart._hoverdata?.length; frame++) {
                    await new Promise(requestAnimationFrame);
                }
                window.heard = new Promise((hear) => chart.once("plotly_click", () => hear(true)));
                return Boolean(chart._hoverdata?.length);
            }"""
        ):
            page.mouse.click(x + nudge % 2, y)
            if page.evaluate("Promise.race([window.heard, new Promise((done) => setTimeout(done, 1000))])"):
                return
    raise AssertionError("the chart never heard the click")


def expect_no_sideways_scroll(page: Page) -> None:
    """Neither the page nor its main part is wider than the screen."""
    wide = page.evaluate(
        """() => [document.documentElement, document.querySelector('[data-testid=stMain]')]
              .map(e => e.scrollWidth - e.clientWidth)"""
    )
    assert max(wide) <= 0, f"{max(wide)} px too wide"
