"""How the work of something grows with what it is given, told so that a busy machine can't change the answer.

`steps` counts: the same number on every machine and in every run. It sees what Python does, and not what happens in one
call of a library. `assert_in_proportion` sees that too, such as a regular expression that goes back again and again.
It takes processor time, of sizes so far apart that work in proportion and work by the square are told apart even when a
measurement is four times too long.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

TIMES = 16
"""How much larger the large size is."""
MARGIN = 4
"""How much more than in proportion is allowed: half of the way, as factors go, to what the square would take."""
_LEAST = 0.002
"""Seconds below which a measurement says nothing: shorter work is done again and again until it has taken as long."""


def steps(work: Callable[[], object]) -> int:
    """How many lines, calls and returns of Python some work takes in this thread.

    Args:
        work: does it, without an argument.
    """
    count = 0

    def step(_frame: FrameType, _event: str, _given: Any) -> Any:
        nonlocal count
        count += 1
        return step

    before = sys.gettrace()
    with _no_collecting():
        sys.settrace(step)
        try:
            work()
        finally:
            sys.settrace(before)
    return count


def assert_in_proportion(work: Callable[[int], Callable[[], object]], small: int) -> None:
    """Assert that work on something 16 times as large takes nowhere near 256 times as long.

    Args:
        work: makes what is measured for a size; what it does before it returns that is not measured.
        small: the small size.

    Raises:
        AssertionError: if it took more than 64 times as long, each of three times.
    """
    short, long = work(small), work(small * TIMES)
    short()
    allowed = MARGIN * TIMES * min(_seconds(short) for _ in range(3))
    spent: list[float] = []
    while len(spent) < 3 and (not spent or spent[-1] > allowed):
        spent.append(_seconds(long))
    assert min(spent) <= allowed, f"{spent} s, where {allowed:.3f} s is {MARGIN * TIMES} times what size {small} takes"


def _seconds(work: Callable[[], object]) -> float:
    """The processor time of some work; of work too short to measure, the mean of many times."""
    with _no_collecting():
        begun, times = time.process_time(), 0
        while (spent := time.process_time() - begun) < _LEAST or not times:
            work()
            times += 1
        return spent / times


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Collect no garbage: when that happens, and how much of it is others', differs from run to run."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
