"""One quote to paste elsewhere: as plain text, as Markdown, or as a citation.

Only words that the article itself puts between quotation marks are put between quotation marks here: a
paraphrase passed off as somebody's words would be a misquotation.
"""

from __future__ import annotations

import re
from datetime import date

from readout.quoted import GAP, marked, wording
from readout.records import Article, Kind, Quote, Span

HOW: dict[Kind, str] = {"direct": "quoted in", "mixed": "partly quoted in", "indirect": "paraphrased in"}
_NOTE: dict[Kind, str] = {"direct": "", "mixed": "partly quoted, ", "indirect": "paraphrased, "}
_FIRST_MARK = re.compile(r"^(?:''|``|[\"“„‟«'‘‚‹「『])")
_LAST_MARK = re.compile(r"(?:''|[\"”»›」』]|(?<=[.,!?…])['’])$")
_WHOLLY_QUOTED = re.compile(r"[\"“„‟«][^\"“”„‟«»]*[\"”»]")
_INNER = str.maketrans({'"': "'", "“": "‘", "”": "’", "„": "‚", "‟": "‘"})
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~&])")
_WEB = re.compile(r"https?://[^\s<>\"\\^`{|}]+", re.IGNORECASE)


def as_text(article: Article, quote: Quote, role: str = "") -> str:
    """A quote as plain text: the words, who said them, where and when.

    Args:
        article: the article that the quote stands in.
        quote: the quote.
        role: what its speaker is ("Russian President"), if known.
    """
    where = _join(_publisher(article), day(article.published))
    note = (_NOTE[quote.kind] + where).removesuffix(", ")
    return f"{quotation(article.text, quote)} — {_who(quote, role)}" + (f" ({note})" if note else "")


def as_markdown(article: Article, quote: Quote, role: str = "") -> str:
    """A quote as a Markdown block quotation, with the article linked under it; nothing in it is read as markup.

    Args:
        article: the article that the quote stands in.
        quote: the quote.
        role: what its speaker is, if known.
    """
    title = _escaped(_clean(article.title))
    url = web_address(article)
    if url:
        safe = url.replace("(", "%28").replace(")", "%29")
        title = f"[{title or _escaped(url)}]({safe})"
    else:
        title = title and f"*{title}*"
    place = _join(title, _escaped(_publisher(article)), day(article.published), _paragraph(quote))
    who = _join(f"**{_escaped(_speaker(quote))}**", _escaped(_clean(role)))
    return f"> {_escaped(quotation(article.text, quote))}\n>\n> — {who}, {HOW[quote.kind]} {place}\n"


def as_citation(article: Article, quote: Quote, role: str = "", accessed: date | None = None) -> str:
    """A quote as a citation of the article that carries it.

    Args:
        article: the article that the quote stands in.
        quote: the quote.
        role: what its speaker is, if known.
        accessed: the day the article was looked at, if it is to be told.
    """
    title = _clean(article.title)
    place = _join(
        _publisher(article),
        title and f"“{title.translate(_INNER)}”",
        day(article.published),
        _paragraph(quote),
        web_address(article),
        accessed and f"accessed {day(accessed)}",
    )
    return f"{quotation(article.text, quote)} — {_who(quote, role)}, {HOW[quote.kind]} {place}."


def quotation(text: str, quote: Quote) -> str:
    """A quote's words ready to be cited: typographic marks round what the article quotes, none round a paraphrase."""
    return GAP.join(_quotation(text, span, quote.kind) for span in quote.content)


def day(when: date | None) -> str:
    """A day in words ("9 November 2016"); empty for none."""
    return f"{when.day} {when:%B} {when.year}" if when else ""


def web_address(article: Article) -> str:
    """The article's address if it is one of the web, else nothing: no other scheme is worth a link."""
    return article.url if _WEB.fullmatch(article.url) else ""


def _quotation(text: str, span: Span, kind: Kind) -> str:
    words = wording(text, marked(text, span))
    if kind == "direct" or (kind == "mixed" and _WHOLLY_QUOTED.fullmatch(words)):
        bare = _LAST_MARK.sub("", _FIRST_MARK.sub("", words))
        return f"“{_without_comma(bare).translate(_INNER)}”"
    return _without_comma(words)


def _without_comma(words: str) -> str:
    """Without the comma that led on to the cue in the article."""
    return words.rstrip(" ,;:")


def _who(quote: Quote, role: str) -> str:
    return _join(_speaker(quote), _clean(role))


def _speaker(quote: Quote) -> str:
    return _clean(quote.speaker) or "unnamed source"


def _publisher(article: Article) -> str:
    first, second = _clean(article.publisher), _clean(article.republisher)
    if first and second and first != second:
        return f"{first}, republished by {second}"
    return first or second


def _paragraph(quote: Quote) -> str:
    return f"para. {quote.paragraph + 1}"


def _clean(words: str) -> str:
    return " ".join(words.split())


def _escaped(words: str) -> str:
    return _MARKDOWN.sub(r"\\\1", words)


def _join(*parts: str | date | None) -> str:
    return ", ".join(str(part) for part in parts if part)
