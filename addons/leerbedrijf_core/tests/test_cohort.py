from datetime import date

from odoo.exceptions import AccessError, RedirectWarning, UserError, ValidationError
from odoo.tests import Form

from .common import ROLES
from .common_cohort import CohortCase


class TestCohort(CohortCase):
    def test_phases_get_dates_from_the_route(self):
        intro, school = self.cohort.phase_ids
        self.assertEqual(intro.date_start, date(2026, 9, 7))
        self.assertEqual(intro.date_end, date(2026, 10, 2))
        self.assertEqual(school.date_start, date(2026, 10, 5))
        self.assertEqual(school.date_end, date(2026, 12, 4))
        self.assertEqual(self.cohort.date_end, date(2026, 12, 4))

    def test_a_holiday_of_the_organisation_makes_the_introduction_longer(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Closed",
                "company_id": self.leerbedrijf.id,
                "calendar_id": self.leerbedrijf.resource_calendar_id.id,
                "date_from": "2026-09-14 00:00:00",
                "date_to": "2026-09-15 23:59:59",
            }
        )
        cohort = self._new_cohort()
        self.assertEqual(cohort.phase_ids[0].date_end, date(2026, 10, 6))
        self.assertEqual(cohort.phase_ids[1].date_start, date(2026, 10, 7))

    def test_a_start_in_the_weekend_moves_to_monday(self):
        cohort = self._new_cohort(date_start=date(2026, 9, 5))
        self.assertEqual(cohort.phase_ids[0].date_start, date(2026, 9, 7))

    def test_coordinator_starts_a_cohort_in_the_web_client(self):
        env = self.as_role("coordinator")
        with Form(env["leerbedrijf.cohort"]) as form:
            form.template_id = self.template.with_env(env)
            form.date_start = date(2027, 1, 4)
        cohort = form.record
        self.assertEqual(cohort.name, "Craft – edition 2")
        self.assertEqual(cohort.company_id, self.leerbedrijf)
        self.assertEqual(cohort.capacity, 2)
        self.assertEqual(len(cohort.phase_ids), 2)

    def test_editing_the_route_does_not_rewrite_a_cohort(self):
        before = self.cohort.phase_ids.mapped("date_end")
        self.intro.duration = 5
        self.assertEqual(self.cohort.phase_ids.mapped("date_end"), before)

    def test_another_start_date_plans_anew_until_somebody_takes_part(self):
        self.cohort.date_start = date(2026, 9, 14)
        self.assertEqual(self.cohort.phase_ids[0].date_start, date(2026, 9, 14))
        self._propose().with_env(self.as_role("coordinator")).action_accept()
        with self.assertRaisesRegex(UserError, "Move the phases instead"):
            self.cohort.date_start = date(2026, 9, 21)
        self.cohort.date_start = date(2026, 9, 14)  # no change is no harm

    def test_a_template_without_phases_is_refused(self):
        empty = self.route.copy({"code": "empty", "phase_ids": []})
        template = self._new_template(route_id=empty.id)
        with self.assertRaisesRegex(UserError, "has no phases"):
            self._new_cohort(template_id=template.id)
        with self.assertRaisesRegex(UserError, "has no phases"):
            template.action_new_cohort()

    def test_wrong_numbers_are_refused(self):
        with self.assert_refused("capacity_positive"):
            self.cohort.capacity = 0

    def test_an_employer_of_another_region_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "of the region Regio Noord"):
            self.cohort.employer_ids = self.employer_x

    def test_a_phase_cannot_end_before_it_starts(self):
        with self.assert_refused("dates_in_order"):
            self.cohort.phase_ids[0].date_end = date(2026, 1, 1)

    def test_passing_a_step_with_something_missing_needs_a_reason(self):
        env = self.as_role("coordinator")
        cohort = self.cohort.with_env(env)
        options = self.env.ref("leerbedrijf_core.cohort_step_options")
        self.assertIn("No employer takes part yet.", cohort.missing_requirements)
        with self.assertRaises(RedirectWarning):
            cohort.step_id = options
        action = cohort.action_next_step()
        wizard = (
            env["leerbedrijf.cohort.step.pass"]
            .with_context(**action["context"])
            .create({"reason": "The employer calls back on Monday"})
        )
        self.assertIn("No employer", wizard.missing_requirements)
        wizard.action_pass()
        self.assertEqual(cohort.step_id, options)
        self.assertIn("calls back on Monday", cohort.message_ids[0].body)

    def test_a_complete_step_passes_at_once(self):
        self.cohort.write(
            {
                "employer_ids": self.employer.ids,
                "forecast_ids": [
                    (
                        0,
                        0,
                        {
                            "partner_id": self.employer.id,
                            "region_id": self.region.id,
                            "company_id": self.leerbedrijf.id,
                            "sector_id": self.sector.id,
                            "function": "Maker",
                            "places": 3,
                            "date_from": "2027-09-01",
                            "reason": "growth",
                        },
                    )
                ],
            }
        )
        self.assertFalse(self.cohort.missing_requirements)
        self.cohort.with_env(self.as_role("coordinator")).action_next_step()
        self.assertEqual(self.cohort.step_code, "options")

    def test_route_and_match_go_in_either_order(self):
        steps = {s.code: s for s in self.env["leerbedrijf.cohort.step"].search([])}
        self.cohort._pass_step(steps["options"], "test")
        self.cohort.training_partner_ids = self._new_employer(
            "School", is_training_partner=True
        )
        self.cohort.capacity = 1
        missing = self.cohort._get_missing_before(steps["match"])
        self.assertNotIn("No employer has pledged a place yet.", missing)
        self.cohort._pass_step(steps["match"], "test")
        self.assertIn(
            "No employer has pledged a place yet.",
            self.cohort._get_missing_before(steps["learning"]),
        )
        self.assertFalse(self.cohort._get_missing_before(steps["route"]))

    def test_the_region_reads(self):
        for role, company in (
            ("account_manager", self.municipality),
            ("work_coach", self.municipality_b),
        ):
            cohorts = self.as_role(role, company)["leerbedrijf.cohort"].search([])
            self.assertIn(self.cohort, cohorts)
        stranger = self.as_role("coordinator", self.leerbedrijf_x)
        self.assertNotIn(self.cohort.id, stranger["leerbedrijf.cohort"].search([]).ids)

    def test_the_region_prepares_and_the_owner_runs(self):
        cohort = self.cohort.with_env(self.as_role("account_manager"))
        cohort.employer_ids = self.employer
        self.assertTrue(cohort.can_write)
        cohort._pass_step(self.env.ref("leerbedrijf_core.cohort_step_match"), "test")
        self.env.invalidate_all()
        self.assertFalse(cohort.can_write)
        with self.assertRaises(AccessError):
            cohort.capacity = 9

    def test_an_account_manager_starts_a_cohort_for_the_leerbedrijf(self):
        env = self.as_role("account_manager", self.municipality_b)
        with Form(env["leerbedrijf.cohort"]) as form:
            form.template_id = self.template.with_env(env)
            form.date_start = date(2027, 1, 4)
        self.assertEqual(form.record.company_id, self.leerbedrijf)
        self.assertEqual(len(form.record.phase_ids), 2)

    def test_a_copied_route_waits_for_its_own_phases(self):
        intro, school = self.route.copy().phase_ids
        self.assertEqual(school.after_phase_id, intro)
        self.assertFalse(intro.after_phase_id)

    def test_a_route_in_use_stays(self):
        for record in (self.route, self.intro, self.sector):
            with self.assertRaisesRegex(UserError, "Archive it instead"):
                record.unlink()

    def test_every_role_reads_the_board(self):
        """Who may not see people sees numbers, at every step."""
        self._propose().with_env(self.as_role("coordinator")).action_accept()
        for step in self.env["leerbedrijf.cohort.step"].search([]):
            self.cohort._pass_step(step, "test")
            for role in ROLES:
                cohort = self.cohort.with_env(self.as_role(role, self.municipality_b))
                self.assertEqual(cohort.seats_taken, 1)
                self.assertIsInstance(cohort.missing_requirements, str | bool)

    def test_a_new_cohort_has_no_name_before_its_template(self):
        cohorts = self.as_role("coordinator")["leerbedrijf.cohort"]
        self.assertIs(cohorts.new({}).name, False)

    def test_the_board_asks_as_much_for_many_cohorts_as_for_one(self):
        step = self.env.ref("leerbedrijf_core.cohort_step_regular")
        cohorts = self.cohort + self._new_cohort() + self._new_cohort()
        for cohort in cohorts:
            cohort._pass_step(step, "test")
            enrolment = self._propose(self._new_participant(cohort.name), cohort)
            enrolment.write({"state": "learning"})
        self.env.flush_all()
        board = cohorts.with_env(self.as_role("account_manager"))

        def queries(some):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            for cohort in some:
                self.assertIn("1 participants", cohort.missing_requirements)
            return self.env.cr.sql_log_count - before

        queries(board)
        self.assertEqual(queries(board), queries(board[:1]))
