from datetime import date

from psycopg2.errors import SerializationFailure

from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from odoo.addons.queue_job.tests.common import trap_jobs

from .common_billing import DAY, BillingCase


class TestInvoiceRun(BillingCase):
    def test_one_invoice_per_employer_and_a_line_per_klus_and_tariff(self):
        self.env["leerbedrijf.tariff"].create(
            {"task_id": self.klus.id, "date_from": "2026-10-10", "price_hour": 32.0}
        )
        archive = self._new_klus("Archive", self.employer, 25.0)
        other = self._new_employer("Distribution centre")
        self._new_hours(8)
        self._new_hours(4.25, date(2026, 10, 6), employee=self.employees[1])
        self._new_hours(8, date(2026, 10, 12))
        self._new_hours(2, klus=archive)
        self._new_hours(3, klus=self._new_klus("Pick", other, 20.0))
        self._new_charge(100)
        run = self._make_invoices()
        self.assertEqual(run.state, "done")
        self.assertEqual(run.move_ids.partner_id, self.employer | other)
        move = run.move_ids.filtered(lambda x: x.partner_id == self.employer)
        lines = move.invoice_line_ids
        self.assertEqual(
            sorted(lines.mapped(lambda x: (x.quantity, x.price_unit))),
            [(1, 100), (2, 25), (8, 32), (12.25, 30)],
        )
        self.assertEqual(move.amount_untaxed, 100 + 50 + 256 + 367.5)
        self.assertEqual(lines.tax_ids, self.leerbedrijf.account_sale_tax_id)
        self.assertEqual(move.invoice_date, date(2026, 11, 1))
        self.assertEqual(move.state, "draft")
        self.assertEqual((run.employer_count, run.employer_done_count), (2, 2))
        self.assertEqual(run.amount_untaxed, sum(run.move_ids.mapped("amount_untaxed")))
        move.action_post()
        self.assertEqual(move.state, "posted")
        self._check_ledger()

    def test_only_approved_work_of_the_period_is_billed(self):
        self._new_hours(1, state="to_approve")
        before = self._new_hours(2, date(2026, 9, 30))
        inside = self._new_hours(4)
        run = self._make_invoices()
        self.assertEqual(self._links(inside).move_id, run.move_ids)
        self.assertEqual(before.billing_state, "approved")
        self.assertEqual(run.move_ids.invoice_line_ids.quantity, 4)

    def test_nothing_to_bill_says_so_and_names_the_earlier_run(self):
        with self.assert_says("Approve hours or charges first"):
            self._new_run().action_make_invoices()
        self._new_hours()
        first = self._make_invoices()
        with self.assert_says(f"invoiced by {first.name}"):
            self._new_run().action_make_invoices()
        with self.assert_says(f"invoiced by {first.name}"):
            first.action_make_invoices()

    def test_overlapping_periods_bill_each_line_once(self):
        self._new_hours()
        first = self._make_invoices()
        late = self._new_hours(3, employee=self.employees[1])
        second = self._make_invoices(self._new_run("2026-09-15", "2026-11-30"))
        self.assertEqual(second.move_ids.invoice_line_ids.quantity, 3)
        self.assertEqual(self._links(late).move_id, second.move_ids)
        self.assertEqual(first.move_ids.invoice_line_ids.quantity, 8)
        self._check_ledger()

    def test_an_employer_without_an_address_is_skipped_others_go_on(self):
        poor = self._new_employer("No street", street=False, zip=False)
        hours = self._new_hours(5, klus=self._new_klus("Sweep", poor))
        self._new_hours()
        run = self._make_invoices()
        self.assertEqual(run.move_ids.partner_id, self.employer)
        self.assertEqual(hours.billing_state, "approved")
        self.assertEqual(run.problem_ids.partner_id, poor)
        self.assertEqual(
            run.problem_ids.problem,
            "No street has no street, postal code. Complete the address.",
        )
        poor.write({"street": "Kade 2", "zip": "1234 AC"})
        self._make_invoices(run)
        self.assertFalse(run.problem_ids)
        self.assertEqual(run.move_ids.partner_id, self.employer | poor)
        self._check_ledger()

    def test_a_klus_without_a_tariff_is_named(self):
        klus = self._new_klus("Gratis", self.employer, price=None)
        hours = self._new_hours(klus=klus)
        run = self._make_invoices()
        self.assertFalse(run.move_ids)
        self.assertIn("“Gratis” has no tariff on 10/05/2026", run.problem_ids.problem)
        self.assertEqual(hours.billing_state, "approved")

    def test_an_employer_whose_invoice_fails_does_not_stop_the_others(self):
        bad = self._new_employer("Bad data")
        hours = self._new_hours(5, klus=self._new_klus("Fail", bad))
        self._new_hours()
        run_class = self.env.registry["leerbedrijf.invoice.run"]
        original = run_class._prepare_invoice_values

        def failing(run, partner):
            if partner == bad:
                raise UserError(run.env._("This customer is blocked."))
            return original(run, partner)

        self.patch(run_class, "_prepare_invoice_values", failing)
        run = self._make_invoices()
        self.assertEqual(run.move_ids.partner_id, self.employer)
        self.assertEqual(run.problem_ids.problem, "This customer is blocked.")
        self.assertEqual(run.problem_ids.state, "failed")
        self.assertEqual(hours.billing_state, "approved")
        self._check_ledger()

    def test_a_job_that_fails_for_good_shows_on_the_run_and_is_run_again(self):
        self._new_hours()
        run = self._new_run()
        with trap_jobs():
            run.action_make_invoices()
        self.assertEqual(run.state, "running")
        # What queue_job calls after the last failure.
        run.employer_ids._job_failed(
            exc_name="MemoryError", exc_info="", exc_message=""
        )
        run.invalidate_recordset()
        self.assertEqual(run.state, "done")
        self.assertIn("MemoryError", run.problem_ids.problem)
        self._make_invoices(run)
        self.assertFalse(run.problem_ids)
        self.assertEqual(len(run.move_ids), 1)
        self._check_ledger()

    def test_queue_job_knows_what_to_call_when_a_job_fails(self):
        function = self.env.ref("leerbedrijf_core.job_function_make_invoices")
        self.assertEqual(
            function.name, "<leerbedrijf.invoice.run.employer>._make_invoices"
        )
        self.assertEqual(function.on_fail_method, "_job_failed")

    def test_a_repeated_job_bills_nothing_twice(self):
        self._new_hours()
        run = self._new_run()
        with trap_jobs() as trap:
            run.action_make_invoices()
            trap.perform_enqueued_jobs()
            trap.perform_enqueued_jobs()
        run.invalidate_recordset()
        run.employer_ids._make_invoices()
        self.assertEqual(len(run.move_ids), 1)
        self.assertEqual(run.employer_ids.state, "invoiced")
        self._check_ledger()

    def test_a_serialization_failure_goes_to_the_queue_and_leaves_nothing(self):
        hours = self._new_hours()
        run = self._new_run()
        with trap_jobs():
            run.action_make_invoices()
        employer_class = self.env.registry["leerbedrijf.invoice.run.employer"]

        def conflict(*_args):
            raise SerializationFailure()

        with self.assertRaises(SerializationFailure), self.env.cr.savepoint():
            original = employer_class._note_left_behind
            employer_class._note_left_behind = conflict
            try:
                run.employer_ids._make_invoices()
            finally:
                employer_class._note_left_behind = original
        self.env.invalidate_all()
        self.assertFalse(run.move_ids)
        self.assertEqual(hours.billing_state, "approved")
        run.employer_ids._make_invoices()
        self.assertEqual(len(run.move_ids), 1)
        self._check_ledger()

    def test_employers_are_divided_over_jobs(self):
        for number in range(5):
            employer = self._new_employer(f"Employer {number}")
            self._new_hours(2, klus=self._new_klus("Work", employer))
        self.patch(self.env.registry["leerbedrijf.invoice.run"], "_batch_size", 2)
        run = self._new_run()
        with trap_jobs() as trap:
            run.action_make_invoices()
            trap.assert_jobs_count(3)
            trap.perform_enqueued_jobs()
        run.invalidate_recordset()
        self.assertEqual(len(run.move_ids), 5)
        self._check_ledger()

    def test_the_hooks_decide_what_and_how(self):
        keep = self._new_hours(4)
        self._new_hours(2, employee=self.employees[1])
        run_class = self.env.registry["leerbedrijf.invoice.run"]
        domain, values = (
            run_class._get_billable_lines_domain,
            run_class._prepare_invoice_line_values,
        )
        self.patch(
            run_class,
            "_get_billable_lines_domain",
            lambda run, model: domain(run, model) & run._fields_hook_domain(model),
        )
        run_class._fields_hook_domain = lambda run, model: (
            Domain("id", "=", keep.id) if "analytic" in model else Domain.TRUE
        )
        self.addCleanup(delattr, run_class, "_fields_hook_domain")
        self.patch(
            run_class,
            "_prepare_invoice_line_values",
            lambda *args: {**values(*args), "name": "Our own words"},
        )
        run = self._make_invoices()
        self.assertEqual(run.move_ids.invoice_line_ids.name, "Our own words")
        self.assertEqual(run.move_ids.invoice_line_ids.quantity, 4)

    def test_thirds_of_hours_add_up_to_the_cent(self):
        for number, employee in enumerate(self.employees):
            self._new_hours(7 + (number + 1) / 3, employee=employee)
        run = self._make_invoices()
        line = run.move_ids.invoice_line_ids
        self.assertEqual(line.quantity, 23.0)
        self.assertEqual(sum(line.sudo().billing_link_ids.mapped("quantity")), 23.0)
        self._check_ledger()

    def test_the_invoice_address_gets_the_invoice(self):
        desk = self.env["res.partner"].create(
            {
                "name": "Accounts payable",
                "parent_id": self.employer.id,
                "type": "invoice",
                "street": "Postbus 1",
                "zip": "1234 AA",
                "city": "Waterdam",
                "country_id": self.env.ref("base.nl").id,
            }
        )
        self._new_hours()
        run = self._make_invoices()
        self.assertEqual(run.move_ids.partner_id, desk)

    def test_a_started_run_keeps_its_period(self):
        self._new_hours()
        run = self._make_invoices()
        with self.assert_says("its period stays"):
            run.date_to = "2026-12-31"
        with self.assert_says("so it stays"):
            run.unlink()
        self.assertEqual(
            self.as_role("finance")["leerbedrijf.invoice.run"].search(
                [("state", "=", "done")]
            ),
            run,
        )

    def test_runs_are_for_finance_of_the_own_organisation(self):
        run = self._new_run()
        for role in ("work_leader", "coordinator", "work_coach"):
            env = self.as_role(role)
            self.assertFalse(env["leerbedrijf.invoice.run"].has_access("read"))
            self.assertFalse(env["leerbedrijf.billing.link"].has_access("read"))
        other = self.as_role("finance", self.leerbedrijf_x)
        self.assertFalse(other["leerbedrijf.invoice.run"].search([]))
        links = self.as_role("finance")["leerbedrijf.billing.link"]
        for operation in ("create", "write", "unlink"):
            self.assertFalse(links.has_access(operation))
        self.assertEqual(run.currency_id.name, "EUR")

    def test_a_run_without_books_says_so(self):
        env = self.as_role("finance", self.leerbedrijf_x)
        run = env["leerbedrijf.invoice.run"].create({})
        with self.assert_says("chart of accounts"):
            run.action_make_invoices()

    def test_an_old_invoice_line_is_not_a_tariff(self):
        """A change of the tariff afterwards changes no invoice."""
        self._new_hours()
        run = self._make_invoices()
        self.klus.tariff_ids.price_hour = 99
        self.assertEqual(run.move_ids.invoice_line_ids.price_unit, 30)

    def test_invoicing_takes_few_queries(self):
        """A run of 20 employers and 200 lines: the links cost nothing extra."""
        for number in range(20):
            employer = self._new_employer(f"Employer {number}")
            klus = self._new_klus("Work", employer)
            self._new_klus("Other", employer)
            self.as_role("work_leader")["account.analytic.line"].create(
                [
                    {
                        "task_id": klus.id,
                        "employee_id": employee.id,
                        "date": date(2026, 10, 1 + day),
                        "unit_amount": 1,
                        "name": "work",
                    }
                    for employee in self.employees[:2]
                    for day in range(5)
                ]
            ).action_approve()
        run = self._new_run()
        with trap_jobs():
            run.action_make_invoices()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        run.employer_ids._make_invoices()
        self.env.flush_all()
        queries = self.env.cr.sql_log_count - before
        self.assertEqual(len(run.move_ids), 20)
        self.assertLess(queries / 20, 16)
        self._check_ledger()

    def test_charges_with_their_own_tax(self):
        tax = self.env["account.tax"].search(
            [
                ("company_id", "=", self.leerbedrijf.id),
                ("type_tax_use", "=", "sale"),
                ("amount", "=", 9),
            ],
            limit=1,
        )
        charge = self._new_charge(approve=False)
        charge.tax_ids = [Command.set(tax.ids)]
        charge.action_approve()
        run = self._make_invoices()
        self.assertEqual(run.move_ids.amount_tax, 9)
        self.assertEqual(self._links(charge).date, DAY)

    def test_last_month_is_one_press_away(self):
        runs = self.as_role("finance")["leerbedrijf.invoice.run"]
        self.assertEqual(runs.new().display_name, "New invoice run")
        self.assertFalse(runs.action_invoice_last_month()["res_id"])
        draft = runs.create({})
        self.assertRegex(draft.display_name, r"^RUN/")
        self.assertEqual(runs.action_invoice_last_month()["res_id"], draft.id)
