"""Whether a text is taken for English."""

from __future__ import annotations

import pytest

from readout.language import is_english
from readout.shelf import SHIPPED, names, open_article


@pytest.mark.parametrize("name", names(SHIPPED))
def test_shipped_articles_are_english(name: str) -> None:
    """What ships reads like English."""
    assert is_english(open_article(SHIPPED, name).article.text)


@pytest.mark.parametrize(
    "text",
    [
        "Le président a déclaré mercredi que la situation dans le pays était grave et que des mesures seraient prises.",
        "Der Minister sagte am Mittwoch, dass die Lage im Land ernst sei und bald Maßnahmen ergriffen würden.",
        "El presidente dijo el miércoles que la situación del país era grave y que pronto se tomarían medidas.",
        "“我们准备好了，”外交部长说。“这是和平的一天。”他补充说，2016年11月9日是重要的日子。",
        "Президент заявил в среду, что положение в стране тяжёлое и что меры будут приняты в ближайшее время.",
    ],
)
def test_other_languages_are_told_apart(text: str) -> None:
    """A sentence of news in another language is not taken for English."""
    assert not is_english(text)


@pytest.mark.parametrize("text", ["", "Kiev, 2014", "«Да»", '<script> " " "'])
def test_what_is_too_short_to_tell_passes(text: str) -> None:
    """No notice where there is next to nothing to judge by."""
    assert is_english(text)
