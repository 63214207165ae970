"""Whom an article names, and where: one figure through full name, last name, title and initials.

Rules over capitalised runs, one pass over the body and a few over the runs found; every lookup is in a table, so the
time is linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise

from readout.attribution.tokens import usual_tag
from readout.cast.figures import Figure, Figures, add_role, gender_of
from readout.cast.runs import Run, Token, find_runs, tokenize
from readout.cast.vocabulary import (
    ARTICLES,
    POSSESSIVE,
    RELATIVES,
    fold,
    given_names,
    role_head,
    roles,
    saying,
    words_of,
)
from readout.records import Layout

_PARTY = re.compile(r"\(\w")
_PRONOUN_GENDER = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
_BREAKS = frozenset(',.;:()[]!?—–"“”')
_OWNERS = frozenset({"his", "her", "their", "its"})
_BEFORE_A_ROLE = ARTICLES | {"now", "then", "and", "also", "both", "once"}
_INVERTED = frozenset(["said", "says", "added", "adds", "wrote", "writes", "continued", "replied", "explained"])
_SUBORDINATE = frozenset({"that", "whether", "if", "because"})
_OPENING = frozenset({"He", "She", "They", "It", "I", "We"})
_NEAR = 2
_AGAIN = 3
_LONGEST_APPOSITION = 20


@dataclass(slots=True, eq=False)
class Mention:
    """A place where a figure is named."""

    start: int
    end: int
    outer: int
    """Where the title or role before the name starts."""
    figure: Figure
    sentence: int
    possessive: bool = False
    subject: bool = False
    full: bool = False
    aside: bool = False
    """Whether it only tells more about something else ("Clinton's", "the Clinton campaign")."""
    says: bool = False
    """Whether it stands by a verb of saying as its subject ("Clinton said", "said Clinton")."""
    debut: bool = False
    """Whether it is the first time, in full, and with a role."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The figures of an article, its name mentions in order, and its tokens."""

    figures: tuple[Figure, ...]
    mentions: tuple[Mention, ...]
    tokens: tuple[Token, ...]
    starts: tuple[int, ...]
    """Where each mention starts."""
    token_starts: tuple[int, ...]

    def between(self, start: int, end: int) -> tuple[Mention, ...]:
        """The mentions that start in a span."""
        return self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def words(self, start: int, end: int) -> tuple[Token, ...]:
        """The tokens that start in a span."""
        return self.tokens[bisect_left(self.token_starts, start) : bisect_left(self.token_starts, end)]


def find_names(clean: str, layout: Layout) -> Cast:
    """The figures that the body names, and where.

    Args:
        clean: the text as `layout.plain` gives it.
        layout: its layout.
    """
    tokens = tuple(tokenize(clean, layout))
    runs = list(find_runs(clean, tokens))
    figures = Figures()
    elsewhere = {fold(run.words[-1]) for run in runs if run.kind != "known"}
    for run in runs:
        if run.kind == "known" and run.full and fold(run.words[-1]) in elsewhere:
            run.kind = "person"
    full = [figures.named(run) if run.full else None for run in runs]
    figures.settle()
    _formal(tokens, [(run, figures.whole(figure)) for run, figure in zip(runs, full, strict=True)])
    inside = {run.words[0] for run in runs if not tokens[run.first].opens}
    found = []
    for run, figure in zip(runs, full, strict=True):
        sure = bool(run.role) or run.words[0] in inside
        if figure is None and not sure and _modifies(tokens, run):
            run.kind = "known"
        who = figures.whole(figure) if figure else figures.short(run, certain=sure)
        if who is not None:
            found.append((run, who))
    mentions = _mentions(found, tokens)
    _appositions(clean, tokens, mentions)
    _genders(tokens, mentions)
    _debuts(mentions)
    return Cast(
        tuple(figures.all), tuple(mentions), tokens, tuple(m.start for m in mentions), tuple(t.start for t in tokens)
    )


def _modifies(tokens: tuple[Token, ...], run: Run) -> bool:
    """Whether a lone word that opens a sentence only modifies the noun after it ("Phone video shows a woman")."""
    if run.full or not tokens[run.first].opens or run.last + 1 >= len(tokens):
        return False
    word, after = fold(tokens[run.last].text), tokens[run.last + 1]
    if word in given_names() or POSSESSIVE.search(tokens[run.last].text) or not after.text[0].islower():
        return False
    return usual_tag(word) in ("NN", "NNS", "JJ") and usual_tag(after.text) in ("NN", "NNS")


