"""Who it is: names, roles, pronouns and quotes that carry on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from growth import assert_in_proportion, steps
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.layout import lay_out, plain
from readout.records import Attribution, Quote, Speaker
from readout.speakers import UNKNOWN, resolve

SEED = Path(__file__).parent.parent / "data" / "articles" / "putin-on-trump-victory.txt"
Said = tuple[str, str]
"""The first words of what is said, and the source as the text has it (the first one after those words, or before)."""


def attributed(text: str, said: list[Said]) -> tuple[Attribution, ...]:
    """Attributions by their words: what begins with a quotation mark is direct and runs to the closing one."""
    layout = lay_out(text)
    found = []
    for words, source in said:
        start = text.index(words)
        end = text.index('"', start + 1) + 1 if words.startswith('"') else start + len(words)
        paragraph = next(p for p in layout.paragraphs if p.start <= start < p.end)
        at = text.find(source, end, paragraph.end) if source else -1
        if source and at < 0:
            at = text.rindex(source, paragraph.start, start)
        found.append(
            Attribution(
                content=((start, end),),
                cue=(),
                source=((at, at + len(source)),) if source else (),
                kind="direct" if words.startswith('"') else "indirect",
                paragraph=paragraph.index,
                evidence="",
            )
        )
    return tuple(found)


def heard(text: str, *said: Said) -> tuple[tuple[Quote, ...], tuple[Speaker, ...]]:
    """The quotes and speakers of a text."""
    return resolve(plain(text), lay_out(text), attributed(text, list(said)))


def names(text: str, *said: Said) -> list[str]:
    """Who says each of the quotes."""
    return [quote.speaker for quote in heard(text, *said)[0]]


def test_seed_article() -> None:
    """Every row of the seed article, read by hand, has its speaker."""
    said = [
        ("Russia is ready and looks forward", "Russian President Vladimir Putin"),
        ('"We heard [Trump', "President Putin"),
        ('"We understand', "he "),
        ('"it is not our fault', "the president "),
        ("the dialogue between Moscow and Washington, in", "the Russian President"),
        ("he hopes to address", "The Russian leader"),
        ('"building a', "Putin"),
        ("Trump's victory in the presidential election will", "Russian State Duma Speaker Vyacheslav Volodin"),
        ('"The current US-Russian', "he "),
        ('"The Russian Parliament', "Volodin"),
        ("Russia will judge", "Russian Foreign Minister Sergey Lavrov"),
        ('"We are ready to work', "the minister"),
        ("\"I can't say", ""),
        ("US-Russia relations are now", "many observers"),
        ("the worsening of Russia's", "Putin"),
        ("For things to improve", "Putin"),
        ("The US will have to negotiate", "Russian Foreign Minister Sergey Lavrov"),
    ]
    quotes, speakers = heard(SEED.read_text("utf-8"), *said)
    putin, volodin, lavrov = "Vladimir Putin", "Vyacheslav Volodin", "Sergey Lavrov"
    expected = [putin] * 7 + [volodin] * 3 + [lavrov] * 3 + ["many observers"] + [putin] * 2 + [lavrov]
    assert [q.speaker for q in quotes] == expected
    assert [q.named for q in quotes] == [name != "many observers" for name in expected]
    assert {s.name: s.role for s in speakers} == {
        putin: "Russian President",
        lavrov: "Russian Foreign Minister",
        volodin: "Russian State Duma Speaker",
        "many observers": "",
    }
    assert speakers[0].name == putin
    assert speakers[0].aliases[:3] == ("Russian President Vladimir Putin", "President Putin", "the president")


@pytest.mark.parametrize(
    ("source", "name", "role"),
    [
        ("Sen. Claire McCaskill (D-Mo.)", "Claire McCaskill", "Sen."),
        ("White House press secretary Josh Earnest", "Josh Earnest", "White House press secretary"),
        ("Rep. G.K. Butterfield", "G.K. Butterfield", "Rep."),
        ("Secretary of State John F. Kerry", "John F. Kerry", "Secretary of State"),
        ("Clinton campaign spokesman Brian Fallon", "Brian Fallon", "Clinton campaign spokesman"),
        ("retired Air Force general Lloyd Newton", "Lloyd Newton", "retired Air Force general"),
        ("Sergey Lavrov, the Russian foreign minister,", "Sergey Lavrov", "Russian foreign minister"),
        ("The Russian foreign minister, Sergey Lavrov,", "Sergey Lavrov", "Russian foreign minister"),
        ("An attorney for Pagliano, Mark MacDougall,", "Mark MacDougall", "attorney for Pagliano"),
        ("Mark Malloy, who runs the shop,", "Mark Malloy", ""),
        ("Mr. Owen Jones", "Owen Jones", ""),
        ("The International Atomic Energy Agency", "International Atomic Energy Agency", ""),
        ("James O’Neill", "James O’Neill", ""),
        ("Ludwig van der Berg", "Ludwig van der Berg", ""),
    ],
)
def test_names_and_roles(source: str, name: str, role: str) -> None:
    """A name stands without its title and what trails it, and the role is kept as the text has it."""
    (quote,), (speaker,) = heard(f'{source} said on Monday: "We will see."', ('"We will see', source))
    assert (quote.speaker, quote.named) == (name, True)
    assert speaker.role == role


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("Many observers", "many observers"),
        ("A senior administration official who asked not to be named", "a senior administration official"),
        ("Clinton aides", "Clinton aides"),
        ("Scott's family", "Scott's family"),
        (
            "Republicans on the House Financial Services Committee",
            "Republicans on the House Financial Services Committee",
        ),
        ("The report", "the report"),
        ("Demonstrators", "demonstrators"),
    ],
)
def test_a_source_never_named(source: str, name: str) -> None:
    """It keeps its own words, trimmed, and is marked as never named."""
    (quote,), (speaker,) = heard(f'{source} said on Monday: "We will see."', ('"We will see', source))
    assert (quote.speaker, quote.named) == (name, False)
    assert (speaker.name, speaker.named) == (name, False)


def test_a_title_of_somebody_else_is_no_role() -> None:
    """What follows a name after a comma is its role only if it is not another name's title."""
    text = 'It was Ann Lee, said Sen. Bob Ray, and nobody else. "No," Ann Lee said. "Yes," Bob Ray said.'
    _, speakers = heard(text, ('"No', "Ann Lee"), ('"Yes', "Bob Ray"))
    assert {s.name: s.role for s in speakers} == {"Ann Lee": "", "Bob Ray": "Sen."}


