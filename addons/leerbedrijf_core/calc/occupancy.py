"""How many people are in one place at the same time: plain Python, no database.

A stay lasts from its first to its last day and takes up some parts of the week; one
that names no parts is there all week. As many people are in the place as meet in its
busiest part. The days on which somebody comes or goes are swept in order, so what this
costs follows the number of stays, not how long they last.

>>> from datetime import date
>>> monday, tuesday = frozenset({"monday"}), frozenset({"tuesday"})
>>> stays = [
...     Stay(date(2026, 9, 1), date(2026, 9, 30), monday),
...     Stay(date(2026, 9, 15), None, tuesday),
...     Stay(date(2026, 9, 21), date(2026, 9, 27)),
... ]
>>> for period in occupancy(stays):
...     print(period.start, period.end, period.people)
2026-09-01 2026-09-20 1
2026-09-21 2026-09-27 2
2026-09-28 None 1
>>> [period.people for period in overfull(occupancy(stays), seats=1)]
[2]
"""

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

ONE_DAY = timedelta(1)


@dataclass(frozen=True)
class Stay:
    """Somebody's days in the place; without an end it goes on."""

    start: date
    end: date | None = None
    parts: frozenset[Hashable] = frozenset()


@dataclass(frozen=True)
class Period:
    """Days in a row with as many people; without an end it goes on."""

    start: date
    end: date | None
    people: int


def occupancy(stays: Iterable[Stay]) -> list[Period]:
    """The periods in which somebody is there, in order; neighbours differ."""
    changes = _get_changes(stays)
    days = sorted(changes)
    present = Counter()  # by part of the week; None is all week
    periods = []
    for day, following in pairwise([*days, None]):
        present.update(changes[day])
        people = _get_busiest(present)
        end = following and following - ONE_DAY
        if people and periods and _continues(periods[-1], day, people):
            periods[-1] = Period(periods[-1].start, end, people)
        elif people:
            periods.append(Period(day, end, people))
    return periods


def overfull(periods: Iterable[Period], seats: int) -> list[Period]:
    """The periods in which more people are there than it has seats."""
    return [period for period in periods if period.people > seats]


def days_meet(one: Stay | Period, other: Stay | Period) -> bool:
    """Whether there is a day on which both last."""
    return one.start <= (other.end or date.max) and other.start <= (one.end or date.max)


def _get_changes(stays):
    """Day → by part of the week how many more (or fewer) are there from that day."""
    changes = {}
    for stay in stays:
        if stay.end and stay.end < stay.start:
            continue
        parts = stay.parts or {None}
        for part in parts:
            changes.setdefault(stay.start, Counter())[part] += 1
            if stay.end and stay.end < date.max:
                changes.setdefault(stay.end + ONE_DAY, Counter())[part] -= 1
    return changes


def _get_busiest(present):
    parts = (number for part, number in present.items() if part is not None)
    busiest_part = max(parts, default=0)
    return present[None] + busiest_part


def _continues(period, day, people):
    return period.people == people and period.end == day - ONE_DAY
