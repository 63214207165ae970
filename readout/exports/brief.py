"""The brief: an article's voices, its timeline and its quotes on one or two pages of PDF, to print or to pass on.

What does not fit is counted, never squeezed. The fonts have Latin, Greek and Cyrillic letters; what they lack stands as
[?], and the foot says so, for a letter left out unseen would be a misquotation.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path

from fpdf import FPDF
from fpdf.fonts import TTFFont

from readout.citations import HOW, day, quotation, web_address
from readout.layout import plain
from readout.palette import Colour, palette
from readout.quoted import arranged, doubtful
from readout.records import REPORTER, Article, Quote, Reading
from readout.tables.timeline import timeline
from readout.version import provenance
from readout.wording import less_certain, origin

_FONTS = Path(__file__).resolve().parent / "fonts"
_EDGE = 17.0
"""mm of margin on every side."""
_PAGES = 2
_MOST_VOICES = 8
_MOST_TIMES = 10
_LONGEST = 420
"""Characters of a quote; a longer one is cut, and says so."""
_INK, _QUIET, _RULE = "#1d1c1a", "#66625b", "#d9d2c5"
_LACKING = "[?]"
_WRITTEN = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2212": "−", "\u2028": " ", "\u2029": " "})


def to_brief(article: Article, reading: Reading, *, made: date | None = None) -> bytes:
    """An article's brief as a PDF of one or two pages.

    Args:
        article: the article.
        reading: its reading.
        made: the day to date the file from; without one it bears the day of publication, or none that means anything.
    """
    sheet = _Sheet(article, made or article.published)
    colours = palette(reading)
    _head(sheet, article)
    _voices(sheet, article, reading, colours)
    _times(sheet, article, reading)
    _quotes(sheet, article, reading, colours)
    _foot(sheet, article)
    return bytes(sheet.pdf.output())


class _Sheet:
    """Two pages at most, filled from the top."""

    def __init__(self, article: Article, made: date | None) -> None:
        pdf = FPDF(format="A4")
        pdf.set_creation_date(datetime.combine(made or date(1970, 1, 1), time(), UTC))
        for style, name in (("", "inter-regular.ttf"), ("B", "inter-bold.ttf")):
            pdf.add_font("Inter", style, _FONTS / name)
        pdf.set_margin(_EDGE)
        pdf.set_auto_page_break(auto=False)
        pdf.c_margin = 0
        self.pdf = pdf
        self.lacking = False
        fonts = [font for font in pdf.fonts.values() if isinstance(font, TTFFont)]
        self._letters = frozenset.intersection(*(frozenset(font.cmap) for font in fonts))
        pdf.set_title(self.words(article.title or article.name))
        pdf.set_author(self.words(article.byline or article.publisher))
        pdf.set_creator(f"Readout, engine {provenance().engine}, {provenance().model}")
        if re.fullmatch(r"[A-Za-z]{2,3}", article.language):
            pdf.set_lang(article.language)
        pdf.add_page()

    @property
    def width(self) -> float:
        return self.pdf.epw

    @property
    def bottom(self) -> float:
        """Where the foot begins."""
        return self.pdf.h - _EDGE - 13

    def words(self, text: str) -> str:
        """Text in one line, in letters that the fonts have."""
        clean = unicodedata.normalize("NFC", " ".join(text.split()).translate(_WRITTEN))
        known = "".join(c if ord(c) in self._letters else "\0" for c in clean)
        self.lacking |= "\0" in known
        return re.sub("\0+", _LACKING, known)

    def font(self, size: float, colour: str = _INK, style: str = "") -> None:
        self.pdf.set_font("Inter", style, size)
        self.pdf.set_text_color(colour)

    def write(self, text: str, height: float, *, left: float = 0.0, width: float = 0.0, link: str = "") -> None:
        """A paragraph in the font that is set, from the left edge, wrapped."""
        self.pdf.set_x(_EDGE + left)
        self.pdf.multi_cell(
            width or self.width - left, height, text, align="L", new_x="LMARGIN", new_y="NEXT", link=link
        )

    def height(self, text: str, height: float, width: float) -> float:
        """How high a paragraph is in the font that is set."""
        lines = self.pdf.multi_cell(width, height, text, align="L", dry_run=True, output="LINES")
        return height * (len(lines) if isinstance(lines, list) else 1)

    def room(self, height: float) -> bool:
        """Whether there is room, on this page or on the next, which is then the one written on."""
        if self.pdf.get_y() + height <= self.bottom:
            return True
        if self.pdf.page >= _PAGES:
            return False
        self.pdf.add_page()
        return True

    def heading(self, words: str) -> None:
        """A section's name over a rule."""
        self.pdf.set_y(self.pdf.get_y() + 5)
        self.font(9, _QUIET, "B")
        self.write(words, 5)
        self.pdf.set_draw_color(_RULE)
        self.pdf.line(_EDGE, self.pdf.get_y(), _EDGE + self.width, self.pdf.get_y())
        self.pdf.set_y(self.pdf.get_y() + 2)


