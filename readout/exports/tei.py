"""An article with its reading as TEI P5 XML: who says what (`said`), about when (`date`), on the text itself.

XML is a tree and the findings of a reading may overlap. One that crosses another is cut there, and its parts are
chained by `next` and `prev`, as the Guidelines advise (section 21.3). `resp` says whether the engine or a reader found
it, `cert` how sure that is: low marks a paraphrase too doubtful to be shown unasked. Inline markup of the article is
blanked, as everywhere in Readout, and what XML can't hold is U+FFFD.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from xml.sax.saxutils import escape, quoteattr

from readout.citations import web_address
from readout.layout import plain
from readout.quoted import doubtful
from readout.records import Article, Event, Layout, Quote, Reading, Span, Timex
from readout.version import provenance

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_WIKIDATA = "http://www.wikidata.org/entity/"
_KINDS = {
    "direct": "Word for word, within quotation marks",
    "mixed": "A paraphrase, partly word for word",
    "indirect": "A paraphrase",
}


@dataclass(frozen=True, slots=True)
class _Mark:
    """An element to be: its span, its name, its attributes, and a name of its own where its parts are to be chained."""

    start: int
    end: int
    tag: str
    attributes: Mapping[str, str]
    id: str = ""


_Token = tuple[str, int, int] | tuple[str, _Mark]
"""("text", start, end), ("open", mark) or ("close", mark)."""


@dataclass(frozen=True, slots=True)
class _Names:
    """The identifiers of those whom the elements point to."""

    speakers: Mapping[str, str]
    readers: Mapping[str, str]
    events: Mapping[str, str]


def to_tei(article: Article, reading: Reading) -> bytes:
    """An article with its reading as one TEI document, in UTF-8; any text makes one that is well-formed."""
    names = _names(reading)
    start, end = reading.layout.body
    clean = plain(article.text)
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0"{_language(article)}>\n',
        _header(article, reading, names),
        _events(reading, names),
        "<text>\n",
        _matter("front", clean[:start]),
        "<body>\n",
        *_paragraphs(clean, reading.layout, _marks(reading, names)),
        "</body>\n",
        _matter("back", clean[end:]),
        "</text>\n</TEI>\n",
    ]
    return "".join(parts).encode("utf-8")


def _names(reading: Reading) -> _Names:
    speakers = dict.fromkeys([s.name for s in reading.speakers] + [q.speaker for q in reading.all_quotes])
    said = [quote.by for quote in reading.all_quotes] + [speaker.by for speaker in reading.speakers]
    dated = [timex.by for timex in reading.times] + [mention.by for mention in reading.events]
    readers = dict.fromkeys(filter(None, said + dated))
    return _Names(
        {name: f"s{number}" for number, name in enumerate(speakers, 1)},
        {"": "engine", **{name: f"r{number}" for number, name in enumerate(readers, 1)}},
        {event.name: f"e{number}" for number, event in enumerate(_catalogued(reading), 1)},
    )


def _catalogued(reading: Reading) -> list[Event]:
    return list({mention.event.name: mention.event for mention in reading.events}.values())


# ---- the header


def _header(article: Article, reading: Reading, names: _Names) -> str:
    credit = _element("author", article.byline) if article.byline else ""
    return (
        "<teiHeader>\n<fileDesc>\n"
        f"<titleStmt>{_element('title', article.title or article.name or 'Untitled')}{credit}"
        f"{_responsible(names)}</titleStmt>\n"
        "<publicationStmt><p>Made by Readout from the article that the source description names.</p>"
        "</publicationStmt>\n"
        f"<sourceDesc>{_source(article)}</sourceDesc>\n</fileDesc>\n"
        f"<encodingDesc>{_encoding()}</encodingDesc>\n"
        f"<profileDesc>{_cast(reading, names)}</profileDesc>\n</teiHeader>\n"
    )


def _responsible(names: _Names) -> str:
    engine = '<respStmt xml:id="engine"><resp>found by</resp><name type="software">Readout</name></respStmt>'
    readers = (
        f'<respStmt xml:id="{key}"><resp>corrected by</resp>{_element("name", name)}</respStmt>'
        for name, key in names.readers.items()
        if name
    )
    return engine + "".join(readers)


def _source(article: Article) -> str:
    parts = [_element("title", article.title or article.name or "Untitled")]
    if article.byline:
        parts.append(_element("author", article.byline))
    parts += [_element("publisher", name) for name in (article.publisher, article.republisher) if name]
    if article.published:
        parts.append(_element("date", article.published.isoformat(), when=article.published.isoformat()))
    if web_address(article):
        parts.append(_element("ref", article.url, target=article.url))
    if article.licence:
        parts.append(f"<availability>{_element('licence', article.licence)}</availability>")
    return f"<bibl>{''.join(parts)}</bibl>"


def _encoding() -> str:
    kinds = "".join(
        f'<category xml:id="{kind}">{_element("catDesc", words)}</category>' for kind, words in _KINDS.items()
    )
    software = (
        f'<application ident="readout" version={quoteattr(version("readout"))}><label>Readout</label>'
        f"{_element('desc', provenance().sentence)}</application>"
    )
    return f"<appInfo>{software}</appInfo><classDecl><taxonomy>{kinds}</taxonomy></classDecl>"


def _cast(reading: Reading, names: _Names) -> str:
    if not names.speakers:
        return ""
    known = {speaker.name: speaker for speaker in (*reading.speakers, *reading.hidden)}
    people = []
    for name, key in names.speakers.items():
        speaker = known.get(name)
        parts = [_element("persName", name)]
        if speaker:
            parts += [_element("persName", alias, type="alias") for alias in speaker.aliases if alias != name]
            parts += [_element("occupation", speaker.role)] if speaker.role else []
            parts += [] if speaker.named else ["<note>never named in the article</note>"]
        resp = names.readers[speaker.by if speaker else ""]
        people.append(f'<person xml:id="{key}" resp="#{resp}">{"".join(parts)}</person>\n')
    return f"<particDesc><listPerson>\n{''.join(people)}</listPerson></particDesc>"


def _events(reading: Reading, names: _Names) -> str:
    listed = []
    for event in _catalogued(reading):
        days = _attributes(_days(event.first, event.last))
        link = _element("idno", _WIKIDATA + event.wikidata, type="Wikidata") if event.wikidata else ""
        note = _element("desc", event.note) if event.note else ""
        listed.append(
            f'<event xml:id="{names.events[event.name]}"{days}>{_element("label", event.name)}{note}{link}</event>\n'
        )
    return f"<standOff><listEvent>\n{''.join(listed)}</listEvent></standOff>\n" if listed else ""


# ---- the text


def _marks(reading: Reading, names: _Names) -> list[_Mark]:
    """Everything found, as elements to be."""
    marks = []
    for number, quote in enumerate(reading.all_quotes, 1):
        marks += [_Mark(s, e, "said", _said(quote, names), f"q{number}") for s, e in quote.content]
        marks += [_Mark(s, e, "seg", {"type": "cue"}) for s, e in quote.cue]
    for timex in reading.times:
        marks.append(_Mark(timex.start, timex.end, _TAGS.get(timex.type, "date"), _dated(timex, names)))
    for mention in reading.events:
        points = {
            "type": "event",
            "ref": f"#{names.events[mention.event.name]}",
            "resp": f"#{names.readers[mention.by]}",
        }
        marks.append(_Mark(mention.start, mention.end, "rs", points))
    for speaker in reading.speakers:
        points = {"type": "person", "ref": f"#{names.speakers[speaker.name]}"}
        marks += [_Mark(s, e, "rs", points) for s, e in speaker.mentions]
    return marks


_TAGS = {"TIME": "time"}


def _said(quote: Quote, names: _Names) -> dict[str, str]:
    return {
        "who": f"#{names.speakers[quote.speaker]}",
        "direct": "true" if quote.kind == "direct" else "false",
        "ana": f"#{quote.kind}",
        "resp": f"#{names.readers[quote.by]}",
        "cert": "low" if quote.held else "medium" if doubtful(quote) else "high",
    }


def _dated(timex: Timex, names: _Names) -> dict[str, str]:
    days = _days(timex.earliest, timex.latest) if timex.earliest and timex.latest else {}
    event = {"corresp": f"#{names.events[timex.event]}"} if timex.event and timex.event in names.events else {}
    return {**days, **event, "type": timex.type, "n": timex.value, "resp": f"#{names.readers[timex.by]}"}


def _days(first: date, last: date) -> dict[str, str]:
    if first == last:
        return {"when": first.isoformat()}
    return {"from": first.isoformat(), "to": last.isoformat()}


def _paragraphs(clean: str, layout: Layout, marks: Sequence[_Mark]) -> Iterator[str]:
    """The paragraphs, with every mark as an element, or as a chain of them."""
    tokens = [list(_tokens(span, inside)) for span, inside in _by_paragraph(layout, marks)]
    parts = Counter(t[1].id for row in tokens for t in row if t[0] == "open" and isinstance(t[1], _Mark) and t[1].id)
    written = Counter[str]()
    for row in tokens:
        pieces = []
        for token in row:
            if len(token) == 3:
                pieces.append(_text(clean[token[1] : token[2]]))
            elif token[0] == "open":
                written[token[1].id] += 1
                pieces.append(_opened(token[1], written[token[1].id], parts[token[1].id]))
            else:
                pieces.append(f"</{token[1].tag}>")
        yield f"<p>{''.join(pieces)}</p>\n"
    if not tokens:
        yield "<p/>\n"


def _by_paragraph(layout: Layout, marks: Iterable[_Mark]) -> Iterator[tuple[Span, list[_Mark]]]:
    """Each paragraph with the marks that reach into it, those that begin first and reach farthest first."""
    starts = [paragraph.start for paragraph in layout.paragraphs]
    inside: list[list[_Mark]] = [[] for _ in starts]
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        for number in range(max(bisect_right(starts, mark.start) - 1, 0), bisect_right(starts, mark.end - 1)):
            inside[number].append(mark)
    for paragraph, own in zip(layout.paragraphs, inside, strict=True):
        yield (paragraph.start, paragraph.end), own


def _tokens(span: Span, marks: Sequence[_Mark]) -> Iterator[_Token]:
    """A paragraph as text, and elements that open and close as in a tree: what crosses is cut and opened anew."""
    start, end = span
    marks = [mark for mark in marks if max(mark.start, start) < min(mark.end, end)]
    borders = {start, end, *(min(max(edge, start), end) for mark in marks for edge in (mark.start, mark.end))}
    edges = sorted(borders)
    stack: list[_Mark] = []
    following = 0
    for here, there in zip(edges, [*edges[1:], end], strict=True):
        cut: list[_Mark] = []
        while any(mark.end <= here for mark in stack):
            top = stack.pop()
            yield "close", top
            if top.end > here:
                cut.append(top)
        for mark in reversed(cut):
            stack.append(mark)
            yield "open", mark
        while following < len(marks) and marks[following].start <= here < end:
            stack.append(marks[following])
            yield "open", marks[following]
            following += 1
        if here < there:
            yield "text", here, there
    while stack:
        yield "close", stack.pop()


def _opened(mark: _Mark, number: int, parts: int) -> str:
    """The start tag of a mark, or of one part of it."""
    if not mark.id:
        return f"<{mark.tag}{_attributes(mark.attributes)}>"
    chain = {"xml:id": mark.id if parts == 1 else f"{mark.id}.{number}"}
    if number > 1:
        chain["prev"] = f"#{mark.id}.{number - 1}"
    if number < parts:
        chain["next"] = f"#{mark.id}.{number + 1}"
    return f"<{mark.tag}{_attributes(chain | dict(mark.attributes))}>"


def _matter(tag: str, text: str) -> str:
    """What stands before or after the body, a paragraph each."""
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text) if block.strip()]
    return f"<{tag}><div>{''.join(_element('p', block) for block in blocks)}</div></{tag}>\n" if blocks else ""


# ---- XML


def _element(tag: str, text: str, **attributes: str) -> str:
    return f"<{tag}{_attributes(attributes)}>{_text(text)}</{tag}>"


def _attributes(given: Mapping[str, str]) -> str:
    return "".join(f" {name}={quoteattr(_legal(value))}" for name, value in given.items())


def _text(words: str) -> str:
    return escape(_legal(words), {"\r": "&#13;"})


def _legal(words: str) -> str:
    """The words with U+FFFD for each character that XML 1.0 can't hold."""
    return _ILLEGAL.sub("\ufffd", words)


def _language(article: Article) -> str:
    return f' xml:lang="{article.language}"' if _LANGUAGE.fullmatch(article.language) else ""
