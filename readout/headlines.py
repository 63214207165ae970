"""What happened then: the clause that a time expression dates, in the text's own words, short as a headline.

The clause is found from the tags of its sentence: the finite verb that the time hangs on, its subject, and what
follows up to the next clause. Where the time belongs to a noun ("the 2014 agreement", "Tuesday's vote") it is that
phrase. The time itself, and who says it, are cut out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from readout.attribution.lexicon import CUE_FORMS, group
from readout.attribution.phrases import (
    Range,
    clause_subject,
    group_start,
    has_finite,
    left_phrase,
    right_phrase,
    subject_before,
)
from readout.attribution.tokens import BE, DO, HAVE, Token, tokenize
from readout.lists import words
from readout.records import Layout, Quote, Reading, Span

LONGEST = 72
"""Letters of a headline; a longer clause is cut at a word."""
_ELLIPSIS = "\u00a0…"

_FINITE = frozenset(["VBD", "VBZ", "VBP", "MD"])
_NEVER_FINITE = frozenset(["be", "been", "being", "having", "doing", "do"])
_HARD = frozenset([";", ":", "-", "(", ")", "."])
_LIGHT = frozenset(["on", "in", "at", "during"])
"""Prepositions that go with a time when it is cut out; others, such as "since", say more than when."""
_HEAVY = frozenset(
    [
        *("since", "until", "till", "by", "before", "after", "from", "to", "between", "of", "for", "through", "than"),
        *("least", "most"),
        *("around", "about", "and", "or", "following", "throughout", "within", "as", "into", "with", "over", "under"),
    ]
)
_PARTICLES = frozenset(["out", "up", "off", "down", "away", "back"])
_HOLDS = frozenset(["DT", "JJ", "CD", "PRP$", "VBG", "IN", "TO"])
"""What right before a time makes it a part of a phrase."""
_BEGINS_CLAUSE = frozenset(
    ["after", "before", "when", "while", "as", "because", "although", "though", "since", "until", "where", "whereas"]
)
_RELATIVE = frozenset(["who", "which", "whose", "whom", "where"])
_LOOSE = frozenset([",", "CC", "DT", "-", ":", "(", "PRP$"])
"""What may not stand at the end of a clause."""
_CONDITIONS = frozenset(["if", "unless", "whether"])
_AMOUNTS = frozenset(["no", "not", "any", "every", "only", "almost", "nearly", "about", "roughly", "hardly", "neither"])
"""Words before a subject without which it says something else ("no one")."""
_POINTING = frozenset(["that", "this", "these", "those", "what"])
_SUBJECT_ENDS = frozenset(["PRP", ")", ",", "CD", "WP", "WDT"])
_FURTHEST_SUBJECT = 12
_ASIDE, _FEW = 2, 5
_BEFORE_THAT = frozenset(["IN", "TO", ",", "CC", "VBD", "MD", "RB"])
_MARKS = re.compile("[\"“”„«»]|(?<!\\w)['‘’]|['’](?!\\w)")
_SEAM = re.compile(r"^[,.;:)’'%]")
_MOST_TOKENS = 160
"""A sentence is read this far around a time."""


@dataclass(frozen=True, slots=True)
class Headline:
    """The words that a time dates; `spans` are their places in the text, in order."""

    spans: tuple[Span, ...]
    report: bool = False
    """Whether the time only says when something was said."""
    cut: bool = False
    """Whether what is said, or the end of the clause, is left out."""
    quoted: bool = False
    """Whether all of it stands between quotation marks."""


class Headlines:
    """Finds the headlines of one article's times."""

    def __init__(self, clean: str, reading: Reading) -> None:
        """Take the text after `layout.plain`, and its reading."""
        self._clean = clean
        self._layout: Layout = reading.layout
        self._contents = sorted((s, e, number) for number, q in enumerate(reading.quotes) for s, e in q.content)
        self._quotes = reading.quotes
        self._tokens = lru_cache(maxsize=64)(self._tokenized)

    def of(self, span: Span) -> Headline | None:
        """The headline of the time expression at a span; None where its sentence has no words for one."""
        sentence = self._sentence(span[0])
        window, quote = self._window(span, sentence)
        tokens = self._tokens(window)
        infinitive = bool(tokens) and (tokens[0].tag in ("VB", "TO") or not any(t.tag == "TO" for t in tokens))
        if quote and quote.kind != "direct" and infinitive and not has_finite(tokens, 0, len(tokens)):
            # "He expects [to stay until May]": only with its cue is it a clause.
            quote, tokens = None, self._tokens(sentence)
        first = next((i for i, t in enumerate(tokens) if t.end > span[0]), len(tokens))
        after = next((i for i in range(first, len(tokens)) if tokens[i].start >= span[1]), len(tokens))
        if first == after:
            return None
        low, high = max(0, first - _MOST_TOKENS), min(len(tokens), after + _MOST_TOKENS)
        kept, report, cut = _Clause(tokens[low:high], first - low, after - low).read()
        if report and (told := self._told(tokens[low:high], kept, sentence)):
            return told
        quoted = not report and quote is not None and quote.kind == "direct"
        return Headline(_runs(tokens[low:high], kept), report, cut, quoted)

    def _tokenized(self, window: Span) -> list[Token]:
        return tokenize(self._clean, window, [])

    def _sentence(self, at: int) -> Span:
        number = bisect_right(self._layout.sentences, at, key=lambda sentence: sentence.start) - 1
        sentence = self._layout.sentences[max(0, number)]
        return sentence.start, sentence.end

    def _window(self, span: Span, sentence: Span) -> tuple[Span, Quote | None]:
        """The part of the sentence that the time's own voice says, and the quote that this is, if it is one."""
        inside = [c for c in self._contents if c[0] <= span[0] and span[1] <= c[1]]
        if not inside:
            return sentence, None
        start, end, number = min(inside, key=lambda c: c[1] - c[0])
        return (max(start, sentence[0]), min(end, sentence[1])), self._quotes[number]

    def _told(self, tokens: Sequence[Token], kept: Iterable[int], sentence: Span) -> Headline | None:
        """Who said something, where a quote of the sentence has its cue among these words."""
        spans = [(tokens[i].start, tokens[i].end) for i in kept]
        for quote in self._quotes:
            if not quote.source or not sentence[0] <= quote.source[0][0] < sentence[1]:
                continue
            if any(s < end and start < e for s, e in quote.cue for start, end in spans):
                return Headline((quote.source[0], quote.cue[0]), report=True, cut=True)
        return None


