import os
import random
from datetime import timedelta

from odoo.exceptions import UserError

from .common_billing import DAY, BillingCase


class TestBillingHistory(BillingCase):
    """Seeded random histories: whatever happens, the ledger holds.

    `tests/proof` runs many more of the same.
    """

    seeds = range(int(os.environ.get("LEERBEDRIJF_LEDGER_HISTORIES", "3")))
    length = 40

    def setUp(self):
        super().setUp()
        other = self._new_employer("Distribution centre")
        self.klussen = self.klus | self._new_klus("Pick orders", other, 20.0)
        self.domain = [("company_id", "=", self.leerbedrijf.id)]

    def test_random_histories_keep_the_ledger(self):
        for seed in self.seeds:
            with self.subTest(seed=seed), self.env.cr.savepoint() as savepoint:
                self._run_history(random.Random(seed))
                savepoint.rollback()
            self.env.invalidate_all()

    def _run_history(self, rng):
        self.rng, self.day = rng, 0
        operations = [
            getattr(self, name) for name in dir(self) if name.startswith("_op_")
        ]
        done = 0
        for _step in range(self.length):
            operation = rng.choice(operations)
            try:
                with self.env.cr.savepoint():
                    operation()
                    self.env.flush_all()
                    done += 1
            except UserError:
                self.env.invalidate_all()
            self._check_ledger()
        self.assertGreater(done, self.length / 3)

    def _pick(self, model, *domain):
        records = self.env[model].search([*self.domain, *domain], order="id")
        return records and self.rng.choice(records)

    def _pick_move(self, kind, *states):
        finance = self.env["account.move"].with_env(self.as_role("finance"))
        move = self._pick(
            "account.move", ("move_type", "=", kind), ("state", "in", states)
        )
        return move and move.with_env(finance.env)

    def _op_hours(self):
        self.day += 1
        self._new_hours(
            self.rng.choice((0.25, 1 / 3, 4, 8)),
            DAY + timedelta(days=self.day % 26),
            self.rng.choice(self.klussen),
            self.rng.choice(self.employees),
            self.rng.choice(("approved", "to_approve")),
        )

    _op_hours_again = _op_hours

    def _op_charge(self):
        employer = self.rng.choice(self.klussen).partner_id
        self._new_charge(self.rng.choice((10, 12.5)), employer)

    def _op_approve(self):
        line = self._pick("account.analytic.line", ("billing_state", "=", "to_approve"))
        if line:
            line.with_env(self.as_role("work_leader")).action_approve()

    def _op_open_and_correct(self):
        line = self._pick("account.analytic.line", ("billing_state", "!=", False))
        if line:
            line = line.with_env(self.as_role("work_leader"))
            line.action_set_to_approve()
            line.unit_amount = 2

    def _op_delete_hours(self):
        line = self._pick("account.analytic.line", ("billing_state", "!=", False))
        if line:
            line.with_env(self.as_role("work_leader")).unlink()

    def _op_run(self):
        self._make_invoices()

    _op_run_again = _op_run

    def _op_post(self):
        move = self._pick_move("out_invoice", "draft")
        if move:
            move.action_post()

    def _op_delete_draft(self):
        move = self._pick_move("out_invoice", "draft")
        if move:
            move.unlink()

    def _op_delete_line(self):
        move = self._pick_move("out_invoice", "draft")
        if move and move.invoice_line_ids:
            self.rng.choice(move.invoice_line_ids).unlink()

    def _op_credit(self):
        move = self._pick_move("out_invoice", "posted")
        if move:
            credit_note = self._credit(move, post=False)
            if credit_note.invoice_line_ids and self.rng.random() < 0.3:
                self.rng.choice(credit_note.invoice_line_ids).quantity = 0.1
            if self.rng.random() < 0.8:
                credit_note.action_post()

    def _op_reverse_and_create(self):
        move = self._pick_move("out_invoice", "posted")
        if move:
            self.env["account.move.reversal"].with_env(move.env).with_context(
                active_model="account.move", active_ids=move.ids
            ).create({"journal_id": move.journal_id.id}).modify_moves()

    def _op_reset_credit_note(self):
        move = self._pick_move("out_refund", "posted")
        if move:
            move.button_draft()

    def _op_post_credit_note(self):
        move = self._pick_move("out_refund", "draft")
        if move:
            move.action_post()

    def _op_reset_invoice(self):
        move = self._pick_move("out_invoice", "posted", "cancel")
        if move:
            move.button_draft()

    def _op_cancel(self):
        move = self._pick_move("out_invoice", "draft", "posted")
        if move:
            move.button_cancel()

    def _op_forge(self):
        line = self._pick("account.move.line", ("billing_link_ids", "!=", False))
        if line:
            line.with_env(self.as_role("finance")).quantity += 1
