"""What stands among an article's paragraphs and is none of it: "Read more", newsletter boxes, sharing, credits.

Every rule is general to news pages; a rule that reads words asks for a short paragraph, so that an article that
speaks of newsletters keeps its sentences.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from readout.load.blocks import Block
from readout.load.strings import bare

_LABEL = re.compile(
    r"\W*(?:read(?:\s+(?:more|also|next|on|the\s+full\s+\w+))|also\s+read|see\s+also|see\s+more|related(?:\s+\w+)?"
    r"|recommended(?:\s+\w+)?|more\s+(?:on\s+this|from|stories|coverage|news)|don['’]?t\s+miss|must\s+read"
    r"|watch(?:\s+(?:more|now|live|this))?|listen(?:\s+now)?|most\s+(?:read|popular|viewed)|trending(?:\s+now)?"
    r"|what\s+to\s+read\s+next|you\s+(?:may|might)\s+(?:also\s+)?(?:like|enjoy)|editor['’]?s['’]?\s+picks?"
    r"|lesen\s+sie\s+(?:auch|mehr)|lire\s+aussi|à\s+lire\s+aussi|lea\s+también|leia\s+(?:também|mais)|leggi\s+anche"
    r"|lees\s+ook|läs\s+(?:också|mer)|читайте\s+также)\s*(?:[:|»>→-]|$)",
    re.IGNORECASE,
)
"""A label that leads on to other articles, with a colon after it or alone on its line."""
_BOX = re.compile(
    r"\W*(?:advertisement|story\s+continues\s+below|continue\s+reading\b.{0,60}|share\s+(?:this|on|via)\b.{0,60}"
    r"|click\s+here\b.{0,120}|(?:un)?subscribe\s+(?:to|now|today|for|here)\b.{0,200}|sign\s+up\s+(?:to|for|here|now|today)\b"
    r".{0,200}|get\s+(?:the|our|all\s+the)\s+.{0,80}\b(?:newsletter|inbox|headlines|delivered)\b.{0,160}"
    r"|(?:like|follow|find|join)\s+(?:us|me|him|her|them|\w+(?:\s\w+){0,6})\s+(?:on|at)\s+(?:twitter|facebook|instagram"
    r"|linkedin|telegram|whatsapp|youtube|x\b|bluesky|google\s+news).{0,160}"
    r"|download\s+(?:the|our)\s+.{0,60}\bapp\b.{0,120}|filed\s+under\b.{0,200}|tags?\s*:.{0,200}|topics?\s*:.{0,200}"
    r"|tell\s+us\s+what\s+you\s+think\b.{0,100}|leave\s+a\s+(?:comment|reply)\b.{0,100}|(?:\d+\s+)?comments?\W*"
    r"|this\s+site\s+uses\s+cookies\b.{0,200}|loading\W*|print\s+this\b.{0,60})\s*$",
    re.IGNORECASE | re.DOTALL,
)
_LETTER = re.compile(
    r"\bnewsletters?\b.{0,160}\b(?:sign|subscrib|inbox|deliver|e-?mail)|\b(?:sign\s+up|subscrib\w+)\b.{0,160}\bnewsletters?\b",
    re.IGNORECASE | re.DOTALL,
)
_IMPERATIVE = re.compile(r"\b(?:your|you|our)\b", re.IGNORECASE)
_CREDIT = re.compile(
    r"\W*(?:(?:additional\s+|additional\s+\w+\s+|further\s+)?(?:reporting|writing|editing|compiled|edited)\s+by\s+[A-Z].{0,300}"
    r"|(?:copyright|©|\(c\))\W.{0,200}|all\s+rights\s+reserved\b.{0,200}"
    r"|this\s+(?:article|story)\s+(?:originally|first|was\s+(?:first|originally))\s+(?:appeared|published|ran)\b.{0,200}"
    r"|(?:photo|image|picture|credit|foto|bild)s?\s*(?:credit)?s?\s*:.{0,160})$",
    re.IGNORECASE | re.DOTALL,
)
_SOURCE = re.compile(r"\W*sources?\s*:.{0,140}$", re.IGNORECASE | re.DOTALL)
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")
_SHORT, _BOXED = 240, 420
"""Characters of the longest "Read more" and of the longest box."""
_HEAD = 3
"""Paragraphs at the beginning among which the title and the byline stand."""
_TAIL = 4
"""Paragraphs at the end among which credits stand."""
_QUOTED_WORDS = 8
"""Words of a repeated sentence from which on it is a pull quote and no chance."""
_MOST_COMPARED = 500
"""Paragraphs up to which each is compared with all: an article has fewer."""
_LINK_WORDS = 4
"""Words of the shortest link that is a headline."""
_CAPTION = re.compile(
    r"(?:\b(?:photos?|photographs?|images?|pictures?|fotos?|credits?)\s*(?:by\b|©|:|courtesy\b|via\b)|©\s*\w).{0,100}$",
    re.IGNORECASE | re.DOTALL,
)
_BYLINE = re.compile(r"\W*(?:by|von|par|por|di|door)\s+[^\W\d_]\S", re.IGNORECASE)
_FOLLOW = re.compile(
    r"\bfollow\s+(?:us|me|him|her|them|@\w+|\w+(?:\s\w+)?)\s+on\s+(?:twitter|facebook|instagram|x|linkedin)\b"
    r"|\bclick\s+here\s+(?:for|to)\b.{0,60}$",
    re.IGNORECASE | re.DOTALL,
)


def without_furniture(blocks: list[Block], *, titles: Collection[str] = (), links: Collection[str] = ()) -> list[Block]:
    """The paragraphs of a page that belong to the article.

    Where nothing would be left, everything stays: the page is of another kind than the rules know.

    Args:
        blocks: the paragraphs in order.
        titles: what the article may be called, as a page repeats it above the text.
        links: the words of the page's links, as `bare` gives them.
    """
    kept = [left for block in blocks if (left := _without_links(block, links)) and not _is_furniture(left)]
    kept = _without_credits(_without_head(_without_pull_quotes(kept), titles))
    while kept and kept[-1].is_heading:
        kept.pop()
    return kept or blocks


def _is_furniture(block: Block) -> bool:
    text = block.text
    is_sentence = _SENTENCE_END.search(text) is not None
    if len(text) <= _SHORT and (_LABEL.match(text) or (_CAPTION.search(text) and not is_sentence)):
        return not is_sentence or ":" in text[:40]
    if len(text) > _BOXED:
        return False
    return bool(_BOX.match(text)) or (_LETTER.search(text) is not None and _IMPERATIVE.search(text) is not None)


def _without_links(block: Block, links: Collection[str]) -> Block | None:
    """The paragraph without lines that are a link from end to end and no sentence: they lead to other articles."""
    if block.is_heading or not links:
        return block
    lines = [line for line in block.text.split("\n") if not _is_link(line, links)]
    return Block("\n".join(lines), block.kind) if lines else None


def _is_link(line: str, links: Collection[str]) -> bool:
    if _SENTENCE_END.search(line) or len(line) > _SHORT or line.startswith("http"):
        return False
    words = bare(re.sub(r"\s*\[[^\]]{1,30}\]\s*$", "", line))
    return words.count(" ") >= _LINK_WORDS - 1 and words in links


def _without_head(blocks: list[Block], titles: Collection[str]) -> list[Block]:
    """Leave out the title and the byline above the text, and nothing that stands beside them."""
    wanted = {bare(title) for title in titles} - {""}

    def is_head(block: Block) -> bool:
        short = len(block.text) < _SHORT / 2 and not _SENTENCE_END.search(block.text)
        return bare(block.text) in wanted or (short and _BYLINE.match(block.text) is not None)

    return [block for i, block in enumerate(blocks) if i >= _HEAD or not is_head(block)]


def _without_pull_quotes(blocks: list[Block]) -> list[Block]:
    """Leave out sentences that all stand in a longer paragraph too: quotes set large beside the text."""
    if len(blocks) > _MOST_COMPARED:
        return blocks
    words = [f" {bare(block.text)} " for block in blocks]
    whole = "\n".join(words)
    return [
        block
        for block, own in zip(blocks, words, strict=True)
        if own.count(" ") <= _QUOTED_WORDS
        or block.is_heading
        or not _SENTENCE_END.search(block.text)
        or whole.count(own) == words.count(own)
    ]


def _without_credits(blocks: list[Block]) -> list[Block]:
    """Leave out who reported, copyright and whom to follow, at the end."""

    def is_credit(text: str) -> bool:
        if _SOURCE.match(text):
            return not _SENTENCE_END.search(text)
        return _CREDIT.match(text) is not None or (len(text) <= _BOXED and _FOLLOW.search(text) is not None)

    tail = max(1, len(blocks) - _TAIL)
    return blocks[:tail] + [block for block in blocks[tail:] if not is_credit(block.text)]
