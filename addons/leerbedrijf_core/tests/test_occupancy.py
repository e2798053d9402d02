import doctest
from collections import Counter
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..calc import occupancy
from ..calc.occupancy import Period, Stay, days_meet, overfull

FIRST = date(2028, 2, 20)  # a leap day is near
DAYS = 40

days = st.integers(0, DAYS - 1).map(lambda number: FIRST + timedelta(number))
stays = st.lists(
    st.builds(
        Stay, days, st.none() | days, st.frozensets(st.integers(0, 2), max_size=2)
    ),
    max_size=8,
)


def _count(stays, day):
    """The long way round: everybody who is there on `day`, in its busiest part."""
    present = [s for s in stays if s.start <= day <= (s.end or date.max)]
    always = sum(not stay.parts for stay in present)
    parts = Counter(part for stay in present for part in stay.parts)
    return always + max(parts.values(), default=0)


@tagged("post_install", "-at_install", "standard")
class TestOccupancy(BaseCase):
    def test_doctests(self):
        self.assertFalse(doctest.testmod(occupancy).failed)

    @settings(max_examples=300, derandomize=True, deadline=None)
    @given(stays)
    def test_as_counted_day_by_day(self, drawn):
        periods = occupancy.occupancy(drawn)
        for number in range(-1, DAYS + 2):
            day = FIRST + timedelta(number)
            there = [p for p in periods if p.start <= day <= (p.end or date.max)]
            self.assertEqual(sum(p.people for p in there), _count(drawn, day), day)
            self.assertLessEqual(len(there), 1)

    @settings(max_examples=200, derandomize=True, deadline=None)
    @given(stays, st.integers(1, 4))
    def test_periods_are_as_long_as_they_can_be(self, drawn, seats):
        periods = occupancy.occupancy(drawn)
        for one, following in zip(periods, periods[1:], strict=False):
            self.assertLess(one.end, following.start)
            self.assertFalse(
                one.people == following.people
                and one.end + timedelta(1) == following.start
            )
        self.assertEqual(
            overfull(periods, seats), [p for p in periods if p.people > seats]
        )

    def test_a_stay_until_the_end_of_time(self):
        periods = occupancy.occupancy([Stay(FIRST, date.max)])
        self.assertEqual(periods, [Period(FIRST, None, 1)])

    def test_days_meet(self):
        one = Stay(FIRST, FIRST + timedelta(2))
        self.assertTrue(days_meet(one, Stay(FIRST + timedelta(2))))
        self.assertFalse(days_meet(one, Stay(FIRST + timedelta(3))))
        self.assertFalse(days_meet(Stay(FIRST + timedelta(3)), one))
