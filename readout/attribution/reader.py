"""Attributions paragraph by paragraph.

Marks decide what is quoted, the sentence's cues who says it. Quoted words that no cue claims go on from what
was said just before; where nothing says from whom, cue and source are left empty.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from readout.attribution.complements import complement
from readout.attribution.draft import Draft
from readout.attribution.lexicon import CUE_FORMS
from readout.attribution.phrases import Range, clause_subject, group_start, left_phrase, right_phrase, subject_before
from readout.attribution.sentence import SentenceReader
from readout.attribution.tokens import QUOTE, Token, tokenize
from readout.records import Attribution, Kind, Layout, Paragraph, QuotedSpan, Sentence, Span

_FEWEST_STANDING_WORDS = 4
"""Words that stand for themselves in quotation marks, without a cue or a mark at their end."""
_FEWEST_LOOSE_WORDS = 5
_NEAR = 24
"""Characters round a quotation in which a cue makes it one."""
_FURTHEST_VERB = 25
_TURN = re.compile(r"[\"“](?P<name>[A-Z][A-Z.'’-]+(?:\s[A-Z][A-Z.'’-]+){0,3})(?P<cue>:)\s+")
"""Whose turn it is in a transcript that stands in quotation marks: "PENCE: Well, look, ..."."""
TURN = "a name and a colon at the head of a paragraph in quotation marks"
_FEWEST_SIGNING = 2
_SIGNED = "quotation marks, with a dash and a name on the line below them"
_LONGEST_SENTENCE = 300
"""Tokens that are read as one sentence; text without full stops is cut, so that time stays linear."""


def attribute(clean: str, layout: Layout, marks: tuple[QuotedSpan, ...]) -> tuple[Attribution, ...]:
    """Every attribution of the body, in reading order.

    Args:
        clean: the text after `layout.plain`.
        layout: its layout.
        marks: its quotations, as `marks.quotations` gives them.

    Returns:
        The attributions. Quoted words that go on without a cue have neither cue nor source.
    """
    reader = _Reader(clean)
    sentences: dict[int, list[Sentence]] = {}
    for sentence in layout.sentences:
        sentences.setdefault(sentence.paragraph, []).append(sentence)
    number = 0
    for paragraph in layout.paragraphs:
        own: list[tuple[int, QuotedSpan]] = []
        while number < len(marks) and marks[number].start < paragraph.end:
            own.append((number, marks[number]))
            number += 1
        reader.read(paragraph, sentences.get(paragraph.index, []), own)
    return tuple(sorted(reader.found, key=lambda a: (a.content[0], a.content[-1])))


class _Reader:
    """Reads paragraph by paragraph, and keeps who was announced to speak in the next one."""

    def __init__(self, clean: str) -> None:
        self.clean = clean
        self.found: list[Attribution] = []
        self.announced: Draft | None = None

    def read(self, paragraph: Paragraph, sentences: Sequence[Sentence], own: Sequence[tuple[int, QuotedSpan]]) -> None:
        """Read one paragraph."""
        drafts: list[Draft] = []
        for tokens in self._sentences(sentences, own):
            if not drafts and self._signed(tokens):
                continue
            if _wholly_quoted(tokens):
                self._carry_on(tokens, drafts)
            else:
                self._read_sentence(tokens, drafts)
        marks = [mark for _, mark in own]
        for draft in drafts:
            content = merged(self.clean, draft.content)
            kind = kind_of(self.clean, content, marks, woven=draft.woven)
            cue, source = tuple(sorted(set(draft.cue))), tuple(sorted(set(draft.source)))
            self.found.append(Attribution(content, cue, source, kind, paragraph.index, draft.rule, draft.via))

    def _sentences(self, sentences: Sequence[Sentence], own: Sequence[tuple[int, QuotedSpan]]) -> Iterator[list[Token]]:
        """The words of each sentence, and those of "..." Lovelace asked. as one."""
        standing = [(number, mark) for number, mark in own if self._stands(mark)]
        last: list[Token] = []
        first = 0
        for span in _across_quotations(sentences, [mark for _, mark in own]):
            after = first
            while after < len(standing) and standing[after][1].start < span[1]:
                after += 1
            tokens = tokenize(self.clean, span, standing[first:after])
            first = after
            if last and last[-1].tag == QUOTE and len(last) < _LONGEST_SENTENCE and _is_tail(tokens):
                last += tokens
                continue
            yield from _cut(last)
            last = tokens
        yield from _cut(last)

    def _stands(self, mark: QuotedSpan) -> bool:
        """Whether quoted words stand for themselves, rather than being a title, a nickname or a scare quote."""
        inner = self.clean[mark.words[0] : mark.words[1]].rstrip()
        if not mark.closed or inner.endswith((".", ",", "!", "?", "…", "—", "-")):
            return True
        before = self.clean[max(0, mark.start - _NEAR) : mark.start].rstrip(" ,:").rsplit(None, 1)
        after = self.clean[mark.end : mark.end + _NEAR].split(None, 1)
        said = (before and before[-1].lower() in CUE_FORMS) or (after and after[0].lower() in CUE_FORMS)
        return bool(said) or len(inner.split()) >= _FEWEST_STANDING_WORDS

    def _read_sentence(self, tokens: list[Token], drafts: list[Draft]) -> None:
        made = SentenceReader(self.clean, tokens).read()
        claimed = {number for draft in made for number in draft.quotes}
        drafts += made
        for place, token in enumerate(tokens):
            if token.tag == QUOTE and token.quoted not in claimed:
                drafts += self._loose(tokens, place)
        if tokens:
            self.announced = _announced(tokens) if tokens[-1].tag == ":" else None

    def _signed(self, tokens: list[Token]) -> bool:
        """Read a line that gives the name of whoever said the words above it ("— Nora Jennings, travel writer")."""
        last = self.found[-1] if self.found else None
        if (
            last is None
            or last.source
            or last.kind != "direct"
            or len(tokens) < _FEWEST_SIGNING
            or tokens[0].tag != "-"
        ):
            return False
        name = right_phrase(tokens[:_LONGEST_SENTENCE], 1)
        above = self.clean[last.content[-1][1] : tokens[0].start]
        if name is None or above.strip() or tokens[name[0]].tag != "NNP":
            return False
        if any(t.tag in ("VBD", "VBZ", "MD", QUOTE) for t in tokens):
            return False
        source = ((tokens[name[0]].start, tokens[name[1] - 1].end),)
        self.found[-1] = replace(last, cue=((tokens[0].start, tokens[0].end),), source=source, evidence=_SIGNED)
        return True

    def _carry_on(self, tokens: list[Token], drafts: list[Draft]) -> None:
        """Words that are quoted from end to end: they go on from what was said before them."""
        quotes = [token for token in tokens if token.tag == QUOTE]
        turn = _TURN.match(self.clean, quotes[0].start, quotes[0].end)
        if turn:
            cue, source, start = turn.span("cue"), turn.span("name"), turn.end()
            spans = [(start, quotes[0].end), *((token.start, token.end) for token in quotes[1:])]
            drafts.append(Draft(spans, [cue], [source], TURN, quotes={token.quoted for token in quotes}))
            return
        speaking = next((draft for draft in drafts[:-4:-1] if draft.quotes), None)
        if speaking is None:
            speaking = self.announced or Draft([], [], [], "quotation marks, without a cue: it goes on from before")
            self.announced = None
            drafts.append(speaking)
        speaking.content += [(token.start, token.end) for token in quotes]
        speaking.quotes |= {token.quoted for token in quotes}

    def _loose(self, tokens: list[Token], place: int) -> list[Draft]:
        """Quoted words in a sentence whose cues have not claimed them."""
        token = tokens[place]
        draft = Draft([(token.start, token.end)], [], [], "quotation marks, without a cue", quotes={token.quoted})
        after = _verb_after(self.clean, tokens, place)
        if after is not None:
            _say(draft, tokens, after[1], after[0], "quotation marks, with a subject and its verb after them")
            return [draft]
        if not _reads_as_speech(self.clean[token.start : token.end]):
            return []
        before = _cue_before(tokens, place)
        if before is not None:
            word = self.clean[tokens[before[1][1] - 1].start : tokens[before[1][1] - 1].end]
            _say(draft, tokens, before[1], before[0], f"the cue '{word}' earlier in the sentence")
        elif place > 1 and tokens[place - 1].tag in (":", "-"):
            source = clause_subject(tokens, place - 1) or left_phrase(tokens, place - 2)
            if source is not None:
                sign = self.clean[tokens[place - 1].start]
                _say(draft, tokens, (place - 1, place), source, f"'{sign}' before quotation marks")
        return [draft]


def _reads_as_speech(quoted: str) -> bool:
    """Whether quoted words without a cue are enough to be somebody's, and no title in capitals."""
    pieces = [word for word in quoted.split() if len(word.strip("\"'“”‘’«».,!?")) > 3]
    title = all(word.lstrip("\"'“‘«(")[:1].isupper() for word in pieces)
    return len(quoted.split()) >= _FEWEST_LOOSE_WORDS and not title