def _head(sheet: _Sheet, article: Article) -> None:
    where = (article.publisher, day(article.published), article.region)
    sheet.font(9, _QUIET)
    sheet.write(sheet.words(" · ".join(part for part in where if part)) or "A brief", 5)
    sheet.font(18, style="B")
    sheet.write(_cut(sheet.words(article.title or article.name or "An article"), 200), 7.5)
    sheet.font(9, _QUIET)
    if article.byline and article.byline != article.publisher:
        sheet.write(_cut(sheet.words(f"By {article.byline}"), 200), 5)


def _voices(sheet: _Sheet, article: Article, reading: Reading, colours: Mapping[str, Colour]) -> None:
    """A bar of who has how many of the words, and who they are."""
    text = plain(article.text)
    words = Counter[str]()
    for stretch in reading.voices:
        words[stretch.speaker] += len(text[stretch.start : stretch.end].split())
    total = words.total()
    if not total:
        return
    quotes = Counter(quote.speaker for quote in reading.quotes)
    speakers = reading.speakers[:_MOST_VOICES]
    sheet.heading("Voices, by share of the article’s words")
    sheet.pdf.set_y(sheet.pdf.get_y() + 1)
    _bar(sheet, [(colours[s.name].light, words[s.name] / total) for s in speakers])
    for speaker in speakers:
        top = sheet.pdf.get_y()
        sheet.pdf.set_fill_color(colours[speaker.name].light)
        sheet.pdf.rect(_EDGE, top + 1.2, 2.6, 2.6, "F")
        role = speaker.role or ("" if speaker.named else "never named in the article")
        by = f" ({origin(speaker.by)})" if speaker.by else ""
        count = f"{quotes[speaker.name]} {'quote' if quotes[speaker.name] == 1 else 'quotes'}"
        facts = ", ".join(part for part in (role, count) if part)
        sheet.font(9, style="B")
        name = _cut(sheet.words(speaker.name), 70)
        sheet.pdf.set_x(_EDGE + 5)
        sheet.pdf.cell(sheet.pdf.get_string_width(name) + 2, 5, name)
        sheet.font(9, _QUIET)
        sheet.pdf.cell(0, 5, _cut(sheet.words(facts + by), 90))
        sheet.pdf.set_xy(_EDGE, top)
        sheet.pdf.cell(sheet.width, 5, f"{words[speaker.name] / total:.0%}", align="R", new_x="LMARGIN", new_y="NEXT")
    sheet.font(9, _QUIET)
    others = len(reading.speakers) - len(speakers)
    left = f"{others} more {'voice' if others == 1 else 'voices'}; " if others else ""
    sheet.write(f"{left}the reporter {words[REPORTER] / total:.0%}", 5, left=5)


def _bar(sheet: _Sheet, shares: Sequence[tuple[str, float]]) -> None:
    top, left = sheet.pdf.get_y(), _EDGE
    sheet.pdf.set_fill_color("#dcd6cb")
    sheet.pdf.rect(_EDGE, top, sheet.width, 4, "F")
    for colour, share in shares:
        sheet.pdf.set_fill_color(colour)
        if share:
            sheet.pdf.rect(left, top, share * sheet.width, 4, "F")
        left += share * sheet.width
    sheet.pdf.set_y(top + 6)


def _times(sheet: _Sheet, article: Article, reading: Reading) -> None:
    """The days that the article refers to most, in order of time."""
    table = timeline(article, reading)
    if table.empty:
        return
    rows = sorted(table.to_dict("records"), key=lambda row: (-int(row["Mentions"]), row["Kind"] == "report"))
    rows = rows[:_MOST_TIMES]
    sheet.heading("When")
    for row in sorted(rows, key=lambda row: (row["Earliest"], row["Latest"])):
        sheet.font(9, style="B")
        when, what = sheet.words(str(row["When"])), sheet.words(str(row["What"]))
        who = sheet.words(f"{row['Who']}, para. {row['Paragraphs'][0]}")
        if not sheet.room(5):
            return
        sheet.pdf.cell(44, 5, _fitting(sheet, when, 42))
        sheet.font(9)
        sheet.pdf.cell(88, 5, _fitting(sheet, what, 86))
        sheet.font(9, _QUIET)
        sheet.pdf.cell(0, 5, _fitting(sheet, who, sheet.width - 132), new_x="LMARGIN", new_y="NEXT")
    if len(table) > len(rows):
        sheet.font(9, _QUIET)
        sheet.write(f"{len(table) - len(rows)} more, mentioned less often", 5)


