"""PDFs: PDFium gives lines with their places; ours makes paragraphs of them and leaves out what each page repeats."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2
import pypdfium2.raw as pdfium

from readout.errors import FileError
from readout.load.limits import MOST_CHARACTERS, MOST_PAGES
from readout.load.lines import joined, words_of
from readout.load.strings import author, bare, tidy, unligatured
from readout.records import Article

_MARGIN = 0.14
"""The share of a page's height, at the top and the bottom, in which running heads and page numbers stand."""
_SMALL = 0.86
"""The size, against that of the text, below which lines are captions and footnotes."""
_LARGE = 1.15
"""The size, against that of the text, from which on lines are headings."""
_ROOM = 1.15
"""How much wider than its letters are on average a word may be."""
_GAP = 1.35
"""The distance to the line above, against the usual one, from which on a paragraph begins."""
_COMMON = 0.08
"""The share of a distance between lines among all, from which on it is common."""
_INDENT = 0.8
"""How far a line is set in, in sizes of the text, where a paragraph begins."""
_BROKEN = "\x02\ufffe"
"""What PDFium gives in place of a hyphen at the end of a line."""
_FEWEST_LETTERS = 20
_PAGE_NUMBER = re.compile(r"\W*(?:(?:page|seite|p\.)\s*)?\d{1,4}(?:\s*(?:of|von|/|\|)\s*\d{1,4})?\W*$", re.IGNORECASE)
_END = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_NO_TITLE = re.compile(
    r"^(?:untitled.*|about:.*|https?:.*|layout \d+|microsoft word\b.*|document\d*|slide \d+|print"
    r"|.*\.(?:docx?|pdf|indd|qxd|html?|txt|tex|dvi))$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Line:
    """A line of a page: where it begins and ends, how large its letters are."""

    text: str
    page: int
    left: float
    right: float
    base: float
    size: float
    height: float
    """The share of the page's height at which it stands, from the bottom."""


def read(data: bytes, *, name: str, url: str | None = None) -> Article:
    """An article from a PDF.

    Raises:
        FileError: if it is locked, broken, far too long, or pictures of pages without text.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as trouble:
        raise _refusal(trouble, name) from trouble
    with document:
        count = len(document)
        if count > MOST_PAGES:
            raise FileError(
                f"{name} has {count:,} pages, more than Readout reads at once. "
                "Print the pages of the article to a PDF of their own and open that."
            )
        lines = _lines(document, name)
        said = {key: tidy(words).strip() for key, words in document.get_metadata_dict().items()}
    if sum(c.isalpha() for line in lines for c in line.text) < _FEWEST_LETTERS:
        raise FileError(
            f"{name} has no text in it, only pictures of pages or empty ones. "
            "Have its text recognised (OCR) first, or paste the article's text."
        )
    text_size = _text_size(lines)
    title, kept = _title(_without_repeated(lines, count), said.get("Title", ""), text_size)
    kept = [line for line in kept if line.size >= _SMALL * text_size] or kept
    return Article("\n\n".join(_paragraphs(kept, text_size)), title=title, byline=author(said.get("Author", "")))


def _refusal(trouble: pypdfium2.PdfiumError, name: str) -> FileError:
    if getattr(trouble, "err_code", None) in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
        return FileError(f"{name} is locked with a password. Save a copy without one and open that.")
    return FileError(f"{name} is a broken PDF. Save it again where it came from, or paste the article's text.")


def _lines(document: pypdfium2.PdfDocument, name: str) -> list[_Line]:
    found: list[_Line] = []
    characters = 0
    for number in range(len(document)):
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            continue
        textpage = page.get_textpage()
        characters += max(0, textpage.count_chars())
        if characters > 2 * MOST_CHARACTERS:
            raise FileError(
                f"{name} has more text than Readout reads at once. "
                "Print the pages of the article to a PDF of their own and open that."
            )
        found += _lines_of(textpage, number, page.get_height() or 1.0)
        textpage.close()
        page.close()
    return found


def _lines_of(textpage: pypdfium2.PdfTextPage, number: int, tall: float) -> list[_Line]:
    """The lines of a page, in the order in which the file draws them."""
    found: list[_Line] = []
    row: list[tuple[int, str]] = []
    for index in range(max(0, textpage.count_chars())):
        code = pdfium.FPDFText_GetUnicode(textpage, index)
        letter = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else " "
        if letter in _BROKEN:
            # PDFium has already joined the two lines; whether a hyphen stands between them is for `join` to say.
            row.append((index, "-"))
        if letter in _BROKEN or letter in "\r\n":
            found += _line(textpage, row, number, tall)
            row = []
        elif code:
            row.append((index, letter))
    return found + _line(textpage, row, number, tall)


def _line(textpage: pypdfium2.PdfTextPage, row: list[tuple[int, str]], number: int, tall: float) -> list[_Line]:
    text = unligatured("".join(letter for _, letter in row)).strip(" \t")
    inked = [index for index, letter in row if not letter.isspace()]
    if not inked:
        return []
    left, bottom, _, _ = _box(textpage, inked[0])
    _, _, right, _ = _box(textpage, inked[-1])
    size = _size(textpage, inked[len(inked) // 2])
    text = re.sub(r"[ \t\u00a0]+", " ", text)
    return [_Line(text, number, left, right, bottom, size, bottom / tall)]


def _box(textpage: pypdfium2.PdfTextPage, index: int) -> tuple[float, float, float, float]:
    box = textpage.get_charbox(index, loose=True)
    # A broken page may have letters nowhere.
    left, bottom, right, top = (float(edge) if math.isfinite(edge) else 0.0 for edge in box)
    return left, bottom, right, top


def _size(textpage: pypdfium2.PdfTextPage, index: int) -> float:
    """How large a letter is drawn: its font's size and its matrix say so together, its box does at once."""
    matrix = pdfium.FS_MATRIX()
    size = float(pdfium.FPDFText_GetFontSize(textpage, index))
    if pdfium.FPDFText_GetMatrix(textpage, index, ctypes.byref(matrix)):
        size *= abs(matrix.d) or abs(matrix.b) or 1.0
    return (round(size, 1) if math.isfinite(size) else 0.0) or 1.0


def _text_size(lines: list[_Line]) -> float:
    """The size in which most letters are set."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0]


def _without_repeated(lines: list[_Line], pages: int) -> list[_Line]:
    """Leave out running heads, feet and page numbers: what stands in the margin of several pages, its digits aside."""

    def in_margin(line: _Line) -> bool:
        return not _MARGIN < line.height < 1 - _MARGIN

    def key(line: _Line) -> str:
        return re.sub(r"\d+", "0", bare(line.text))

    seen = Counter(key for key, _ in {(key(line), line.page) for line in lines if in_margin(line)})
    often = max(2, pages / 3)
    kept = [
        line
        for line in lines
        if not in_margin(line) or not (_PAGE_NUMBER.match(line.text) or (pages > 1 and seen[key(line)] >= often))
    ]
    return kept or lines


def _title(lines: list[_Line], said: str, text_size: float) -> tuple[str, list[_Line]]:
    """The title, as the largest lines at the top of the first page or the file's own words say, and the other lines."""
    first = [line for line in lines if line.page == lines[0].page][:12]
    largest = max(line.size for line in first)
    heading = [line for line in first if line.size == largest] if largest >= _LARGE * text_size else []
    shown = joined((line.text for line in heading), frozenset())
    if _NO_TITLE.match(said) or (bare(shown).count(" ") >= 2 and bare(said) not in bare(shown)):
        # What a page shows in large letters is its title rather than what a program noted.
        said = ""
    title = said or shown
    if not title:
        return "", lines
    wanted = bare(title)
    dropped = {id(line) for line in first if bare(line.text) and bare(line.text) in wanted and line.size >= text_size}
    if shown and bare(shown) in wanted:
        dropped |= {id(line) for line in heading}
    rest = [line for line in lines if id(line) not in dropped]
    return title, rest or lines


def _paragraphs(lines: list[_Line], text_size: float) -> list[str]:
    """The lines joined to paragraphs."""
    known = words_of("\n".join(line.text for line in lines))
    usual = _usual_distance(lines, text_size)
    columns = _columns(lines, text_size)
    found: list[list[str]] = []
    for before, line in pairwise([None, *lines]):
        if line is None:
            continue
        if before is None or _begins(before, line, usual, text_size, columns):
            found.append([line.text])
        else:
            found[-1].append(line.text)
    paragraphs = (joined(group, known) for group in found)
    return [text for paragraph in paragraphs if (text := re.sub("[\x02\ufffe\u00ad]", "", paragraph).strip())]


def _usual_distance(lines: list[_Line], text_size: float) -> float:
    """How far apart the lines of a paragraph are: the smallest distance that is common.

    The commonest one may be that between paragraphs, where most of them are a line long.
    """
    distances = Counter(
        round(before.base - line.base, 1)
        for before, line in pairwise(lines)
        if before.page == line.page and 0.7 * text_size < before.base - line.base < 4 * text_size
    )
    common = [distance for distance, count in distances.items() if count >= _COMMON * distances.total()]
    return min(common, default=1.2 * text_size)


def _columns(lines: list[_Line], text_size: float) -> dict[int, tuple[float, float]]:
    """By line, its column's edges: how far to the left and right lines on its page go that begin near it."""
    step = 4 * text_size
    edges: dict[tuple[int, int], tuple[float, float]] = {}
    for line in lines:
        for near in (-1, 0, 1):
            key = (line.page, int(line.left // step) + near)
            left, right = edges.get(key, (line.left, line.right))
            edges[key] = (min(left, line.left), max(right, line.right))
    return {id(line): edges[line.page, int(line.left // step)] for line in lines}


def _first_word(line: _Line) -> float:
    """How wide a line's first word is, with the space before it: where it had room above, a paragraph begins."""
    letters = len(line.text.partition(" ")[0]) + 1
    return _ROOM * letters * (line.right - line.left) / max(1, len(line.text))


def _begins(
    before: _Line, line: _Line, usual: float, text_size: float, columns: dict[int, tuple[float, float]]
) -> bool:
    """Whether a paragraph begins with a line."""
    if abs(before.size - line.size) > 0.1 * text_size:
        return True
    right = columns[id(before)][1]
    short = before.right + _first_word(line) < right
    ended = _END.search(before.text) is not None
    down = before.base - line.base
    indented = line.left - columns[id(line)][0] > _INDENT * text_size
    if before.page != line.page or down < -0.5 * text_size:
        # A new page or column: the paragraph goes on unless the last line says it is over.
        return ended and (short or indented)
    if down < 0.5 * text_size:
        return False
    stepped_in = line.left - before.left > _INDENT * text_size
    # Lines set in alike are a paragraph of one line each, or a long quotation, whose lines are full.
    alike = indented and abs(line.left - before.left) <= _INDENT * text_size and short
    return down > _GAP * usual or stepped_in or alike or (short and ended)
