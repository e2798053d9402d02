from contextlib import contextmanager
from datetime import date

from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.queue_job.tests.common import trap_jobs

from .common_cohort import CohortCase

DAY = date(2026, 10, 5)  # a Monday


class BillingCase(CohortCase):
    """The leerbedrijf keeps books, has a klus with a tariff and three participants."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._load_chart(cls.leerbedrijf)
        cls.enrolments = cls._new_enrolments(3)
        cls.employees = cls.enrolments._get_employee()
        cls.klus = cls._new_klus("Scan drawings", cls.employer)

    @classmethod
    def _load_chart(cls, company):
        cls.env["account.chart.template"].try_loading(
            "nl", company=company, install_demo=False
        )

    @classmethod
    def _new_enrolments(cls, count):
        """Learners of one cohort, with names that may not appear on an invoice."""
        enrolments = cls.env["leerbedrijf.enrolment"]
        for number in range(count):
            enrolments += cls._propose(cls._new_participant(f"Secret Name {number}"))
        enrolments.write({"state": "accepted"})
        return enrolments

    @classmethod
    def _new_klus(cls, name, employer, price=30.0, env=None):
        env = env or cls.as_role("work_leader")
        tariffs = [Command.create({"date_from": "2026-01-01", "price_hour": price})]
        return env["project.task"].create(
            {
                "name": name,
                "is_klus": True,
                "partner_id": employer.id,
                "tariff_ids": tariffs if price is not None else [],
            }
        )

    @classmethod
    def _new_hours(cls, hours=8.0, day=DAY, klus=None, employee=None, state="approved"):
        """A line of hours by the work leader, approved unless `state` differs."""
        env = cls.as_role("work_leader")
        line = env["account.analytic.line"].create(
            {
                "task_id": (klus or cls.klus).id,
                "employee_id": (employee or cls.employees[0]).id,
                "date": day,
                "unit_amount": hours,
                "name": "work",
            }
        )
        if state == "approved":
            line.action_approve()
        return line

    @classmethod
    def _new_charge(cls, price=100.0, employer=None, approve=True, **values):
        charge = cls.as_role("finance")["leerbedrijf.charge"].create(
            {
                "name": "Training contribution",
                "partner_id": (employer or cls.employer).id,
                "date": DAY,
                "price_unit": price,
                **values,
            }
        )
        if approve:
            charge.action_approve()
        return charge

    @classmethod
    def _new_run(cls, date_from="2026-10-01", date_to="2026-10-31"):
        return cls.as_role("finance")["leerbedrijf.invoice.run"].create(
            {"date_from": date_from, "date_to": date_to, "invoice_date": "2026-11-01"}
        )

    @contextmanager
    def assert_says(self, text, error=UserError):
        """The block is refused with a sentence like `text`, and is rolled back."""
        with self.assertRaises(error) as caught:
            yield
        self.assertRegex(str(caught.exception), text)

    def _make_invoices(self, run=None):
        """Press the button and let the queue work; return the run."""
        run = run or self._new_run()
        with trap_jobs() as trap:
            run.action_make_invoices()
            trap.perform_enqueued_jobs()
        run.invalidate_recordset()
        return run

    def _credit(self, move, post=True):
        """A credit note of `move` as finance makes it."""
        env = self.as_role("finance")
        wizard = (
            env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"journal_id": move.journal_id.id, "date": "2026-11-02"})
        )
        wizard.refund_moves()
        credit_note = wizard.new_move_ids
        if post:
            credit_note.action_post()
        return credit_note

    def _links(self, lines):
        """All billing links of these lines, also of who may not read them."""
        lines.invalidate_recordset()
        return lines.sudo().billing_link_ids

    def _check_ledger(self):
        """What must always hold: exactly what is invoiced has one uncredited link."""
        self.env.flush_all()
        self.env.invalidate_all()
        for model in ("account.analytic.line", "leerbedrijf.charge"):
            for line in self.env[model].search([("billing_state", "!=", False)]):
                links = line.billing_link_ids.filtered(lambda x: not x.credited_by_id)
                self.assertEqual(
                    len(links), int(line.billing_state == "invoiced"), line
                )
        for line in self.env["account.move.line"].search(
            [("billing_link_ids", "!=", False)]
        ):
            self.assertAlmostEqual(
                sum(line.billing_link_ids.mapped("quantity")), line.quantity, 6
            )
