"""The attributions of one sentence, read from left to right.

Each cue verb that has a subject takes the words after it, if they are what such a verb takes, or else the
words before it that no other cue has taken.
"""

from __future__ import annotations

from collections.abc import Sequence

from readout.attribution.complements import Complement, complement, content_end, past_recipient_and_day
from readout.attribution.draft import Draft
from readout.attribution.lexicon import CUE_FORMS, Cue, group
from readout.attribution.phrases import (
    Range,
    clause_subject,
    group_start,
    has_finite,
    left_phrase,
    right_phrase,
    subject_before,
)
from readout.attribution.tokens import BE, QUOTE, TIME, Token
from readout.lists import words
from readout.records import Span

_FURTHEST_COLON = 8
_FEWEST_WORDS_BEFORE = 2


class SentenceReader:
    """Reads one sentence, with the quotations in it."""

    def __init__(self, clean: str, tokens: Sequence[Token]) -> None:
        """Take the text after `layout.plain` and the sentence's tokens."""
        self.clean = clean
        self.tokens = tokens
        self.free = 0
        """The first token that no cue has taken."""
        self.drafts: list[Draft] = []
        self.speaking: Range | None = None
        """The source of the last attribution."""

    def read(self) -> list[Draft]:
        """The attributions of the sentence, in order."""
        self._named_colon()
        for at, token in enumerate(self.tokens):
            if at < self.free:
                continue
            if token.low == "according" and at + 2 < len(self.tokens) and self.tokens[at + 1].low == "to":
                self._according(at)
            elif token.low in CUE_FORMS and token.tag.startswith("VB"):
                self._verb(at, CUE_FORMS[token.low])
            elif token.noun and token.low in words("cue_nouns"):
                self._noun(at)
        return self.drafts

    def _named_colon(self) -> None:
        """Read "Lovelace: We will see"."""
        tokens = self.tokens
        at = next((i for i, t in enumerate(tokens[:_FURTHEST_COLON]) if t.tag == ":"), 0)
        if at == 0 or at + 1 >= len(tokens):
            return
        phrase = left_phrase(tokens, at - 1)
        if phrase != (0, at) or not any(t.tag == "NNP" for t in tokens[:at]):
            return
        if tokens[at + 1].tag == QUOTE or has_finite(tokens, at + 1, len(tokens)):
            end = content_end(tokens, at + 1)
            self._add(at + 1, end, (at, at + 1), phrase, "a name and a colon before the words")

    def _according(self, at: int) -> None:
        """Read "according to", before or after what it is about."""
        tokens = self.tokens
        phrase = right_phrase(tokens, at + 2)
        if phrase is None:
            return
        cue = (at, at + 2)
        if all(t.tag in (",", "CC", "-", "RB") for t in tokens[self.free : at]):
            comma = next((i for i in range(phrase[1], len(tokens)) if tokens[i].tag == ","), len(tokens))
            if comma + 1 < len(tokens):
                self._add(comma + 1, content_end(tokens, comma + 1), cue, phrase, "'according to' before the words")
            elif self.drafts:
                self._pass_on(phrase)
            return
        last = at - (tokens[at - 1].tag == ",")
        first = next(i for i in range(self.free, at) if tokens[i].tag not in (",", "CC", "-", "RB"))
        self._add(first, max(last, first + 1), cue, phrase, "'according to' after the words")
        self.free = phrase[1]

    def _noun(self, at: int) -> None:
        """Read "her claim that", where whose claim it is stands before the noun."""
        tokens = self.tokens
        that = at + 1
        while that < len(tokens) and tokens[that].tag in (TIME, "RB"):
            that += 1
        if that + 1 >= len(tokens) or tokens[that].low != "that":
            return
        owner = at - 1
        while owner > self.free and (tokens[owner].tag.startswith(("JJ", "NN")) or tokens[owner].tag == "RB"):
            owner -= 1
        if owner < self.free:
            return
        if tokens[owner].tag == "PRP$":
            source: Range | None = (owner, owner + 1)
        else:
            source = left_phrase(tokens, owner - 1, self.free) if tokens[owner].tag == "POS" and owner else None
        if source is not None:
            word = self._text((at, at + 1))
            draft = self._add(
                that + 1, content_end(tokens, that + 1), (at, at + 1), source, f"the cue '{word}' before the words"
            )
            draft.woven = True

    def _verb(self, at: int, cue: Cue) -> None:
        tokens = self.tokens
        start = group_start(tokens, at, self.free)
        helped = any(t.low in BE for t in tokens[start:at])
        if helped and tokens[at].tag in ("VBN", "VBD"):
            return
        inverted = self._inverted(at)
        if inverted is not None:
            self._after((start, at + 1), inverted, start)
            return
        participle = tokens[at].tag == "VBG" and not helped
        subject = self._subject(start, participle)
        if subject is None:
            return
        takes = complement(tokens, at, cue)
        finite = not participle
        if finite and self._quoted_before(subject[0]) and (takes is None or takes.kind in ("quote", "thing", "clause")):
            self._after((start, at + 1), subject, subject[0])
        elif takes is not None:
            self._before(start, takes, subject)
        elif finite and self.drafts and subject[0] == self.free:
            self._pass_on(subject)
        elif finite and subject[0] - 1 > self.free and tokens[subject[0] - 1].tag == "," and "that" in cue.takes:
            self._after((start, at + 1), subject, subject[0], past_recipient_and_day(tokens, at, cue) or 0)

    def _subject(self, start: int, participle: bool) -> Range | None:
        """Whose verb it is that begins at `start`."""
        tokens = self.tokens
        before = tokens[start - 1] if start else None
        shared = before is None or before.tag in (",", "-", "CC") or before.low in group("before participle")
        if participle:
            if shared:
                return self.speaking or clause_subject(tokens, start) or self._later_subject(start)
            return left_phrase(tokens, start - 1) if before is not None and before.noun else None
        subject = subject_before(tokens, start, self.free)
        if subject is None and start > self.free and before is not None and before.tag in ("CC", ","):
            return self.speaking or clause_subject(tokens, start)
        return subject

    def _later_subject(self, start: int) -> Range | None:
        """The subject of the main clause after "Noting that ..., "."""
        if start > 1:
            return None
        comma = next((i for i, t in enumerate(self.tokens) if t.tag == "," and i > start), None)
        return right_phrase(self.tokens, comma + 1) if comma is not None else None

    def _quoted_before(self, place: int) -> bool:
        tokens = self.tokens
        before = place - 1
        if before < self.free:
            return False
        return tokens[before].tag == QUOTE or (
            before > self.free and tokens[before].tag in (",", "-") and tokens[before - 1].tag == QUOTE
        )

    def _inverted(self, at: int) -> Range | None:
        """The subject after the verb, in "...," said X."""
        tokens = self.tokens
        if at <= self.free or tokens[at].tag not in ("VBD", "VBZ", "VBP"):
            return None
        quoted = self._quoted_before(at)
        if not quoted and tokens[at - 1].tag != ",":
            return None
        found = right_phrase(tokens, at + 1)
        if quoted or found is None:
            return found
        closed = found[1] >= len(tokens) or tokens[found[1]].tag in (".", ",", ";", TIME, "IN", "-")
        named = tokens[found[0]].tag != "PRP" and "quote" in CUE_FORMS[tokens[at].low].takes
        clause = has_finite(tokens, self.free, at - 1) and subject_before(tokens, at, self.free) is None
        return found if closed and named and clause else None

    def _after(self, cue: Range, subject: Range, stop: int, rest: int = 0) -> None:
        """A cue after the words, which end before `stop`; what it takes beside them ends before `rest`."""
        tokens = self.tokens
        end = stop
        while end > self.free and tokens[end - 1].tag in (",", "-", "."):
            end -= 1
        start, rest = self.free, max(cue[1], subject[1], rest)
        while start < end and tokens[start].tag in (",", "-", ")", ";"):
            start += 1
        marked = end > start and tokens[end - 1].tag == QUOTE
        if not marked and end - start < _FEWEST_WORDS_BEFORE:
            if start == end:
                self._pass_on(subject)
            return
        word = self._text((cue[1] - 1, cue[1]))
        if marked:
            draft = self._add(start, end, cue, subject, f"quotation marks, with the cue '{word}' after them")
            self.free = rest
            self._further(draft)
            return
        goes_on = rest + 3 < len(tokens) and tokens[rest].tag == "," and tokens[rest + 1].tag != "VBG"
        adjunct = tokens[start].tag in ("IN", "WRB", "RB")
        broken = not has_finite(tokens, start, end) or (adjunct and goes_on)
        if (broken and not goes_on) or (adjunct and rest < len(tokens) and tokens[rest].tag == "TO"):
            return
        draft = self._add(start, end, cue, subject, f"the cue '{word}' after the words")
        self.free = rest
        if broken:
            self._take(draft, rest + 1, content_end(tokens, rest + 1))

    def _further(self, draft: Draft) -> None:
        """The rest of a quotation that its cue has cut in two."""
        tokens = self.tokens
        for at in range(self.free, len(tokens)):
            token = tokens[at]
            if token.low in CUE_FORMS and token.tag in ("VBD", "VBZ", "VBP", "VBG") and at > self.free:
                return
            if token.tag == QUOTE:
                self._take(draft, at, at + 1)
                return

    def _before(self, start: int, takes: Complement, subject: Range) -> None:
        """A cue before the words."""
        word = self._text((takes.cue_end - 1, takes.cue_end))
        cue = (start, takes.cue_end)
        if self.tokens[start].low == "adding" and self.drafts and self._span(subject) in self.drafts[-1].source:
            self.drafts[-1].cue.append(self._span(cue))
            self._take(self.drafts[-1], takes.start, takes.end)
            return
        end = self._relative_end(start, takes)
        marked = self.tokens[takes.start].tag == QUOTE
        rule = f"the cue '{word}' before quotation marks" if marked else f"the cue '{word}' before the words"
        draft = self._add(takes.start, end, cue, subject, rule)
        draft.woven = takes.kind == "that"
        if takes.kind == "quote":
            self._further(draft)

    def _relative_end(self, start: int, takes: Complement) -> int:
        """Where the words end in "Lovelace, who denied that it rains, left" or "When she denies it, we laugh"."""
        tokens = self.tokens
        fronted = tokens[0].low in group("subordinators") or (start <= 1 and tokens[takes.cue_end - 1].tag == "VBG")
        if fronted and not self.drafts:
            for at in range(takes.start + 1, takes.end - 2):
                main = right_phrase(tokens, at + 1) if tokens[at].tag == "," else None
                if main is not None and main[1] < takes.end and has_finite(tokens, main[1], main[1] + 2):
                    return at
        if start and tokens[start - 1].low == "who":
            for at in range(takes.start + 1, takes.end - 1):
                if tokens[at].tag == "," and tokens[at + 1].tag in ("VBD", "VBZ", "VBP", "MD"):
                    return at
        return takes.end

    def _pass_on(self, subject: Range) -> None:
        """Read a second source for the same words ("..., he said, the agency reported")."""
        if self.drafts and not self.drafts[-1].via:
            self.drafts[-1].via = self._text(subject)

    def _add(self, start: int, end: int, cue: Range, source: Range, rule: str) -> Draft:
        draft = Draft([], [self._span(cue)], [self._span(source)], rule)
        self.drafts.append(draft)
        self.speaking = source
        self._take(draft, start, end)
        return draft

    def _take(self, draft: Draft, start: int, end: int) -> None:
        draft.content.append(self._span((start, end)))
        draft.quotes |= {t.quoted for t in self.tokens[start:end] if t.tag == QUOTE}
        self.free = end

    def _span(self, tokens: Range) -> Span:
        return (self.tokens[tokens[0]].start, self.tokens[tokens[1] - 1].end)

    def _text(self, tokens: Range) -> str:
        start, end = self._span(tokens)
        return self.clean[start:end]