def test_who_is_not_guessed() -> None:
    """An official whom the text never names stays without a name, however near a named one stands."""
    text = 'Adviser Ann Lee left. "Not now," an official said. "Later," the official said.'
    quotes, _ = heard(text, ('"Not now', "an official"), ('"Later', "the official"))
    assert [(q.speaker, q.named) for q in quotes] == [("an official", False)] * 2


def test_couple_of_one_last_name() -> None:
    """Two people of one last name are kept apart by title and by first name."""
    text = (
        'Bill Clinton spoke first. "It was good," Mr. Clinton said.\n\n'
        'Hillary Clinton agreed. "It was," Mrs. Clinton said. "So it was," Bill Clinton said.'
    )
    said = [('"It was good', "Mr. Clinton"), ('"It was,', "Mrs. Clinton"), ('"So it was', "Bill Clinton")]
    assert names(text, *said) == ["Bill Clinton", "Hillary Clinton", "Bill Clinton"]


def test_pronouns_follow_gender() -> None:
    """'He' and 'she' go to the last man and the last woman, by given name, whoever stands nearer."""
    text = (
        "Angela Merkel met Matteo Renzi in Berlin on Monday.\n\n"
        '"We are in a critical situation," she said. "I will not follow a script," he said.'
    )
    said = [('"We are in', "she"), ('"I will not', "he")]
    assert names(text, *said) == ["Angela Merkel", "Matteo Renzi"]


def test_gender_from_the_text() -> None:
    """A given name that no list knows takes its gender from the pronouns that follow it."""
    text = (
        "Qyxwe Thornbar opened her shop in May. Zzabo Krimlin opened his own next door.\n\n"
        '"It goes well," he said. "Very well," she said.'
    )
    assert names(text, ('"It goes', "he "), ('"Very', "she")) == ["Zzabo Krimlin", "Qyxwe Thornbar"]


def test_who_is_spoken_of_is_not_who_speaks() -> None:
    """A man named inside the quotation is not the 'he' who says it."""
    text = 'John Kerry spoke on Monday. "I know Bashar Assad well," he said.'
    assert names(text, ('"I know', "he ")) == ["John Kerry"]


