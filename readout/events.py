"""The named events a text refers to: by name, and where the name is shared, by what stands around it.

A name that belongs to one event is enough ("the Cold War"). A shared one ("the US presidential election", "the
election") needs evidence: a year or a date beside it, the day of publication, and words that tell of the event or
of its place. Without evidence nothing is matched.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import date

from readout.catalogue import WORD, Catalogue, Key, Name, catalogue, in_series, place_of
from readout.records import Event, EventMention, Layout, Timex

Days = tuple[date, date]

_SERIES_REACH = 400
"""Days between publication and the election that "the election" can mean: beyond a year another is as near."""
_SHARED_REACH = 40 * 366
"""Days back to an event that a shared name can mean without its year: what a reader remembers."""
_EDGE = 120
"""Days by which a time may miss the first day of what "broke out" then, or the last of what "ended"."""

_GAP = re.compile(r"[ \t]{1,2}|[ \t]?\n[ \t]?|[-‐‑–—/'’]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DETERMINERS = frozenset(["the", "this", "these"])
_AHEAD = frozenset(["coming", "forthcoming", "looming", "upcoming"])
_BEHIND = frozenset(["recent"])
_PLAIN = frozenset(["actual", "bitter", "contentious", "current", "divisive", "entire", "historic", "whole"])
_OTHER_THAN = frozenset(["another", "new", "next", "second", "third", "possible", "potential"])
_NOT_THIS = _OTHER_THAN | frozenset(
    [
        "a",
        "an",
        "any",
        "each",
        "early",
        "every",
        "few",
        "first",
        "future",
        "its",
        "last",
        "many",
        "most",
        "no",
        "other",
        "past",
        "previous",
        "prior",
        "some",
        "their",
    ]
)
_OFFICES = frozenset(
    [
        "administrator",
        "administrators",
        "board",
        "boards",
        "commission",
        "commissioner",
        "commissioners",
        "fraud",
        "judge",
        "judges",
        "law",
        "laws",
        "lawyer",
        "lawyers",
        "observer",
        "observers",
        "official",
        "officials",
        "supervisor",
        "supervisors",
        "system",
        "systems",
        "worker",
        "workers",
    ]
)
_OF_YEAR = re.compile(r"[ \n]+of[ \n]+(?P<year>(?:19|20)\d\d)\b")
_TO_TIME = re.compile(r"[ \n]+(?:(?:held|scheduled|due|set)[ \n]+)?(?:(?:back[ \n]+)?(?:of|in|on|for)[ \n]+)?")
_TO_PLACE = re.compile(r"[ \n]+(?:in|for|of|across)[ \n]+(?:the[ \n]+)?(?=[A-Z])")
_HAPPENED = re.compile(
    r"(?:[ \n]+(?:that|which))?(?:[ \n]+(?:had|has|have|first|was|were|is|are|will[ \n]+be|to[ \n]+be))*"
    r"[ \n]+(?:(?P<began>began|begun|begins|broke[ \n]+out|erupted|started|flared)"
    r"|(?P<ended>ended|finished|was[ \n]+over)|held|happened|occurred|took[ \n]+place|taking[ \n]+place|signed)"
    r"(?:[ \n]+(?P<link>back[ \n]+in|in|on|during))?"
)


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    word: str
    folded: str


@dataclass(frozen=True, slots=True)
class _Hit:
    """A phrase of the text that is a name of events: its first token, the token after it, what it may mean."""

    first: int
    after: int
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class _Lead:
    """What stands before a name: where the mention begins, and what that says of which one is meant."""

    start: int
    definite: bool = False
    word: str = ""
    """The word right before it, in lower case, past a year and an adjective."""
    adjective: str = ""
    year: Days | None = None
    owner: frozenset[str] = frozenset()
    """The places and events that a possessive before it tells of ("France's presidential election")."""


@dataclass(slots=True)
class _Text:
    """What the resolving of a name looks at."""

    clean: str
    times: tuple[Timex, ...]
    published: date | None
    known: Catalogue
    tokens: list[_Token]
    sentences: list[int]
    hits: list[_Hit] = field(default_factory=list)
    clues: defaultdict[str, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    """Where the words that tell of an event or a place stand, in order, by its name."""
    told_at: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    """The places and events that the words beginning at an offset tell of."""
    weight: Counter[str] = field(default_factory=Counter)
    """How often the text speaks of a place."""


def refer(
    clean: str, layout: Layout, times: tuple[Timex, ...], published: date | None
) -> tuple[tuple[EventMention, ...], tuple[Timex, ...]]:
    """The mentions of catalogued events in the body, and the times with the events that they date.

    Args:
        clean: the text as `layout.plain` gives it.
        layout: its body and sentences.
        times: the time expressions found in it, by start.
        published: the day of publication; without it only names of one event, or with a year, are matched.

    Returns:
        The mentions in order, each with its reason in words, and the times by start: a time that dates a
        mention carries the event's name, and a mention that no time dates has a time of its own, which covers
        the mention and has the event's days as its value (a day, or an ISO 8601 interval).
    """
    text = _survey(clean, layout, times, published, catalogue())
    mentions = []
    for hit in text.hits:
        lead = _lead(text, hit)
        if found := _resolve(text, hit, lead):
            event, reason = found
            end = text.tokens[hit.after - 1].end
            said = " ".join(clean[lead.start : end].split())
            mentions.append(EventMention(event, lead.start, end, f"'{said}': {reason}"))
    return tuple(mentions), _dated(clean, times, mentions)


def _survey(clean: str, layout: Layout, times: tuple[Timex, ...], published: date | None, known: Catalogue) -> _Text:
    """Find the names in the body, and in head and body the words that tell of events and places."""
    start, end = layout.body
    tokens = [
        _Token(m.start(), m.end(), word := m[0].replace(".", ""), word.casefold()) for m in WORD.finditer(clean, 0, end)
    ]
    text = _Text(clean, times, published, known, tokens, [s.start for s in layout.sentences])
    free = 0
    for i, token in enumerate(tokens):
        hit, phrase = None, ()
        for j in range(i, min(i + known.longest.get(token.folded, 0), len(tokens))):
            if j > i and not _joined(clean, tokens[j - 1], tokens[j]):
                break
            phrase: Key = (*phrase, tokens[j].folded)
            for written, owner in known.clues.get(phrase, ()):
                if _as_written(written, tokens[i : j + 1]):
                    text.clues[owner].append((token.start, clean[token.start : tokens[j].end]))
                    text.told_at[token.start].add(owner)
            names = tuple(n for n in known.names.get(phrase, ()) if _as_written(n.words, tokens[i : j + 1]))
            if names and i >= free and token.start >= start:
                hit = _Hit(i, j + 1, names)
        if hit:
            text.hits.append(hit)
            free = hit.after
    for place in known.places:
        text.weight[place] += len(text.clues.get(place, ()))
    for event in known.events:
        text.weight[place_of(event, known.places)] += len(text.clues.get(event.name, ()))
    return text


def _joined(clean: str, left: _Token, right: _Token) -> bool:
    """Whether two words may stand in one name: no stop between them, unless it is that of "Sept. 11"."""
    gap = clean[left.end : right.start]
    return bool(_GAP.fullmatch(gap)) or (gap == ". " and right.word.isdigit())


def _as_written(written: Key, tokens: list[_Token]) -> bool:
    """Whether the text has the capitals that a name is written with; it may have more."""
    for word, token in zip(written, tokens, strict=True):
        if word.isupper() and len(word) > 1:
            if token.word != word:
                return False
        elif word[0].isupper() and not token.word[0].isupper():
            return False
    return True


def _lead(text: _Text, hit: _Hit) -> _Lead:
    """Read backwards from a name: a year, an adjective, then what says whether it is this one."""
    start, year, adjective = text.tokens[hit.first].start, None, ""
    i = hit.first - 1
    if i >= 0 and _YEAR.fullmatch(text.tokens[i].word) and _spaced(text, i):
        year, start, i = _year(text.tokens[i].word), text.tokens[i].start, i - 1
    if i >= 0 and text.tokens[i].folded in _AHEAD | _BEHIND | _PLAIN and _spaced(text, i):
        adjective, start, i = text.tokens[i].folded, text.tokens[i].start, i - 1
    if i < 0 or not _spaced(text, i):
        return _Lead(start, bool(year), "", adjective, year)
    token = text.tokens[i]
    if token.folded in _DETERMINERS:
        return _Lead(token.start, True, token.folded, adjective, year)
    if token.folded == "s" and i and text.clean[token.start - 1] in "'’":
        owner = frozenset(text.told_at.get(text.tokens[i - 1].start, ()))
        return _Lead(start, bool(year), "'s", adjective, year, owner)
    return _Lead(start, bool(year), token.folded, adjective, year)


def _spaced(text: _Text, i: int) -> bool:
    """Whether nothing but white space stands between a token and the next."""
    return text.clean[text.tokens[i].end : text.tokens[i + 1].start].isspace()


def _resolve(text: _Text, hit: _Hit, lead: _Lead) -> tuple[Event, str] | None:
    """The event that a name means here, and why; None where the evidence does not say."""
    own = _events(hit, "own")
    if len(own) == 1:
        return _by_name(text, hit, lead, own[0])
    series = _events(hit, "series")
    candidates = own or series or _events(hit, "generic")
    if lead.word in _NOT_THIS or _of_an_office(text, hit):
        return None
    where = _place_after(text, hit)
    told = where if where is not None else lead.owner
    if not own and not series:
        if lead.word == "'s" and not lead.owner and not _time_before(text, hit):
            return None
        if where is not None or lead.owner:
            candidates = [e for e in candidates if told & {e.name, place_of(e, text.known.places)}]
        elif not (lead.definite or _time_before(text, hit) or _capitals(text, hit)):
            return None
    beside = _times_beside(text, hit, lead)
    candidates = [e for e in candidates if all(_meet((e.first, e.last), days) for days in beside)]
    if not beside:
        candidates = _near(text.published, candidates, lead)
    ranked = []
    for event in candidates:
        support, word = _support(text, hit, event)
        if support or own or series or told:
            ranked.append((-support, _distance(event, text.published), event, word))
    ranked.sort(key=lambda r: r[:2])
    if not ranked or (len(ranked) > 1 and ranked[0][:2] == ranked[1][:2]):
        return None
    _, _, event, word = ranked[0]
    return event, _because(event, text.published, bool(beside), word)


def _events(hit: _Hit, kind: str) -> list[Event]:
    return list({e.name: e for name in hit.names if name.kind == kind for e in name.events}.values())


def _by_name(text: _Text, hit: _Hit, lead: _Lead, event: Event) -> tuple[Event, str] | None:
    """A name that one event alone has: only a new one of its kind, another year or the calendar speak against it."""
    of_year = _OF_YEAR.match(text.clean, text.tokens[hit.after - 1].end)
    years = [y for y in (lead.year, _year(of_year["year"]) if of_year else None) if y]
    if lead.word in _OTHER_THAN or not all(_meet((event.first, event.last), y) for y in years):
        return None
    if text.published and event.first > text.published and not in_series(event):
        return None
    return event, "the name belongs to it alone"


def _of_an_office(text: _Text, hit: _Hit) -> bool:
    """Whether the name only qualifies what comes after it ("election officials", "election-year")."""
    if hit.after >= len(text.tokens):
        return False
    gap = text.clean[text.tokens[hit.after - 1].end : text.tokens[hit.after].start]
    return gap in "-‐‑" or (gap.isspace() and text.tokens[hit.after].folded in _OFFICES)


def _place_after(text: _Text, hit: _Hit) -> frozenset[str] | None:
    """The places and events that "in France" after a name tells of; None where no such name follows."""
    found = _TO_PLACE.match(text.clean, text.tokens[hit.after - 1].end)
    if not found or _time_at(text.times, found.end()):
        return None
    return frozenset(text.told_at.get(found.end(), ()))


def _capitals(text: _Text, hit: _Hit) -> bool:
    """Whether a common name is written as a proper one ("Election Day"), though it does not open a sentence."""
    inside = text.tokens[hit.first : hit.after]
    return len(inside) > 1 and all(t.word[0].isupper() for t in inside)


def _times_beside(text: _Text, hit: _Hit, lead: _Lead) -> list[Days]:
    """The days that a year or a time right before or after a name gives it."""
    found = [lead.year] if lead.year else []
    if before := _time_before(text, hit):
        found.append(before)
    end = text.tokens[hit.after - 1].end
    to_time = _TO_TIME.match(text.clean, end)
    if to_time and (after := _time_at(text.times, to_time.end())):
        coarse = (after[1] - after[0]).days > 1
        if coarse or any(_meet((e.first, e.last), after) for name in hit.names for e in name.events):
            found.append(after)
    if of_year := _OF_YEAR.match(text.clean, end):
        found.append(_year(of_year["year"]))
    return found


def _time_before(text: _Text, hit: _Hit) -> Days | None:
    """The days of a time that ends where a name begins ("last week's referendum", "the Nov. 8 election")."""
    start = text.tokens[hit.first].start
    i = bisect_right(text.times, start, key=lambda t: t.start) - 1
    if i < 0:
        return None
    between = text.clean[text.times[i].end : start]
    return _days(text.times[i]) if re.fullmatch(r"(?:[’']s?)?[ \n]+", between) else None


def _time_at(times: tuple[Timex, ...], at: int) -> Days | None:
    """The days of the time that begins at an offset, with or without "the"."""
    i = bisect_left(times, at, key=lambda t: t.start)
    return _days(times[i]) if i < len(times) and times[i].start <= at + len("the ") else None


def _near(published: date | None, candidates: list[Event], lead: _Lead) -> list[Event]:
    """Those that the day of publication lets a name without a date mean."""
    if published is None:
        return []
    kept = []
    for event in candidates:
        ahead = event.last >= published
        if (lead.adjective in _AHEAD and not ahead) or (lead.adjective in _BEHIND and event.first > published):
            continue
        if in_series(event):
            if _distance(event, published) <= _SERIES_REACH:
                kept.append(event)
        elif event.first <= published and _distance(event, published) <= _SHARED_REACH:
            kept.append(event)
    return kept


def _support(text: _Text, hit: _Hit, event: Event) -> tuple[int, str]:
    """How far the text speaks of an event, from 0 to 3, and the word that shows it."""
    at = text.tokens[hit.first].start
    sentence = bisect_right(text.sentences, at) - 1
    near = (
        text.sentences[max(0, sentence - 1)],
        text.sentences[sentence + 1] if sentence + 1 < len(text.sentences) else len(text.clean),
    )
    own = text.clues.get(event.name, [])
    place = place_of(event, text.known.places)
    placed = text.clues.get(place, [])
    if close := [word for start, word in own if near[0] <= start < near[1]]:
        return 3, close[0]
    main = place in text.known.places and text.weight[place] == max(text.weight.values())
    if main and (close := [word for start, word in placed if near[0] <= start < near[1]]):
        return 2, close[0]
    if (main and text.weight[place] >= 3) or (not in_series(event) and len(own) >= 2):
        return 1, (own or placed)[0][1]
    return 0, ""


def _distance(event: Event, published: date | None) -> int:
    """Days between publication and an event, 0 while it lasts or where the day is not known."""
    if published is None or event.first <= published <= event.last:
        return 0
    return min(abs((published - event.first).days), abs((published - event.last).days))


def _because(event: Event, published: date | None, dated: bool, word: str) -> str:
    reasons = []
    if dated:
        reasons.append("the date beside it fits")
    elif published:
        days = _distance(event, published)
        when = "after" if published > event.last else "before"
        length = "one day" if days == 1 else f"{days} days" if days < 730 else f"{days // 365} years"
        reasons.append(f"published {length} {when} it" if days else "published while it lasted")
    if word:
        reasons.append(f"the text names {word}")
    return "; ".join(reasons)


def _dated(clean: str, times: tuple[Timex, ...], mentions: list[EventMention]) -> tuple[Timex, ...]:
    """The times, each with the event that it dates, and a time for each mention that no other time dates."""
    linked = dict(enumerate(times))
    added = []
    for mention in mentions:
        inside = [i for i in _around(times, mention.start, mention.end) if i in linked]
        fitting = [i for i in inside if _fits(times[i], mention.event)]
        if not fitting:
            fitting = [i for i in _in_clause(clean, times, mention) if i in linked]
        if fitting:
            linked[fitting[0]] = replace(linked[fitting[0]], event=mention.event.name)
            continue
        for i in inside:
            del linked[i]
        first, last = mention.event.first, mention.event.last
        value = first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"
        added.append(Timex(mention.start, mention.end, "DATE", value, first, last, mention.event.name, mention.reason))
    return tuple(sorted([*linked.values(), *added], key=lambda t: (t.start, t.end)))


def _around(times: tuple[Timex, ...], start: int, end: int) -> list[int]:
    """The times that share characters with a span."""
    i = bisect_left(times, end, key=lambda t: t.start)
    found = []
    while i > 0 and times[i - 1].end > start:
        i -= 1
        found.append(i)
    return found


def _in_clause(clean: str, times: tuple[Timex, ...], mention: EventMention) -> list[int]:
    """The times beside a mention, in its clause, that say when it was."""
    after = bisect_left(times, mention.end, key=lambda t: t.start)
    before = bisect_left(times, mention.start, key=lambda t: t.start) - 1
    happened = _HAPPENED.match(clean, mention.end)
    found = []
    if before >= 0:
        between = clean[times[before].end : mention.start]
        if re.fullmatch(r"(?:[’']s?)?[ \n]+", between) and _fits(times[before], mention.event):
            found.append(before)
        elif happened and not happened["link"] and re.fullmatch(r",?[ \n]+", between):
            found.extend([before] if _fits(times[before], mention.event, happened) else [])
    if after < len(times):
        to_time = _TO_TIME.match(clean, mention.end)
        reach = re.compile(r"[ \n(]*(?:the[ \n]+)?")
        for link in (happened, to_time, None):
            at = reach.match(clean, link.end() if link else mention.end)
            if at and times[after].start <= at.end() and _fits(times[after], mention.event, happened):
                found.append(after)
                break
    return found


def _fits(time: Timex, event: Event, happened: re.Match[str] | None = None) -> bool:
    """Whether a time can be the date of an event: of its beginning or its end where the verb says so."""
    days = _days(time)
    if days is None or time.type not in ("DATE", "TIME"):
        return False
    if happened and (happened["began"] or happened["ended"]):
        edge = event.first if happened["began"] else event.last
        return (days[0] - edge).days <= _EDGE and (edge - days[1]).days <= _EDGE
    if not _meet((event.first, event.last), days):
        return False
    return (event.last - event.first).days <= _SERIES_REACH or (days[0] <= event.first and event.last <= days[1])


def _days(time: Timex) -> Days | None:
    return (time.earliest, time.latest) if time.earliest and time.latest else None


def _year(word: str) -> Days:
    return date(int(word), 1, 1), date(int(word), 12, 31)


def _meet(one: Days, other: Days) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