def _mentions(found: list[tuple[Run, Figure]], tokens: tuple[Token, ...]) -> list[Mention]:
    mentions: list[Mention] = []
    recent: dict[str, Mention] = {}
    subject_of = -1
    by_pronoun = {b.sentence for a, b in pairwise(tokens) if a.sentence != b.sentence and b.text in _OPENING}
    for run, who in found:
        before = fold(tokens[run.first - 1].text) if run.first else ""
        particle = before in words_of("name_particles") and f"{before} {fold(run.words[0])}" in who.name.casefold()
        first, last = tokens[run.first - particle], tokens[run.last]
        if mentions and first.start < mentions[-1].end:
            continue
        following = tokens[run.last + 1].text if run.last + 1 < len(tokens) else ""
        owner = POSSESSIVE.search(last.text)
        figure = _namesake(run, who, recent, last.sentence)
        mention = Mention(
            start=first.start,
            end=last.end - (len(owner[0]) if owner else 0),
            outer=run.outer if run.role else first.start,
            figure=figure,
            sentence=last.sentence,
            possessive=bool(owner) or (following in ("'", "’") and last.text.endswith("s")),
            full=run.full,
        )
        mention.aside = mention.possessive or (figure.kind == "person" and before in ARTICLES)
        if figure.kind == "maybe" and not run.full and before in ("in", "at", "near") and not mention.possessive:
            figure.kind = "place"
        if figure.kind == "maybe" and run.full and before in ARTICLES:
            figure.kind = "group"
        hangs = mention.aside or figure.kind == "place" or before in _SUBORDINATE or before in words_of("prepositions")
        if not hangs and last.sentence not in by_pronoun and subject_of != last.sentence:
            mention.subject = True
            subject_of = last.sentence
            if run.full and figure.kind == "person" and not figure.formal:
                recent[figure.last] = mention
        mention.says = not mention.aside and figure.kind in ("person", "maybe") and _says(tokens, run)
        mentions.append(mention)
    return mentions


def _formal(tokens: tuple[Token, ...], named: list[tuple[Run, Figure | None]]) -> None:
    """Mark whoever speaks by the full name again and again: the last name alone is then somebody else's."""
    full: Counter[Figure] = Counter()
    bare: Counter[str] = Counter()
    for run, figure in named:
        if run.kind != "known" and _says(tokens, run):
            full.update([figure] if figure else [])
            bare.update([] if figure or run.role else [fold(run.words[-1])])
    for figure, count in full.items():
        figure.formal = count >= _AGAIN and count > bare[figure.last]


def _says(tokens: tuple[Token, ...], run: Run) -> bool:
    """Whether a verb of saying stands right after a name, or one that takes no hearer right before it."""
    after = run.last + 1
    if after < len(tokens) and _PARTY.match(tokens[after].text):
        after += 1
    if after < len(tokens) and fold(tokens[after].text) in saying() and tokens[after].text[0].islower():
        return True
    first = run.first
    while first and tokens[first - 1].start >= run.outer:
        first -= 1
    ends = after >= len(tokens) or tokens[after].sentence != tokens[run.last].sentence
    ends = ends or tokens[after].text in _BREAKS or fold(tokens[after].text) in words_of("prepositions")
    return ends and bool(first) and tokens[first - 1].text in _INVERTED


def _namesake(run: Run, who: Figure, recent: dict[str, Mention], sentence: int) -> Figure:
    """A bare last name is whoever of that name was the subject, in full, a sentence or two before, if anybody was."""
    last = recent.get(fold(run.words[-1]))
    near = last is not None and not run.full and not run.role and sentence - last.sentence <= _NEAR
    return last.figure if near and last is not None else who


def _appositions(clean: str, tokens: tuple[Token, ...], mentions: list[Mention]) -> None:
    """Roles after a comma: "X, the Italian foreign minister," and "The foreign minister, X,"."""
    ends = [t.end for t in tokens]
    for mention in mentions:
        if mention.possessive or mention.figure.kind not in ("person", "maybe"):
            continue
        at = bisect_right(ends, mention.end)
        if at < len(tokens) and _PARTY.match(tokens[at].text):
            at += 1
        elif at < len(tokens) and tokens[at].text == "(":
            close = next((k for k in range(at, min(at + 8, len(tokens))) if tokens[k].text == ")"), at)
            at = close + 1
        if at + 1 < len(tokens) and tokens[at].text == "," and tokens[at].sentence == mention.sentence:
            _after(clean, tokens, at + 1, mention.figure)
        _before(clean, tokens, mention, bisect_left(ends, mention.outer + 1))