def words_of(clean: str, headline: Headline, longest: int = LONGEST) -> str:
    """A headline as it is shown: the text's words, cut at a word, with a capital at the start.

    Args:
        clean: the text after `layout.plain`.
        headline: its headline.
        longest: the letters that it may have.
    """
    text = ""
    for start, end in headline.spans:
        piece = " ".join(clean[start:end].split())
        text += piece if not text or _SEAM.match(piece) else f" {piece}"
    text = _balanced(text).strip(" ,;:–—-")
    text, short = shorten(text, longest)
    text = text[:1].upper() + text[1:]
    if short or headline.cut:
        text += _ELLIPSIS
    return f"“{text}”" if headline.quoted and text else text


def shorten(text: str, longest: int) -> tuple[str, bool]:
    """A text cut at a word, without the little words that then stand at its end, and whether it was cut."""
    if len(text) <= longest:
        return text, False
    kept = text[: longest + 1].rsplit(" ", 1)[0][:longest].split(" ")
    while len(kept) > 1 and kept[-1].strip(",;:").casefold() in words("function_words") | words("prepositions"):
        kept.pop()
    return " ".join(kept).rstrip(" ,;:–—-"), True


def _balanced(text: str) -> str:
    """Without quotation marks where one of them is left alone."""
    double = re.findall('["“”„«»]', text)
    if len(double) % 2 or text.count("“") != text.count("”"):
        text = re.sub('["“”„«»]', "", text)
    return " ".join(text.split())


