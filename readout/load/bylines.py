"""Who wrote it: the names in a byline, without what stands around them on a page."""

from __future__ import annotations

import re

from readout.load.strings import bare

_LONGEST = 400
_CONTACT = re.compile(
    r"\S+@\S+\.\w+|https?://\S+|(?<!\w)@\w{2,30}|\(?\+?\d{3}\)?[ .-]\d{3}[ .-]\d{4}"
    r"|\b(?:follow|e-?mail|view|get)\s+(?:the\s+)?author\b.*$",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\W*(?:(?:(?:original(?:ly)?|analysis|opinion|commentary|perspective|review|report(?:ed|ing)?|story|words|text|written"
    r"|posted|published|contributed|exclusive|interview|essay|column)\s+)?by\b[\s:]+|(?:author|byline)s?\s*:\s*)",
    re.IGNORECASE,
)
_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_WHEN = re.compile(
    r"(?:[\s,|·•(–—-]+|^)(?:on\s+)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|"
    rf"{_MONTHS}\.?,?\s+\d|\d{{1,2}}\.?\s+{_MONTHS}\b|(?:january|february|july|september|october|november|december)\W*$"
    r"|\d{1,2}[:./-]\d|\d{4}\b|(?:published|updated|posted|modified|last\s+(?:updated|modified))\b|on\s+\d"
    r"|\d+\s*(?:min|minute|hour|hr|day|week)s?\b|(?:is|was)\s+an?\s).*$",
    re.IGNORECASE | re.DOTALL,
)
_PARTS = re.compile(r"\s*[,;|·•\n]\s*|\s+(?:and|&)\s+|\s+[–—-]\s+|\s*/\s*", re.IGNORECASE)
_TITLES = re.compile(
    r"(?:Jr|Sr|I{2,3}|IV|Ph\.?D|M\.?D|M\.?[AS]c?|B\.?[AS]c?|J\.?D|RDN?|RN|LCSW|CPA|MBA|MPH|DO|DDS|DVM|Esq)\.?$"
)
_ROLE = re.compile(
    r"\b(?:writer|reporter|editor|correspondent|columnist|contributor|journalist|producer|photographer|critic|analyst"
    r"|blogger|anchor|(?:bureau|desk)\s+chief|intern|contributing|staff\s+\w+er)s?\b|^special\s+(?:to|for)\b",
    re.IGNORECASE,
)
_RANK = re.compile(
    r"(?:senior|chief|deputy|staff|national|political|foreign|white|special|the|our|an?)$", re.IGNORECASE
)
_HOUSE = re.compile(
    r".*\S\s+(?:news|press|times|service|network|media|wire|agency|newspapers|tribune)$"
    r"|\S+\s+\S.*\s(?:post|journal|magazine)$",
    re.IGNORECASE,
)
"""Papers and agencies, whose name stands behind a person's."""
_HELP = re.compile(
    r"[\s;,.(–—-]+(?:(?:additional|further)\s+)?(?:edit|report|writ|compil|contribut)\w*\s+by\b.*$", re.IGNORECASE
)
_AGENCIES = (
    r"(?:the\s+)?(?:associated\s+press|reuters|agence\s+france-presse|press\s+association|bloomberg(?:\s+news)?)"
)
_GLUED = re.compile(
    rf"(?<=\w)\s+(?:{_AGENCIES}|in\s+(?-i:[A-Z]).*|\((?:{_AGENCIES}|AP|AFP|PA|UPI)\)|for\s+[A-Z].*)$", re.IGNORECASE
)
_NOBODY = re.compile(
    r"(?:\w*\d\w*|[a-z][a-z._-]*|(?i:.*\b(?:user|\w*admin\w*|owner|unknown|anonymous|webmaster)\b.*"
    r"|editor|staff|author|none|null|undefined|guest|[b-df-hj-np-tv-xz]{3,}))$"
)
"""Logins and words that stand where nobody is named."""


def authors(written: str, publisher: str = "") -> str:
    """The names in a byline, parted by commas; nothing where it names nobody, or only who published it.

    Args:
        written: a byline, as a page or a file has it.
        publisher: who published it; their name beside a person's is no second person.
    """
    line = " ".join(written.split())[:_LONGEST]
    line = _CONTACT.sub(" ", line)
    while (by := _BY.match(line)) and by.end():
        line = line[by.end() :]
    line = _WHEN.sub("", _HELP.sub("", line)).strip(" ,;|·•–—-")
    found: list[str] = []
    for part in _PARTS.split(line):
        one = _GLUED.sub("", _once(_BY.sub("", part, count=1) if _BY.match(part) else part)).strip(" .()")
        if part.strip() and _TITLES.match(part.strip()) and found:
            found[-1] += f", {part.strip()}"
        elif one and not _NOBODY.match(one) and (name := _without_role(one, first=not found)):
            found.append(_cased(name))
    house = _bare(publisher)
    found = found[:1] + [one for one in found[1:] if not _HOUSE.match(one)]
    if len(found) > 1 and house:
        found = [one for one in found if not f"{_bare(one)} ".startswith(f"{house} ")] or found
    named: dict[str, str] = {}
    for one in found:
        named.setdefault(_bare(one), one)
    return "" if list(named) == [house] else ", ".join(named.values())


def _without_role(part: str, *, first: bool) -> str:
    """A name without what its bearer does; nothing where that is all there is."""
    if not _ROLE.search(part):
        return part
    words = part.split()
    named = first and len(words) > 3 and all(word[0].isupper() and not _RANK.match(word) for word in words[:2])
    return " ".join(words[:2]) if named else ""


def _bare(name: str) -> str:
    return bare(name).removeprefix("the ")


def _once(part: str) -> str:
    """The words once, where they stand twice in a row: a page shows a name beside the picture of the same name."""
    words = part.split()
    half = len(words) // 2
    return " ".join(words[:half]) if half and words[:half] == words[half:] else " ".join(words)


def _cased(name: str) -> str:
    """A name in capitals in the letters of a name; initials and a single word stay, for that may be an agency."""
    words = name.split()
    if len(words) < 2 or not name.isupper() or all(len(word) < 4 for word in words):
        return name
    return " ".join(_word(word) for word in words)


def _word(word: str) -> str:
    if len(word.strip(".")) < 3 and "." in word:
        return word
    cased = re.sub(r"[^\W\d_]+", lambda piece: piece[0].capitalize(), word)
    return re.sub(r"\b(Mc|O['’])(\w)", lambda found: found[1] + found[2].upper(), cased)
