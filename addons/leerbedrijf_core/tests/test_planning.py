from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.fields import Command

from .common_cohort import CohortCase


@freeze_time("2026-10-01")
class TestPlanning(CohortCase):
    """All that a leerbedrijf plans, in one calendar and one timeline."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.coordinator = cls.as_role("coordinator")
        cls.coordinator.user.tz = "Europe/Amsterdam"
        cls.items = cls.coordinator["leerbedrijf.planning.item"]
        cls.morning = cls.env.ref("leerbedrijf_core.day_part_thursday_morning")
        cls.afternoon = cls.env.ref("leerbedrijf_core.day_part_thursday_afternoon")
        cls.slot = cls._new_slot(cls.cohort)

    @classmethod
    def _new_slot(cls, cohort, **values):
        return cls.coordinator["leerbedrijf.cohort.slot"].create(
            {
                "cohort_id": cohort.id,
                "name": "School day",
                "kind": "school",
                "day_part_ids": (cls.morning | cls.afternoon).ids,
                "partner_id": cls.employer.id,
                "place": "Room 1",
                **values,
            }
        )

    def _search(self, *domain, env=None):
        items = self.items.with_env(env) if env else self.items
        return items.search([("region_id", "=", self.region.id), *domain])

    def _sessions(self, cohort=None):
        return self._search(
            ("kind", "=", "session"), ("cohort_id", "=", (cohort or self.cohort).id)
        )

    # Phases

    def test_phases_open_where_they_can_be_moved(self):
        phases = self._search(("kind", "=", "phase"))
        self.assertEqual(phases.phase_id, self.cohort.phase_ids)
        self.assertEqual(phases[0].display_name, f"Introduction · {self.cohort.name}")
        action = phases[0].action_open()
        self.assertEqual(
            (action["res_model"], action["res_id"]),
            ("leerbedrijf.cohort.phase", self.cohort.phase_ids[0].id),
        )
        self.cohort.phase_ids[0].date_start = "2026-09-09"
        self.env.invalidate_all()
        self.assertEqual(phases[0].date_start, date(2026, 9, 9))
        self.cohort.active = False
        self.assertFalse(self._search(("kind", "!=", "workplace")))

    # The week

    def test_a_day_of_every_week_without_holidays(self):
        """The same days as the cohort itself tells."""
        self.env["leerbedrijf.school.holiday"].create(
            {
                "name": "Autumn",
                "region_id": self.region.id,
                "company_id": self.municipality.id,
                "date_from": "2026-10-17",
                "date_to": "2026-10-25",
            }
        )
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Closed",
                "calendar_id": self.leerbedrijf.resource_calendar_id.id,
                "company_id": self.leerbedrijf.id,
                "date_from": "2026-11-11 23:00:00",
                "date_to": "2026-11-12 22:59:59",
            }
        )
        days = self._sessions().mapped("date_start")
        self.assertIn(date(2026, 10, 15), days)
        self.assertNotIn(date(2026, 10, 22), days)
        self.assertNotIn(date(2026, 11, 12), days)
        told = self.cohort._get_slots_between(
            self.cohort.date_start, self.cohort.date_end
        )
        self.assertEqual(days, [day.date for day in told])
        self.slot.skips_school_holidays = False
        self.assertIn(date(2026, 10, 22), self._sessions().mapped("date_start"))

    def test_from_phase_to_phase(self):
        self.slot.from_phase_id = self.cohort.phase_ids[1]
        self.assertEqual(self._sessions()[0].date_start, date(2026, 10, 8))
        self.cohort.phase_ids[1].date_start = "2026-10-12"
        self.assertEqual(self._sessions()[0].date_start, date(2026, 10, 15))

    def test_the_clock_of_the_planner_in_summer_and_winter(self):
        by_day = {item.date_start: item for item in self._sessions()}
        summer, winter = by_day[date(2026, 10, 22)], by_day[date(2026, 10, 29)]
        self.assertEqual(summer.time_start, datetime(2026, 10, 22, 7))
        self.assertEqual(summer.time_stop, datetime(2026, 10, 22, 14, 30))
        self.assertEqual(winter.time_start, datetime(2026, 10, 29, 8))

    def test_on_two_days_a_week_and_on_a_leap_day(self):
        tuesday = self.env.ref("leerbedrijf_core.day_part_tuesday_evening")
        self.slot.day_part_ids = self.afternoon | tuesday
        cohort = self._new_cohort(date_start=date(2028, 2, 1))
        self._new_slot(cohort, day_part_ids=tuesday.ids)
        days = self._sessions(cohort).mapped("date_start")
        self.assertIn(date(2028, 2, 29), days)
        self.assertEqual({day.weekday() for day in days}, {1})
        week = [d for d in self._sessions().mapped("date_start") if d.day <= 7]
        self.assertEqual(
            [d for d in week if d.month == 10],
            [date(2026, 10, 1), date(2026, 10, 6)],
        )

    def test_a_year_typed_wrong_makes_no_thousands_of_rows(self):
        self.cohort.phase_ids[-1].date_end = "9999-01-01"
        self.assertLess(len(self._sessions()), 53 * 5)

    # Two groups in one room

    def _clash(self, **values):
        cohort = self._new_cohort()
        return self._new_slot(cohort, **values)

    def test_two_groups_in_one_room(self):
        self.assertFalse(self.slot.problem)
        other = self._clash(day_part_ids=self.morning.ids, place=" room 1 ")
        other.until_phase_id = other.cohort_id.phase_ids[0]
        self.env.invalidate_all()
        sessions = self._sessions()
        self.assertEqual(
            sessions.filtered("has_problem").mapped("date_start"),
            [s.date_start for s in sessions if s.date_start <= other.date_end],
        )
        item = sessions.filtered("has_problem")[-1]
        self.assertEqual(item.problem, self.slot.problem)
        self.assertEqual(
            item.problem,
            f"{other.cohort_id.name} is at the same place at the same time (Thursday "
            "morning, from 7 September 2026 until 2 October 2026). Move one of them, "
            "or name the rooms.",
        )
        signal = self._search(("kind", "=", "signal"), ("slot_id", "=", self.slot.id))
        self.assertEqual(signal.problem, self.slot.problem)
        self.assertEqual(signal.date_end, date(2026, 10, 2))
        self.assertEqual(self.cohort.planning_signal_count, 1)
        self.assertIn("planning: 1", "".join(self.cohort._get_missing_route()))
        self.assertEqual(
            self.cohort.action_view_planning()["domain"],
            [("cohort_id", "=", self.cohort.id)],
        )

    def test_no_clash(self):
        """Another room, another part of the day, nowhere, or no group."""
        nowhere = {"partner_id": False, "place": False}
        friday = self.env.ref("leerbedrijf_core.day_part_friday_morning")
        for values in (
            {"place": "Room 2"},
            {"partner_id": self._new_employer("Other").id},
            {"day_part_ids": friday.ids},
            {"kind": "placement"},
            nowhere,
        ):
            with self.subTest(values):
                self.assertFalse(self._clash(**values).problem)
        self.slot.write(nowhere)
        self.assertFalse(self.slot.problem)
        self.assertFalse(self._search(("has_problem", "=", True)))
        self.assertFalse(self.cohort.planning_signal_count)

    def test_a_line_that_is_not_saved_yet(self):
        cohort = self.cohort.with_env(self.coordinator)
        line = self.coordinator["leerbedrijf.cohort.slot"].new(
            {"cohort_id": cohort.id, "name": "New", "kind": "school"}
        )
        self.assertFalse(line.problem)

    # Places to learn

    def _new_workplace(self, **values):
        return self.coordinator["leerbedrijf.workplace"].create(
            {"name": "Ward 2", "partner_id": self.employer.id, "seats": 1, **values}
        )

    def _place(self, workplace, *periods, cohort=None):
        for number, (start, end) in enumerate(periods):
            person = self._new_participant(f"Person {number}")
            enrolment = self._propose(person, cohort)
            enrolment._set_state("accepted")
            self.coordinator["leerbedrijf.placement"].create(
                {
                    "enrolment_id": enrolment.id,
                    "workplace_id": workplace.id,
                    "kind": "practice",
                    "hours_per_week": 8,
                    "date_start": start,
                    "date_end": end,
                }
            )

    def test_how_full_month_by_month(self):
        workplace = self._new_workplace(date_until=date(2027, 1, 15))
        self._place(
            workplace, ("2026-10-05", "2026-12-10"), ("2026-11-30", "2026-12-31")
        )
        months = self._search(
            ("workplace_id", "=", workplace.id), ("kind", "=", "workplace")
        )
        people = {item.date_start: item.people for item in months}
        self.assertEqual(people[date(2026, 9, 1)], 0)
        self.assertEqual(people[date(2026, 10, 1)], 1)
        self.assertEqual(people[date(2026, 11, 1)], 2)
        self.assertEqual(people[date(2026, 12, 1)], 2)
        self.assertEqual(months[-1].date_end, date(2027, 1, 15))
        december = months.filtered(lambda m: m.date_start == date(2026, 12, 1))
        self.assertEqual(december.display_name, "⚠ Ward 2: 2 of 1 places")
        self.assertTrue(december.has_problem)
        self.assertEqual(
            december.problem,
            "2 people, room for 1, from 30 November 2026 until 10 December 2026",
        )
        self.assertEqual(december.free, -1)
        signal = self._search(("kind", "=", "signal"))
        self.assertEqual(signal.problem, december.problem)
        self.assertEqual(signal.date_start, date(2026, 11, 30))
        self.assertEqual(signal.date_end, date(2026, 12, 10))
        self.assertEqual(december.action_open()["res_id"], workplace.id)
        total = self.items._read_group(
            [("id", "in", months.ids)], ["date_start:month"], ["people:sum"]
        )
        self.assertIn((date(2026, 12, 1), 2), total)

    def test_a_cohort_tells_that_its_workplace_is_too_full(self):
        workplace = self._new_workplace()
        self._place(workplace, ("2026-10-01", False), ("2026-10-01", False))
        self.assertEqual(self.cohort.planning_signal_count, 1)
        workplace.seats = 2
        self.env.invalidate_all()
        self.assertEqual(self.cohort.planning_signal_count, 0)

    def test_who_stopped_is_no_longer_at_a_workplace_that_is_too_full(self):
        workplace = self._new_workplace()
        other_cohort = self._new_cohort()
        period = ("2026-10-01", False)
        self._place(workplace, period, period, cohort=other_cohort)
        self._place(workplace, period)
        self.assertEqual(self.cohort.planning_signal_count, 1)
        self.cohort.enrolment_ids.filtered("placement_ids").sudo().state = "withdrawn"
        self.env.invalidate_all()
        self.assertEqual(self.cohort.planning_signal_count, 0)
        self.assertEqual(other_cohort.planning_signal_count, 1)

    # Who sees it

    def test_the_region_sees_it_and_nobody_writes(self):
        manager = self.as_role("account_manager")
        session = self._search(("kind", "=", "session"), env=manager)[:1]
        self.assertIn(self.cohort.name, session.display_name)
        with self.assertRaises(AccessError):
            session.write({"name": "Other"})
        with self.assertRaises(AccessError):
            session.unlink()

    def test_a_leerwerkbedrijf_begins_with_its_own(self):
        manager = self.as_role("account_manager")
        for env, own in ((self.coordinator, True), (manager, False)):
            item = env["leerbedrijf.planning.item"]
            action = item._get_own_action("leerbedrijf_core.planning_calendar_action")
            self.assertEqual("search_default_own" in action["context"], own)

    def test_another_region_sees_nothing(self):
        strangers = self.as_role("coordinator", self.leerbedrijf_x)
        self.assertFalse(self._search(env=strangers))
        with self.assertRaises(AccessError):
            self._sessions()[0].with_env(strangers).action_open()

    def test_every_row_has_its_own_number(self):
        self._new_workplace()
        self._clash(
            day_part_ids=[
                Command.set(self.env["leerbedrijf.day.part"].search([]).ids[:12])
            ]
        )
        items = self._search()
        self.assertEqual(len(items), len(set(items.ids)))
        starts = items.filtered("slot_id").mapped("date_start")
        self.assertGreater(max(starts) - min(starts), timedelta(60))
