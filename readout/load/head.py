"""The head of a text that somebody pasted or wrote down: title, byline, who published it and when, above its body.

The head stays in the text; the article says that its body begins below it. Cautious: what is a head is short lines that
end in no full stop, above prose, and a byline or a day among them, or a title alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from readout.layout import lay_out
from readout.load import days
from readout.load.bylines import authors
from readout.load.strings import bare
from readout.records import Article, Span

_MOST_LINES = 8
"""Lines of the longest head."""
_LONGEST = 240
"""Characters of the longest line of it."""
_FEWEST_WORDS = 7
"""Words of the shortest sentence that a body begins with."""
_MOST_NAMES = 14
"""Words of the longest byline."""
_STOP = re.compile(r"(?<!\b[A-Z])(?<!\bJr)(?<!\bSr)[.。…!:;,]+[\"'”’»)\]]*$")
"""How a line ends that is none of a head; a question may be one, and so may initials."""

_BY = re.compile(
    r"(?i:(?:(?:written|reported|story|text|words|report|analysis|opinion)\s+)?by:?)\s+(?=[^\W\d_])(?![a-z])"
)
_NOTE = re.compile(
    r"(?:first\s+|last\s+|originally\s+)?(?:published|updated|posted|modified|created|date)\b\s*(?:on|at|in|:)?\s*",
    re.IGNORECASE,
)
_AROUND = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?(?=\s*,?\s*(?:$|\W))|\b\d{1,2}[:.]\d{2}\s*(?:[ap]\.?m\.?)?(?:\s*[A-Z]{2,4}\b)?"
    r"|\b\d+\s*min(?:ute)?s?\s+read\b",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*[|·•\n]\s*|\s+[–—-]+\s+|\s*[–—]\s*")
_PAPER = re.compile(
    r"\b(?:times|post|news|chronicle|herald|gazette|tribune|journal|daily|weekly|telegraph|star|sun|guardian|observer"
    r"|standard|review|press|mail|mirror|express|independent|courier|record|bulletin|globe|examiner|inquirer|advertiser"
    r"|argus|echo|dispatch|magazine|today|report|monitor|sentinel|ledger|agency|network|radio|tv|reuters|afp|ap|bbc|cnn)\b",
    re.IGNORECASE,
)
_SMALL = frozenset(
    ("of", "the", "and", "for", "in", "on", "&", "de", "la", "le", "du", "des", "der", "die", "das", "al")
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the text, and what it says where it is one of a head."""

    span: Span
    text: str
    byline: str = ""
    publisher: str = ""
    day: date | None = None

    @property
    def tells(self) -> bool:
        """Whether it is a byline or says a day, which a line of a body alone is not."""
        return bool(self.byline or self.day)


def with_head(article: Article) -> Article:
    """The article with what its head says of it, and its body below; as it is where it has no clear head.

    Args:
        article: with its text as it will stay; what its file says of it beside the text holds where the head says
            nothing of it.
    """
    if article.body_span is not None:
        return article
    lines = _lines(article.text)
    head = _head(lines, article.title)
    if not head:
        return article
    titles = [line for line in head if not line.tells]
    # A line that is a paper's name and no more stands above the title, or below the byline.
    papers = [
        line for line in titles if len(head) > len(titles) > 1 and _PAPER.search(line.text) and _is_house(line.text)
    ]
    title = next((line.text for line in titles if line not in papers), "")
    body = article.text[head[-1].span[1] :]
    start = head[-1].span[1] + len(body) - len(body.lstrip())
    below = lay_out(article.text[start:]).body
    return replace(
        article,
        title=title or article.title,
        byline=next((line.byline for line in head if line.byline), "") or article.byline,
        publisher=next((line.publisher for line in head if line.publisher), "")
        or next((line.text for line in papers), "")
        or article.publisher,
        published=next((line.day for line in head if line.day), None) or article.published,
        body_span=(start + below[0], start + below[1]),
    )


def _lines(text: str) -> list[_Line]:
    """The first lines, each with what it says."""
    found: list[_Line] = []
    start = 0
    for line in text[:6000].split("\n"):
        if line.strip():
            found.append(_told((start, start + len(line)), " ".join(line.split())))
        if len(found) > _MOST_LINES:
            break
        start += len(line) + 1
    return found