def _debuts(mentions: list[Mention]) -> None:
    """Mark where people with a role are first named: whoever is presented to the reader is about to speak."""
    seen: set[Figure] = set()
    for mention in mentions:
        mention.debut = mention.full and not mention.aside and mention.figure not in seen and bool(mention.figure.roles)
        seen.add(mention.figure)


def _after(clean: str, tokens: tuple[Token, ...], at: int, figure: Figure) -> None:
    """Take the noun phrase from `at` as a role, if it turns on a role word and no verb follows that word."""
    first = at + (tokens[at].text in _BEFORE_A_ROLE)
    head = last = -1
    continues: object = None
    for k in range(first, min(first + _LONGEST_APPOSITION, len(tokens))):
        token = tokens[k]
        word = fold(token.text)
        if head == k - 1 >= first and token.text == "." and _same_sentence_name(tokens, k + 1, token.sentence):
            return
        if token.sentence != tokens[at].sentence or token.text in _BREAKS or word in RELATIVES:
            break
        linking = word in words_of("prepositions")
        if word in roles() and head in (-1, k - 1):
            head = k
            continues = POSSESSIVE.search(token.text)
        elif head < 0:
            if linking or word in words_of("not_names"):
                return
        elif head == k - 1 and not (linking or continues or word in ("and", "or")):
            return
        last = k
    if head >= 0:
        figure.kind = "person"
        role, told = (clean[tokens[first].start : tokens[k].end] for k in (last, head))
        add_role(figure, role, told)


def _same_sentence_name(tokens: tuple[Token, ...], at: int, sentence: int) -> bool:
    """Whether a name goes on here, so that the word before it was its title ("said Sen. X")."""
    return at < len(tokens) and tokens[at].capital and tokens[at].sentence == sentence


def _before(clean: str, tokens: tuple[Token, ...], mention: Mention, first: int) -> None:
    """Take a role that ends in a comma right before a name: "The Italian foreign minister, Ada Lovelace,"."""
    if first < 2 or tokens[first - 1].text != "," or tokens[first - 1].sentence != mention.sentence:
        return
    for k in range(first - 2, max(first - 2 - _LONGEST_APPOSITION, -1), -1):
        word = fold(tokens[k].text)
        if tokens[k].sentence != mention.sentence or not tokens[k].text[0].isalpha():
            return
        if (word in ARTICLES | _OWNERS or POSSESSIVE.search(tokens[k].text)) and k + 1 <= first - 2:
            if _is_noun_phrase([t.text for t in tokens[k + 1 : first - 1]]):
                mention.figure.kind = "person"
                add_role(mention.figure, clean[tokens[k + 1].start : tokens[first - 2].end])
            return
        if word in words_of("not_names") - words_of("prepositions"):
            return


def _is_noun_phrase(words: list[str]) -> bool:
    """Whether words turn on a role word that nothing but a preposition follows."""
    head = role_head(words)
    at = next((k for k, word in enumerate(words) if fold(word) == head), len(words))
    return bool(head) and (at == len(words) - 1 or fold(words[at + 1]) in words_of("prepositions") | {"and"})


def _genders(tokens: tuple[Token, ...], mentions: list[Mention]) -> None:
    """Gender by the pronouns that follow a lone person, where title and given name do not tell."""
    pronouns: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for token in tokens:
        gender = _PRONOUN_GENDER.get(token.text.casefold())
        if gender:
            pronouns[token.sentence].append((token.start, gender))
    alone: dict[int, Mention | None] = {}
    for mention in mentions:
        if mention.figure.kind in ("person", "maybe"):
            known = alone.get(mention.sentence, mention)
            alone[mention.sentence] = known if known is not None and known.figure is mention.figure else None
    votes: defaultdict[Figure, Counter[str]] = defaultdict(Counter)
    for sentence, lone in alone.items():
        if lone is not None:
            after = [gender for at, gender in pronouns[sentence] if at > lone.end]
            if lone.subject and sentence + 1 not in alone:
                after += [gender for _, gender in pronouns[sentence + 1]]
            votes[lone.figure].update(after)
    for figure in dict.fromkeys(m.figure for m in mentions):
        told = gender_of(figure)
        count = votes[figure]
        voted = "m" if count["m"] > 2 * count["f"] else "f" if count["f"] > 2 * count["m"] else ""
        figure.gender = (told or voted) if " " in figure.name else (voted or told)
