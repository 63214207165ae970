"""Who it is: one speaker through full name, last name, role and pronoun.

Each attribution is taken in reading order. Its source is a name, a role, a pronoun, a description, or nothing; each
has a rule of its own below, and each rule says in words why it chose as it did. A rule looks back over a bounded
number of mentions, so the time is linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from readout.cast.descriptions import (
    GENERIC,
    NAMELESS,
    best_role,
    core,
    embedded,
    fitness,
    head_noun,
    is_noun,
    rivals,
    role_with,
)
from readout.cast.figures import Figure
from readout.cast.names import Cast, Mention, find_names
from readout.cast.runs import Token
from readout.cast.vocabulary import (
    ARTICLES,
    OFFICES,
    RELATIVES,
    adjectives,
    fold,
    group_types,
    role_head,
    roles,
    singular,
    words_of,
)
from readout.records import Attribution, Layout, Quote, Span, Speaker

UNKNOWN = "an unnamed source"
"""The speaker of words that somebody says and that the text gives to nobody."""

_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
_IT = frozenset({"it", "its", "itself"})
_FIRST = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours"})
_PRONOUNS = _HE | _SHE | _THEY | _IT | _FIRST | RELATIVES
_DEFINITE = frozenset({"the", "this", "that"})
_OWNERS = frozenset({"his", "her", "their", "its"})
_LEADS = frozenset({"according", "from", "by", "to", "both", "as"})
_LONGEST_SOURCE = 80
_SENTENCES_BACK = 12
_MENTIONS_BACK = 40
_ROLES_BACK = 150
_ROLES_AHEAD = 40


@dataclass(slots=True, eq=False)
class _Voice:
    """Whoever speaks: a figure, several together, or a description."""

    name: str
    figures: tuple[Figure, ...] = ()
    named: bool = True
    plural: bool = False
    head: str = ""
    """The word a description turns on."""
    mentions: list[Span] = field(default_factory=list)
    forms: list[tuple[int, str]] = field(default_factory=list)
    words: int = 0


@dataclass(frozen=True, slots=True)
class _Turn:
    """An attribution that has its voice."""

    attribution: Attribution
    voice: _Voice
    sentence: int


def resolve(
    clean: str, layout: Layout, attributions: tuple[Attribution, ...]
) -> tuple[tuple[Quote, ...], tuple[Speaker, ...]]:
    """Say who each source is.

    Args:
        clean: the text as `layout.plain` gives it.
        layout: its layout.
        attributions: what is said, in reading order.

    Returns:
        The attributions as quotes with their speakers, in the order given, and the speakers by the number of words
        quoted, most first. Whoever is named and never speaks is no speaker.
    """
    if not attributions:
        return (), ()
    resolver = _Resolver(clean, layout, attributions)
    order = sorted(range(len(attributions)), key=lambda i: _first(attributions[i]))
    found: dict[int, tuple[_Voice, str]] = {}
    for place, i in enumerate(order):
        following = attributions[order[place + 1]] if place + 1 < len(order) else None
        found[i] = resolver.turn(attributions[i], following)
    quotes = tuple(
        Quote(a.content, a.cue, a.source, a.kind, voice.name, a.paragraph, a.evidence, voice.named, reason, a.via)
        for a, (voice, reason) in ((a, found[i]) for i, a in enumerate(attributions))
    )
    return quotes, resolver.speakers()


def _first(attribution: Attribution) -> int:
    return min(start for start, _ in attribution.content + attribution.cue + attribution.source)


class _Resolver:
    """What has been read so far, and who has spoken."""

    def __init__(self, clean: str, layout: Layout, attributions: tuple[Attribution, ...]) -> None:
        self.clean = clean
        self.cast: Cast = find_names(clean, layout)
        self._sentence_starts = [s.start for s in layout.sentences]
        direct = [(a.content[0][0], a.content[-1][1]) for a in attributions if a.kind == "direct" and a.content]
        self._quoted = _merged(direct)
        self._quoted_starts = [start for start, _ in self._quoted]
        self._voices: dict[str, _Voice] = {}
        self._by_name: dict[str, _Voice] = {}
        self._by_figures: dict[tuple[Figure, ...], _Voice] = {}
        self._turns: list[_Turn] = []
        self._spoke: set[Figure] = set()
        self._own: dict[Figure, list[Span]] = {}
        for mention in self.cast.mentions:
            self._own.setdefault(mention.figure, []).append((mention.outer, mention.end))

    def turn(self, attribution: Attribution, following: Attribution | None) -> tuple[_Voice, str]:
        """The voice of one attribution and the reason; it is kept for those that come after."""
        span = self._source_span(attribution)
        voice, reason = self._sourced(attribution, *span) if span else self._unsourced(attribution, following)
        voice.words += sum(len(self.clean[start:end].split()) for start, end in attribution.content)
        if span:
            self._keep(voice, span)
        self._spoke.update(voice.figures)
        at = span[0] if span else _first(attribution)
        self._turns.append(_Turn(attribution, voice, self._sentence(at)))
        return voice, reason

    def _keep(self, voice: _Voice, span: Span) -> None:
        """Keep a source as a mention of its voice, where it is no name that is one already."""
        if any(m.figure in voice.figures for m in self.cast.between(*span)):
            return
        kept = core(list(self.cast.words(*span)))
        start, end = (kept[0].start, kept[-1].end) if kept else span
        voice.mentions.append((start, end))
        form = self._form(start, end)
        if fold(form) not in _PRONOUNS:
            voice.forms.append((start, form))

    def _form(self, start: int, end: int) -> str:
        return " ".join(self.clean[start:end].split())

    def speakers(self) -> tuple[Speaker, ...]:
        """All voices that spoke, by words quoted."""
        voices = {id(turn.voice): turn.voice for turn in self._turns}.values()
        return tuple(self._speaker(v) for v in sorted(voices, key=lambda v: -v.words))

    def _speaker(self, voice: _Voice) -> Speaker:
        own = self._own.get(voice.figures[0], []) if len(voice.figures) == 1 else []
        mentions = _apart(own + voice.mentions)
        forms = sorted([(start, self._form(start, end)) for start, end in own] + voice.forms)
        aliases = tuple(dict.fromkeys(form for _, form in forms))
        role = best_role(voice.figures[0]) if len(voice.figures) == 1 else ""
        return Speaker(voice.name, role, aliases, mentions, voice.named)

    def _sentence(self, at: int) -> int:
        return max(0, bisect_right(self._sentence_starts, at) - 1)

    def _inside_quote(self, at: int) -> bool:
        k = bisect_right(self._quoted_starts, at) - 1
        return k >= 0 and at < self._quoted[k][1]

    def _source_span(self, attribution: Attribution) -> Span | None:
        """The source without quotation marks, prepositions and brackets at its head and clutter at its end."""
        if not attribution.source:
            return None
        start, end = max(attribution.source, key=lambda span: span[1] - span[0])
        words = self.cast.words(start, end)[:_LONGEST_SOURCE]
        first, last = 0, len(words) - 1
        while first < last and (not words[first].text[0].isalnum() or fold(words[first].text) in _LEADS):
            first += 1
        while last > first and not words[last].text[-1].isalnum() and words[last].text[-1] not in ".)":
            last -= 1
        if words:
            return words[first].start, words[last].end
        return (start, end) if self.clean[start:end].strip() else None

    # A source in words.

    def _sourced(self, attribution: Attribution, start: int, end: int) -> tuple[_Voice, str]:
        words = [fold(t.text) for t in self.cast.words(start, end)]
        if not words:
            return self._described(start, end)
        if len(words) == 1 and words[0] in _PRONOUNS:
            return self._pronoun(words[0], attribution, start)
        heads = self._heads(start, end)
        if len(heads) > 1:
            return self._joint(heads), "named here together"
        if heads:
            return self._named(heads[0])
        if words[0] in _FIRST:
            return self._described(start, end)
        role = self._role(attribution, start, end)
        return role or self._body(start, end) or self._described(start, end)

    def _named(self, mention: Mention) -> tuple[_Voice, str]:
        voice = self._voice(mention.figure)
        form = self.clean[mention.start : mention.end]
        reason = "named in full here" if fold(form) == fold(voice.name) else f"'{form}' is {voice.name}"
        return voice, reason

    def _heads(self, start: int, end: int) -> list[Mention]:
        """The mentions that the source is about, not those inside it ("Clinton" in "a Clinton aide")."""
        words = self.cast.words(start, end)
        found: list[Mention] = []
        linked = False
        for mention in self.cast.between(start, end):
            after = next((t for t in words if t.start >= mention.end and t.text not in "'’"), None)
            if found:
                gap = [t for t in words if found[-1].end <= t.start and t.end <= mention.outer]
                if not gap or any(t.text not in (",", "and", "&") and t.text[0] != "(" for t in gap):
                    break
                linked = linked or any(t.text in ("and", "&") for t in gap)
            elif embedded([t for t in words if t.end <= mention.outer]) or (mention.possessive and after):
                continue
            if after and is_noun(after):
                if found:
                    break
                continue
            found.append(mention)
        return found if linked else found[:1]

    def _joint(self, mentions: list[Mention]) -> _Voice:
        figures = tuple(dict.fromkeys(m.figure for m in mentions))
        if len(figures) == 1:
            return self._voice(figures[0])
        if figures not in self._by_figures:
            *names, last = (f.name for f in figures)
            self._by_figures[figures] = self._new(_Voice(f"{', '.join(names)} and {last}", figures, plural=True))
        return self._by_figures[figures]

    def _voice(self, figure: Figure) -> _Voice:
        key = (figure,)
        if key not in self._by_figures:
            self._by_figures[key] = self._new(_Voice(figure.name, (figure,), plural=figure.kind == "group"))
        return self._by_figures[key]

    def _new(self, voice: _Voice) -> _Voice:
        """A voice, or the one that has its name already: a name is one speaker."""
        return self._by_name.setdefault(voice.name, voice)

    # A description.

    def _described(self, start: int, end: int) -> tuple[_Voice, str]:
        words = list(self.cast.words(start, end))
        kept = core(words)
        text = self._form(kept[0].start, kept[-1].end) if kept else self.clean[start:end].strip()
        if kept and (fold(kept[0].text) in words_of("not_names") or kept[0].opens) and not self._proper(kept[0]):
            text = text[0].lower() + text[1:]
        key = re.sub(r"^(?:the|an?) ", "", text.casefold())
        if key not in self._voices:
            head = head_noun(kept)
            self._voices[key] = self._new(_Voice(text, named=False, plural=head.endswith("s"), head=head))
        return self._voices[key], f"never named: the text says '{text}'"

    def _proper(self, token: Token) -> bool:
        word = fold(token.text)
        return (
            bool(self.cast.between(token.start, token.end))
            or not adjectives().isdisjoint({word, singular(word)})
            or (token.text.isupper() and len(token.text) > 1)
        )

    def _role(self, attribution: Attribution, start: int, end: int) -> tuple[_Voice, str] | None:
        """Whom a definite description takes up: "the minister", "the French leader", "her lawyer"."""
        words = core(list(self.cast.words(start, end)))
        texts = [t.text for t in words]
        head = role_head(texts)
        if not head or fold(texts[0]) in ("a", "an"):
            return None
        inside = self.cast.between(start, end)
        owned = any(m.possessive for m in inside) or fold(texts[0]) in _OWNERS
        definite = owned or fold(texts[0]) in _DEFINITE
        if not definite and not words[0].capital:
            return None
        form = self._form(words[0].start, words[-1].end)
        owners = {m.figure for m in inside}
        last = (
            self._last_person(attribution, start, head, texts, owners) if definite and not _complement(texts) else None
        )
        taken = (self._voice(last), f"'{form}': taken as {last.name}, who was spoken of last") if last else None
        if taken and head in GENERIC:
            return taken
        earlier = next((t.voice for t in reversed(self._turns[-12:]) if t.voice.head == head and not owned), None)
        figure = None if earlier and head in NAMELESS else self._by_role(start, head, texts, owners)
        if figure:
            return self._voice(figure), f"'{form}': {figure.name} is {role_with(figure, head)}"
        if earlier:
            return earlier, f"'{form}': carried on from '{earlier.name}'"
        told = last is not None and bool(last.roles) if owned else any(m.figure.kind != "place" for m in inside)
        return None if told or head in NAMELESS else taken

    def _by_role(self, at: int, head: str, texts: list[str], owners: set[Figure]) -> Figure | None:
        """The figure that a description fits best, the nearer the better."""
        best, chosen = 0.0, None
        for rank, mention in enumerate(self._around(at)):
            figure = mention.figure
            if figure.kind in ("person", "maybe") and figure not in owners:
                fit = fitness(figure, head, texts)
                if fit and (chosen is None or fit - rank / 20 > best):
                    best, chosen = fit - rank / 20, figure
        return chosen

    def _around(self, at: int) -> Iterable[Mention]:
        """The mentions before a place, nearest first, then those after it."""
        k = bisect_right(self.cast.starts, at)
        yield from reversed(self.cast.mentions[max(0, k - _ROLES_BACK) : k])
        yield from self.cast.mentions[k : k + _ROLES_AHEAD]

    def _last_person(
        self, attribution: Attribution, at: int, head: str, texts: list[str], owners: set[Figure]
    ) -> Figure | None:
        """The person spoken of last, if it was just now and nothing in a description speaks against it."""
        words = [fold(t) for t in texts]
        gender = roles()[head][0]

        def fits(figure: Figure) -> bool:
            told = figure.kind == "person" and figure not in owners and not rivals(figure, words)
            return told and (not gender or figure.gender in ("", gender))

        return self._last(attribution, at, fits, back=3)

    def _body(self, start: int, end: int) -> tuple[_Voice, str] | None:
        """Which group a definite description takes up: "the newspaper", "the committee"."""
        words = core(list(self.cast.words(start, end)))
        texts = [fold(t.text) for t in words]
        if len(texts) < 2 or texts[0] not in _DEFINITE or any(t in words_of("prepositions") for t in texts):
            return None
        kind = texts[-1]
        names = group_types().get(kind)
        if names is None or self.cast.between(start, end):
            return None
        k = bisect_right(self.cast.starts, start)
        for mention in reversed(self.cast.mentions[max(0, k - _MENTIONS_BACK) : k]):
            if mention.figure.kind not in ("person", "place") and names & set(fold(mention.figure.name).split()):
                form = self._form(words[0].start, words[-1].end)
                return self._voice(mention.figure), f"'{form}': {mention.figure.name}, named before it"
        return None

    # A pronoun.

    def _pronoun(self, word: str, attribution: Attribution, at: int) -> tuple[_Voice, str]:
        if word in _FIRST:
            return self._first_person(word, at)
        if word in RELATIVES:
            return self._relative(word, at)
        if word in _HE | _SHE:
            gender = "m" if word in _HE else "f"
            figure = self._last(attribution, at, lambda f: self._may_be_person(f) and f.gender in ("", gender))
            figure = figure or self._last(attribution, at, lambda f: " " in f.name and f.gender in ("", gender))
            if figure:
                kind = "man" if gender == "m" else "woman"
                return self._voice(figure), f"'{word}': the last {kind} spoken of before it, {figure.name}"
            voice = self._last_voice(at, lambda v: not v.named and not v.plural)
        elif word in _THEY:
            voice = self._last_voice(at, lambda v: v.plural)
            figure = None if voice else self._last(attribution, at, lambda f: f.kind == "group")
            if figure:
                return self._voice(figure), f"'{word}': the last group spoken of before it, {figure.name}"
            voice = voice or self._last_voice(at, lambda v: v.named)
        else:
            voice = self._last_voice(at, lambda v: (bool(v.figures) and v.figures[0].kind != "person") or not v.named)
            figure = None if voice else self._last(attribution, at, lambda f: f.kind in ("group", "place", "maybe"))
            if figure:
                return self._voice(figure), f"'{word}': the last body spoken of before it, {figure.name}"
        if voice:
            return voice, f"'{word}': whoever spoke last before it, {voice.name}"
        return self._unknown(f"'{word}': nobody it could mean is named before it")

    def _may_be_person(self, figure: Figure) -> bool:
        return figure.kind == "person" or (figure.kind == "maybe" and (figure.weight > 1 or figure in self._spoke))

    def _first_person(self, word: str, at: int) -> tuple[_Voice, str]:
        for turn in reversed(self._turns[-4:]):
            content = turn.attribution.content
            if content and content[0][0] <= at < content[-1][1]:
                return turn.voice, f"'{word}', in the words of {turn.voice.name}"
        if "author" not in self._voices:
            self._voices["author"] = self._new(_Voice("the author", named=False, head="author"))
        return self._voices["author"], f"'{word}': whoever wrote the article"

    def _relative(self, word: str, at: int) -> tuple[_Voice, str]:
        """The name or the noun right before "who"."""
        sentence = self._sentence_starts[self._sentence(at)] if self._sentence_starts else 0
        before = [t for t in self.cast.words(max(sentence, at - 300), at) if t.end <= at]
        while before and before[-1].text in ",—–-":
            before.pop()
        near = [m for m in self.cast.between(max(sentence, at - 300), at) if not m.possessive]
        if near and before:
            gap = [t for t in before if t.start >= near[-1].end]
            enclosed = gap and gap[0].text in ",(" and not any(fold(t.text) in ("and", "said") for t in gap)
            person = near[-1].figure.kind in ("person", "maybe") or word != "who"
            if person and (not gap or enclosed):
                figure = near[-1].figure
                return self._voice(figure), f"'{word}': {figure.name}, named right before it"
        noun: list[Token] = []
        for token in reversed(before):
            if not token.text[0].isalnum() or (fold(token.text) in words_of("prepositions") and noun):
                break
            noun.append(token)
            if fold(token.text) in ARTICLES or len(noun) == 4:
                break
            if fold(token.text) in words_of("not_names"):
                noun.pop()
                break
        if noun:
            return self._described(noun[-1].start, noun[0].end)
        return self._unknown(f"'{word}': nobody it could mean is named before it")

    def _last(
        self, attribution: Attribution, at: int, fits: Callable[[Figure], bool], back: int = _SENTENCES_BACK
    ) -> Figure | None:
        """The likeliest figure before a place: near, the subject of its sentence, or the last to speak."""
        here = self._sentence(at)
        scores: dict[Figure, float] = {}

        def add(figure: Figure, score: float) -> None:
            scores[figure] = max(scores.get(figure, score), score)

        own = [attribution.content[0][0], attribution.content[-1][1]] if attribution.content else [0, 0]
        k = bisect_right(self.cast.starts, at)
        for mention in reversed(self.cast.mentions[max(0, k - _MENTIONS_BACK) : k]):
            if here - mention.sentence > back or mention.start >= at:
                continue
            if not fits(mention.figure):
                continue
            score = -1.0 * (here - mention.sentence)
            score += 1.5 * mention.subject - 1.5 * mention.aside - 1.5 * (mention.figure.kind == "maybe")
            score += 0.5 * bool(mention.figure.gender)
            score -= 2.5 * self._inside_quote(mention.start)
            if attribution.kind == "direct" and own[0] <= mention.start < own[1]:
                score -= 2.0
            add(mention.figure, score)
        for turns, turn in enumerate(reversed(self._turns[-3:])):
            for figure in turn.voice.figures[:1] if len(turn.voice.figures) == 1 else ():
                if fits(figure) and here - turn.sentence <= back + 3:
                    add(figure, 2.0 - turns - 0.8 * (here - turn.sentence))
        return max(scores, key=lambda f: scores[f], default=None)

    def _last_voice(self, at: int, fits: Callable[[_Voice], bool]) -> _Voice | None:
        here = self._sentence(at)
        for turn in reversed(self._turns[-4:]):
            near = here - turn.sentence <= _SENTENCES_BACK and turn.voice.name != UNKNOWN
            if near and fits(turn.voice):
                return turn.voice
        return None

    # No source at all.

    def _unsourced(self, attribution: Attribution, following: Attribution | None) -> tuple[_Voice, str]:
        at = attribution.cue[0][0] if attribution.cue else attribution.content[0][0]
        last = self._turns[-1] if self._turns else None
        apart = attribution.paragraph - last.attribution.paragraph if last else 99
        if last and attribution.cue and self._sentence(at) == last.sentence:
            return last.voice, "the same one as before in this sentence"
        lead = self._lead(attribution, at)
        if lead and not attribution.cue and last and self._sentence(at) != last.sentence:
            return self._voice(lead), f"no source here: {lead.name} is who the sentence is about"
        if not attribution.cue and last and apart <= 1:
            other = self._answering(last)
            if other:
                return other, f"an answer: {other.name} and {last.voice.name} speak in turn"
            if apart == 0 or not _goes_on(attribution, following):
                return last.voice, "carried on from the quote before"
        if following and not attribution.cue and _goes_on(attribution, following):
            span = self._source_span(following)
            if span:
                voice, _ = self._sourced(following, *span)
                return voice, "carried on in the quote after it"
        if lead:
            return self._voice(lead), f"no source here: {lead.name} is who the sentence is about"
        if last and apart <= 1:
            return last.voice, "carried on from the quote before"
        return self._unknown("the text gives no source")

    def _lead(self, attribution: Attribution, at: int) -> Figure | None:
        """The subject of the sentence, where it stands before the words."""
        here = self._sentence(at)
        start = self._sentence_starts[here] if self._sentence_starts else 0
        for mention in self.cast.between(start, at):
            if mention.subject and mention.figure.kind == "person" and not self._inside_quote(mention.start):
                return mention.figure
        return None

    def _answering(self, last: _Turn) -> _Voice | None:
        """In an interview, whoever is not asking: two voices in turn, and a question just before."""
        content = last.attribution.content
        if not content or not self.clean[content[-1][0] : content[-1][1]].rstrip("\"'”’ ").endswith("?"):
            return None
        voices = [turn.voice for turn in self._turns[-4:]]
        in_turn = len(voices) == 4 and all(a is not b for a, b in pairwise(voices))
        return voices[-2] if in_turn and len({id(v) for v in voices}) == 2 else None

    def _unknown(self, reason: str) -> tuple[_Voice, str]:
        if "" not in self._voices:
            self._voices[""] = self._new(_Voice(UNKNOWN, named=False))
        return self._voices[""], reason


def _goes_on(attribution: Attribution, following: Attribution | None) -> bool:
    """Whether the words after these, in the same paragraph and with a source, are direct speech as well."""
    return (
        following is not None
        and bool(following.source)
        and following.kind == "direct"
        and following.paragraph == attribution.paragraph
    )


def _complement(words: list[str]) -> bool:
    """Whether a description says of what somebody is the head, an office apart ("secretary of state")."""
    link = next((k for k, word in enumerate(words) if fold(word) in words_of("prepositions")), len(words))
    return bool({fold(word) for word in words[link + 1 :]} - ARTICLES - OFFICES)


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _apart(spans: list[Span]) -> tuple[Span, ...]:
    """The spans in order, the longer one where two overlap."""
    kept: list[Span] = []
    for start, end in sorted(set(spans)):
        if kept and start < kept[-1][1]:
            if end - start > kept[-1][1] - kept[-1][0]:
                kept[-1] = (start, end)
        else:
            kept.append((start, end))
    return tuple(kept)
