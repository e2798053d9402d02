from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form

from .common_billing import DAY, BillingCase


class TestHours(BillingCase):
    def setUp(self):
        super().setUp()
        self.hours = self._new_hours(state="to_approve")

    def test_hours_of_a_klus_wait_for_approval(self):
        self.assertEqual(self.hours.billing_state, "to_approve")
        self.assertEqual(self.hours.partner_id, self.employer)
        self.assertEqual(self.hours.company_id, self.leerbedrijf)
        self.assertEqual(
            self.hours.participant_code, self.enrolments[0].participant_code
        )

    def test_other_analytic_lines_have_no_billing_state(self):
        line = self.env["account.analytic.line"].create(
            {"name": "A cost", "company_id": self.leerbedrijf.id}
        )
        self.assertFalse(line.billing_state)
        line.write({"name": "Still free", "unit_amount": 100})

    def test_a_work_leader_approves_and_opens_again(self):
        self.hours.action_approve()
        self.assertEqual(self.hours.billing_state, "approved")
        self.assertEqual(self.hours.approved_by_id, self.user("work_leader"))
        self.hours.action_set_to_approve()
        self.assertEqual(self.hours.billing_state, "to_approve")
        self.assertFalse(self.hours.approved_by_id)

    def test_approving_many_leaves_what_is_approved_already(self):
        first = self._new_hours(day=date(2026, 10, 6))
        approved_on = first.approved_on
        (self.hours | first).action_approve()
        self.assertEqual(first.approved_on, approved_on)
        with self.assert_says("waits for approval"):
            (self.hours | first).action_approve()

    def test_finance_neither_makes_nor_approves_hours(self):
        hours = self.hours.with_env(self.as_role("finance"))
        self.assertEqual(hours.unit_amount, 8)
        with self.assertRaises(AccessError):
            hours.action_approve()
        with self.assertRaises(AccessError):
            hours.unit_amount = 1

    def test_an_approved_line_is_locked_for_everybody(self):
        self.hours.action_approve()
        manager = self.user("coordinator")
        manager.group_ids += self.env.ref("hr_timesheet.group_timesheet_manager")
        other_klus = self._new_klus("Other", self.employer)
        for vals in (
            {"unit_amount": 9},
            {"date": "2026-10-06"},
            {"task_id": other_klus.id},
            {"project_id": False},
            {"employee_id": self.employees[1].id},
            {"name": "other work"},
            {"account_id": False},
        ):
            for user in (self.user("work_leader"), manager, self.env.user):
                with self.subTest(vals=vals, user=user.login):
                    line = self.hours.with_user(user)
                    with self.assert_says("is approved"):
                        line.write(vals)
        with self.assert_says("is approved"):
            self.hours.with_user(manager).unlink()
        with self.assert_says("is approved"):
            self.hours.sudo().unlink()

    def test_an_approved_line_is_locked_behind_one2many_commands(self):
        self.hours.action_approve()
        for command in (
            Command.update(self.hours.id, {"unit_amount": 1}),
            Command.delete(self.hours.id),
            Command.unlink(self.hours.id),
            Command.clear(),
        ):
            with self.subTest(command=command), self.assertRaises(UserError):
                self.klus.write({"timesheet_ids": [command]})

    def test_writing_the_same_values_is_no_change(self):
        self.hours.action_approve()
        self.hours.write({"unit_amount": 8.0, "date": "2026-10-05"})

    def test_a_client_cannot_set_the_billing_state(self):
        lines = self.as_role("work_leader")["account.analytic.line"]
        values = {
            "task_id": self.klus.id,
            "employee_id": self.employees[1].id,
            "date": DAY,
            "unit_amount": 1,
            "name": "x",
        }
        with self.assertRaises(AccessError):
            self.hours.write({"billing_state": "invoiced"})
        with self.assertRaises(AccessError):
            self.hours.write({"approved_by_id": self.user("work_leader").id})
        with self.assertRaises(AccessError):
            lines.create({**values, "billing_state": "approved"})
        forged = lines.with_context(
            default_billing_state="invoiced", default_approved_by_id=self.env.uid
        ).create(values)
        self.assertEqual(forged.billing_state, "to_approve")
        self.assertFalse(forged.approved_by_id)
        with self.assertRaises(AccessError):
            self.klus.write(
                {
                    "timesheet_ids": [
                        Command.update(self.hours.id, {"billing_state": "approved"})
                    ]
                }
            )

    def test_a_copy_waits_for_approval(self):
        self.hours.action_approve()
        copy = self.hours.copy({"date": "2026-10-07"})
        self.assertEqual(copy.billing_state, "to_approve")

    def test_a_line_has_more_than_zero_and_at_most_24_hours(self):
        for hours in (0, -5):
            with self.subTest(hours=hours), self.assert_refused("hours_in_a_day"):
                self._new_hours(hours, date(2026, 10, 8), state="to_approve")
        with self.assert_says("30.0 hours on 10/08/2026", ValidationError):
            self._new_hours(30, date(2026, 10, 8), state="to_approve")

    def test_a_person_has_at_most_24_hours_on_a_day(self):
        self._new_hours(16, state="to_approve")
        with self.assert_says("24.5 hours on 10/05/2026", ValidationError):
            self._new_hours(0.5, state="to_approve")
        self._new_hours(0.5, employee=self.employees[1], state="to_approve")
        with self.assertRaises(ValidationError):
            self.hours.unit_amount = 8.25

    def test_the_day_limit_takes_two_queries_for_many_lines(self):
        lines = self.hours | self._new_hours(
            employee=self.employees[1], state="to_approve"
        )
        lines.mapped("billing_state")
        self.env.flush_all()
        with self.assertQueryCount(2):
            lines._check_day_total()

    def test_hours_are_entered_in_the_list(self):
        env = self.as_role("work_leader")
        lines = env["account.analytic.line"]
        with Form(lines, view="leerbedrijf_core.hours_view_form") as form:
            form.employee_id = self.employees[2].with_env(env)
            form.task_id = self.klus.with_env(env)
            form.date = DAY
            form.unit_amount = 7.5
        self.assertEqual(form.record.billing_state, "to_approve")
        self.assertEqual(form.record.project_id, self.klus.project_id)

    def test_hours_of_a_whole_cohort_are_entered_at_once(self):
        env = self.as_role("work_leader")
        self.enrolments[2:].sudo().write({"state": "refused"})
        with Form(
            env["leerbedrijf.hours.entry"].with_context(default_task_id=self.klus.id)
        ) as form:
            form.date = "2026-10-09"
            form.unit_amount = 6
            form.cohort_id = self.cohort.with_env(env)
        action = form.record.action_enter()
        lines = env["account.analytic.line"].search(action["domain"])
        self.assertEqual(len(lines), 2)
        self.assertEqual(set(lines.mapped("unit_amount")), {6})
        self.assertEqual(lines.employee_id, self.employees[:2])

    def test_late_hours_of_somebody_who_left(self):
        self.employees[0].sudo().active = False
        env = self.as_role("work_leader")
        entry = env["leerbedrijf.hours.entry"].create(
            {
                "task_id": self.klus.id,
                "date": "2026-10-12",
                "enrolment_ids": self.enrolments[0].ids,
            }
        )
        lines = env["account.analytic.line"].search(entry.action_enter()["domain"])
        self.assertEqual(lines.employee_id, self.employees[0])

    def test_municipality_roles_see_no_hours(self):
        for role in ("work_coach", "account_manager"):
            env = self.as_role(role)
            self.assertFalse(env["account.analytic.line"].has_access("read"))
        other = self.as_role("work_leader", self.leerbedrijf_x)
        self.assertFalse(
            other["account.analytic.line"].search([("id", "=", self.hours.id)])
        )

    def test_late_hours_once_the_enrolment_has_ended(self):
        self.enrolments[0].sudo().state = "ended"
        env = self.as_role("work_leader")
        self.assertFalse(self.enrolments[0].with_env(env).has_access("read"))
        late = self._new_hours(3, state="to_approve")
        self.assertEqual(late.with_env(env).employee_id, self.employees[0])

    def test_hours_of_an_enrolment(self):
        self._new_hours(3, state="to_approve")
        enrolment = self.enrolments[0].with_env(self.as_role("work_leader"))
        before = enrolment.hours_total
        self._new_hours(2, employee=self.employees[1])
        self._new_hours(1.5)
        enrolment.invalidate_recordset()
        self.assertEqual(enrolment.hours_total, before + 1.5)
        action = enrolment.action_view_hours()
        lines = enrolment.env[action["res_model"]].search(action["domain"])
        self.assertEqual(sum(lines.mapped("unit_amount")), enrolment.hours_total)
        self.assertEqual(lines.employee_id, self.employees[0])
