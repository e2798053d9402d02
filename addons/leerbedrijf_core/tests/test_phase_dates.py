import doctest
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..calc import phase_dates
from ..calc.phase_dates import Phase, plan

units = st.sampled_from(["work_day", "week", "month"])
phases = st.lists(
    st.tuples(st.integers(1, 40), units, st.integers(0, 12), units, st.booleans()),
    min_size=1,
    max_size=6,
)
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


def _chain(drawn):
    return [
        Phase(i, duration, unit, offset, offset_unit, i - 1 if i and chained else None)
        for i, (duration, unit, offset, offset_unit, chained) in enumerate(drawn)
    ]


@tagged("post_install", "-at_install", "standard")
class TestPhaseDates(BaseCase):
    def test_doctests(self):
        self.assertFalse(doctest.testmod(phase_dates).failed)

    @settings(max_examples=100, derandomize=True, deadline=None)
    @given(phases, days, st.sets(days, max_size=50))
    def test_phases_begin_and_end_on_work_days_in_order(self, drawn, start, holidays):
        def works(day):
            return day.weekday() < 5 and day not in holidays

        chain = _chain(drawn)
        planned = plan(chain, start, works)
        for phase in chain:
            first, last = planned[phase.key]
            self.assertTrue(works(first))
            self.assertTrue(works(last))
            self.assertLessEqual(start, first)
            self.assertLessEqual(first, last)
            if phase.after is not None:
                self.assertGreater(first, planned[phase.after][1])
            if phase.duration_unit == "work_day":
                span = (last - first).days + 1
                worked = sum(works(first + timedelta(i)) for i in range(span))
                self.assertEqual(worked, phase.duration)

    def test_a_circle_is_refused(self):
        with self.assertRaises(phase_dates.PlanningError):
            plan([Phase(1, 1, after=2), Phase(2, 1, after=1)], date(2026, 1, 1), bool)

    def test_a_calendar_without_work_days_is_refused(self):
        with self.assertRaises(phase_dates.PlanningError):
            plan([Phase(1, 1)], date(2026, 1, 1), lambda day: False)
