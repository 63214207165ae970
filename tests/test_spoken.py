"""How each voice speaks of whom: in the reading, in tables, in the chart, and after corrections."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest

from readout import read
from readout.charts import toward as charts
from readout.charts.style import INK, MUTED
from readout.corrections import apply, making
from readout.records import REPORTER, Article, Spoken
from readout.spoken import evidence_for, mentions_of, spoken_of
from readout.tables import toward as tables

TEXT = """\
"Alan Turing 🌉 is a brilliant, generous man," Ada Lovelace said. "He betrayed us all," Grace Hopper said of Turing.

Hopper called Lovelace a liar and a fraud. "I am proud of myself, of Ada Lovelace," Lovelace said. Turing walked home.
"""


@pytest.fixture(scope="module")
def spoken() -> tuple[Spoken, ...]:
    """How the voices of the text speak of whom."""
    return read(TEXT).toward


def told(spoken: tuple[Spoken, ...]) -> set[tuple[str, str, str]]:
    """Who speaks of whom, and how."""
    return {(one.speaker, one.whom, one.label) for one in spoken}


def test_praise_and_blame_count_for_whoever_speaks(spoken: tuple[Spoken, ...]) -> None:
    """Praise in a quote is the speaker's, and what the reporter says around it stays level."""
    assert ("Ada Lovelace", "Alan Turing", "positive") in told(spoken)
    assert ("Grace Hopper", "Ada Lovelace", "negative") in told(spoken) or (
        REPORTER,
        "Ada Lovelace",
        "negative",
    ) in told(spoken)
    assert (REPORTER, "Alan Turing", "neutral") in told(spoken)


def test_a_reporter_is_not_held_to_what_others_say() -> None:
    """Whatever stands inside the quote, the tone toward its source is the same."""
    kind, harsh = (f'"It was a {w} day," Ada Lovelace said on Monday.\n' for w in ("wonderful", "horrible"))
    for text in (kind, harsh):
        (one,) = read(text).toward
        assert (one.speaker, one.whom, one.label) == (REPORTER, "Ada Lovelace", "neutral")


def test_the_reading_has_it_as_plain_json_and_only_when_asked(spoken: tuple[Spoken, ...]) -> None:
    """Spans, names, label and probabilities; without `toward` all the rest is the same."""
    reading = read(TEXT)
    plain = json.loads(json.dumps(reading.to_dict()))
    assert [(one["start"], one["end"]) for one in plain["toward"]] == [(one.start, one.end) for one in spoken]
    assert all(abs(sum(one["probabilities"]) - 1) < 0.01 for one in plain["toward"])
    without = read(TEXT, toward=False)
    assert without.toward == ()
    assert {**plain, "toward": []} == json.loads(json.dumps(without.to_dict()))
    assert spoken_of(TEXT, without) == spoken


def test_every_mention_has_its_tone(spoken: tuple[Spoken, ...]) -> None:
    """One tone for each place that names somebody, in reading order."""
    assert [(one.start, one.whom, one.speaker) for one in mentions_of(TEXT, read(TEXT, toward=False))] == [
        (one.start, one.whom, one.speaker) for one in spoken
    ]


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "🌉", "\ud800 said Ada Lovelace.", "Ada Lovelace " * 400, "A.\n" * 50]
)
def test_any_text(text: str) -> None:
    """Whatever the text, the spans lie in it and nothing is raised."""
    assert all(0 <= one.start < one.end <= len(text) for one in read(text).toward)


def test_the_words_that_weighed_stand_in_the_sentence_and_in_the_voice_of_the_tone() -> None:
    """A reporter's tone is explained by the reporter's words of that sentence, though a quote before it ends in one."""
    text = (
        'Alan Turing lied to everyone, Grace Hopper wrote, "and he was cruel." The crowd later cheered Grace Hopper '
        "warmly, a brilliant, generous friend.\n"
    )
    reading = read(text)
    mentions = mentions_of(text, reading)
    (cheered,) = (one for one in reading.toward if text[: one.start].endswith("cheered "))
    assert (cheered.speaker, cheered.whom, cheered.label) == (REPORTER, "Grace Hopper", "positive")
    words = [text[word.start : word.end] for word in evidence_for(text, reading, mentions, cheered)]
    assert words
    assert set(words) <= set(re.findall(r"\w+", text[text.index("The crowd") :]))
    for one in reading.toward:
        quoted = [span for quote in reading.quotes for span in quote.content if one.speaker == REPORTER]
        found = evidence_for(text, reading, mentions, one)
        assert not [word for word in found if any(s < word.end and word.start < e for s, e in quoted)]