def test_role_of_the_right_country() -> None:
    """Of two leaders, the demonym tells which one is meant."""
    text = (
        "Russian President Vladimir Putin met French President François Hollande.\n\n"
        '"We agree," the Russian leader said. "We do," the French president said.'
    )
    said = [('"We agree', "the Russian leader"), ('"We do', "the French president")]
    assert names(text, *said) == ["Vladimir Putin", "François Hollande"]


def test_groups_taken_up_again() -> None:
    """A newspaper is 'the newspaper', a body its initials, and 'it' the body that spoke."""
    text = (
        'The Tampa Bay Times came first. "He has offended," the newspaper said. "And more," it said.\n\n'
        'The National Rifle Association objected. "Never," the NRA said.'
    )
    said = [('"He has', "the newspaper"), ('"And more', "it "), ('"Never', "the NRA")]
    assert names(text, *said) == ["Tampa Bay Times"] * 2 + ["National Rifle Association"]


def test_several_together() -> None:
    """Two sources joined by 'and' are one voice, and 'they' are the same again."""
    text = 'France and Germany spoke. "We propose it," Britain and Norway said. "Today," they said.'
    assert names(text, ('"We propose', "Britain and Norway"), ('"Today', "they")) == ["Britain and Norway"] * 2


def test_carried_on_and_interview() -> None:
    """A quote without a source goes on with the speaker before it; in an interview, a question is answered."""
    text = (
        '"Who are you?" Ann Lee asked.\n\n"A friend," Bob Ray said.\n\n"And why here?" Ann Lee asked.\n\n'
        '"Because," Bob Ray said.\n\n"Because of me?" Ann Lee asked.\n\n"Yes."\n\n"Very much so."'
    )
    said = [
        ('"Who are', "Ann Lee"),
        ('"A friend', "Bob Ray"),
        ('"And why', "Ann Lee"),
        ('"Because,', "Bob Ray"),
        ('"Because of', "Ann Lee"),
        ('"Yes', ""),
        ('"Very', ""),
    ]
    quotes, _ = heard(text, *said)
    assert [q.speaker for q in quotes[-3:]] == ["Ann Lee", "Bob Ray", "Bob Ray"]
    assert quotes[-1].reason == "carried on from the quote before"


def test_nobody() -> None:
    """Words that the text gives to nobody say so."""
    (quote,), _ = heard('"It is over." The square was empty.', ('"It is', ""))
    assert (quote.speaker, quote.named) == (UNKNOWN, False)


def test_only_those_who_speak_in_order_of_words() -> None:
    """Speakers come by words quoted, and whoever is only spoken of is none."""
    text = 'Ann Lee met Bob Ray and Carl Fox. "Yes," Ann Lee said. "I do not think so at all," Bob Ray said.'
    _, speakers = heard(text, ('"Yes', "Ann Lee"), ('"I do', "Bob Ray"))
    assert [s.name for s in speakers] == ["Bob Ray", "Ann Lee"]
    assert [text[a:b] for a, b in speakers[1].mentions] == ["Ann Lee", "Ann Lee"]


def test_mentions_take_in_names_roles_and_pronouns() -> None:
    """A speaker's mentions are all the places that mean them, quoted or not, without overlap."""
    text = 'President Ann Lee came. "I am here," she said. "So is Lee," the president said. Lee left.'
    _, (speaker,) = heard(text, ('"I am', "she"), ('"So is', "the president"))
    assert [text[a:b] for a, b in speaker.mentions] == ["President Ann Lee", "she", "Lee", "the president", "Lee"]
    assert speaker.aliases == ("President Ann Lee", "Lee", "the president")


def test_every_quote_says_why() -> None:
    """The reason is a sentence for the reader, with the words that led there."""
    text = 'Russian Foreign Minister Sergey Lavrov spoke. "Yes," the minister said. "No," he said.'
    (first, second), _ = heard(text, ('"Yes', "the minister"), ('"No', "he "))
    assert first.reason == "'the minister': Sergey Lavrov is Russian Foreign Minister"
    assert second.reason == "'he': the last man spoken of before it, Sergey Lavrov"


def test_whoever_says_it_last_is_he() -> None:
    """Of the people named in the sentence before, 'he' is the one who says something there, not whom it is about."""
    text = 'Ted Cruz thrilled the small crowds, Robert Stovall said. "He was very articulate," he said.'
    assert names(text, ('"He was', "he ")) == ["Robert Stovall"]


