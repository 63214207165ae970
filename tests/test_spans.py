"""Spans among themselves."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readout.spans import apart

SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 6)).map(lambda pair: (pair[0], pair[0] + pair[1])))


@given(SPANS)
def test_no_character_is_lost_or_won_and_none_is_held_twice(spans: list[tuple[int, int]]) -> None:
    """What the spans cover is covered afterwards by spans in order that share nothing."""
    kept = apart(spans)
    covered = [at for start, end in kept for at in range(start, end)]
    assert covered == sorted({at for start, end in spans for at in range(start, end)})


def test_neighbours_stay_two() -> None:
    """Spans that only touch are not one."""
    assert apart([(4, 6), (0, 2), (2, 4)]) == [(0, 2), (2, 4), (4, 6)]
