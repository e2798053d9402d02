from datetime import date

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form

from .common_billing import DAY, BillingCase


class TestKlus(BillingCase):
    def test_a_new_klus_makes_one_project_for_its_employer(self):
        other = self._new_klus("Archive work", self.employer)
        self.assertEqual(other.project_id, self.klus.project_id)
        project = self.klus.project_id
        self.assertTrue(project.is_klus_project)
        self.assertEqual(project.partner_id, self.employer)
        self.assertEqual(project.company_id, self.leerbedrijf)
        self.assertEqual(project.privacy_visibility, "portal")
        self.assertTrue(project.allow_timesheets)
        self.assertTrue(project.account_id)
        self.assertNotIn(self.employer, project.message_partner_ids)

    def test_each_employer_has_its_own_project(self):
        employer = self._new_employer("Distribution centre")
        klus = self._new_klus("Pick orders", employer)
        self.assertNotEqual(klus.project_id, self.klus.project_id)

    def test_every_task_in_the_project_is_a_klus(self):
        task = self.env["project.task"].create(
            {"name": "From the stock screens", "project_id": self.klus.project_id.id}
        )
        self.assertTrue(task.is_klus)
        self.assertEqual(task.partner_id, self.employer)

    def test_a_work_leader_makes_a_klus_in_the_web_client(self):
        env = self.as_role("work_leader")
        view = "leerbedrijf_core.klus_view_form"
        tasks = env["project.task"].with_context(default_is_klus=True)
        with Form(tasks, view=view) as form:
            form.name = "Sort parcels"
            form.partner_id = self.employer.with_env(env)
            form.complexity = "2"
            with form.tariff_ids.new() as tariff:
                tariff.date_from = "2026-01-01"
                tariff.price_hour = 27.5
        klus = form.record
        self.assertTrue(klus.is_klus)
        self.assertEqual(klus.project_id, self.klus.project_id)
        self.assertEqual(klus.tariff_ids.company_id, self.leerbedrijf)

    def test_a_klus_needs_an_employer(self):
        with self.assert_says("Choose the employer"):
            self.as_role("work_leader")["project.task"].create(
                {"name": "Nobody's work", "is_klus": True}
            )

    def test_a_municipality_has_no_klussen(self):
        env = self.as_role("work_leader", self.municipality)
        with self.assert_says("belong to a leerwerkbedrijf"):
            self._new_klus("Not here", self.employer, env=env)

    def test_a_klus_stays_with_its_employer(self):
        other = self._new_employer("Another employer")
        with self.assert_says("is work for that employer", ValidationError):
            self.klus.partner_id = other
        with self.assert_says("holds the klussen of one employer"):
            self.klus.project_id.sudo().partner_id = other

    def test_a_klus_with_approved_hours_does_not_move(self):
        self._new_hours()
        klus = self._new_klus("Other", self._new_employer("Another employer"))
        with self.assert_says("stays with its employer"):
            self.klus.write(
                {
                    "project_id": klus.project_id.id,
                    "partner_id": klus.partner_id.id,
                }
            )

    def test_the_tariff_of_a_date_is_the_latest_that_started(self):
        self.env["leerbedrijf.tariff"].create(
            {"task_id": self.klus.id, "date_from": "2026-07-01", "price_hour": 32.0}
        )
        self.assertFalse(self.klus._get_tariff(date(2025, 12, 31)))
        self.assertEqual(self.klus._get_tariff(date(2026, 6, 30)).price_hour, 30.0)
        self.assertEqual(self.klus._get_tariff(date(2026, 7, 1)).price_hour, 32.0)
        self.assertEqual(self.klus._get_tariff(DAY).price_hour, 32.0)

    def test_a_klus_has_one_tariff_a_date_and_none_below_zero(self):
        tariffs = self.as_role("work_leader")["leerbedrijf.tariff"]
        with self.assert_refused("task_date_uniq"):
            tariffs.create(
                {"task_id": self.klus.id, "date_from": "2026-01-01", "price_hour": 1}
            )
        with self.assert_refused("price_not_negative"):
            tariffs.create(
                {"task_id": self.klus.id, "date_from": "2026-02-01", "price_hour": -1}
            )

    def test_hours_are_counted_by_state(self):
        self._new_hours(3, state="to_approve")
        self._new_hours(2)
        self.klus.invalidate_recordset()
        self.assertEqual(self.klus.hours_to_approve, 3)
        self.assertEqual(self.klus.hours_approved, 2)

    def test_who_reads_and_writes_klussen(self):
        finance = self.klus.with_env(self.as_role("finance"))
        self.assertEqual(finance.name, "Scan drawings")
        with self.assertRaises(AccessError):
            finance.name = "Not mine"
        coach = self.as_role("work_coach")
        self.assertFalse(coach["project.task"].search([("is_klus", "=", True)]))
        self.assertFalse(coach["leerbedrijf.tariff"].has_access("read"))
        other = self.as_role("work_leader", self.leerbedrijf_x)
        self.assertFalse(other["leerbedrijf.tariff"].search([]))
        self.assertFalse(other["project.task"].search([("id", "=", self.klus.id)]))

    def test_a_finished_klus_leaves_the_open_ones(self):
        leader = self.as_role("work_leader")["project.task"]
        open_ = [("is_klus", "=", True), ("is_closed", "=", False)]
        self.assertIn(self.klus, leader.search(open_))
        self.klus.action_finish()
        self.assertNotIn(self.klus, leader.search(open_))
        self._new_hours()  # late ones still find it
        self.klus.action_reopen()
        self.assertIn(self.klus, leader.search(open_))

    def test_a_tariff_of_anothers_klus_does_not_name_it(self):
        env = self.as_role("work_leader", self.leerbedrijf_x)
        mine = self._new_klus("Mine", self.employer_x, env=env)
        self.env.invalidate_all()
        with self.assertRaises(AccessError) as caught:
            mine.tariff_ids.write({"task_id": self.klus.id})
        self.assertNotIn(self.klus.name, str(caught.exception))