def _say(draft: Draft, tokens: Sequence[Token], cue: Range, source: Range, rule: str) -> None:
    draft.cue = [(tokens[cue[0]].start, tokens[cue[1] - 1].end)]
    draft.source = [(tokens[source[0]].start, tokens[source[1] - 1].end)]
    draft.rule = rule


def _across_quotations(sentences: Sequence[Sentence], own: Sequence[QuotedSpan]) -> list[Span]:
    """Sentences, with those in one that a quotation runs across."""
    units: list[Span] = []
    mark = 0
    for sentence in sentences:
        while mark < len(own) and own[mark].end <= sentence.start:
            mark += 1
        if units and mark < len(own) and own[mark].start < sentence.start:
            units[-1] = (units[-1][0], sentence.end)
        else:
            units.append((sentence.start, sentence.end))
    return units


def _cut(tokens: list[Token]) -> Iterator[list[Token]]:
    for start in range(0, len(tokens), _LONGEST_SENTENCE):
        yield tokens[start : start + _LONGEST_SENTENCE]


def _is_tail(tokens: Sequence[Token]) -> bool:
    """Whether a sentence only says whose words stood before it."""
    if len(tokens) > 1 and tokens[0].tag == "-":
        name = right_phrase(tokens, 1)
        return name is not None and name[1] >= len(tokens) - 1
    phrase = right_phrase(tokens, 0)
    if phrase is None or phrase[1] >= len(tokens) or any(t.tag in (QUOTE, ":") for t in tokens[:_LONGEST_SENTENCE]):
        return False
    verb = tokens[phrase[1]]
    cue = CUE_FORMS.get(verb.low)
    if cue is None or verb.tag not in ("VBD", "VBZ") or "quote" not in cue.takes:
        return False
    return complement(tokens[:_LONGEST_SENTENCE], phrase[1], cue) is None


