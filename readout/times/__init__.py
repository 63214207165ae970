"""Time expressions after TIMEX3 (ISO-TimeML), with the calendar days they may cover."""

from __future__ import annotations

from datetime import date

from readout.records import Layout, Timex
from readout.times.calendar import Calendar
from readout.times.context import Context
from readout.times.edges import Days, days_of
from readout.times.patterns import lower
from readout.times.rules import RULES, scanner

_LONGER_THAN_A_QUARTER = ("P6M", "P9M", "P1Y")
"""Where results are for the half, the nine months or the year, "a year earlier" is no quarter."""
_NO_DAYS: tuple[Days, str] = (None, None), ""


def find_times(clean: str, layout: Layout, published: date | None) -> tuple[Timex, ...]:
    """The time expressions of the body, in order.

    Args:
        clean: the text after `layout.plain`.
        layout: its layout; times are looked for in its sentences.
        published: the day of publication, which relative expressions hang on. Without it they get a TIMEX3
            value with X for what is not known, and no days.

    Returns:
        DATE, TIME, DURATION and SET expressions with TIMEX3 values. `earliest` and `latest` are the first and the
        last calendar day that an expression may cover ("late 2014" covers the second half of the year, "earlier
        this month" the days up to publication); None for durations, sets, vague references
        ("recently") and days that no date can hold. Weeks run from Monday to Sunday (ISO 8601).
    """
    found: list[Timex] = []
    last: Calendar | None = None
    quarter: Calendar | None = None
    scan, lowered = scanner(), lower(clean)
    for sentence in layout.sentences:
        at = sentence.start
        while match := scan.search(lowered, at, sentence.end):
            at = match.end()
            rule = RULES[int(str(match.lastgroup)[1:])]
            exact = rule.regex.match(clean, match.start(), sentence.end)
            if exact is None:
                continue
            context = Context(clean, (sentence.start, sentence.end), exact.span(), published, last, quarter)
            time = rule.read(exact, context)
            if time is None:
                at = _next_word(clean, match.start(), match.end())
                continue
            when = time.when
            days, part = days_of(when, exact[0], published) if when and time.type in ("DATE", "TIME") else _NO_DAYS
            found.append(Timex(exact.start(), exact.end(), time.type, time.value, *days, rule=time.rule + part))
            if time.value in _LONGER_THAN_A_QUARTER:
                quarter = None
            if when and when.first and not time.aside:
                last = when
                over = published is None or when.last is None or when.last <= published
                quarter = when if when.unit == "quarter" and over else quarter
    return tuple(found)


def _next_word(clean: str, start: int, end: int) -> int:
    """Where the next word of a refused expression begins, so that a shorter one in it can be found."""
    gap = min((at for at in (clean.find(" ", start, end), clean.find("-", start, end)) if at >= 0), default=end)
    return gap + 1 if gap < end else end