def _head(lines: list[_Line], known: str) -> list[_Line]:
    """The lines of the head, or none where it is not clear that there is one."""
    head: list[_Line] = []
    prose = False
    for line in lines:
        if not line.tells and _is_prose(line.text):
            prose = True
            break
        head.append(line)
    if not prose or not head or len(head) > _MOST_LINES:
        return []
    last = max((at for at, line in enumerate(head) if line.tells), default=-1)
    if last < 0:
        # A title alone: one line, and no more than one, for several may be a list, a poem, or headings of the body.
        alone = len(head) == 1 and (_is_same(head[0].text, known) if known else _is_title(head[0].text))
        return head if alone else []
    head = head[: last + 1]
    titles = [line for line in head if not line.tells]
    return head if len(titles) <= 3 and all(_is_title(line.text) for line in titles) else []


def _is_same(line: str, title: str) -> bool:
    return bool(title) and bare(line) == bare(title)


def _is_prose(line: str) -> bool:
    """Whether a line is a sentence of a body: it ends like one, or is far longer than a headline."""
    ends = _STOP.search(line) or (line.endswith("?") and len(line) > _LONGEST / 2) or line.endswith('"')
    return len(line) > _LONGEST or (
        bool(ends or re.search(r"[.!?][\"'”’»)\]]+$", line)) and len(line.split()) >= _FEWEST_WORDS
    )


def _is_title(line: str) -> bool:
    """Whether a line may be a title: some words that begin like one, and no full stop behind them."""
    words = line.split()
    starts = line.lstrip("\"'“‘«([¿¡")
    return (
        1 < len(words) <= 35
        and not _STOP.search(line)
        and starts[:1].isalnum()
        and not starts[:1].islower()
        and not re.search(r"[.!?]\s+[A-Z].*[.!?]\s", line)
    )


def _told(span: Span, line: str) -> _Line:
    """A line with the byline, the publisher and the day that it says, if it is a line of such things and no prose."""
    if len(line) > _LONGEST:
        return _Line(span, line)
    noted = _NOTE.match(line)
    said = days.moments(line)
    day = said[0].wall.date() if len(said) in (1, 2) else None
    bare_line = _AROUND.sub(" ", days.without(line)) if day else line
    rest = [part for piece in _PARTS.split(bare_line) if (part := _NOTE.sub("", piece, count=1).strip(" ,.;()"))]
    if by := _BY.match(line):
        return _signed(span, line, [part for part in rest if part], day, by)
    if day is None:
        return _Line(span, line)
    if not rest:
        return _Line(span, line, day=day)
    if len(rest) == 1 and _is_house(rest[0]):
        return _Line(span, line, publisher="" if noted else rest[0], day=day)
    if len(rest) == 2 and all(_is_house(part) for part in rest):
        paper = next((part for part in rest if _PAPER.search(part)), rest[0])
        return _Line(span, line, publisher=paper, day=day)
    return _Line(span, line)


def _signed(span: Span, line: str, parts: list[str], day: date | None, by: re.Match[str]) -> _Line:
    """A byline, with who published it behind the names where a part of it is the name of a paper."""
    first, others = parts[0][by.end() :] if parts else "", parts[1:]
    pieces = [piece.strip() for piece in first.split(",") if piece.strip()]
    if len(pieces) > 1 and (_PAPER.search(pieces[-1]) or (day and not others and len(pieces[-1].split()) != 2)):
        others = [pieces.pop(), *others]
    publisher = next((part for part in others if _is_house(part)), "")
    names = authors(", ".join(pieces), publisher)
    if not names or len(line.split()) > _MOST_NAMES + 8 or _STOP.search(line) or not _are_names(names):
        return _Line(span, line)
    return _Line(span, line, byline=names, publisher=publisher, day=day)


def _are_names(names: str) -> bool:
    words = names.replace(",", " ").split()
    return 0 < len(words) <= _MOST_NAMES and sum(word[:1].islower() for word in words) <= len(words) / 2


def _is_house(part: str) -> bool:
    """Whether words may be the name of who published it: a few, all but small ones with capitals."""
    words = part.split()
    return (
        0 < len(words) <= 6
        and all(word[:1].isupper() or word[:1].isdigit() or word.lower() in _SMALL for word in words)
        and words[0][:1].isupper()
        and words[-1].lower() not in _SMALL
    )
