"""Who is spoken of, where, and in whose words.

Names are those of the speakers' resolution: one name through full name, last name, title and initials, and where one
voice quotes another also through the pronouns and descriptions that stand as sources.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from readout.cast.figures import Figure
from readout.cast.names import Cast
from readout.cast.names import Mention as Name
from readout.cast.vocabulary import countries, fold, given_names
from readout.powers import acts, is_facility, power_of, says
from readout.records import REPORTER, EventMention, Mention, Quote, Span, Speaker

_WHERE = frozenset(
    ["in", "at", "near", "from", "to", "outside", "around", "across", "through", "into", "inside", "via", "throughout"]
)
"""Before a name that nothing tells more about these say where something is."""
_PLACED = frozenset(["in", "near", "outside", "across", "throughout"])
_OFTEN = 3
_LONGEST_INITIALS = 7


def find_mentions(
    cast: Cast, speakers: Sequence[Speaker], quotes: Sequence[Quote], events: Sequence[EventMention]
) -> tuple[Mention, ...]:
    """The places in the body that name a person, a group, an organisation or a country.

    Args:
        cast: the figures of the article and where they are named.
        speakers: the article's speakers; where one quotes another, pronouns and descriptions mention them too.
        quotes: what they say; words inside count for who says them, of nested quotes the inner one.
        events: named events, whose names are nobody.

    Returns:
        The mentions in reading order, none of which overlap. A seat of government that acts is its country ("Moscow
        denies it" is Russia's); towns, streets and buildings that only are where something is are left out.
    """
    heard = {speaker.name for speaker in speakers if speaker.named}
    named = Counter(name.figure for name in cast.mentions)
    acting = {name.figure for name in cast.mentions if _acts(cast, name)}
    taken = [(event.start, event.end) for event in events]
    known = {figure.name for figure in named}
    places = _places(cast, named)
    found: dict[tuple[int, int], str] = {}
    nobody: set[int] = set()
    towns: set[int] = set()
    for name in cast.mentions:
        figure = name.figure
        if figure in places:
            towns.add(name.end)
            if acts(cast, name):
                found[name.start, name.end] = power_of(figure.name, known)
            else:
                nobody.add(name.end)
        elif is_facility(figure.name) and not says(cast, name):
            nobody.add(name.end)
        elif figure.name in heard or _is_somebody(cast, name, named[figure], figure in acting):
            found[name.start, name.end] = figure.name
    for span, whom in dict(_of_speakers(speakers, found)).items():
        if span[1] not in nobody:
            found[span] = power_of(whom, known) if span[1] in towns else whom
    named_there = {(name.start, name.end) for name in cast.mentions}
    spans = sorted(span for span in found if not _touches(span, taken))
    return tuple(
        Mention(start, end, found[start, end], speaker)
        for (start, end), speaker in zip(spans, whose(quotes, [start for start, _ in spans]), strict=True)
        # That "he" says something is nothing that the reporter says of him.
        if speaker != REPORTER or (start, end) in named_there
    )


def _places(cast: Cast, named: Mapping[Figure, int]) -> set[Figure]:
    """The towns, regions and seats of government among those named: so listed, or mostly placed in; no surnames."""
    placed: Counter[Figure] = Counter()
    for name in cast.mentions:
        at = bisect_right(cast.token_starts, name.start) - 2
        placed[name.figure] += at >= 0 and fold(cast.tokens[at].text) in _PLACED
    people = [fold(figure.name).split() for figure in named if fold(figure.name.split()[0]) in given_names()]
    surnames = {name for words in people if len(words) > 1 for name in (" ".join(words), words[-1])}
    return {
        figure
        for figure, times in named.items()
        if fold(figure.name) not in countries() | surnames
        and (
            figure.kind == "place"
            or (figure.kind == "maybe" and (power_of(figure.name, ()) != figure.name or 2 * placed[figure] >= times))
        )
    }


def _of_speakers(speakers: Iterable[Speaker], names: Mapping[Span, str]) -> Iterator[tuple[Span, str]]:
    """The names that mean a speaker, who may be called otherwise since a reader corrected it, and where none stands.

    A speaker's mention takes in the title before a name; so the name is the speaker's where both end together.
    """
    ends = {end: (start, end) for start, end in names}
    taken = sorted(names)
    for speaker in speakers:
        for start, end in speaker.mentions if speaker.named else ():
            before = bisect_left(taken, (end, end)) - 1
            if before < 0 or taken[before][1] <= start:
                insort(taken, (start, end))
                yield (start, end), speaker.name
            elif end in ends and (ends[end] == (start, end) or names[ends[end]] in speaker.aliases):
                yield ends[end], speaker.name


def whose(quotes: Iterable[Quote], places: Sequence[int]) -> Iterator[str]:
    """Who says the words at each of some ascending places: a speaker's name, or `REPORTER`."""
    spans = sorted((start, end, quote.speaker) for quote in quotes for start, end in quote.content)
    open_now: list[tuple[int, int, str]] = []
    following = 0
    for at in places:
        while following < len(spans) and spans[following][0] <= at:
            open_now.append(spans[following])
            following += 1
        open_now = [span for span in open_now if span[1] > at]
        yield min(open_now, key=lambda span: (span[1] - span[0], -span[0]))[2] if open_now else REPORTER


def _is_somebody(cast: Cast, name: Name, times: int, acts: bool) -> bool:
    """Whether a name that is no town's is a person's, a group's or a country's.

    A name that nothing tells more about counts as somebody's where it is one of initials that do something ("the FBI",
    not "TV"), comes often, or has several words and comes again.
    """
    figure = name.figure
    if figure.kind in ("person", "group") or fold(figure.name) in countries():
        return True
    if figure.kind == "maybe" and figure.name.isupper():
        return acts and 1 < len(figure.name) <= _LONGEST_INITIALS
    if figure.kind == "maybe" and times < (2 if " " in figure.name else _OFTEN):
        return False
    at = bisect_right(cast.token_starts, name.start) - 2
    return at < 0 or fold(cast.tokens[at].text) not in _WHERE | {","}


def _acts(cast: Cast, name: Name) -> bool:
    """Whether a name stands here as a subject, an owner, or with "the"."""
    at = bisect_right(cast.token_starts, name.start) - 2
    return name.subject or name.says or name.possessive or (at >= 0 and fold(cast.tokens[at].text) == "the")


def _touches(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)
