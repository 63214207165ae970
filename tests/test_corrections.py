"""Corrections: what each kind does to a reading, that nothing else changes, and where their places are found again."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import jsonschema
import pytest
from building import ARTICLE, READING, Said, reading_of
from hypothesis import given, settings
from hypothesis import strategies as st

from readout import Article, read
from readout.corrections import Anchor, Correction, apply, making
from readout.corrections.anchors import Finder, describe
from readout.corrections.annotations import from_annotations, to_annotations
from readout.corrections.records import Days
from readout.errors import CorrectionError
from readout.layout import plain
from readout.quoted import word_count
from readout.records import Event, Reading, Span, Speaker
from readout.tables.timeline import timeline
from readout.tone import weigh

BY, WHEN = "Mary", "2024-05-01T12:00:00+00:00"
LONG = """\
Officials met on Monday. "The river is rising," Anna Berg said on Monday. Nobody was hurt.

Later the mayor spoke. "The river is rising," Carl Dahl said in the evening. Schools stay shut until Friday.

Berg said the dam would hold. She added that "nobody needs to leave" before last week ends, during the Cold War.
"""
SCHEMA = json.loads((Path(__file__).parent / "reading.schema.json").read_text("utf-8"))
STORY = Article(LONG, name="river", title="The river", published=date(2020, 3, 5))
READ = read(LONG, published=STORY.published, title=STORY.title)


def at(text: str, words: str, nth: int = 0) -> Span:
    """Where words stand in a text, the nth time."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return start, start + len(words)


def held(article: Article, reading: Reading, *corrections: Correction) -> Reading:
    """The corrected reading, all of whose corrections hold."""
    corrected = apply(article, reading, corrections)
    assert corrected.applied == corrections
    assert not corrected.lost
    return corrected.reading


def test_no_correction_changes_nothing() -> None:
    """Without a correction the very same records come back."""
    corrected = apply(ARTICLE, READING, [])
    assert corrected.article is ARTICLE
    assert corrected.reading is READING


def test_applying_is_deterministic_and_changes_no_argument() -> None:
    """Twice the same gives the same twice, and the reading given is left alone."""
    before = READING.to_dict()
    fixes = [
        making.not_a_quote(ARTICLE, READING.quotes[0], by=BY, when=WHEN),
        making.another_speaker(ARTICLE, READING.quotes[1], "Grace Hopper", by=BY, when=WHEN),
    ]
    assert apply(ARTICLE, READING, fixes) == apply(ARTICLE, READING, fixes)
    assert READING.to_dict() == before


def test_a_quote_that_is_none_goes_and_its_words_are_the_reporters() -> None:
    """The quote is gone, its speaker keeps the others, and the tone of its words is the reporter's."""
    fixed = held(ARTICLE, READING, making.not_a_quote(ARTICLE, READING.quotes[0], by=BY, when=WHEN))
    assert fixed.quotes == READING.quotes[1:]
    assert all(span.speaker != "Ada Lovelace" for span in fixed.voices if span.paragraph == 0)
    assert any(span.speaker == "Ada Lovelace" for span in fixed.voices)


def test_a_speaker_who_says_nothing_any_more_is_none() -> None:
    """With their last quote a speaker leaves the list."""
    fixed = held(ARTICLE, READING, making.not_a_quote(ARTICLE, READING.quotes[3], by=BY, when=WHEN))
    assert [speaker.name for speaker in fixed.speakers] == ["Ada Lovelace"]


def test_a_new_quote_says_which_reader_marked_it() -> None:
    """Words that the engine took for the reporter's become a quote in reading order, of a speaker found in the text."""
    words = at(ARTICLE.text, "Traffic was terrible")
    fixed = held(ARTICLE, READING, making.a_quote(ARTICLE, [words], "Ada  Lovelace", "indirect", by=BY, when=WHEN))
    new = fixed.quotes[1]
    assert (new.content, new.speaker, new.kind, new.by, new.paragraph) == ((words,), "Ada Lovelace", "indirect", BY, 1)
    assert [quote.by for quote in fixed.quotes] == ["", BY, "", "", ""]
    assert next(span for span in fixed.voices if span.start == words[0]).speaker == "Ada Lovelace"