def test_a_corrected_speaker_speaks_of_them() -> None:
    """When a reader gives a quote to another, what it says of somebody is theirs."""
    article = Article(TEXT, "t", "t", published=date(2020, 1, 1))
    reading = read(TEXT)
    quote = next(q for q in reading.quotes if q.speaker == "Ada Lovelace" and "brilliant" in TEXT[q.start : q.end])
    fix = making.another_speaker(article, quote, "Kay Mellor", by="", when="2020-01-02T00:00:00+00:00")
    seen = apply(article, reading, [fix]).reading
    assert ("Kay Mellor", "Alan Turing", "positive") in told(seen.toward)
    assert apply(article, read(TEXT, toward=False), [fix]).reading.toward == ()


def test_two_names_that_a_reader_says_are_one_are_spoken_of_as_one() -> None:
    """All mentions of either name are of the one kept, and whoever speaks by it of the other speaks of himself."""
    text = (
        '"Kay Mellor is a liar," Alan Turing said. "That is a lie," Kay Mellor said. "Harold Finch cheated," said '
        'Ada Lovelace. Harold Finch laughed. "I am Kay Mellor," Harold Finch said.\n'
    )
    article = Article(text, "t", "t", published=date(2020, 1, 1))
    reading = read(text)
    assert {"Kay Mellor", "Harold Finch"} <= {one.whom for one in reading.toward}
    kept, other = (next(s for s in reading.speakers if s.name == name) for name in ("Kay Mellor", "Harold Finch"))
    fix = making.same_speaker(article, reading, kept, other, by="", when="2020-01-02T00:00:00+00:00")
    seen = apply(article, reading, [fix]).reading
    assert [(one.start, one.end) for one in seen.toward] == [(one.start, one.end) for one in reading.toward]
    renamed = {"Harold Finch": "Kay Mellor"}
    assert [one.whom for one in seen.toward] == [renamed.get(one.whom, one.whom) for one in reading.toward]
    assert ("Kay Mellor", "Kay Mellor") in {(one.speaker, one.whom) for one in seen.toward}


def one(speaker: str, whom: str, value: float, *, clear: bool = True, start: int = 0) -> Spoken:
    """A mention with this tone."""
    label: Any = "positive" if value > 0.3 else "negative" if value < -0.3 else "neutral"
    negative, positive = max(-value, 0.0), max(value, 0.0)
    return Spoken(start, start + 3, whom, speaker, label, (negative, 1 - negative - positive, positive), clear)


def test_cells_count_the_clear_and_the_unclear_apart() -> None:
    """The mean is that of the clear ones; fewer than three are thin; an unclear cell has no mean."""
    said = [
        *(one("", "B", value) for value in (0.9, 0.5, 0.1)),
        one("", "B", -0.9, clear=False),
        one("A", "B", -0.8),
        one("A", "A", 0.9, clear=False),
    ]
    table = {(cell["Voice"], cell["Of"]): cell for cell in tables.cells(said, ["A"]).to_dict("records")}
    reporter, other, own = (table[pair] for pair in (("The reporter", "B"), ("A", "B"), ("A", "A")))
    assert (round(reporter["Mean"], 3), reporter["Clear"], reporter["Unclear"], reporter["Enough"]) == (0.5, 3, 1, True)
    assert (other["Negative"], other["Enough"]) == (1, False)
    assert own["Mean"] != own["Mean"]
    assert own["Themselves"]


def test_the_reporter_comes_first_and_the_most_named_too() -> None:
    """Rows are the reporter, then the speakers in order; columns the most named first, no more than asked for."""
    said = [one("B", "X", 0), one("A", "Y", 0), one("", "Y", 0), one("A", "Z", 0)]
    table = tables.cells(said, ["A", "B"], most=2)
    assert list(dict.fromkeys(table["Voice"])) == ["The reporter", "A", "B"]
    assert list(dict.fromkeys(table["Of"])) == ["Y", "X"]


def test_who_speaks_best_and_worst() -> None:
    """Only voices with enough clear mentions are compared, and nobody with themselves."""
    said = [one(v, "X", t) for v, t in (("", 0.1), ("A", 0.8), ("B", -0.7)) for _ in range(3)]
    said += [one("C", "X", -1.0), *(one("X", "X", 1.0) for _ in range(3))]
    ((whom, sentence),) = tables.extremes(tables.cells(said, ["A", "B", "C", "X"]))
    assert whom == "X"
    assert sentence == "A speaks best of X (+0.80), B worst (−0.70)."
    assert tables.extremes(tables.cells(said[:3], ["A"])) == []