def _wholly_quoted(tokens: Sequence[Token]) -> bool:
    return any(t.tag == QUOTE for t in tokens) and not any(t.low and t.low[0].isalnum() for t in tokens)


def _verb_after(clean: str, tokens: Sequence[Token], place: int) -> tuple[Range, Range] | None:
    """Subject and verb in "...," Lovelace shot back, whatever the verb; or the name in "..." - Ada Lovelace."""
    at = place + 1
    if at >= len(tokens):
        return None
    if tokens[at].tag == "-":
        phrase = right_phrase(tokens, at + 1)
        named = phrase is not None and tokens[phrase[0]].tag == "NNP" and phrase[1] >= len(tokens) - 1
        return (phrase, (at, at + 1)) if phrase is not None and named else None
    ends = clean[tokens[place].start : tokens[place].end].rstrip("\"'”’» ")[-1:]
    if ends not in (",", "?", "!") and tokens[at].tag != ",":
        return None
    at += tokens[at].tag == ","
    for verb in range(at + 1, min(len(tokens), at + _FURTHEST_VERB)):
        if tokens[verb].tag in (QUOTE, ".", ":"):
            return None
        if tokens[verb].tag in ("VBD", "VBZ"):
            subject = subject_before(tokens, group_start(tokens, verb, at), at)
            if subject is not None and subject[0] == at:
                return subject, (verb, verb + 1)
    return None


def _cue_before(tokens: Sequence[Token], place: int) -> tuple[Range, Range] | None:
    """Subject and verb group of the last cue before a place."""
    for at in range(place - 1, -1, -1):
        if tokens[at].low in CUE_FORMS and tokens[at].tag.startswith("VB"):
            start = group_start(tokens, at)
            subject = subject_before(tokens, start) or clause_subject(tokens, start) or right_phrase(tokens, at + 1)
            return (subject, (start, at + 1)) if subject is not None else None
    return None


def _announced(tokens: Sequence[Token]) -> Draft | None:
    """Who a sentence that ends in a colon lets speak next."""
    found = _cue_before(tokens, len(tokens))
    if found is None:
        subject = clause_subject(tokens, len(tokens))
        found = (subject, (len(tokens) - 1, len(tokens))) if subject is not None else None
    if found is None:
        return None
    draft = Draft([], [], [], "")
    _say(draft, tokens, found[1], found[0], "quotation marks after a colon")
    return draft


def merged(clean: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order; those with nothing but space between them are one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and (start <= merged[-1][1] or not clean[merged[-1][1] : start].strip()):
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def kind_of(clean: str, content: Sequence[Span], marks: Sequence[QuotedSpan], *, woven: bool = False) -> Kind:
    """Direct where every letter stands within marks, mixed where some do, else indirect.

    Args:
        clean: the text after `layout.plain`.
        content: the spans of what is said.
        marks: quotations in order, at least those that the content may touch.
        woven: whether the reporter's own clause goes on into the quoted words, which makes them mixed.

    Returns:
        The kind.
    """
    letters = inside = 0
    for start, end in content:
        letters += sum(c.isalnum() for c in clean[start:end])
        first = bisect_right(marks, start, key=lambda mark: mark.start)
        last = bisect_right(marks, end, key=lambda mark: mark.start)
        for mark in marks[max(0, first - 1) : last]:
            a, b = max(start, mark.words[0]), min(end, mark.words[1])
            inside += sum(c.isalnum() for c in clean[a:b])
    if not inside:
        return "indirect"
    return "mixed" if woven or inside < letters else "direct"
