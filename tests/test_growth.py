"""What counts the work of others: work by the square is found, work in proportion passes, on any machine."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from growth import assert_in_proportion, steps


def pairs(count: int) -> Callable[[], object]:
    """Work by the square of a number."""
    return lambda: [one + other for one in range(count) for other in range(count)]


def test_steps_are_the_same_in_every_run() -> None:
    """Counted twice they are equal, and grow as the work does."""
    assert steps(pairs(20)) == steps(pairs(20))
    assert 3.5 < steps(pairs(40)) / steps(pairs(20)) < 4.5


def test_a_pattern_that_goes_back_again_and_again_is_found() -> None:
    """What happens inside one call of a library counts too."""
    with pytest.raises(AssertionError, match="times what size 600 takes"):
        assert_in_proportion(lambda size: lambda: re.search("a*b", "a" * size), 600)
    assert_in_proportion(lambda size: lambda: re.search("a*b", "c" * size), 600)