def test_an_alias_means_its_speaker() -> None:
    """Who is known by a last name is meant by it."""
    berg = next(q for q in READ.quotes if q.speaker == "Carl Dahl")
    fixed = held(STORY, READ, making.another_speaker(STORY, berg, "berg", by=BY, when=WHEN))
    assert {quote.speaker for quote in fixed.quotes} == {"Anna Berg"}


def test_an_unknown_speaker_is_looked_for_in_the_text() -> None:
    """A speaker whom only the reader names has every mention of the name; one whom the text never names has none."""
    quote = READING.quotes[0]
    named = held(ARTICLE, READING, making.another_speaker(ARTICLE, quote, "Mayor", by=BY, when=WHEN)).speakers
    absent = held(ARTICLE, READING, making.another_speaker(ARTICLE, quote, "Zoe", by=BY, when=WHEN)).speakers
    assert next(s for s in named if s.name == "Mayor").mentions == (at(ARTICLE.text, "Mayor"),)
    zoe = next(s for s in absent if s.name == "Zoe")
    assert (zoe.mentions, zoe.named, zoe.by) == ((), False, BY)


def test_a_pronoun_goes_with_the_quote_and_a_name_does_not() -> None:
    """The "She" of a corrected quote means the new speaker; a source that names the old one is no source of theirs."""
    she = at(ARTICLE.text, "She")
    speakers = (Speaker("Ada Lovelace", mentions=(at(ARTICLE.text, "Ada Lovelace"), she)), READING.speakers[1])
    reading = replace(READING, speakers=speakers)
    name = "Björn Ångström"
    fixed = held(ARTICLE, reading, making.another_speaker(ARTICLE, reading.quotes[1], name, by=BY, when=WHEN))
    ada, bjorn = (next(s for s in fixed.speakers if s.name == n) for n in ("Ada Lovelace", name))
    assert she in bjorn.mentions
    assert she not in ada.mentions
    fixed = held(ARTICLE, reading, making.another_speaker(ARTICLE, reading.quotes[0], name, by=BY, when=WHEN))
    assert fixed.quotes[0].source == ()
    assert at(ARTICLE.text, "Ada Lovelace") in next(s for s in fixed.speakers if s.name == "Ada Lovelace").mentions


def test_speakers_stand_in_order_of_their_words() -> None:
    """Who says most after a correction stands first."""
    fixes = [making.another_speaker(ARTICLE, quote, "Björn Ångström", by=BY, when=WHEN) for quote in READING.quotes[:2]]
    assert [speaker.name for speaker in held(ARTICLE, READING, *fixes).speakers] == ["Björn Ångström", "Ada Lovelace"]


def test_two_speakers_become_one() -> None:
    """All quotes and mentions of both are the kept one's, who is also called what the other was."""
    first, second = READING.speakers
    fixed = held(ARTICLE, READING, making.same_speaker(ARTICLE, READING, first, second, by=BY, when=WHEN))
    assert [(s.name, s.by) for s in fixed.speakers] == [("Ada Lovelace", BY)]
    assert second.name in fixed.speakers[0].aliases
    assert [(q.speaker, q.by) for q in fixed.quotes][-1] == ("Ada Lovelace", BY)
    assert {span.speaker for span in fixed.voices} == {"", "Ada Lovelace"}


def test_speakers_that_the_engine_made_one_by_now_stay_one() -> None:
    """A merging holds where a newer engine knows the two for one, or calls one by another name."""
    first, second = READING.speakers
    fix = making.same_speaker(ARTICLE, READING, first, second, by=BY, when=WHEN)
    newer = replace(
        READING,
        quotes=tuple(replace(q, speaker="Countess Lovelace") if q.speaker == first.name else q for q in READING.quotes),
        speakers=(replace(first, name="Countess Lovelace"), second),
    )
    assert {q.speaker for q in held(ARTICLE, newer, fix).quotes} == {"Countess Lovelace"}
    one = replace(READING, quotes=tuple(replace(q, speaker=first.name) for q in READING.quotes), speakers=(first,))
    assert held(ARTICLE, one, fix) == one


def test_new_bounds_are_those_that_the_reader_drew() -> None:
    """A quote has the words that its reader selected; its speaker stays, and a cue that it takes in is none."""
    quote = READING.quotes[3]
    words = at(ARTICLE.text, "promised that the toll would fall")
    fixed = held(ARTICLE, READING, making.bounds(ARTICLE, quote, [words], by=BY, when=WHEN))
    assert (fixed.quotes[3].content, fixed.quotes[3].cue, fixed.quotes[3].by) == ((words,), (), BY)
    assert fixed.quotes[3].speaker == quote.speaker