def _runs(tokens: Sequence[Token], kept: Sequence[int]) -> tuple[Span, ...]:
    """The spans of tokens, those side by side as one."""
    runs: list[list[int]] = []
    for i in kept:
        if runs and i == runs[-1][1] + 1:
            runs[-1][1] = i
        else:
            runs.append([i, i])
    return tuple((tokens[a].start, tokens[b].end) for a, b in runs)


def _stops(tokens: Sequence[Token], i: int) -> bool:
    """Whether a token is a stop, and no point within a number nor a dash within a score or a range of days."""
    token = tokens[i]
    last = i + 1 == len(tokens)
    if token.tag == ".":
        return last or tokens[i + 1].start > token.end
    joins = (
        token.low in ("–", "-") and i > 0 and not last and tokens[i - 1].end == token.start == tokens[i + 1].start - 1
    )
    return token.tag in (";", ":", "-") and not joins


class _Clause:
    """Reads the clause around a time in a sentence's tokens."""

    def __init__(self, tokens: Sequence[Token], first: int, after: int) -> None:
        self.all = tokens
        self.first, self.after = first, after
        """The time's own tokens."""

    def read(self) -> tuple[list[int], bool, bool]:
        """The numbers of the tokens to keep, whether it is a report's, and whether what is said is cut out."""
        tokens = self.all
        phrase = self._phrase()
        cut = self._cut() if phrase is None else (self.first, self.first)
        if phrase is not None and not self._acts(phrase[1]):
            inside = range(max(self.after, phrase[0]), phrase[1])
            said = any(tokens[i].low in words("cue_nouns") | group("statements") for i in inside)
            return list(range(*phrase)), said, False
        outside = [i for i in range(len(tokens)) if not cut[0] <= i < cut[1]]
        rest = [tokens[i] for i in outside]
        begins, ends = (self.first, self.after) if cut[0] == cut[1] else (cut[0], cut[0])
        verb = self._verb(rest, begins, ends)
        if verb is None:
            return self._fragment(), False, False
        kept, broken = self._clause(rest, verb, ends, phrase)
        said = any(t.low in group("statements") for t in self._heads(rest, kept, verb))
        cue = self._cue(rest, verb)
        if cue is not None:
            kept = [i for i in kept if i <= cue]
        report = said or cue is not None
        return [outside[i] for i in kept], report, report or broken

    def _acts(self, at: int) -> bool:
        """Whether a verb comes next that tells of more than words."""
        at = next((i for i in range(at, len(self.all)) if self.all[i].tag != "RB"), len(self.all))
        return at < len(self.all) and self._finite(self.all, at) and self._cue(self.all, at) is None

    def _heads(self, tokens: Sequence[Token], kept: Sequence[int], verb: int) -> list[Token]:
        """The last word before the verb group that is a noun: what the verb is said of."""
        nouns = [tokens[i] for i in kept if i < verb and tokens[i].noun]
        return nouns[-1:]

    def _fragment(self) -> list[int]:
        """Without a verb: the words around the time up to the next stop."""
        tokens = self.all
        begin, end = self.first, self.after
        while begin and not _stops(tokens, begin - 1):
            begin -= 1
        while end < len(tokens) and not _stops(tokens, end):
            end += 1
        return list(range(begin, end))

    def _phrase(self) -> Range | None:
        """The noun phrase that the time is a part of ("Tuesday's vote", "the 2014 agreement", "the crisis of 2008")."""
        tokens, first, after = self.all, self.first, self.after
        before = tokens[first - 1] if first else None
        following = tokens[after] if after < len(tokens) else None
        if following is not None and (following.tag == "POS" or following.low in ("'s", "’s", "'", "’")):
            right: Range | None = right_phrase(tokens, after + 1) or (after + 1, min(after + 2, len(tokens)))
            start = first
        elif before is not None and following is not None and self._attributive(before, following):
            right = right_phrase(tokens, after)
            start = first - 1
        elif before is not None and before.low == "of" and first > 1:
            left = left_phrase(tokens, first - 2)
            if left is None or not tokens[first - 2].noun:
                return None
            return left[0], after
        else:
            return None
        if right is None:
            return None
        while start and tokens[start - 1].tag in ("DT", "PRP$", "JJ", "POS") and start > first - 3:
            start -= 1
        if start and tokens[start].tag == "POS":
            owner = left_phrase(tokens, start - 1)
            start = owner[0] if owner else start - 1
        end = right[1]
        while end < len(tokens) and tokens[end].low in group("links") | {"over"} and end - start < 9:
            more = right_phrase(tokens, end + 1)
            if more is None:
                break
            end = more[1]
        return start, end

    def _attributive(self, before: Token, following: Token) -> bool:
        opens = self.all[self.first].low
        determined = before.tag in ("DT", "PRP$", "POS") and before.low not in ("that", "this", "all")
        year = self.all[self.first].tag == "CD" and self.after == self.first + 1
        determined = determined or (year and (before.noun or before.tag in ("JJ", "VBN")))
        own = opens in ("the", "this", "last", "next", "that", "earlier", "later", "every")
        return determined and not own and (following.noun or following.tag in ("JJ", "VBG"))

    def _cut(self) -> Range:
        """The tokens to cut out: the time with its preposition and its commas, or none where it must stay."""
        tokens, first, after = self.all, self.first, self.after
        before = tokens[first - 1].low if first else ""
        stays = self.first, self.first
        if before in _LIGHT:
            first -= 1
        elif self._holds():
            return stays
        if first and tokens[first - 1].low in ("just", "only", "back", "early", "late", "sometime", "earlier", "later"):
            first -= 1
        opened = first == 0 or tokens[first - 1].tag in (",", "(", "CC", ";", ":", "-", "WP", "WDT")
        if after < len(tokens) and opened and tokens[after].tag == ",":
            after += 1
            if first and tokens[first - 1].tag == ",":
                first -= 1
        elif after < len(tokens) and first and (tokens[first - 1].tag, tokens[after].tag) in (("(", ")"), ("-", "-")):
            first, after = first - 1, after + 1
        return first, after

    def _holds(self) -> bool:
        """Whether the words before the time make it more than a day ("since 2014", "is Tuesday", "mark 2014")."""
        before = self.all[self.first - 1] if self.first else None
        if before is not None and before.low not in _PARTICLES:
            return before.low in _HEAVY | BE or before.tag in _HOLDS or self._number(before)
        return self._number(before)

    def _number(self, before: Token | None) -> bool:
        """Whether the time is a bare number, which is a day only after a preposition or as an aside."""
        return self.all[self.first].tag == "CD" and (before is None or before.tag not in ("(", ","))

    def _finite(self, tokens: Sequence[Token], i: int) -> bool:
        token = tokens[i]
        helper = (token.low in BE or token.low in HAVE or token.low in DO) and token.low not in _NEVER_FINITE
        return token.tag in _FINITE or (helper and token.tag != "POS")

    def _cue(self, tokens: Sequence[Token], verb: int) -> int | None:
        """The cue of a verb group that only says that something is said."""
        passive = False
        for i in range(verb, min(len(tokens), verb + 4)):
            cue = CUE_FORMS.get(tokens[i].low)
            if cue is not None and tokens[i].tag.startswith("VB"):
                told = cue.verb in group("plain speech") and not (passive and tokens[i].tag in ("VBN", "VBD"))
                return i if told else None
            passive = tokens[i].low in BE
            if not (passive or tokens[i].tag in ("RB", "MD") or tokens[i].low in HAVE):
                return None
        return None

    def _verb(self, tokens: Sequence[Token], begins: int, after: int) -> int | None:
        """The finite verb that the time stands with; the time is at `begins`..`after`, the same where it is cut out."""
        following = after
        while following < len(tokens) and tokens[following].tag == "RB":
            following += 1
        finite = following < len(tokens) and self._finite(tokens, following)
        subject = begins > 0 and (tokens[begins - 1].noun or tokens[begins - 1].tag in _SUBJECT_ENDS)
        if finite and (subject or begins < after):
            return following
        left = self._last_before(tokens, begins)
        before = tokens[begins - 1] if begins else None
        fronted = (
            before is None or before.tag in (",", "CC", ";", ":", "-", "(") or before.low in _BEGINS_CLAUSE | {"that"}
        )
        if fronted or left is None:
            right = self._next_after(tokens, after)
            if right is not None and not any(t.low == "according" for t in tokens[after:right]):
                return right
        return left

    def _last_before(self, tokens: Sequence[Token], at: int) -> int | None:
        for i in range(at - 1, -1, -1):
            if _stops(tokens, i):
                return None
            if self._finite(tokens, i):
                while i and self._finite(tokens, i - 1):
                    i -= 1
                return i
        return None

    def _next_after(self, tokens: Sequence[Token], at: int) -> int | None:
        for i in range(at, len(tokens)):
            if _stops(tokens, i) or (tokens[i].low in _BEGINS_CLAUSE and i > at):
                return None
            if self._finite(tokens, i):
                subject = subject_before(tokens, group_start(tokens, i, at), 0)
                if subject is not None and subject[0] >= at:
                    return i
                if subject is not None:
                    return None
        return None

    def _clause(self, tokens: Sequence[Token], verb: int, reach: int, subject: Range | None) -> tuple[list[int], bool]:
        """The tokens of the verb's clause, its subject first, at least up to `reach`; and whether it breaks off."""
        start = group_start(tokens, verb)
        subject = subject or self._subject(tokens, start)
        end = self._end(tokens, verb, reach)
        kept = [*range(*subject), *range(max(start, subject[1]), end)]
        broken = end < len(tokens) and tokens[end].tag not in (".", ",")
        loose = _LOOSE | {"IN", "TO"} if broken else _LOOSE
        while kept[-1] > max(verb, reach - 1) and (tokens[kept[-1]].tag in loose or tokens[kept[-1]].low == "that"):
            kept.pop()
        # "showed that the suit, with number 3, was filed": of what it showed only the subject would be left.
        that = next((i for i in reversed(kept) if tokens[i].low == "that" and i > verb), None)
        if that is not None and that >= reach and not any(self._finite(tokens, i) for i in kept if i > that):
            return [i for i in kept if i < that], True
        return kept, broken and tokens[kept[-1]].tag.startswith("VB") and tokens[end].tag in ("-", "(", ":")

    def _subject(self, tokens: Sequence[Token], start: int) -> Range:
        """The subject of the verb group that begins at `start`, with what hangs on it and an "if" before it."""
        last = start - 1
        while last > 0 and tokens[last].tag in ("RB", "EX") and tokens[last - 1].noun:
            last -= 1
        if last >= 0 and tokens[last].low in _POINTING and not (last and tokens[last - 1].noun):
            found: Range | None = (last, last + 1)
        else:
            found = subject_before(tokens, last + 1) if last >= 0 else None
        if found is None and last >= 0 and tokens[last].tag in ("CC", ","):
            return clause_subject(tokens, start) or (start, start)
        if found is None:
            begin = start
            while begin and tokens[begin - 1].tag not in (*_HARD, ",", "CC") and start - begin < _FURTHEST_SUBJECT:
                begin -= 1
            return begin, start
        begin, end = found
        if tokens[begin].low == "that" and end == begin + 1 and begin and tokens[begin - 1].tag not in _BEFORE_THAT:
            # "cost and schedule issues that have pushed it back", whatever the tagger takes the noun for.
            while begin and tokens[begin - 1].tag not in (*_HARD, *_BEFORE_THAT) and end - begin < _FEW:
                begin -= 1
        named = next((i for i in range(end - 1, begin, -1) if tokens[i].tag != "NNP"), begin)
        if named + 1 < end and tokens[named].tag in ("NN", "NNS") and tokens[begin].tag in ("DT", "JJ", "NNP"):
            begin = self._contact(tokens, begin, named) or begin
        if end <= last:
            return begin, end
        while begin > 1 and end - begin < _FURTHEST_SUBJECT:
            before, beyond = tokens[begin - 1], tokens[begin - 2]
            if before.tag in ("VBG", "VB", "VBP") and beyond.tag in ("DT", "PRP$"):
                return begin - 2, end
            if before.tag in ("VBG", "VB", "VBP") and beyond.tag == "POS":
                at = begin - 2
            elif before.low in ("that", "which", "whom") and (beyond.noun or (beyond.tag == "," and begin > _ASIDE)):
                # "the keyboard that Apple released": the verb's object stands before it.
                at = begin - 2 - (beyond.tag == ",")
                if not tokens[at].noun or (before.low == "that" and tokens[at].low in words("cue_nouns")):
                    break
                more = left_phrase(tokens, at)
                return (more[0], end) if more else (begin, end)
            elif before.tag == "VBG" and beyond.tag == "IN" and begin > _ASIDE:
                at = begin - 3
            elif before.tag in ("IN", "TO") and before.low not in _BEGINS_CLAUSE | {"that", "if"}:
                at = begin - 2
                while at and tokens[at].tag in ("VBN", "VBD", "VBG", "RB", "JJ"):
                    at -= 1
            else:
                break
            more = left_phrase(tokens, at)
            if more is None or not (tokens[at].noun or tokens[at].tag in ("POS", "CD")):
                break
            begin = more[0]
        while begin and tokens[begin - 1].low in _AMOUNTS:
            begin -= 1
        if begin and tokens[begin - 1].low in _CONDITIONS:
            begin -= 1
        return begin, end

    def _contact(self, tokens: Sequence[Token], begin: int, noun: int) -> int | None:
        """Where a name begins that opens a clause of its own ("in a state Trump won")."""
        determined = any(t.tag == "DT" for t in tokens[begin : noun + 1])
        return noun + 1 if determined else None

    def _end(self, tokens: Sequence[Token], verb: int, reach: int) -> int:
        for i in range(verb + 1, len(tokens)):
            token = tokens[i]
            if (_stops(tokens, i) and (token.tag != "-" or i >= reach)) or token.tag == "(":
                return i
            if i < reach:
                continue
            if token.tag == "," and not self._listed(tokens, i):
                return i
            if token.low in _RELATIVE:
                return i
            if (token.low in _BEGINS_CLAUSE or token.tag == "CC") and self._clause_follows(
                tokens, i + 1, verb=token.tag == "CC"
            ):
                return i
        return len(tokens)

    def _listed(self, tokens: Sequence[Token], comma: int) -> bool:
        """Whether a comma stands between the parts of a list or of a place's name."""
        after = comma + 1
        if after < len(tokens) and tokens[comma - 1].tag == tokens[after].tag in ("JJ", "RB"):
            return True
        if after >= len(tokens) or not (tokens[after].noun or tokens[after].tag in ("JJ", "CD")):
            return False
        for i in range(after, min(after + 5, len(tokens))):
            if tokens[i].tag == "CC":
                return not self._clause_follows(tokens, i + 1, verb=True)
            if self._finite(tokens, i) or tokens[i].tag in ("IN", "WDT", "WP"):
                return False
        return False

    def _clause_follows(self, tokens: Sequence[Token], at: int, *, verb: bool) -> bool:
        for i in range(at, min(at + 14, len(tokens))):
            if tokens[i].tag in (",", ";", ":", ".", "-", "CC"):
                return False
            if self._finite(tokens, i) or (verb and i == at and tokens[i].tag == "VBN"):
                return True
        return False