def test_a_filter_keeps_what_its_quotes_speak_of(spoken: tuple[Spoken, ...]) -> None:
    """With quotes chosen, only what is said inside them is left, and by whoever says it."""
    reading = read(TEXT)
    mine = [quote for quote in reading.quotes if quote.speaker == "Ada Lovelace"]
    left = tables.kept(spoken, mine)
    assert left
    assert {each.speaker for each in left} == {"Ada Lovelace"}
    assert tables.kept(spoken) == spoken


def test_quotes_about_somebody() -> None:
    """Those whose words name them."""
    reading = read(TEXT)
    found = tables.about(reading.quotes, mentions_of(TEXT, reading), "Alan Turing")
    assert [TEXT[q.start : q.end].count("Turing") for q in found] == [1]


def test_mentions_as_a_table(spoken: tuple[Spoken, ...]) -> None:
    """One row a mention, with its sentence, and unclear where it is."""
    table = tables.mentions(Article(TEXT), read(TEXT), spoken)
    assert len(table) == len(spoken)
    assert set(table["Tone"]) <= {"positive", "neutral", "negative", "unclear"}
    assert all(TEXT[row["Start"] : row["End"]] for row in table.to_dict("records"))


def test_the_chart_escapes_and_marks_every_cell() -> None:
    """A hostile name stays text; each mark carries the number of its cell; headline and description say the same."""
    table = tables.cells([one("<b>A</b>", "<script>x", 0.9), one("", "<script>x", -0.9, clear=False)], ["<b>A</b>"])
    figure = charts.matrix(table, {})
    spec = json.loads(figure.to_json())
    assert "<script>" not in json.dumps(spec)
    assert "<b>A</b>" not in json.dumps(spec).replace("\\u003c", "<")
    assert len(spec["data"][0]["y"]) == len(table) == 2
    assert "unclear" in charts.headline(table)
    assert "too few" in charts.description(table)


def test_thin_cells_are_grey_in_a_colour_that_is_repainted() -> None:
    """Few or none clear: the words' grey as the font's own colour, which both themes repaint, and none in the text."""
    table = tables.cells(
        [*[one("Ann", "Bo", 0.9)] * 3, one("Ann", "Cy", 0.9), one("Ann", "Di", 0.1, clear=False)], ["Ann"]
    )
    figure = charts.matrix(table, {}).data[0]
    assert list(zip(table["Of"], figure.textfont.color, strict=True)) == [("Bo", INK), ("Cy", MUTED), ("Di", MUTED)]
    assert [text for text in figure.text if "style" in text] == []


def test_the_matrix_in_words_has_names_as_they_are() -> None:
    """What Plotly needs escaped is not escaped for those who have the chart read aloud."""
    told = tables.cells([one("", "Johnson & Johnson <b>", 0.9)], [])
    assert "Johnson & Johnson <b>" in charts.description(told)
    assert "Johnson &amp; Johnson &lt;b&gt;" in charts.matrix(told, {}).data[0].hovertext[0]


def test_nobody_speaks_best_where_the_figures_read_alike() -> None:
    """Means that differ only beyond what is shown name no best and no worst."""
    spoken = [one(voice, "Kay", value, start=9 * n) for n in range(3) for voice, value in (("A", 0.504), ("B", 0.501))]
    assert tables.extremes(tables.cells(spoken, ["A", "B"])) == []


def test_a_seat_of_government_speaks_for_its_country() -> None:
    """Moscow, the Kremlin and Russia have one row, and speak of themselves where they speak of Russia."""
    said = [one("Moscow", "Russia", 0.9), one("Kremlin", "Ada", -0.9, start=5), one("Russia", "Ada", -0.9, start=9)]
    table = tables.cells(said, ["Moscow", "Kremlin", "Russia"])
    assert list(zip(table["Voice"], table["Of"], table["Clear"], strict=True)) == [
        ("Russia", "Ada", 2),
        ("Russia", "Russia", 1),
    ]
    assert list(table["Themselves"]) == [False, True]


def test_a_matrix_of_many_voices_draws_the_first_and_says_so() -> None:
    """The cells that are drawn keep their numbers, which a click names."""
    voices = [f"Voice {place}" for place in range(40)]
    table = tables.cells([one(voice, "Ada", 0.9, start=place) for place, voice in enumerate(voices)], voices)
    drawn = charts.first_voices(table)
    assert list(drawn.index) == list(range(16))
    assert "The first 16 voices are drawn; the table has all." in charts.headline(table)
    assert "drawn" not in charts.headline(drawn)


def test_the_matrix_says_which_way_it_is_read() -> None:
    """Its rows and columns have titles, on screen and in files."""
    table = tables.cells([one("Bo", "Ada", 0.9)], ["Bo"])
    assert any("who speaks" in note.text for note in charts.matrix(table, {}).layout.annotations)