def test_a_time_means_the_days_that_its_reader_says() -> None:
    """A time of the engine's changes its days; where it saw none there is one."""
    timex = next(t for t in READ.times if LONG[t.start : t.end] == "last week")
    fixes = [
        making.a_time(STORY, (timex.start, timex.end), date(2020, 2, 1), date(2020, 2, 29), by=BY, when=WHEN),
        making.a_time(STORY, at(LONG, "Schools"), date(2020, 3, 6), by=BY, when=WHEN),
    ]
    fixed = held(STORY, READ, *fixes)
    by_words = {LONG[t.start : t.end]: t for t in fixed.times}
    assert (by_words["last week"].value, by_words["last week"].by) == ("2020-02", BY)
    assert by_words["last week"].latest == date(2020, 2, 29)
    assert by_words["Schools"].value == "2020-03-06"
    assert [t.start for t in fixed.times] == sorted(t.start for t in fixed.times)


def test_an_event_is_the_one_that_its_reader_says_or_none() -> None:
    """A mention changes its event, or goes; what the timeline takes it from follows."""
    war = next(m for m in READ.events if m.event.name == "Cold War")
    other = Event("Cod Wars", date(1958, 9, 1), date(1976, 6, 1))
    fixed = held(STORY, READ, making.an_event(STORY, (war.start, war.end), other, by=BY, when=WHEN))
    assert [(m.event.name, m.by) for m in fixed.events] == [("Cod Wars", BY)]
    gone = held(STORY, READ, making.an_event(STORY, (war.start, war.end), None, by=BY, when=WHEN))
    assert gone.events == ()
    assert all(t.event is None for t in gone.times)


def test_a_corrected_date_moves_the_times_that_hang_on_it() -> None:
    """ "last week" is another week, a time that a reader fixed is not, and the title is the reader's."""
    monday, last = at(LONG, "Monday"), next(t for t in READ.times if LONG[t.start : t.end] == "last week")
    fixes = [
        making.a_time(STORY, monday, date(2020, 1, 6), by=BY, when=WHEN),
        making.a_fact("published", date(2021, 3, 5), by=BY, when=WHEN),
        making.a_fact("title", "  The  flood ", by=BY, when=WHEN),
    ]
    corrected = apply(STORY, READ, fixes)
    assert (corrected.article.title, corrected.article.published) == ("The flood", date(2021, 3, 5))
    times = {t.start: t for t in corrected.reading.times}
    assert times[last.start].earliest == date(2021, 2, 22)
    assert times[monday[0]].earliest == date(2020, 1, 6)


def test_a_later_correction_holds_over_an_earlier_one_and_undo_is_leaving_out() -> None:
    """In order, each on what those before it left; without the last it is as if it had never been."""
    first = making.another_speaker(ARTICLE, READING.quotes[0], "Zoe", by=BY, when=WHEN)
    second = making.another_speaker(ARTICLE, READING.quotes[0], "Björn Ångström", by="Jo", when=WHEN)
    assert held(ARTICLE, READING, first, second).quotes[0].speaker == "Björn Ångström"
    assert held(ARTICLE, READING, second, first).quotes[0].speaker == "Zoe"
    back = making.another_speaker(ARTICLE, READING.quotes[0], "Ada Lovelace", by=BY, when=WHEN)
    there_and_back = held(ARTICLE, READING, first, back)
    assert [replace(s, mentions=()) for s in there_and_back.speakers] == list(READING.speakers)


def test_two_equal_sentences_are_not_confused() -> None:
    """A correction to the second of two equal quotes stays with it, whatever is put before either."""
    anna, carl = (q for q in READ.quotes if LONG[q.start : q.end].startswith('"The river'))
    fix = making.another_speaker(STORY, carl, "Nobody", by=BY, when=WHEN)
    for text in (LONG, "A new first paragraph, put in.\n\n" + LONG, LONG.replace("Nobody was hurt.", "")):
        reading = read(text, published=STORY.published, title=STORY.title)
        fixed = held(replace(STORY, text=text), reading, fix)
        first, second = (q for q in fixed.quotes if text[q.start : q.end].startswith('"The river'))
        assert (first.speaker, second.speaker) == (anna.speaker, "Nobody")


