from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.fields import Command
from odoo.tools import mute_logger

from .common_billing import BillingCase


class TestBillingLink(BillingCase):
    def setUp(self):
        super().setUp()
        self.hours = self._new_hours(8)
        self.charge = self._new_charge(50)
        self.move = self._make_invoices().move_ids
        self.line, self.charge_line = self.move.invoice_line_ids.sorted("sequence")

    def test_the_database_bills_a_line_at_most_once(self):
        values = {
            "company_id": self.leerbedrijf.id,
            "analytic_line_id": self.hours.id,
            "move_line_id": self.charge_line.id,
            "move_id": self.move.id,
        }
        links = self.env["leerbedrijf.billing.link"]
        for vals, error in (
            (values, UniqueViolation),
            ({**values, "charge_id": self.charge.id}, CheckViolation),
            ({**values, "analytic_line_id": False}, CheckViolation),
        ):
            with (
                self.subTest(vals=vals),
                self.assertRaises(error),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                links.create(vals)

    def test_an_invoiced_line_is_locked(self):
        with self.assert_says("is on an invoice"):
            self.hours.unit_amount = 4
        with self.assert_says("is on an invoice"):
            self.hours.action_set_to_approve()
        with self.assert_says("is on an invoice"):
            self.hours.unlink()

    def test_deleting_a_draft_frees_its_lines(self):
        self.move.unlink()
        self.assertFalse(self._links(self.hours | self.hours))
        self.assertEqual(self.hours.billing_state, "approved")
        self.assertEqual(self.charge.billing_state, "approved")
        self._make_invoices()
        self._check_ledger()

    def test_deleting_one_line_of_a_draft_frees_that_line(self):
        self.move.write({"invoice_line_ids": [Command.delete(self.line.id)]})
        self.assertEqual(self.hours.billing_state, "approved")
        self.assertEqual(self.charge.billing_state, "invoiced")
        self._check_ledger()

    def test_quantity_and_price_of_a_linked_line_stay(self):
        for vals in ({"quantity": 1}, {"price_unit": 1}):
            with self.subTest(vals=vals), self.assert_says("recorded"):
                self.move.write(
                    {"invoice_line_ids": [Command.update(self.line.id, vals)]}
                )
        self.line.write({"name": "Better words", "quantity": 8})
        self.move.write(
            {"invoice_line_ids": [Command.create({"name": "x", "price_unit": 5})]}
        )
        self._check_ledger()

    def test_the_debtor_of_a_linked_invoice_stays(self):
        other = self._new_employer("Another employer")
        with self.assert_says("stays an invoice for that employer"):
            self.move.partner_id = other

    def test_a_full_credit_note_frees_and_the_first_invoice_is_remembered(self):
        self.move.action_post()
        credit_note = self._credit(self.move)
        self.assertEqual(self.hours.billing_state, "approved")
        self.assertEqual(self.charge.billing_state, "approved")
        link = self._links(self.hours)
        self.assertEqual(link.move_id, self.move)
        self.assertEqual(link.credited_by_id.move_id, credit_note)
        second = self._make_invoices().move_ids
        self.assertEqual(second.amount_untaxed, self.move.amount_untaxed)
        self.assertEqual(self._links(self.hours).move_id, self.move | second)
        self._check_ledger()

    def test_a_draft_credit_note_frees_nothing(self):
        self.move.action_post()
        credit_note = self._credit(self.move, post=False)
        self.assertEqual(self.hours.billing_state, "invoiced")
        credit_note.unlink()
        self.assertEqual(self.hours.billing_state, "invoiced")
        self._check_ledger()

    def test_a_credit_note_of_one_line_frees_that_line(self):
        self.move.action_post()
        credit_note = self._credit(self.move, post=False)
        credit_note.invoice_line_ids.filtered(
            lambda x: x.billing_origin_line_id == self.charge_line
        ).unlink()
        credit_note.action_post()
        self.assertEqual(self.hours.billing_state, "approved")
        self.assertEqual(self.charge.billing_state, "invoiced")
        self._check_ledger()

    def test_a_partial_credit_frees_nothing(self):
        self.move.action_post()
        for vals in ({"quantity": 4}, {"price_unit": 5}):
            credit_note = self._credit(self.move, post=False)
            reversed_line = credit_note.invoice_line_ids.filtered(
                lambda x: x.billing_origin_line_id == self.line
            )
            (credit_note.invoice_line_ids - reversed_line).unlink()
            credit_note.write(
                {"invoice_line_ids": [Command.update(reversed_line.id, vals)]}
            )
            credit_note.action_post()
            self.assertEqual(self.hours.billing_state, "invoiced")
        self._check_ledger()

    def test_a_credit_note_reset_to_draft_takes_the_lines_back(self):
        self.move.action_post()
        credit_note = self._credit(self.move)
        credit_note.button_draft()
        self.assertEqual(self.hours.billing_state, "invoiced")
        self.assertFalse(self._links(self.hours).credited_by_id)
        credit_note.action_post()
        self.assertEqual(self.hours.billing_state, "approved")
        credit_note.button_cancel()
        self.assertEqual(self.hours.billing_state, "invoiced")
        self._check_ledger()

    def test_a_credit_note_is_not_reset_when_its_lines_were_billed_anew(self):
        self.move.action_post()
        credit_note = self._credit(self.move)
        second = self._make_invoices().move_ids
        with self.assert_says("invoiced again"):
            credit_note.button_draft()
        second.unlink()
        credit_note.button_draft()
        self.assertEqual(self.hours.billing_state, "invoiced")
        self._check_ledger()

    def test_a_credit_note_is_not_reset_when_its_lines_were_corrected(self):
        self.move.action_post()
        credit_note = self._credit(self.move)
        hours = self.hours.with_env(self.as_role("work_leader"))
        hours.action_set_to_approve()
        hours.unit_amount = 7
        hours.action_approve()
        with self.assert_says("corrected since"):
            credit_note.button_draft()
        second = self._make_invoices().move_ids
        self.assertIn(7, second.invoice_line_ids.mapped("quantity"))
        self._check_ledger()

    def test_two_credit_notes_of_one_invoice_free_once(self):
        self.move.action_post()
        first = self._credit(self.move)
        second = self._credit(self.move)
        self.assertEqual(self._links(self.hours).credited_by_id.move_id, first)
        first.button_draft()
        self.assertEqual(self._links(self.hours).credited_by_id.move_id, second)
        self.assertEqual(self.hours.billing_state, "approved")
        second.button_draft()
        self.assertEqual(self.hours.billing_state, "invoiced")
        self._check_ledger()

    def test_cancelling_frees_and_reopening_takes_back(self):
        self.move.action_post()
        self.move.button_draft()
        self.assertEqual(self.hours.billing_state, "invoiced")
        self.move.button_cancel()
        self.assertEqual(self.hours.billing_state, "approved")
        self.move.button_draft()
        self.assertEqual(self.hours.billing_state, "invoiced")
        self.move.button_cancel()
        second = self._make_invoices().move_ids
        with self.assert_says("invoiced again"):
            self.move.button_draft()
        second.unlink()
        self.move.button_draft()
        self.move.unlink()
        self.assertEqual(self.hours.billing_state, "approved")
        self._check_ledger()

    def test_reverse_and_create_hands_the_lines_to_the_new_invoice(self):
        self.move.action_post()
        env = self.as_role("finance")
        wizard = (
            env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=self.move.ids)
            .create({"journal_id": self.move.journal_id.id})
        )
        wizard.modify_moves()
        replacement = wizard.new_move_ids
        self.assertEqual(replacement.move_type, "out_invoice")
        self.assertEqual(self.hours.billing_state, "invoiced")
        links = self._links(self.hours)
        self.assertEqual(links.move_id, self.move | replacement)
        self.assertEqual(
            links.filtered(lambda x: not x.credited_by_id).move_id, replacement
        )
        with self.assert_says("Approve|invoiced by"):
            self._new_run().action_make_invoices()
        self._check_ledger()

    def test_a_copy_of_the_invoice_is_refused(self):
        with self.assert_says("would bill it twice"):
            self.move.copy()

    def test_a_credit_note_that_freed_work_is_not_reversed(self):
        self.move.action_post()
        credit_note = self._credit(self.move)
        with self.assert_says("Reset it to draft"):
            self._credit(credit_note)

    def test_a_credited_invoice_stays_in_the_books(self):
        self.move.action_post()
        self._credit(self.move)
        self.move.button_draft()
        with self.assert_says("stays in the books"):
            self.move.unlink()

    def test_hours_that_were_ever_billed_are_not_deleted(self):
        self.move.action_post()
        self._credit(self.move)
        hours = self.hours.with_env(self.as_role("work_leader"))
        hours.action_set_to_approve()
        with self.assert_says("has been credited"):
            hours.unlink()

    def test_links_keep_what_was_billed(self):
        link = self._links(self.hours)
        self.assertEqual(link.quantity, 8)
        self.assertEqual(link.date, self.hours.date)
        self.assertEqual(link.participant_code, self.enrolments[0].participant_code)
        self.assertEqual(link.task_id, self.klus)
