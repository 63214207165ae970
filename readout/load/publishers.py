"""Who published a page: among the names that it gives, the one that its address bears out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import urlsplit

from readout.load.strings import bare

_PLATFORMS = frozenset(("blogger", "wordpress", "wordpress com", "wix", "squarespace", "tumblr", "drupal", "joomla"))
_NO_NAME = re.compile(
    r"(?:https?://.*|www\..*|.*@.*|home(?:\s*page)?|index|news|blog|website|untitled|none|null|undefined|[a-z]\.[a-z]\.?"
    r"|articles?|hosted|my\s+site|site|\W*|[\d\W]+)$",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s+[|•·»–—-]+\s+|\s*\|\s*|:\s+")
_SECOND = frozenset(("co", "com", "org", "net", "gov", "ac", "edu", "or", "ne", "go"))
"""Labels that stand before a country's and belong to it."""
_FRONT = re.compile(r"(?:www\d?|m|mobile|amp|edition)\.", re.IGNORECASE)
_COMPANY = re.compile(
    r"^\W*(?:(?:copyright|©|\(c\))[\s©\d,–-]*)+(?:by\s+)?|[\s,]+\d{4}\b.*$|[.\s]*all\s+rights\s+reserved.*$"
    r"|[\s,]+(?:inc|llc|ltd|limited|gmbh|corp|company|co|plc|s\.?a)\b\.?\s*$",
    re.IGNORECASE,
)
"""What a notice of copyright has around the name of who holds it."""
_LONGEST = 60
"""Characters of the longest name."""
_LONGEST_HOST = 253
"""Characters of the longest host that a name server knows."""
_MOST = 400
"""Characters of what may have a name in it, of which no more are looked at."""
_TELLING = 6
"""Letters of a word that tells a site where its label begins with it."""
_LEAST = 4
"""Letters that a name and an address have to share where neither is all of the other."""


def host_of(url: str) -> str:
    """The host of an address without what says how it is served; nothing where it is no address of a site."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    host = _FRONT.sub("", host, count=1)
    return host if len(host) <= _LONGEST_HOST and re.search(r"\.[a-z]{2,}$", host) else ""


def publisher_of(stated: Iterable[str], shown: Iterable[str], handle: str, host: str) -> str:
    """The publisher's name.

    Args:
        stated: what the page states as it, the one to believe first.
        shown: what may be it besides, and may be anything.
        handle: the site's name on Twitter.
        host: of the page's address, or nothing where that is not known.

    Returns:
        The first name that fits the host; else the first that was stated; else the handle, where it fits; else the
        host.
    """
    names = [name for one in stated if (name := _named(one))]
    others = [name for one in shown if (name := _named(one))]
    label = _label(host)
    found = [part for name in (*names, *others) for part in (*_PARTS.split(name), name) if _is_name(part, label)]
    for name in found:
        # "Space.com" says more than "Space", and "WIRED" or "9to5Mac" is how it is written where another has "9to5mac".
        longer = [one for one in found if one.lower().startswith(f"{name.lower()}.")]
        alike = [one for one in found if bare(one) == bare(name) and not one.islower()]
        return (longer or alike or [name])[0]
    handle = handle[:_LONGEST]
    stated_one = next((name for name in names if len(name) <= _LONGEST), "")
    if not stated_one and (not host or fits(handle, label)):
        stated_one = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_", " ", handle)
    return stated_one or host


def _named(said: str) -> str:
    name = _COMPANY.sub("", " ".join(said[:_MOST].split()))
    return "" if _NO_NAME.match(name) or bare(name) in _PLATFORMS else name


def _is_name(part: str, label: str) -> bool:
    return len(part) <= _LONGEST and not _NO_NAME.match(part) and fits(part, label)


def fits(name: str, label: str) -> bool:
    """Whether a name is that of a site: "The New York Times" of nytimes, "Wall Street Journal" of wsj."""
    plain = unicodedata.normalize("NFKD", name.translate(_UMLAUTS)).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    if not words or not label:
        return False
    letters = "".join(words)
    if words[0] == "the" and len(words) > 1 and fits(" ".join(words[1:]), label):
        return True
    if letters == label or any(len(word) >= _TELLING and label.startswith(word) for word in words):
        return True
    if min(len(letters), len(label)) >= _LEAST and (letters in label or label in letters):
        return True
    return _shortened(label, words)


def _shortened(label: str, words: list[str]) -> bool:
    """Whether a label is made of the beginnings of all words in order, or of all but small ones."""
    if len(words) < 2:
        return False
    ends = {0}
    for word in words:
        onward = {
            at + length
            for at in ends
            for length in range(1, min(len(word), len(label) - at) + 1)
            if label.startswith(word[:length], at)
        }
        small = word in (
            "the",
            "of",
            "and",
            "for",
            "a",
            "de",
            "la",
            "le",
            "company",
            "inc",
            "com",
            "online",
            "magazine",
            "news",
            "sport",
        )
        ends = onward | (ends if small else set())
    return len(label) in ends


def _label(host: str) -> str:
    """The name of a site within its host, as letters and digits: “nytimes” of cooking.nytimes.com."""
    labels = host.lower().split(".")
    if not host:
        return ""
    if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND:
        labels = labels[:-1]
    return re.sub(r"[^a-z0-9]", "", labels[-2] if len(labels) > 1 else labels[0])


_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