def test_a_correction_whose_words_are_gone_is_lost_and_touches_no_lookalike() -> None:
    """With the second of two equal quotes cut, its correction is lost, though the words still stand in the text."""
    carl = next(q for q in READ.quotes if q.speaker == "Carl Dahl")
    fix = making.another_speaker(STORY, carl, "Nobody", by=BY, when=WHEN)
    text = LONG[: LONG.index("Later the mayor")] + LONG[LONG.index("Berg said the dam") :]
    reading = read(text, published=STORY.published, title=STORY.title)
    corrected = apply(replace(STORY, text=text), reading, [fix])
    assert corrected.lost == (fix,)
    assert corrected.applied == ()
    assert corrected.reading == reading


def test_a_formula_is_no_place() -> None:
    """Where a set phrase stands twice in sentences that begin and end alike, one is not taken for the other."""
    one = 'The spokesman for the ministry said "no comment" when he was asked by several reporters on Monday.'
    other = one.replace("Monday", "Tuesday")
    first = describe(f"{one}\n\n{other}", at(one, "no comment"))
    assert Finder(f"Put in. {one}\n\n{other}").find(first) == at("Put in. " + one, "no comment")
    assert Finder(f"Put in. {other}").find(first) is None
    same = "\n\n".join([one] * 9)
    middle = describe(same, at(same, "no comment", 4))
    assert Finder(same).find(middle) == at(same, "no comment", 4)
    assert Finder(same + " More.").find(middle) == at(same, "no comment", 4)
    assert Finder("Put in. " + same.removesuffix(one)).find(middle) is None


def test_words_that_grew_are_not_the_same_words() -> None:
    """ "able to leave" does not attach to "unable to leave"."""
    before, after = "They were able to leave the town, Ann said.", "They were unable to leave the town, Ann said."
    assert Finder(after).find(describe(before, at(before, "able to leave"))) is None


@pytest.mark.parametrize(
    "mend",
    [
        lambda text: "🌉 " + text,
        lambda text: text.replace("on Monday. Nobody", "on Monday.  Nobody"),
        lambda text: text.replace('"', "“"),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace("Officials met", "The officials had met"),
        lambda text: text.replace("\n\n", "\n\n\n"),
        lambda text: text + "\n\nUpdated at noon.",
    ],
    ids=["emoji", "spaces", "marks", "no-break", "a word before", "blank lines", "a foot"],
)
def test_small_changes_of_the_text_lose_nothing(mend: object) -> None:
    """Every quote is found again in a text that was mended a little."""
    assert callable(mend)
    text = mend(LONG)
    for quote in READ.quotes:
        for span in quote.content:
            found = Finder(text).find(describe(LONG, span))
            assert found is not None
            assert _bare(text[slice(*found)]) == _bare(LONG[slice(*span)])


def test_a_correction_survives_another_reading() -> None:
    """A newer engine that draws a quote a little otherwise, or does not see it, is corrected all the same."""
    quote = READING.quotes[3]
    fix = making.another_speaker(ARTICLE, quote, "Zoe", by=BY, when=WHEN)
    start, end = quote.content[0]
    nearly = replace(READING, quotes=(*READING.quotes[:3], replace(quote, content=((start + 4, end + 1),))))
    blind = replace(READING, quotes=READING.quotes[:3])
    fixed = held(ARTICLE, nearly, fix)
    assert (fixed.quotes[3].content, fixed.quotes[3].speaker) == (((start + 4, end + 1),), "Zoe")
    fixed = held(ARTICLE, blind, fix)
    assert (fixed.quotes[3].content, fixed.quotes[3].speaker) == (quote.content, "Zoe")


def test_a_quote_inside_another_keeps_its_correction_to_itself() -> None:
    """Where only the long quote around it is left, the short one comes back; the long one stays its speaker's."""
    text = 'Ann said that Bob had told the committee "it is over" before everybody left the building in haste.'
    outer = Said('Bob had told the committee "it is over" before everybody left the building in haste', "Ann", "mixed")
    both = reading_of(text, [outer, Said('"it is over"', "Ann")])
    fix = making.another_speaker(Article(text), both.quotes[1], "Bob", by=BY, when=WHEN)
    fixed = held(Article(text), reading_of(text, [outer]), fix)
    assert [(text[q.start : q.end][:3], q.speaker) for q in fixed.quotes] == [("Bob", "Ann"), ('"it', "Bob")]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.integers(0, len(LONG)), st.integers(0, len(LONG) - 1), st.integers(1, 60))
