from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form

from .common_cohort import CohortCase


@freeze_time("2026-10-01")
class TestWorkplace(CohortCase):
    """Places to learn, how full they are, and what does not fit."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.coordinator = cls.as_role("coordinator")
        cls.workplace = cls.coordinator["leerbedrijf.workplace"].create(
            {
                "name": "Ward 2",
                "partner_id": cls.employer.id,
                "seats": 1,
                "supervisor": "Joke Visser",
            }
        )
        cls.monday, cls.tuesday = (
            cls.env.ref(f"leerbedrijf_core.day_part_{day}_morning")
            for day in ("monday", "tuesday")
        )
        cls.enrolments = cls._accept("Samira Bouali") | cls._accept("Kees Jansen")

    @classmethod
    def _accept(cls, name, company=None):
        enrolment = cls._propose(cls._new_participant(name, company))
        enrolment._set_state("accepted")
        return enrolment

    def _place(self, enrolment=None, env=None, **values):
        return (env or self.coordinator)["leerbedrijf.placement"].create(
            {
                "enrolment_id": (enrolment or self.enrolments[0]).id,
                "workplace_id": self.workplace.id,
                "kind": "practice",
                "hours_per_week": 16,
                "date_start": "2026-10-01",
                **values,
            }
        )

    # How full

    def test_the_organisation_follows_the_workplace(self):
        self.assertEqual(self._place().partner_id, self.employer)
        other = self._new_employer("Other")
        with self.assertRaises(ValidationError):
            self._place(partner_id=other.id)

    def test_too_full_from_until(self):
        self._place(date_end="2026-12-31")
        self.assertFalse(self.workplace.is_overfull)
        self._place(self.enrolments[1], date_start="2026-11-02", date_end="2027-01-31")
        self.assertTrue(self.workplace.is_overfull)
        self.assertEqual(
            self.workplace.problem,
            "2 people, room for 1, from 2 November 2026 until 31 December 2026",
        )
        self.assertEqual(self.workplace.people_now, 1)
        found = self.coordinator["leerbedrijf.workplace"].search(
            [("is_overfull", "=", True), ("partner_id", "=", self.employer.id)]
        )
        self.assertEqual(found, self.workplace)
        self.workplace.seats = 2
        self.assertFalse(self.workplace.is_overfull)

    def test_what_is_long_past_is_no_signal(self):
        for enrolment in self.enrolments:
            self._place(enrolment, date_start="2026-08-01", date_end="2026-08-31")
        self.assertFalse(self.workplace.problem)
        self.assertEqual(self.workplace.overfull_until, date(2026, 8, 31))
        search = self.coordinator["leerbedrijf.workplace"].search
        self.assertIn(self.workplace, search([("is_overfull", "=", False)]))

    def test_on_other_parts_of_the_week_they_share_a_place(self):
        first = self._place(day_part_ids=self.monday.ids)
        second = self._place(self.enrolments[1], day_part_ids=self.tuesday.ids)
        self.assertFalse(self.workplace.is_overfull)
        second.day_part_ids |= self.monday
        self.assertTrue(self.workplace.is_overfull)
        first.date_end = "2026-10-31"
        self.assertIn("31 October", self.workplace.problem)

    def test_who_left_takes_up_no_place(self):
        self._place()
        self._place(self.enrolments[1])
        self.assertEqual(self.workplace.people_now, 2)
        self.enrolments[1].write({"state": "ended", "date_end": "2026-09-30"})
        self.assertEqual(self.workplace.people_now, 1)
        self.enrolments[0].sudo().state = "refused"
        self.assertEqual(self.workplace.people_now, 0)

    def test_a_deleted_placement_takes_up_no_place(self):
        self._place()
        placement = self._place(self.enrolments[1])
        placement.unlink()
        self.assertEqual(self.workplace.people_now, 1)
        self.enrolments[0].unlink()
        self.assertEqual(self.workplace.people_now, 0)

    # What the planner sees before saving

    def test_the_form_tells_before_saving_and_lets_go_on(self):
        self._place()
        form = Form(self.coordinator["leerbedrijf.placement"])
        form.enrolment_id = self.enrolments[1].with_env(self.coordinator)
        form.kind = "practice"
        form.hours_per_week = 16
        self.assertFalse(form.problem)
        form.workplace_id = self.workplace
        self.assertEqual(form.partner_id, self.employer)
        self.assertEqual(form.supervisor, "Joke Visser")
        self.assertEqual(
            form.problem, "Ward 2: 2 people, room for 1, from 1 October 2026."
        )
        self.assertEqual(form.save().workplace_id, self.workplace)
        form = Form(self.coordinator["leerbedrijf.placement"])
        form.workplace_id = self.workplace
        form.partner_id = self._new_employer("Other")
        self.assertFalse(form.workplace_id)

    def test_outside_its_own_times(self):
        self.workplace.write(
            {
                "date_from": "2026-10-05",
                "date_until": "2026-12-31",
                "day_part_ids": self.monday.ids,
            }
        )
        placement = self._place(day_part_ids=(self.monday | self.tuesday).ids)
        self.assertEqual(
            placement.problem.splitlines(),
            [
                "Ward 2 is available from 5 October 2026 until 31 December 2026.",
                "Ward 2 does not take people on: Tuesday morning.",
            ],
        )
        self.workplace.date_from = False
        self.assertIn("until 31 December 2026.", placement.problem)
        self.workplace.write({"date_from": "2026-10-05", "date_until": False})
        self.assertIn("from 5 October 2026.", placement.problem)

    def test_elsewhere_at_the_same_time(self):
        here = {"partner_id": self.employer.id, "workplace_id": False}
        self._place(day_part_ids=self.monday.ids, **here)
        same = self._place(day_part_ids=self.monday.ids, **here)
        self.assertEqual(
            same.problem, f"At the same time at {self.employer.name}: Monday morning."
        )
        same.day_part_ids = self.tuesday
        self.assertFalse(same.problem)
        same.write({"day_part_ids": False, "hours_per_week": 32})
        self.assertEqual(
            same.problem, f"Together with {self.employer.name} 48 hours a week."
        )
        same.date_start = "2026-11-01"
        same.search([("enrolment_id", "=", self.enrolments[0].id)])[
            -1
        ].date_end = "2026-10-31"
        self.assertFalse(same.problem)

    def test_on_the_school_day_of_the_cohort(self):
        self.coordinator["leerbedrijf.cohort.slot"].create(
            [
                {
                    "cohort_id": self.cohort.id,
                    "name": "School day",
                    "kind": kind,
                    "day_part_ids": self.monday.ids,
                }
                for kind in ("school", "placement")
            ]
        )
        placement = self._place(day_part_ids=(self.monday | self.tuesday).ids)
        self.assertEqual(
            placement.problem,
            "At the same time as “School day” of the cohort: Monday morning.",
        )
        placement.date_start = "2030-01-01"
        self.assertFalse(placement.problem)

    def test_a_placement_that_one_may_not_see_is_not_told(self):
        """The other leerwerkbedrijf of the region teaches the same person."""
        leerbedrijf = self._new_company("Leerwerkbedrijf Twee", "leerbedrijf")
        self.region.sudo().company_ids |= leerbedrijf
        cohort = self._new_cohort(
            template_id=self._new_template(company_id=leerbedrijf.id).id,
            company_id=leerbedrijf.id,
        )
        person = self.enrolments[0].participant_id
        elsewhere = self._propose(person, cohort)
        elsewhere._set_state("accepted")
        self._place(
            elsewhere,
            self.as_role("coordinator", leerbedrijf),
            day_part_ids=self.monday.ids,
            workplace_id=False,
            partner_id=self._new_employer("Secret").id,
        )
        mine = self._place(day_part_ids=self.monday.ids)
        self.assertFalse(mine.problem)
        coach = mine.with_env(self.as_role("work_coach"))
        self.assertIn("Secret", coach.problem)

    # Who may do what

    def test_the_region_reads_numbers_and_the_owner_writes(self):
        self._place()
        self._place(self.enrolments[1])
        manager = self.workplace.with_env(self.as_role("account_manager"))
        self.assertIn("2 people, room for 1,", manager.problem)
        with self.assertRaises(AccessError):
            manager.seats = 4
        manager.create({"name": "Shed", "partner_id": self.employer.id})
        with self.assertRaises(AccessError):
            self.workplace.with_env(self.as_role("work_leader")).seats = 3

    def test_another_region_sees_and_uses_nothing(self):
        strangers = self.as_role("coordinator", self.leerbedrijf_x)
        foreign = self.workplace.with_env(strangers)
        self.assertFalse(foreign.search([("is_overfull", "in", [True, False])]))
        with self.assertRaises(AccessError):
            foreign.read(["occupancy"])
        with self.assertRaises(UserError):
            foreign.create({"name": "Mine", "partner_id": self.employer.id})

    def test_counts_are_no_clients(self):
        self.workplace.write({"occupancy": [{"start": "2026-01-01"}]})
        self.assertFalse(self.workplace.occupancy)

    def test_impossible_values(self):
        with self.assert_refused("seats_positive"):
            self.workplace.seats = 0
        with self.assert_refused("dates_in_order"):
            self.workplace.write(
                {"date_from": "2026-02-01", "date_until": "2026-01-01"}
            )