def test_he_is_not_whom_he_speaks_to() -> None:
    """Whoever is told something, or spoken of, right behind the cue is not the one who says it."""
    text = 'Sean Hannity asked Donald Trump how high it would be. "I think 35 feet," he told Hannity.'
    layout, at = lay_out(text), text.index("he told")
    start, end = text.index('"I'), text.index('" he') + 1
    said = Attribution(((start, end),), ((at + 3, at + 7),), ((at, at + 2),), "direct", 0, "")
    (quote,), _ = resolve(plain(text), layout, (said,))
    assert quote.speaker == "Donald Trump"


def test_he_of_the_sentence_before_is_taken_up() -> None:
    """A sentence that opens with 'He' goes on about the man before, whoever else it names."""
    text = (
        "Frank Beebe came to the rally in Derry. He wonders whether he will vote for Hillary Clinton or Bernie Sanders."
        ' "I ask my wife," he said.'
    )
    assert names(text, ('"I ask', "he ")) == ["Frank Beebe"]


def test_last_name_of_several() -> None:
    """A last name that two people have is whoever of them spoke just now."""
    text = (
        "Sean Smith died in Benghazi. Sean Smith was an officer. His mother, Patricia Smith, disagrees.\n\n"
        '"She lied to me," Patricia Smith said.\n\n"I call her out," Smith said.'
    )
    assert names(text, ('"She lied', "Patricia Smith"), ('"I call', "Smith ")) == ["Patricia Smith"] * 2


def test_last_name_of_a_father() -> None:
    """Where the son speaks by his full name throughout, the last name alone is the father."""
    son = "".join(f'"It is number {i}," Eric Trump said.\n\n' for i in range(4))
    text = f'Donald Trump is his father.\n\n{son}"It will be fun," Trump wrote.'
    said = [(f'"It is number {i}', "Eric Trump") for i in range(4)]
    assert names(text, *said, ('"It will be fun', "Trump "))[-1] == "Donald Trump"


@pytest.mark.parametrize(
    ("text", "source", "name"),
    [
        ('Bob Ray released a statement saying that "it is over."', "a statement", "Bob Ray"),
        ('In a statement on Friday, Bob Ray said that "it is over."', "a statement", "Bob Ray"),
        ('Bob Ray was there. Ann Lee responded to his question on Facebook writing, "it is over."', "", "Ann Lee"),
        ('The crowd saw Ann Lee: "it is over."', "The crowd", "Ann Lee"),
        ('Bob Ray left. "it is over," Ann Lee went on, as if nobody heard.', "", "Ann Lee"),
        ('Bob Ray left. "it is over" and so on, Ann Lee said.', "", "Ann Lee"),
        ('Two analysts, Ann Lee and Bob Ray, found "it is over."', "Two analysts", "Ann Lee and Bob Ray"),
        ('Bob Ray was there. His wife, Jane, spoke. "it is over," she said.', "she ", "Jane"),
        ('Bob Ray wrote on Monday. "it is over," @bobray1 tweeted.', "@bobray1", "Bob Ray"),
        ('Bob Ray spoke as the heckler yelled: "it is over."', "the heckler", "the heckler"),
        ('Bob Ray\'s spokesman came. "it is over," the spokesman said.', "the spokesman", "the spokesman"),
        (
            'The United Gun Group wrote. "it is over," the Global Times tabloid said.',
            "the Global Times",
            "Global Times",
        ),
        ('The mayor, Bill de Blasio, came. "it is over," de Blasio said.', "Blasio ", "Bill de Blasio"),
        (
            'President Fran\u00c3\u00a7ois Hollande came. "it is over," Hollande said.',
            "Hollande ",
            "François Hollande",
        ),
    ],
)
def test_what_is_not_the_source(text: str, source: str, name: str) -> None:
    """Where the source is missing or no one who could speak, whoever stands by the words or is the subject speaks."""
    assert names(text, ('"it is over', source)) == [name]


def test_confidence_goes_by_the_ground() -> None:
    """A full name claims more than a pronoun, that more than what is carried over, and nobody claims least."""
    text = (
        'Ann Lee came. "Yes," Ann Lee said. "No," she said.\n\n"Well."\n\nNothing happened.\n\n'
        'The hall was empty.\n\nIt rained.\n\n"Over."'
    )
    quotes, _ = heard(text, ('"Yes', "Ann Lee"), ('"No', "she "), ('"Well', ""), ('"Over', ""))
    full, she, carried, nobody = (quote.confidence for quote in quotes)
    assert 1 > full >= she > carried > nobody > 0


