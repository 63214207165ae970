"""A figure's way out of the app: one HTML file that needs nothing else, and the style that repaints it."""

from __future__ import annotations

import re

import plotly.graph_objects as go

from readout.charts.room import IN_FILES, ON_SCREEN, from_width, hint, rules
from readout.charts.style import INK, THEMED, dress, words
from readout.web.figure import page


def figure() -> go.Figure:
    """A small figure with hostile words in it."""
    made = dress(go.Figure(go.Bar(x=[1], y=[1], hovertext=["</script><script>alert(1)</script>"])), height=300)
    return made.add_annotation(text="ink", font={"color": INK})


def outside(document: str) -> str:
    """The document without its scripts and styles."""
    return re.sub(r"<(script|style)\b.*?</\1>", "", document, flags=re.DOTALL)


def test_the_page_is_one_file_that_may_load_nothing() -> None:
    """It links to nothing, holds plotly and the font itself, and forbids every request."""
    document = page(figure(), says="One bar.", alt="A bar").decode()
    assert not re.search(r"<(script|link|img|iframe)\b[^>]*\b(src|href)=", document)
    assert "default-src 'none'" in document
    assert document.count("src:url(data:font/woff2;base64,") == 2
    assert len(document) > 1_000_000


def test_words_in_the_page_are_escaped() -> None:
    """Title, sentence, source and what the figure says can't break out."""
    bad = '<img src=x onerror=alert(1)> "\ud800'
    document = page(figure(), says=bad, alt=bad, title=bad, credit=bad).decode()
    assert "<img" not in outside(document)
    assert "<script>alert(1)" not in document
    assert document.count("&lt;img src=x onerror=alert(1)&gt; &quot;?") == 5


def test_the_page_is_painted_for_a_light_screen() -> None:
    """The middle tones that both themes share become the light theme's."""
    document = page(figure(), says="One bar.", alt="A bar").decode()
    assert f'"{INK}"' not in document
    assert f'"{THEMED[INK][0]}"' in document


def test_the_page_has_the_whole_legend_and_nothing_chosen() -> None:
    """On screen the sidebar names the voices, a file has to do so itself, with a line more for every four."""
    made = dress(go.Figure(), height=300).update_layout(showlegend=True, margin={"t": 60})
    for voice in "abcdef":
        made.add_bar(x=[1], y=[1], name=voice, showlegend=False, meta=IN_FILES, selectedpoints=[0])
    document = page(made, says="Bars.", alt="Bars").decode()
    assert document.count('"showlegend":true') == 7
    assert "selectedpoints" not in document.split("Plotly.newPlot(")[-1]
    assert '"height":319' in document
    assert made.layout.height == 300
    assert not made.data[0].showlegend


def test_the_page_has_no_hint_and_no_look_of_what_is_chosen() -> None:
    """What says that something can be clicked, and shows what was, is for the screen alone."""
    made = figure()
    made.data[0].hovertemplate = f"%{{x}}{hint('Click: go there')}<extra></extra>"
    made.add_scatter(x=[1], y=[1], meta=ON_SCREEN, name="a ring")
    made.add_vrect(0, 1, name=ON_SCREEN, fillcolor="#123456").add_vline(2, line_color="#654321")
    document = page(made, says="One bar.", alt="A bar").decode().split("Plotly.newPlot(")[-1]
    assert "%{x}\\u003cextra" in document or "%{x}<extra" in document
    for gone in ("go there", "a ring", "#123456"):
        assert gone not in document
    assert "#654321" in document
    assert len(made.data) == 2


def test_what_a_narrow_figure_has_no_room_for() -> None:
    """Words say the width they need; the style has a rule for each such width, and none are kept that never fit."""
    assert from_width("a", 300) == "a"
    assert from_width("a", 5000) == ""
    style = rules(".x")
    for width in range(341, 960, 7):
        (level,) = re.findall(r"--from:(\d+)px", from_width("a", width))
        assert width <= int(level) < width + 20
        assert f'(max-width:{int(level) - 1}px){{.x text:has([style*="--from:{level}px"])' in style


def test_greys_are_legible_before_they_are_repainted() -> None:
    """Each middle tone of words stands at least 4:1 off both pages, and is told from the others by its value."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    light, dark = luminance("#fdfbf7"), luminance("#16181b")
    assert (light + 0.05) / (luminance(INK) + 0.05) > 4
    assert (luminance(INK) + 0.05) / (dark + 0.05) > 4
    for day, night in list(THEMED.values())[:2]:
        assert (light + 0.05) / (luminance(day) + 0.05) > 4.5
        assert (luminance(night) + 0.05) / (dark + 0.05) > 4.5
    assert len(set(THEMED)) == 4


def test_words_mean_only_themselves() -> None:
    """Tags, entities, hover placeholders and lone surrogates become harmless."""
    assert words("<b>&lt;%{x}\ud800") == "&lt;b&gt;&amp;lt;%\u200b{x}?"
