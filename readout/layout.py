"""How a text is laid out: head, body, foot; paragraphs; sentences.

Every rule is general to news as it is copied and pasted, and every span points into the text as given.
"""

from __future__ import annotations

import re
from itertools import pairwise

from readout.lists import words
from readout.records import Layout, Paragraph, Sentence, Span

_TAG = re.compile(
    r"</?(?:a|abbr|b|big|blockquote|br|center|cite|code|div|em|font|h[1-6]|hr|i|img|li|mark|ol|p|q|s|small|span"
    r"|strong|sub|sup|table|tbody|td|th|tr|tt|u|ul)(?:\s[^<>\n]{0,400})?/?>",
    re.IGNORECASE,
)
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
                                      "\u200a\u200b\u202f\u205f\u3000\ufeff\t\u00ad", " "))  # fmt: skip

_BLANK_LINE = re.compile(r"\n[ \t\r\f\v]*\n\s*")
_LINE = re.compile(r"\n\s*")

_BYLINE = re.compile(
    r"\s*(?:by|from|text|story|words|reported|written|posted|published|updated)\b[^.!?]{2,140}$"
    r"|\s*by\s+[A-Z][^\n]{2,200}$",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+"
    r"(?:\d{1,2},?\s+)?\d{4}\b",
    re.IGNORECASE,
)
_FOOT = re.compile(
    r"\s*(?:the\s+original\s+source\s+of\s+this|copyright\b|©|\(c\)\s*\d{4}|all\s+rights\s+reserved|disclaimer\b"
    r"|(?:more\s+)?articles\s+by\b|comment\s+on\b.{0,60}\b(?:facebook|page)|become\s+a\s+member\b"
    r"|for\s+(?:media|press)\s+(?:inquiries|enquiries)|this\s+(?:article|story)\s+(?:was|has\s+been|originally|first)"
    r"\s+(?:\w+\s+){0,2}(?:published|appeared|posted|ran)\b|originally\s+published\b|source\s*:|read\s+more\b"
    r"|sign\s+up\s+for\b|subscribe\s+(?:to|now)\b|follow\s+us\b|republished\s+(?:from|with)\b)",
    re.IGNORECASE,
)
_WIDEST_WRAPPED = 120
"""Characters of the longest line that may come from wrapping text at a width."""
_FULL_STOP = re.compile(r"(?<!\.)[.。][\"'”’»)\]」』]*\s*$")
"""How a sentence ends and a headline does not: a title taken from a text's first words may be a sentence of it."""
_STOP = re.compile(r"(?:[.!?…]+|[。！？]+)(?P<close>[\"'”’»)\]」』]*)")


def plain(text: str) -> str:
    """The text with inline markup blanked and every kind of space made a space.

    It is as long as the text it was made from, so that an offset means the same place in both.
    """
    if "<" in text:
        text = _TAG.sub(lambda tag: " " * len(tag[0]), text)
    return text.translate(_SPACES)


def lay_out(text: str, *, title: str = "", body: Span | None = None) -> Layout:
    """Find the body of a text, its paragraphs and its sentences.

    Args:
        text: the text as given.
        title: the article's title, if known; a first paragraph that repeats it and is no sentence belongs to the
            head.
        body: where the body stands, if somebody said so; it overrules the rules.

    Returns:
        The layout; its body is an empty span where there is nothing to read.
    """
    clean = plain(text)
    blocks = _blocks(clean)
    if body is None:
        blocks = _without_head_and_foot(clean, blocks, title)
    else:
        blocks = [(max(s, body[0]), min(e, body[1])) for s, e in blocks if e > body[0] and s < body[1]]
    paragraphs = tuple(Paragraph(i, start, end) for i, (start, end) in enumerate(blocks))
    sentences = tuple(
        Sentence(start, end, paragraph.index)
        for paragraph in paragraphs
        for start, end in sentence_spans(clean, (paragraph.start, paragraph.end))
    )
    span = (paragraphs[0].start, paragraphs[-1].end) if paragraphs else (0, 0)
    return Layout(span, paragraphs, sentences)


def sentence_spans(clean: str, within: Span) -> list[Span]:
    """The sentences of one paragraph of a text that went through `plain`, in order, without space around them."""
    start, end = within
    cuts = [start]
    for stop in _STOP.finditer(clean, start, end):
        if _ends_sentence(clean, stop, end):
            cuts.append(stop.end())
    cuts.append(end)
    return [span for a, b in pairwise(cuts) if (span := _trim(clean, a, b))]


def _blocks(clean: str) -> list[Span]:
    """Paragraphs: parted by blank lines, or by single line breaks too where lines are not wrapped at a width."""
    wrapped = _BLANK_LINE.search(clean.strip()) and max(map(len, clean.split("\n"))) <= _WIDEST_WRAPPED
    parting = _BLANK_LINE if wrapped else _LINE
    cuts = [0]
    for gap in parting.finditer(clean):
        cuts += [gap.start(), gap.end()]
    cuts.append(len(clean))
    return [span for a, b in zip(cuts[::2], cuts[1::2], strict=True) if (span := _trim(clean, a, b))]


def _trim(clean: str, start: int, end: int) -> Span | None:
    piece = clean[start:end]
    start += len(piece) - len(piece.lstrip())
    end -= len(piece) - len(piece.rstrip())
    return (start, end) if start < end else None


def _without_head_and_foot(clean: str, blocks: list[Span], title: str) -> list[Span]:
    first = 0
    for i, (start, end) in enumerate(blocks[:5]):
        piece = clean[start:end]
        if (title and _same(piece, title) and not _FULL_STOP.search(piece)) or _is_byline(piece):
            first = i + 1
    if first == len(blocks):
        first = 0
    last = next(
        (i for i in range(first + 1, len(blocks)) if _FOOT.match(clean, blocks[i][0], blocks[i][1])),
        len(blocks),
    )
    if last < first + (len(blocks) - first) / 3:
        last = len(blocks)
    return blocks[first:last]


def _same(piece: str, title: str) -> bool:
    def bare(s: str) -> str:
        return re.sub(r"\W+", " ", s).strip().casefold()

    return bare(piece) == bare(title)


def _is_byline(piece: str) -> bool:
    """A line that names the author or the date and is no sentence."""
    piece = piece.strip()
    if len(piece) > 240 or piece.endswith((".", "!", "?", '"', "”")):
        return False
    return bool(_BYLINE.match(piece)) or (len(piece) < 80 and bool(_DATE_LINE.search(piece)))


def _ends_sentence(clean: str, stop: re.Match[str], end: int) -> bool:
    if stop[0][0] in "。！？":
        return True
    if stop.end() >= end:
        return False
    after = clean[stop.end() : stop.end() + 40]
    following = after.lstrip()
    if following == after or not following:
        return False
    head = following.lstrip("\"'“‘«([—–-`")
    if not head or head[0].islower():
        return False
    if clean[stop.start()] == "." and not stop["close"]:
        before = re.search(r"[\w.]*$", clean[max(0, stop.start() - 12) : stop.start()])
        written = before[0] if before else ""
        word = written.lower()
        next_word = re.match(r"\w*", head)
        starter = next_word is not None and next_word[0] in words("sentence_starters")
        if written == word and word in words("abbreviations_capital"):
            return True
        if word in words("abbreviations"):
            return word in words("abbreviations_final") and starter
        if len(word) == 1 and word.isalpha():
            return starter and word != "i"
    return True
