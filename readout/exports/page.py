"""The annotated article as a web page in one file, which opens without a network.

It is the app's own component with its own data. The data stand in the page as JSON in which no `<` is left, so that
nothing in the article can end its script; a content policy lets run and style only what was written here, by hash, and
lets nothing be fetched at all. Where scripts are off, the bare text is there.
"""

from __future__ import annotations

import base64
import html
import json
import re
from functools import cache
from hashlib import sha256
from pathlib import Path

from readout.layout import plain
from readout.palette import palette
from readout.records import Article, Reading
from readout.scene import SCRIPTS, scene
from readout.version import provenance
from readout.wording import less_certain, origin

_HERE = Path(__file__).resolve().parent
_WEB = _HERE.parent / "web"
_BASIC = (
    "U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+0304, U+0308, U+0329, U+2000-206F, "
    "U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD"
)
_EXTENDED = (
    "U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+1E00-1E9F, U+1EF2-1EFF, U+2020, U+20A0-20AB, "
    "U+20AD-20C0, U+2113, U+2C60-2C7F, U+A720-A7FF"
)
_FACES = (
    ("Literata", "200 900", "literata-latin-opsz-normal.woff2", _BASIC),
    ("Literata", "200 900", "literata-latin-ext-opsz-normal.woff2", _EXTENDED),
    ("Inter", "100 900", "inter-latin-wght-normal.woff2", _BASIC),
    ("Inter", "100 900", "inter-latin-ext-wght-normal.woff2", _EXTENDED),
)
_BEYOND_BASIC = re.compile("[\u0100-\u0130\u0132-\u0151\u0154-\u02ba\u1e00-\u1eff\u2020\u20a0-\u20ab\u20ad-\u20c0]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def to_page(article: Article, reading: Reading) -> bytes:
    """An article with its reading as an HTML page that stands alone, in UTF-8."""
    drawn = json.dumps(scene(article, reading, palette(reading)), ensure_ascii=False)
    script, inner = _script(), (_WEB / "article" / "article.css").read_text("utf-8")
    outer = _fonts(extended=_BEYOND_BASIC.search(drawn) is not None) + (_HERE / "page.css").read_text("utf-8")
    policy = (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(outer)} {_hash(inner)}; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    language = article.language if _LANGUAGE.fullmatch(article.language) else "en"
    document = f"""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{_words(article.title or article.name or "An article")}</title>
<style>{outer}</style>
</head>
<body>
<main id="article"><template shadowrootmode="open"><style>{inner}</style><div class="ro"></div></template></main>
<noscript>{_bare(article, reading)}</noscript>
<p class="made">{_words(_made(reading))}</p>
<script id="scene" type="application/json">{_inert(drawn)}</script>
<script type="module">{script}</script>
</body>
</html>
"""
    return document.encode("utf-8", "replace")


def _made(reading: Reading) -> str:
    """Who found what is marked."""
    readers = dict.fromkeys(quote.by for quote in reading.quotes if quote.by)
    found = f"{sum(not quote.by for quote in reading.quotes)} quotes marked by {origin('')}"
    said = [f"{sum(q.by == by for q in reading.quotes)} by {origin(by)}" for by in readers]
    aside = f" {less_certain(len(reading.held))}" if reading.held else ""
    return f"{provenance().sentence} {', '.join([found, *said])}. A click on a mark says how it was found.{aside}"


def _bare(article: Article, reading: Reading) -> str:
    """The text for a browser that runs no script."""
    clean = plain(article.text)
    paragraphs = "".join(f"<p>{_words(clean[p.start : p.end])}</p>" for p in reading.layout.paragraphs)
    return f"<h1>{_words(article.title)}</h1>{paragraphs}"


def _words(text: str) -> str:
    """Text as HTML, its control characters, which HTML can't hold, as U+FFFD."""
    return html.escape(_CONTROL.sub("\ufffd", text))


def _inert(data: str) -> str:
    """JSON that no HTML parser can take for the end of its script or the start of a comment."""
    return data.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


@cache
def _script() -> str:
    """The component and what starts it, as one script: a page without a network can import nothing."""
    component = "".join((_WEB / "article" / script).read_text("utf-8") for script in SCRIPTS)
    begins = "export default function ("
    if component.count(begins) != 1:
        raise RuntimeError("article.js does not export its one function as page.py expects")
    return component.replace(begins, "function readoutArticle(") + (_HERE / "page.js").read_text("utf-8")


@cache
def _fonts(*, extended: bool) -> str:
    return "".join(
        f"@font-face{{font-family:{family};font-weight:{weight};font-display:swap;"
        f"src:url(data:font/woff2;base64,{base64.b64encode((_WEB / 'static' / file).read_bytes()).decode()})"
        f' format("woff2");unicode-range:{letters}}}\n'
        for family, weight, file, letters in _FACES
        if extended or letters == _BASIC
    )


def _hash(source: str) -> str:
    """A source as a content policy names it: what the browser has between the tags."""
    return f"'sha256-{base64.b64encode(sha256(source.encode()).digest()).decode()}'"
