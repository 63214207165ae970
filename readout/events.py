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

from readout.catalogue import WORD, Catalogue, Key, Name, catalogue, in_series
from readout.records import Event, EventMention, Layout, Timex

Days = tuple[date, date]

_SERIES_REACH = 400
"""Days between publication and the election that "the election" can mean: beyond a year another is as near."""
_BARE_REACH = 200
"""The same for a proper name without a place ("Election Day"): beyond half a year there is one elsewhere."""
_SHARED_REACH = 40 * 366
"""Days back to an event that a shared name can mean without its year: what a reader remembers."""
_EDGE = 120
"""Days by which a time may miss the first day of what "broke out" then, or the last of what "ended"."""

_NAMED = 3
"""The support of an event one of whose own words stands in the sentence or the one before."""
_YEAR_BEFORE = 40
"""Words back from a name to a year that may tell which one of a series is meant."""

_GAP = re.compile(r"[ \t]{1,2}|[ \t]?\n[ \t]?|[-‐‑–—/'’]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DETERMINERS = frozenset(["the", "this", "these"])
_OPENING = re.compile(r"^(?:The|This|These)\b")
_DEMONSTRATIVE = frozenset(["this", "these"])
_AHEAD = frozenset(["coming", "forthcoming", "looming", "upcoming"])
_BEHIND = frozenset(["recent"])
_NOW = _AHEAD | frozenset(["current"])
_PLAIN = frozenset(["actual", "bitter", "contentious", "current", "divisive", "entire", "historic", "whole"])
_ABBREVIATED = frozenset(["dr", "gen", "gov", "jr", "lt", "mr", "mrs", "rep", "sen", "sr", "st", "v", "vs"])
_OF_ITS_NAME = frozenset(
    [
        "Association",
        "Center",
        "Centre",
        "Collection",
        "Commission",
        "Committee",
        "Foundation",
        "Fund",
        "Hotel",
        "Institute",
        "Library",
        "Memorial",
        "Museum",
        "Organisation",
        "Organization",
        "Project",
        "Society",
        "Studies",
        "Veterans",
    ]
)
"""Words that carry a name on into that of an institution ("Holocaust Memorial Museum")."""
_OTHER_THAN = frozenset(["another", "green", "new", "next", "second", "third", "possible", "potential"])
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
    around: tuple[int, int, int]
    """Where the sentence before it begins, its own, and the next one."""


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


@dataclass(frozen=True, slots=True)
class _Meant:
    """The events that a phrase may mean, by the kind of name that it is of them."""

    own: list[Event]
    series: list[Event]
    generic: list[Event]
    days: list[Days]


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
    heaviest: int = 0
    meant: dict[tuple[int, ...], _Meant] = field(default_factory=dict)
    """What each set of names may mean, sorted once: a shared one may mean hundreds of events."""
    near: dict[tuple[tuple[int, ...], str], list[Event]] = field(default_factory=dict)
    """By a shared name and the adjective before it, what the day of publication lets it mean."""


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
        The mentions in order, each with its reason in words, and the times by start. A time that dates a mention
        carries the event's name and says so in its rule, and the mention covers it and what stands between ("the
        Ukrainian crisis broke out in 2014"). A mention that no time dates has a time of its own, which covers the
        mention and has the event's days as its value (a day, or an ISO 8601 interval).
    """
    text = _survey(clean, layout, times, published, catalogue())
    mentions = []
    for hit in text.hits:
        lead = _lead(text, hit)
        if found := _resolve(text, hit, lead):
            event, reason = found
            end = text.tokens[hit.after - 1].end
            mentions.append(EventMention(event, lead.start, end, f"'{_said(clean, lead.start, end)}': {reason}"))
    return _dated(clean, times, mentions)


def _said(clean: str, start: int, end: int) -> str:
    """Words of the text on one line."""
    return " ".join(clean[start:end].split())


def _survey(clean: str, layout: Layout, times: tuple[Timex, ...], published: date | None, known: Catalogue) -> _Text:
    """Find the names in the body, and in head and body the words that tell of events and places."""
    start, end = layout.body
    tokens = [
        _Token(m.start(), m.end(), word := m[0].replace(".", ""), word.casefold()) for m in WORD.finditer(clean, 0, end)
    ]
    text = _Text(clean, times, published, known, tokens, [s.start for s in layout.sentences])
    free = 0
    for i, token in enumerate(tokens):
        if token.folded not in known.longest:
            continue
        hit: _Hit | None = None
        phrase: Key = ()
        for j in range(i, min(i + known.longest[token.folded], len(tokens))):
            if j > i and not _joined(clean, tokens[j - 1], tokens[j]):
                break
            phrase = (*phrase, tokens[j].folded)
            for written, owners in known.clues.get(phrase, ()):
                if _as_written(written, tokens[i : j + 1]):
                    told = token.start, clean[token.start : tokens[j].end]
                    text.told_at[token.start].update(owners)
                    for owner in owners:
                        text.clues[owner].append(told)
            names = tuple(n for n in known.names.get(phrase, ()) if _as_written(n.words, tokens[i : j + 1]))
            if names and i >= free and token.start >= start:
                hit = _Hit(i, j + 1, names, _sentences(text, token.start))
        if hit:
            text.hits.append(hit)
            free = hit.after
    for told_of in text.told_at.values():
        text.weight.update({known.where.get(owner, owner) for owner in told_of})
    text.heaviest = max(text.weight.values(), default=0)
    return text


def _joined(clean: str, left: _Token, right: _Token) -> bool:
    """Whether two words may stand in one name: no stop between them but an abbreviation's ("Sept. 11", "Roe v.")."""
    gap = clean[left.end : right.start]
    if gap == ". ":
        return right.word.isdigit() or len(left.word) == 1 or left.folded in _ABBREVIATED
    return bool(_GAP.fullmatch(gap))


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
    meant = _meant(text, hit)
    if _goes_on(text, hit):
        return None
    if len(meant.own) == 1:
        return _by_name(text, hit, lead, meant.own[0])
    candidates = meant.own or meant.series or meant.generic
    if lead.word in _NOT_THIS or _of_an_office(text, hit) or _in_a_longer_name(text, hit, lead):
        return None
    where = _place_after(text, hit)
    told = where if where is not None else lead.owner
    common = not meant.own and not meant.series
    if common and lead.word == "'s" and not lead.owner and not _time_before(text, hit):
        return None
    if common and not told and (where is not None or not _definite(text, hit, lead)):
        return None
    beside = _times_beside(text, hit, lead, meant.days)
    if beside:
        candidates = [e for e in candidates if all(_meet((e.first, e.last), days) for days in beside)]
    else:
        candidates = _near(text, hit, candidates, lead)
        if text.tokens[hit.after - 1].folded == "elections" and not lead.definite:
            candidates = [e for e in candidates if e.name.endswith("elections")]
    if common and told:
        candidates = [e for e in candidates if told & {e.name, text.known.where[e.name]}]
    ranked = []
    for event in candidates:
        support, word = _support(text, hit, event)
        if support or meant.series or told or (meant.own and not in_series(event)):
            ranked.append((-support, _distance(event, text.published), event, word))
    ranked.sort(key=lambda r: r[:2])
    if not ranked or (len(ranked) > 1 and ranked[0][:2] == ranked[1][:2]):
        return None
    _, _, event, word = ranked[0]
    if not beside and in_series(event) and lead.word not in _DEMONSTRATIVE and lead.adjective not in _NOW:
        settled = _of_the_year_before(text, hit, meant, event)
        if not settled:
            return None
        if settled is not event:
            return settled, f"a year told before it fits; the text names {_support(text, hit, settled)[1]}"
    return event, _because(event, text.published, bool(beside), word)


def _meant(text: _Text, hit: _Hit) -> _Meant:
    """The events of a hit's names, each once."""
    names = tuple(id(name) for name in hit.names)
    if names not in text.meant:
        kinds: dict[str, dict[str, Event]] = {"own": {}, "series": {}, "generic": {}}
        for name in hit.names:
            kinds[name.kind].update((event.name, event) for event in name.events)
        own, series, generic = (list(kinds[kind].values()) for kind in ("own", "series", "generic"))
        text.meant[names] = _Meant(own, series, generic, [(e.first, e.last) for e in (*own, *series, *generic)])
    return text.meant[names]


def _of_the_year_before(text: _Text, hit: _Hit, meant: _Meant, event: Event) -> Event | None:
    """The event, the one of its series in a year that the text has just spoken of, or None where it may be either."""
    found = _year_before(text, hit)
    if not found or _meet((event.first, event.last), found[1]):
        return event
    at, year = found
    then = [e for e in (*meant.own, *meant.series, *meant.generic) if in_series(e) and _meet((e.first, e.last), year)]
    rivals = [e for e in then if _support(text, hit, e)[0] == _NAMED]
    _, start, end = hit.around
    if _first_clue(text, event.name, at, end):
        return None if rivals and at >= start else event
    if len(rivals) == 1:
        return rivals[0]
    return None if then else event


def _year_before(text: _Text, hit: _Hit) -> tuple[int, Days] | None:
    """The last year written before a name, in its sentence or the one before, and where it stands."""
    for i in range(hit.first - 1, max(-1, hit.first - 1 - _YEAR_BEFORE), -1):
        if text.tokens[i].start < hit.around[0]:
            return None
        if _YEAR.fullmatch(text.tokens[i].word):
            return text.tokens[i].start, _year(text.tokens[i].word)
    return None


def _goes_on(text: _Text, hit: _Hit) -> bool:
    """Whether a name is only the beginning of an institution's ("Holocaust Museum") or of a date's ("9/11/2016")."""
    after = text.tokens[hit.after - 1].end
    if text.clean[after : after + 1] == "/" and text.clean[after + 1 : after + 2].isdigit():
        return True
    if hit.after >= len(text.tokens) or not _spaced(text, hit.after - 1):
        return False
    return text.tokens[hit.after].word in _OF_ITS_NAME


def _in_a_longer_name(text: _Text, hit: _Hit, lead: _Lead) -> bool:
    """Whether a shared proper name is only the end of another ("Barack Obama Election Day")."""
    if lead.definite or lead.adjective or not hit.first or not text.tokens[hit.first].word[0].isupper():
        return False
    last = text.tokens[hit.first - 1]
    opens = last.start - hit.around[1] <= len("“'")
    return _spaced(text, hit.first - 1) and last.word[0].isupper() and not opens


def _definite(text: _Text, hit: _Hit, lead: _Lead) -> bool:
    """Whether a common noun speaks of one event: by its article, by a time before it or by its capitals."""
    return lead.definite or bool(_time_before(text, hit)) or _capitals(text, hit)


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


def _times_beside(text: _Text, hit: _Hit, lead: _Lead, meant: list[Days]) -> list[Days]:
    """The days that a year or a time right before or after a name gives it."""
    found = [lead.year] if lead.year else []
    if before := _time_before(text, hit):
        found.append(before)
    end = text.tokens[hit.after - 1].end
    to_time = _TO_TIME.match(text.clean, end)
    if to_time and (after := _time_at(text.times, to_time.end())):
        coarse = (after[1] - after[0]).days > 1
        if coarse or any(_meet(days, after) for days in meant):
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


def _near(text: _Text, hit: _Hit, candidates: list[Event], lead: _Lead) -> list[Event]:
    """Those that the day of publication lets a name without a date mean."""
    known = tuple(id(name) for name in hit.names), lead.adjective
    if known not in text.near:
        reach = _BARE_REACH if _meant(text, hit).own else _SERIES_REACH
        text.near[known] = [e for e in candidates if _likely(e, text.published, lead.adjective, reach)]
    return text.near[known]


def _likely(event: Event, published: date | None, adjective: str, reach: int) -> bool:
    """Whether a reader of that day takes a shared name for this event, which if in a series is within reach."""
    if published is None:
        return False
    if adjective in _AHEAD and event.last < published:
        return False
    if adjective in _BEHIND and event.first > published:
        return False
    if in_series(event):
        return _distance(event, published) <= reach
    return event.first <= published and _distance(event, published) <= _SHARED_REACH


def _sentences(text: _Text, at: int) -> tuple[int, int, int]:
    """Where the sentence before the one at an offset begins, that one, and the next one."""
    own = bisect_right(text.sentences, at) - 1
    end = text.sentences[own + 1] if own + 1 < len(text.sentences) else len(text.clean)
    return text.sentences[max(0, own - 1)], text.sentences[max(0, own)], end


def _first_clue(text: _Text, name: str, start: int, end: int) -> str:
    """The first word between two offsets that tells of an event or a place, or nothing."""
    clues = text.clues.get(name, [])
    i = bisect_left(clues, start, key=lambda clue: clue[0])
    return clues[i][1] if i < len(clues) and clues[i][0] < end else ""


def _support(text: _Text, hit: _Hit, event: Event) -> tuple[int, str]:
    """How far the text speaks of an event, from 0 to 3, and the word that shows it."""
    start, _, end = hit.around
    if close := _first_clue(text, event.name, start, end):
        return _NAMED, close
    place = text.known.where[event.name]
    main = place in text.known.places and text.weight[place] == text.heaviest
    if main and (close := _first_clue(text, place, start, end)):
        return 2, close
    own = text.clues.get(event.name, [])
    if (main and text.weight[place] >= 3) or (not in_series(event) and len(own) >= 2):
        told = own or text.clues.get(place)
        return 1, told[0][1] if told else ""
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


def _dated(
    clean: str, times: tuple[Timex, ...], mentions: list[EventMention]
) -> tuple[tuple[EventMention, ...], tuple[Timex, ...]]:
    """The mentions with the times that date them, these with their events, and a time for each other mention."""
    linked = dict(enumerate(times))
    whole: list[EventMention] = []
    added = []
    for number, mention in enumerate(mentions):
        inside = [i for i in _around(times, mention.start, mention.end) if i in linked]
        fitting = [i for i in inside if _fits(times[i], mention.event)]
        free = whole[-1].end if whole else 0
        following = mentions[number + 1].start if number + 1 < len(mentions) else len(clean)
        if not fitting:
            beside = [i for i in _in_clause(clean, times, mention) if i in linked]
            fitting = [i for i in beside if free <= times[i].start and times[i].end <= following]
        if fitting:
            time = times[fitting[0]]
            named = _OPENING.sub(lambda word: word[0].lower(), _said(clean, mention.start, mention.end))
            linked[fitting[0]] = replace(time, event=mention.event.name, rule=f"{time.rule}; it dates {named}")
            start = min(mention.start, max(time.start, free))
            end = max(mention.end, min(time.end, following))
            whole.append(replace(mention, start=start, end=end))
            continue
        for i in inside:
            del linked[i]
        whole.append(mention)
        first, last = mention.event.first, mention.event.last
        value = first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"
        added.append(Timex(mention.start, mention.end, "DATE", value, first, last, mention.event.name, mention.reason))
    return tuple(whole), tuple(sorted([*linked.values(), *added], key=lambda t: (t.start, t.end)))


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