def test_a_place_is_found_with_its_words_or_not_at_all(put_in: str, where: int, start: int, length: int) -> None:
    """Whatever is put in, an anchor finds its own words or is lost; in the unchanged text it is always found."""
    span = (start, min(start + length, len(LONG)))
    if not LONG[slice(*span)].strip():
        with pytest.raises(CorrectionError):
            describe(LONG, span)
        return
    anchor = describe(LONG, span)
    assert Finder(LONG).find(anchor) == (anchor.start, anchor.end)
    text = LONG[:where] + put_in + LONG[where:]
    found = Finder(text).find(anchor)
    if found is not None:
        assert _bare(text[slice(*found)]) == _bare(anchor.exact)
    if where < anchor.start - len(anchor.prefix):
        assert found == (anchor.start + len(put_in), anchor.end + len(put_in))


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec=None), max_size=120), st.integers(0, 100), st.integers(1, 40))
def test_any_text_can_be_anchored(text: str, start: int, length: int) -> None:
    """Control characters, lone surrogates, whatever: the place is found where it is, or there are no words."""
    try:
        anchor = describe(text, (start, start + length))
    except CorrectionError:
        return
    assert Finder(text).find(anchor) == (anchor.start, anchor.end)


def test_words_outside_the_body_are_lost() -> None:
    """A quote in the head or the foot has no paragraph to stand in."""
    text = "The river\n\n" + LONG
    article = replace(STORY, text=text)
    reading = read(text, published=STORY.published, title=STORY.title)
    fix = making.a_quote(article, [(0, 9)], "Ann", "direct", by=BY, when=WHEN)
    assert apply(article, reading, [fix]).lost == (fix,)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"when": "yesterday"}, "no time"),
        ({"id": ""}, "id"),
        ({"value": None}, "such a value"),
        ({"target": ()}, "place"),
        ({"when": "0001-01-01T00:00:00+14:00"}, "takes days from 1000-01-01 to 2999-12-31, and 0001-01-01 is none"),
        ({"when": "9999-12-31T23:59:59-12:00"}, "takes days"),
        ({"sort": "published", "target": (), "value": date(1, 1, 1)}, "takes days"),
        ({"sort": "time", "value": Days("0001", date(1, 1, 1), date(2020, 1, 1))}, "takes days"),
        ({"sort": "time", "value": Days("2020", date(2020, 1, 1), date(9999, 12, 31))}, "takes days"),
    ],
)
def test_a_correction_that_is_none_is_refused_in_a_sentence(change: dict[str, object], says: str) -> None:
    """Each record that no text could take says what is wrong with it."""
    whole = making.another_speaker(ARTICLE, READING.quotes[0], "Zoe", by=BY, when=WHEN)
    with pytest.raises(CorrectionError, match=says):
        replace(whole, **change)  # type: ignore[arg-type]


ODD: st.SearchStrategy[object] = st.sampled_from([
    *("0001-01-01", "0999-12-31", "1000-01-01", "2999-12-31", "3000-01-01", "9999-12-31", "10000-01-01", "2016-02-30"),
    *("", "soon", "9" * 30, 10**30, 10**400, -1, 0, 2**63, 1.5, 1e300, float("inf"), float("nan"), True, None, [], {}),
])  # fmt: skip


@settings(deadline=None)
@given(st.data())
def test_a_file_of_corrections_with_odd_numbers_and_days_is_refused_or_holds(data: st.DataObject) -> None:
    """Whatever stands where a place or a day should, it costs a sentence, or the reading has it."""
    made = (
        making.a_time(STORY, at(LONG, "last week"), date(2020, 2, 1), date(2020, 2, 29), by=BY, when=WHEN),
        making.a_fact("published", date(2021, 3, 5), by=BY, when=WHEN),
        making.an_event(STORY, at(LONG, "Monday"), Event("Flood", date(1, 1, 1), date(9999, 12, 31)), by=BY, when=WHEN),
    )
    file = json.loads(to_annotations(STORY, made))
    for item in file["first"]["items"]:
        (said,) = [body for body in item["body"] if body["purpose"] == "editing"]
        value = json.loads(said["value"])
        if isinstance(value, dict):
            for field in {"earliest", "latest", "first", "last"} & value.keys():
                value[field] = data.draw(st.just(value[field]) | ODD)
        else:
            value = data.draw(st.just(value) | ODD)
        said["value"] = json.dumps(value)
        item["created"] = data.draw(st.just(item["created"]) | ODD)
        for place in item["target"] if isinstance(item["target"], list) else []:
            for selector in place["selector"]:
                for field in {"start", "end"} & selector.keys():
                    selector[field] = data.draw(st.just(selector[field]) | ODD)
    try:
        given = from_annotations(json.dumps(file).encode())
    except CorrectionError:
        return
    corrected = apply(STORY, READ, given)
    assert len(timeline(corrected.article, corrected.reading)) > 0


