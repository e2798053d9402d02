"""Whether a contract of this size lets a household of a standard type leave benefit.

A household leaves benefit when the net wage of a month is at least its net benefit norm
of a month, both with holiday allowance. The net wage is the gross wage times the share
that is left of it at low wages. That share is an approximation, the same for everybody,
and not the tax of a person: what people get besides (allowances for rent, health and
children, income that the municipality leaves free for a while) is not in it.

>>> wage = Wage(hourly=15.0, holiday_percent=8.0, net_percent=90.0)
>>> round(net_per_month(24, wage), 2)
1516.32
>>> round(hours_needed(1516.32, wage), 2)
24.0
"""

from dataclasses import dataclass
from math import ceil

WEEKS_PER_MONTH = 52 / 12
# The law's full working week is 40 hours at most for one contract here.
MOST_HOURS = 40


@dataclass(frozen=True)
class Wage:
    """Gross euros an hour without holiday allowance; percentages of it."""

    hourly: float
    holiday_percent: float
    net_percent: float

    @property
    def net_hourly(self) -> float:
        """Net euros an hour, with holiday allowance."""
        return self.hourly * (1 + self.holiday_percent / 100) * self.net_percent / 100


@dataclass(frozen=True)
class Result:
    """What a contract means for a type of household, in net euros a month.

    `hours` is how many whole hours a week the household needs at this wage; None if
    even a full working week is not enough.
    """

    household: str
    norm: float
    net: float
    leaves: bool
    hours: int | None


def net_per_month(hours: float, wage: Wage) -> float:
    """Net euros a month, with holiday allowance, of so many hours a week."""
    return hours * WEEKS_PER_MONTH * wage.net_hourly


def hours_needed(norm: float, wage: Wage) -> float:
    """The hours a week that bring the net wage to the norm."""
    return norm / net_per_month(1, wage) if wage.net_hourly else float("inf")


def test(hours: float, wage: Wage, norms: dict[str, float]) -> list[Result]:
    """For each type of household whether it leaves benefit.

    >>> wage = Wage(hourly=15.0, holiday_percent=8.0, net_percent=90.0)
    >>> [(r.household, r.leaves, r.hours) for r in test(24, wage, {"single": 1400.0})]
    [('single', True, 23)]
    >>> [r.hours for r in test(24, wage, {"couple": 9999.0})]
    [None]
    """
    return [_test_household(hours, wage, name, norm) for name, norm in norms.items()]


def _test_household(hours, wage, household, norm):
    net = net_per_month(hours, wage)
    needed = hours_needed(norm, wage)
    # Sums of floats may end a hair below.
    whole = ceil(round(needed, 6)) if needed <= MOST_HOURS else None
    return Result(household, norm, net, round(net - norm, 6) >= 0, whole)
