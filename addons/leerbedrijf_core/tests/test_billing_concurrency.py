import threading
from contextlib import contextmanager
from datetime import date, timedelta

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.fields import Command
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

DAY = date(2026, 10, 5)


@tagged("post_install", "-at_install", "standard")
class TestBillingConcurrency(TransactionCase):
    """Real transactions on committed data, cleaned up afterwards.

    Like Odoo's TestSequenceMixinConcurrency: no rollback can undo what two
    transactions do to each other, so the data is deleted again.
    """

    def setUp(self):
        super().setUp()
        self.cursors = []
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.company_id = env.ref("base.main_company").id
            self._prepare(env)
        self.addCleanup(self._clean)

    def _prepare(self, env):
        company = env["res.company"].browse(self.company_id)
        self.old_role = company.leerbedrijf_role
        company.leerbedrijf_role = "leerbedrijf"
        partners = env["res.partner"].create(
            [
                {
                    "name": f"Concurrent employer {number}",
                    "is_company": True,
                    "company_id": company.id,
                    "street": "Kade 1",
                    "zip": "1234 AB",
                    "city": "Waterdam",
                    "country_id": env.ref("base.nl").id,
                }
                for number in range(4)
            ]
        )
        employee = env["hr.employee"].create(
            {"name": "Concurrent person", "company_id": company.id}
        )
        tasks = env["project.task"].create(
            [
                {
                    "name": "Concurrent klus",
                    "is_klus": True,
                    "partner_id": partner.id,
                    "company_id": company.id,
                    "tariff_ids": [
                        Command.create({"date_from": "2026-01-01", "price_hour": 30})
                    ],
                }
                for partner in partners
            ]
        )
        lines = env["account.analytic.line"].create(
            [
                {
                    "task_id": task.id,
                    "employee_id": employee.id,
                    "date": DAY + timedelta(days=number),
                    "unit_amount": 4,
                    "name": "work",
                }
                for task in tasks
                for number in range(5)
            ]
        )
        lines.action_approve()
        runs = env["leerbedrijf.invoice.run"].create(
            [
                {
                    "company_id": company.id,
                    "date_from": "2026-10-01",
                    "date_to": date_to,
                    "invoice_date": "2026-11-01",
                }
                for date_to in ("2026-10-31", "2026-11-30")
            ]
        )
        self.employee_id, self.task_ids = employee.id, tasks.ids
        self.partner_ids, self.line_ids = partners.ids, lines.ids
        self.run_ids = runs.ids
        self.employer_ids = [run._register_employers(partners).ids for run in runs]

    def _new_env(self):
        cr = self.registry.cursor()
        self.cursors.append(cr)
        context = {"allowed_company_ids": [self.company_id]}
        return api.Environment(cr, SUPERUSER_ID, context)

    def _employers(self, env, run):
        return env["leerbedrijf.invoice.run.employer"].browse(self.employer_ids[run])

    def _clean(self):
        for cr in self.cursors:
            cr.rollback()
            cr.close()
        with self.registry.cursor() as cr, mute_logger("odoo.models.unlink"):
            env = api.Environment(cr, SUPERUSER_ID, {})
            domain = [("invoice_run_id", "in", self.run_ids)]
            env["account.move"].search(domain).unlink()
            # A run that has started is not deleted by hand.
            cr.execute(
                "DELETE FROM leerbedrijf_invoice_run WHERE id = ANY(%s)",
                [self.run_ids],
            )
            env.invalidate_all()
            lines = env["account.analytic.line"].search(
                [("task_id", "in", self.task_ids)]
            )
            lines.action_set_to_approve()
            lines.unlink()
            tasks = env["project.task"].browse(self.task_ids)
            projects = tasks.project_id
            accounts = projects.account_id
            tasks.unlink()
            projects.unlink()
            accounts.unlink()
            employee = env["hr.employee"].browse(self.employee_id)
            contact = employee.work_contact_id
            employee.unlink()
            contact.unlink()
            env["res.partner"].browse(self.partner_ids).unlink()
            env["res.company"].browse(self.company_id).leerbedrijf_role = self.old_role

    def _check_billed_once(self, everything=True):
        """Every line has at most one link, and exactly one when all were billed."""
        env = self._new_env()
        lines = env["account.analytic.line"].browse(self.line_ids)
        counts = lines.mapped(lambda line: len(line.billing_link_ids))
        self.assertLessEqual(max(counts), 1)
        for line in lines:
            is_billed = line.billing_state == "invoiced"
            self.assertEqual(len(line.billing_link_ids), int(is_billed))
        moves = env["account.move"].search([("invoice_run_id", "in", self.run_ids)])
        quantity = sum(moves.invoice_line_ids.mapped("quantity"))
        self.assertEqual(quantity, 4 * sum(counts))
        if everything:
            self.assertEqual(sum(counts), len(lines))

    def test_what_somebody_else_claimed_is_left_and_named(self):
        first, second = self._new_env(), self._new_env()
        self._employers(first, 0)._make_invoices()
        self._employers(second, 1)._make_invoices()
        second.cr.commit()
        first.cr.commit()
        employers = self._employers(self._new_env(), 1)
        self.assertEqual(set(employers.mapped("state")), {"nothing"})
        self.assertIn("being changed by somebody else", employers[0].problem)
        self._check_billed_once()

    def test_an_older_snapshot_is_refused_and_the_retry_finds_nothing(self):
        first, second = self._new_env(), self._new_env()
        second.cr.execute("SELECT 1")
        self._employers(first, 0)._make_invoices()
        first.cr.commit()
        with self.assertRaises(SerializationFailure), mute_logger("odoo.sql_db"):
            self._employers(second, 1)._make_invoices()
        second.cr.rollback()
        self._employers(second, 1)._make_invoices()
        second.cr.commit()
        self._check_billed_once()

    def test_a_crash_loses_nothing(self):
        first, second = self._new_env(), self._new_env()
        self._employers(first, 0)._make_invoices()
        first.cr.rollback()
        self._check_billed_once(everything=False)
        self._employers(second, 1)._make_invoices()
        second.cr.commit()
        self._check_billed_once()

    def test_two_runs_at_full_speed_bill_each_line_once(self):
        errors = []
        start = threading.Barrier(2)
        # Made here: a test holds the registry, so threads cannot open environments.
        envs = [self._new_env() for _run in self.run_ids]

        def work(run):
            env = envs[run]
            start.wait(10)
            # In opposite order, employer by employer, as jobs on two workers.
            employers = self._employers(env, run)
            for employer_id in employers.ids if run else reversed(employers.ids):
                if not self._repeat(env, employer_id):
                    errors.append(employer_id)

        with mute_logger("odoo.sql_db"):
            threads = [threading.Thread(target=work, args=(run,)) for run in (0, 1)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(60)
        self.assertFalse(errors)
        self._check_billed_once()

    def _repeat(self, env, employer_id):
        """Do the job as the queue does it: again after a serialization failure."""
        for _attempt in range(5):
            try:
                employers = env["leerbedrijf.invoice.run.employer"]
                employers.browse(employer_id)._make_invoices()
                env.cr.commit()
            except SerializationFailure:
                env.cr.rollback()
                env.invalidate_all(flush=False)
            else:
                return True
        return False

    def test_hours_are_not_changed_while_they_are_being_invoiced(self):
        first, second = self._new_env(), self._new_env()
        second.cr.execute("SELECT 1")
        line = second["account.analytic.line"].browse(self.line_ids[0])
        self.assertEqual(line.billing_state, "approved")
        self._employers(first, 0)._make_invoices()
        with self._assert_loses(second, line.action_set_to_approve):
            first.cr.commit()
        self._check_billed_once()

    def test_two_users_cannot_enter_30_hours_on_a_day_together(self):
        values = {
            "task_id": self.task_ids[0],
            "employee_id": self.employee_id,
            "date": DAY + timedelta(days=20),
            "unit_amount": 15,
            "name": "work",
        }
        first, second = self._new_env(), self._new_env()
        second.cr.execute("SELECT 1")
        first["account.analytic.line"].create(dict(values))
        first.flush_all()
        lines = second["account.analytic.line"]
        with self._assert_loses(second, lambda: lines.create(dict(values))):
            first.cr.commit()

    @contextmanager
    def _assert_loses(self, env, function):
        """`function` waits for a lock; after the block it must be refused."""
        errors = []

        def work():
            try:
                function()
                env.flush_all()
            except SerializationFailure as error:
                errors.append(error)
            env.cr.rollback()

        with mute_logger("odoo.sql_db"):
            thread = threading.Thread(target=work)
            thread.start()
            thread.join(1)
            self.assertTrue(thread.is_alive(), "It should wait for the other.")
            yield
            thread.join(20)
        self.assertTrue(errors)
