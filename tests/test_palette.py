"""Colours: legible on both pages, told apart by any eye, and initials that are nobody else's."""

from __future__ import annotations

from itertools import combinations

import pytest

from readout.charts.style import area
from readout.palette import _GREY, _HUES, _WEAVES, DARK_PAGE, LIGHT_PAGE, LOOKS, palette
from readout.records import REPORTER, Layout, Reading, Speaker


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a: str, b: str) -> float:
    """Contrast ratio after WCAG 2.2."""
    dark, light = sorted((luminance(a), luminance(b)))
    return (light + 0.05) / (dark + 0.05)


def tint(colour: str, page: str, share: float) -> str:
    """A colour thinned over a page."""
    mixed = [round(int(colour[i : i + 2], 16) * share + int(page[i : i + 2], 16) * (1 - share)) for i in (1, 3, 5)]
    return "#" + "".join(f"{c:02x}" for c in mixed)


@pytest.mark.parametrize(("light", "dark", "chart"), [*_HUES, _GREY])
def test_contrast(light: str, dark: str, chart: str) -> None:
    """Words in a voice's colour, and on it, reach AA on both pages; chart shades stand 3:1 off both."""
    assert contrast(light, LIGHT_PAGE) >= 4.5
    assert contrast(light, "#ffffff") >= 4.5
    assert contrast(light, tint(light, LIGHT_PAGE, 0.13)) >= 4.5
    assert contrast(dark, DARK_PAGE) >= 4.5
    assert contrast(dark, "#121416") >= 4.5
    assert contrast(dark, tint(dark, DARK_PAGE, 0.13)) >= 4.5
    assert contrast(chart, LIGHT_PAGE) >= 3
    assert contrast(chart, DARK_PAGE) >= 3


@pytest.mark.parametrize(("light", "dark", "chart"), _HUES)
def test_contrast_on_a_pattern(light: str, dark: str, chart: str) -> None:
    """Words are as legible on a pattern's threads as beside them, and the threads are seen on the colour."""
    for colour, words, share in ((light, "#ffffff", 0.6), (dark, "#121416", 0.82)):
        thread = tint(colour, "#000000", share)
        assert contrast(thread, words) >= 4.5
        assert contrast(thread, colour) >= 1.25
    for colour, ink, page in ((light, "#1d1c1a", LIGHT_PAGE), (dark, "#e9e6df", DARK_PAGE)):
        assert contrast(ink, tint(colour, page, 1 - (1 - 0.26) * (1 - 0.11))) >= 4.5
    assert contrast(tint("#ffffff", chart, 0.6), chart) >= 1.25


def test_colour_and_pattern_together_are_one_voices() -> None:
    """The first voices are plain; when colours come round again they carry a pattern, which no other voice has."""
    speakers = tuple(Speaker(f"Voice {n}") for n in range(LOOKS))
    colours = [palette(Reading(Layout((0, 0), (), ()), speakers=speakers))[s.name] for s in speakers]
    assert [colour.pattern for colour in colours[: len(_HUES)]] == [""] * len(_HUES)
    assert len({(colour.light, colour.pattern) for colour in colours}) == len(colours) == LOOKS >= 60
    assert len({colour.weave for colour in colours}) == len(_WEAVES)
    assert all(not colour.weave or colour.weave.endswith(",") for colour in colours)
    filled = [area(colour) for colour in colours]
    assert "shape" not in filled[0]["pattern"]
    assert filled[len(_HUES)]["pattern"]["shape"] == colours[len(_HUES)].pattern
    more = palette(Reading(Layout((0, 0), (), ()), speakers=(*speakers, Speaker("One more"))))
    assert more["One more"].light == colours[0].light


_DEFICIENCIES = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""What linear RGB becomes in an eye without one cone (Machado, Oliveira and Fernandes 2009, severity 1)."""


def lab(colour: str, eye: str) -> tuple[float, float, float]:
    """A colour as such an eye sees it, in OKLab, where distances are perceived differences."""
    linear = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in linear]
    r, g, b = (min(1.0, max(0.0, sum(m * c for m, c in zip(row, linear, strict=True)))) for row in _DEFICIENCIES[eye])
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    middle = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


@pytest.mark.parametrize("eye", _DEFICIENCIES)
@pytest.mark.parametrize("shade", [0, 1, 2])
def test_the_first_voices_differ_to_any_eye(eye: str, shade: int) -> None:
    """The four most quoted voices can be told apart without one kind of cone."""
    seen = [lab(hue[shade], eye) for hue in _HUES[:4]]
    apart = [sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) ** 0.5 for a, b in combinations(seen, 2)]

    assert min(apart) > 0.045


def test_initials_are_nobody_elses() -> None:
    """Speakers with the same initials get different ones; small words do not count."""
    names = ["Bill Clinton", "Chelsea Clinton", "Betty Carter", "the State Department", "many observers", "俄罗斯", "?"]
    names += [f"Bob C{n}" for n in range(20)]
    colours = palette(Reading(Layout((0, 0), (), ()), speakers=tuple(Speaker(n) for n in names)))
    initials = [colours[n].initials for n in names]

    assert initials[:5] == ["BC", "CC", "BCa", "SD", "MO"]
    assert len(set(initials)) == len(names)
    assert all(i.isalnum() or i == "?2" or i == "?" for i in initials)


def test_the_reporter_is_grey() -> None:
    """The reporter's own voice has the neutral grey and no initials."""
    assert palette(Reading(Layout((0, 0), (), ())))[REPORTER].light == _GREY[0]