def test_an_anchor_without_words_is_refused() -> None:
    """White space is no place."""
    with pytest.raises(CorrectionError, match="Select some words"):
        Anchor(0, 1, " ")


def test_the_same_correction_has_the_same_id() -> None:
    """A button pressed twice makes one correction; another speaker makes another."""
    one, again, other = (
        making.another_speaker(ARTICLE, READING.quotes[0], name, by=BY, when=WHEN) for name in ("Zoe", "Zoe", "Jo")
    )
    assert one == again
    assert one.id != other.id


def _bare(words: str) -> str:
    """Words without what may be written in several ways."""
    return "".join(filter(str.isalnum, words))


_KINDS = st.sampled_from(["gone", "new", "bounds", "speaker", "same", "time", "event"])
_NAMES = st.sampled_from(["Anna Berg", "Carl Dahl", "Berg", "Zoe", "the mayor", "an unnamed source"])


@st.composite
def fixes_of(draw: st.DrawFn) -> list[Correction]:
    """Corrections of the river's article, of all kinds and in any order."""
    made = []
    for kind in draw(st.lists(_KINDS, min_size=1, max_size=6)):
        quote, name = draw(st.sampled_from(READ.quotes)), draw(_NAMES)
        start = draw(st.integers(0, len(LONG) - 2))
        words = (start, min(start + draw(st.integers(2, 60)), len(LONG)))
        if not LONG[slice(*words)].strip():
            words = (0, 9)
        if kind == "gone":
            made.append(making.not_a_quote(STORY, quote, by=BY, when=WHEN))
        elif kind == "new":
            made.append(making.a_quote(STORY, [words], name, "mixed", by=BY, when=WHEN))
        elif kind == "bounds":
            made.append(making.bounds(STORY, quote, [words], by=BY, when=WHEN))
        elif kind == "speaker":
            made.append(making.another_speaker(STORY, quote, name, by=BY, when=WHEN))
        elif kind == "same":
            kept, other = draw(st.permutations(READ.speakers))[:2]
            made.append(making.same_speaker(STORY, READ, kept, other, by=BY, when=WHEN))
        elif kind == "time":
            made.append(making.a_time(STORY, words, date(2020, 1, 1), by=BY, when=WHEN))
        else:
            event = draw(st.sampled_from([None, Event("Flood", date(2020, 1, 1), date(2020, 1, 2))]))
            made.append(making.an_event(STORY, words, event, by=BY, when=WHEN))
    return made


@settings(max_examples=80, deadline=None)
@given(fixes_of())
def test_a_corrected_reading_is_of_one_piece(fixes: list[Correction]) -> None:
    """Speakers are those who say something, in order; no place means two of them; tone and files follow."""
    corrected = apply(STORY, READ, fixes)
    reading = corrected.reading
    assert sorted(c.id for c in (*corrected.applied, *corrected.lost)) == sorted(c.id for c in fixes)
    assert {q.speaker for q in reading.quotes} == {s.name for s in reading.speakers}
    words = [sum(word_count(LONG, q) for q in reading.quotes if q.speaker == s.name) for s in reading.speakers]
    assert words == sorted(words, reverse=True)
    mentions = [m for s in reading.speakers for m in s.mentions]
    assert all(a[1] <= b[0] for a, b in pairwise(sorted(mentions)))
    assert (reading.tone, reading.voices) == weigh(plain(LONG), reading.layout, reading.quotes, reading.events)
    assert [t.start for t in reading.times] == sorted({t.start for t in reading.times})
    assert apply(STORY, READ, from_annotations(to_annotations(STORY, fixes))) == corrected
    jsonschema.validate(reading.to_dict(), SCHEMA)