def _quotes(sheet: _Sheet, article: Article, reading: Reading, colours: Mapping[str, Colour]) -> None:
    """The quotes in reading order, each with its citation, as far as the pages reach."""
    quotes = arranged(article.text, reading, reading.quotes, "Order")
    roles = {speaker.name: speaker.role for speaker in reading.speakers}
    if not quotes or not sheet.room(26):
        return
    sheet.heading("Quotes")
    if reading.held:
        sheet.font(9, _QUIET)
        sheet.write(less_certain(len(reading.held)), 5)
    for number, quote in enumerate(quotes, 1):
        words = _cut(sheet.words(quotation(article.text, quote)), _LONGEST)
        cited = _cut(sheet.words(_citation(number, quote, roles.get(quote.speaker, ""))), 220)
        sheet.font(9.5)
        height = sheet.height(words, 4.8, sheet.width - 5)
        sheet.font(8, _QUIET)
        height += sheet.height(cited, 4.2, sheet.width - 5) + 2.2
        more = len(quotes) - number
        if not sheet.room(height + (5 if more and sheet.pdf.page == _PAGES else 0)):
            sheet.font(9, _QUIET)
            sheet.write(f"{more + 1} more {'quote' if not more else 'quotes'} in the article", 5, left=5)
            return
        top = sheet.pdf.get_y()
        sheet.font(9.5)
        sheet.write(words, 4.8, left=5)
        sheet.font(8, _QUIET)
        sheet.write(cited, 4.2, left=5)
        colour = colours.get(quote.speaker, colours[REPORTER]).light
        sheet.pdf.set_fill_color(colour)
        sheet.pdf.rect(_EDGE, top + 0.6, 1.2, sheet.pdf.get_y() - top - 1.2, "F")
        sheet.pdf.set_y(sheet.pdf.get_y() + 2.2)


def _citation(number: int, quote: Quote, role: str) -> str:
    """Who says it, where in the article, and who says that they do."""
    who = ", ".join(part for part in (quote.speaker, role) if part)
    doubt = ", speaker doubtful" if doubtful(quote) else ""
    return f"{number}. {who}, {HOW[quote.kind]} para. {quote.paragraph + 1} (says {origin(quote.by)}{doubt})"


def _foot(sheet: _Sheet, article: Article) -> None:
    """On every page how to cite the article, which page this is, and what read it."""
    author = article.byline if article.byline != article.publisher else ""
    title = f"“{article.title}”" if article.title else ""
    parts = (author, title, article.publisher, article.republisher, day(article.published))
    cited = sheet.words(", ".join(dict.fromkeys(part for part in parts if part)))
    address = web_address(article)
    note = f" Characters that this file's fonts lack stand as {_LACKING}." if sheet.lacking else ""
    last = sheet.pdf.page
    for page in range(1, last + 1):
        sheet.pdf.page = page
        sheet.font(7.5, _QUIET)
        sheet.pdf.set_y(sheet.pdf.h - _EDGE - 10)
        sheet.write(_fitting(sheet, f"Cite as: {cited}", sheet.width), 4)
        where = f"{_cut(sheet.words(address), 90)} · " if address else ""
        sheet.write(_fitting(sheet, f"{where}Page {page} of {last}.", sheet.width), 4, link=address)
        sheet.write(_fitting(sheet, f"{provenance().sentence}{note}", sheet.width), 4)
    sheet.pdf.page = last


def _fitting(sheet: _Sheet, words: str, width: float) -> str:
    """As many of the words as a line of this width holds in the font that is set."""
    words = words[:400]  # more than any line holds, and soon measured
    if sheet.pdf.get_string_width(words) <= width:
        return words
    while words and sheet.pdf.get_string_width(words + " …") > width:
        words = words[:-1]
    return words.rstrip() + " …"


def _cut(words: str, most: int) -> str:
    """Words cut at a blank where they are too many, with marks that say so."""
    if len(words) <= most:
        return words
    return words[:most].rpartition(" ")[0].rstrip(" ,;:") + " […]" if " " in words[:most] else words[:most] + "[…]"
