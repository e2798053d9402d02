"""From the design of a route to real dates: plain Python, no database.

A phase starts an offset after the cohort's start, or after another phase has ended,
and lasts a number of work days, weeks or months. It begins and ends on a work day;
work days are counted one by one, so a holiday within a phase of work days makes it
end later.

>>> from datetime import date
>>> school = Phase("school", 3, "month", after="intro")
>>> phases = [Phase("intro", 20, "work_day"), school]
>>> holiday = date(2026, 9, 9)
>>> dates = plan(phases, date(2026, 9, 5), lambda d: d.weekday() < 5 and d != holiday)
>>> [d.isoformat() for d in dates["intro"]]
['2026-09-07', '2026-10-05']
>>> [d.isoformat() for d in dates["school"]]
['2026-10-06', '2027-01-05']
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

# A calendar without any work day would make a search endless.
LONGEST_CLOSURE_DAYS = 366


class PlanningError(ValueError):
    """The phases cannot be dated: a circle, or a calendar without work days."""


@dataclass(frozen=True)
class Phase:
    """One phase of a route; `duration` and `offset` in their own units.

    `is_work_day`, if it is given, counts for this phase instead of that of the plan: a
    phase of school begins and ends on a school day.
    """

    key: Hashable
    duration: int
    duration_unit: str = "week"
    offset: int = 0
    offset_unit: str = "week"
    after: Hashable = None
    is_work_day: Callable[[date], bool] | None = None


def plan(
    phases: Iterable[Phase], start: date, is_work_day: Callable[[date], bool]
) -> dict[Hashable, tuple[date, date]]:
    """First and last day of every phase, by its key.

    :raises PlanningError: if phases wait for each other or no work day is found
    """
    waiting = {phase.key: phase for phase in phases}
    planned = {}
    while waiting:
        ready = [p for p in waiting.values() if p.after not in waiting]
        if not ready:
            raise PlanningError("circle")
        for phase in ready:
            planned[phase.key] = _phase_dates(phase, start, planned, is_work_day)
            del waiting[phase.key]
    return planned


def _phase_dates(phase, start, planned, is_work_day):
    is_work_day = phase.is_work_day or is_work_day
    origin = planned[phase.after][1] + timedelta(1) if phase.after in planned else start
    origin = next_work_day(origin, is_work_day)
    first = next_work_day(
        _add(origin, phase.offset, phase.offset_unit, is_work_day), is_work_day
    )
    if phase.duration_unit == "work_day":
        return first, _add(first, phase.duration - 1, "work_day", is_work_day)
    last = _add(first, phase.duration, phase.duration_unit, is_work_day) - timedelta(1)
    return first, max(first, previous_work_day(last, is_work_day))


def _add(day, number, unit, is_work_day):
    if unit == "month":
        return day + relativedelta(months=number)
    if unit == "week":
        return day + timedelta(weeks=number)
    for _step in range(number):
        day = next_work_day(day + timedelta(1), is_work_day)
    return day


def next_work_day(day, is_work_day):
    """`day` itself if people work on it, else the first day after it on which they do.

    >>> next_work_day(date(2026, 11, 21), lambda d: d.weekday() < 5).isoformat()
    '2026-11-23'
    """
    return _nearest(day, timedelta(1), is_work_day)


def previous_work_day(day, is_work_day):
    """`day` itself if people work on it, else the last day before it when they do."""
    return _nearest(day, timedelta(-1), is_work_day)


def _nearest(day, step, is_work_day):
    for _try in range(LONGEST_CLOSURE_DAYS):
        if is_work_day(day):
            return day
        day += step
    raise PlanningError("no work day")


def measure(start, end, is_work_day):
    """How long it is from `start` up to but not including `end`: a number and a unit.

    Short times in work days, others in weeks, as people speak of them.

    >>> works = lambda day: day.weekday() < 5
    >>> measure(date(2026, 9, 7), date(2026, 9, 21), works)
    (10, 'work_day')
    >>> measure(date(2026, 9, 7), date(2027, 3, 5), works)
    (26, 'week')
    """
    days = (end - start).days
    if days > 21:
        return round(days / 7), "week"
    work_days = sum(is_work_day(start + timedelta(n)) for n in range(days))
    return work_days, "work_day"