def test_confidence_is_never_above_that_of_the_attribution() -> None:
    """Who it is can be no surer than that anybody says it."""
    text = '"Yes," Ann Lee said.'
    layout = lay_out(text)
    said = Attribution(((0, 6),), (), ((7, 14),), "direct", 0, "", confidence=0.3)
    (quote,), _ = resolve(plain(text), layout, (said,))
    assert quote.confidence == 0.3


def test_a_quotation_that_goes_on_is_as_sure_as_where_it_began() -> None:
    """A paragraph without a cue of its own says nothing against the quotation that it goes on with."""
    text = '"We lost it," Ann Lee said. "It is gone.\n\n"We went on.\n\n"We won."'
    layout = lay_out(text)
    parts = [
        (a, a + len(words)) for words in ('"We lost it,"', '"We went on.', '"We won."') for a in [text.index(words)]
    ]
    gone = (text.index('"It is'), text.index("\n"))
    said = (
        Attribution((parts[0], gone), (), ((13, 20),), "direct", 0, "", confidence=0.8),
        Attribution((parts[1],), (), (), "direct", 1, "", confidence=0.1),
        Attribution((parts[2],), (), (), "direct", 2, "", confidence=0.2),
    )
    quotes, _ = resolve(plain(text), layout, said)
    assert [(quote.speaker, quote.confidence) for quote in quotes] == [("Ann Lee", 0.8)] * 3


def test_a_transcript_in_marks_goes_on_with_somebody_else() -> None:
    """A name in capitals at the head of a paragraph is no part of the quotation before it."""
    text = 'Ann Lee and Tom Gray spoke. "We lost it," Lee said. "It is gone.\n\n"GRAY: We won."'
    quotes, _ = heard(text, ('"We lost', "Lee said"), ('"It is', ""), ('"GRAY', ""))
    assert "goes on" not in quotes[-1].reason


_PIECES = """Ann Lee Clinton's President the president he she , . " said and of O’Neill <script> (D-Mo.) 你好 who U.S.
J. they I Times de ’ Sen."""
WORDS = st.sampled_from((*_PIECES.split(), "\n\n", "\ud800"))


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=60), st.lists(st.tuples(st.integers(0, 300), st.integers(1, 40)), max_size=12))
def test_any_text_any_spans(words: list[str], cuts: list[tuple[int, int]]) -> None:
    """Whatever the spans, each attribution is one quote, each voice a speaker, and mentions are apart and in bounds."""
    text = " ".join(words)
    spans = [(min(a, len(text)), min(a + n, len(text))) for a, n in cuts]
    attributions = tuple(
        Attribution((content,), (), (source,) if source[0] < source[1] else (), "direct", 0, "")
        for content, source in zip(spans, reversed(spans), strict=True)
        if content[0] < content[1]
    )
    clean, layout = plain(text), lay_out(text)
    quotes, speakers = resolve(clean, layout, attributions)
    assert (quotes, speakers) == resolve(clean, layout, attributions)
    assert [(q.content, q.source) for q in quotes] == [(a.content, a.source) for a in attributions]
    assert {q.speaker for q in quotes} == {s.name for s in speakers}
    assert all(q.speaker and q.reason and 0 < q.confidence <= 1 for q in quotes)
    for speaker in speakers:
        assert all(0 <= a < b <= len(text) for a, b in speaker.mentions)
        assert all(x[1] <= y[0] for x, y in zip(speaker.mentions, speaker.mentions[1:], strict=False))


def many_quotes(count: int) -> Callable[[], object]:
    """Find the speakers of so many quotes, each with a new chance of who "he" is."""
    filler = "The committee met Ann Lee and the senator for hours in the old town hall. " * 2
    text = "\n\n".join(f'{filler}"It is number {i}," he said. Sen. Bob Ray{i % 50} left.' for i in range(count))
    clean, layout = plain(text), lay_out(text)
    begins = [p.start + len(filler) for p in layout.paragraphs]
    attributions = tuple(
        Attribution(((at, clean.index('"', at + 1) + 1),), (), ((he, he + 2),), "direct", i, "")
        for i, at in enumerate(begins)
        for he in [clean.index(" he said", at) + 1]
    )

    def work() -> None:
        quotes, _ = resolve(clean, layout, attributions)
        assert len(quotes) == count

    return work


def test_many_quotes_take_work_in_proportion() -> None:
    """The work grows with the quotes and not with their square, here up to 50,000 words and 1,600 quotes."""
    assert steps(many_quotes(400)) < 4.5 * steps(many_quotes(100))
    assert_in_proportion(many_quotes, 100)
