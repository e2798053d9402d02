from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from .common_attack import STRANGER, AttackCase


class TestAttackLists(AttackCase):
    """Lists of Odoo that no rule guarded: each was read, or written, by a stranger."""

    def test_who_was_told_what_is_for_who_was_told(self):
        self.person.with_env(self.coach).message_notify(
            body="Secret",
            subject=self.person.name,
            partner_ids=self.coach.user.partner_id.ids,
            author_id=self.env.user.partner_id.id,
        )
        told = self.env["mail.notification"].search(
            [("mail_message_id.subject", "=", self.person.name)]
        )
        self.assertTrue(told)
        self.assertTrue(told.with_env(self.coach).search([("id", "in", told.ids)]))
        for env in (self.coach_b, self.manager_x, self.as_role("finance")):
            self.env.invalidate_all()
            theirs = told.with_env(env)
            self.assertFalse(theirs.search([("id", "in", told.ids)]))
            with self.assertRaises(AccessError):
                theirs.read(["mail_message_id"])

    def test_a_default_value_is_ones_own(self):
        self.env["ir.default"].sudo().set(
            "leerbedrijf.participant", "motivation", "Secret", self.coach.user.id
        )
        default = self.env["ir.default"].search([("json_value", "like", "Secret")])
        self.assertTrue(default.with_env(self.coach).json_value)
        self.assert_unreachable(default, self.coach_b, self.manager_x)

    def test_a_series_is_for_who_takes_part(self):
        event = self.coach["calendar.event"].create(
            {
                "name": self.person.name,
                "start": "2026-10-05 09:00:00",
                "stop": "2026-10-05 10:00:00",
                "recurrency": True,
                "rrule_type": "daily",
                "end_type": "count",
                "count": 3,
                "res_model_id": self.env["ir.model"]._get_id(self.person._name),
                "res_id": self.person.id,
            }
        )
        series = event.recurrence_id
        self.assertTrue(series.with_env(self.coach).dtstart)
        self.assert_unreachable(
            series.sudo(), self.coach_b, self.manager_x, self.as_role("account_manager")
        )
        event.write({"recurrence_update": "all_events", "name": "Moved"})
        event.action_mass_deletion("all_events")

    def test_matched_payments_are_the_own_organisations(self):
        move = self._make_invoices_of_one_charge()
        finance = self.as_role("finance")
        wizard = finance["account.payment.register"].with_context(
            active_model="account.move", active_ids=move.ids
        )
        wizard.create({})._create_payments()
        receivable = move.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        partial, full = receivable.matched_credit_ids, receivable.full_reconcile_id
        self.assertTrue(partial and full)
        stranger = self.as_role("finance", self.leerbedrijf_x)
        self.assert_unreachable(partial, stranger)
        self.assert_unreachable(full, stranger)
        with self.assertRaises(AccessError):
            partial.with_env(stranger).amount = 1
        own = receivable.with_env(finance)
        own.remove_move_reconcile()
        self.assertFalse(partial.exists() or full.exists())

    def _make_invoices_of_one_charge(self):
        self._new_charge()
        move = self._make_invoices().move_ids[:1]
        move.with_env(self.as_role("finance")).action_post()
        return move

    def test_a_letter_is_the_own_organisations(self):
        move = self._make_invoices_of_one_charge()
        letter = self.env["snailmail.letter"].create(
            {
                "partner_id": self.employer.id,
                "model": move._name,
                "res_id": move.id,
                "company_id": self.leerbedrijf.id,
                "user_id": self.user("finance").id,
                "report_template": self.env.ref("account.account_invoices").id,
            }
        )
        self.assert_unreachable(letter, self.coach_b, self.manager_x)

    def test_a_work_leader_is_not_told_what_coach_and_coordinator_write(self):
        enrolment = self.enrolments[0]
        leader = self.user("work_leader")
        self.assertTrue(enrolment.with_user(leader).has_access("read"))
        with self.assertRaises(UserError):
            enrolment.with_user(leader).message_subscribe(leader.partner_id.ids)
        # As a follower of before, or by another way in.
        self.env["mail.followers"].sudo().create(
            {
                "res_model": enrolment._name,
                "res_id": enrolment.id,
                "partner_id": leader.partner_id.id,
                "subtype_ids": [
                    Command.set(self.env.ref("mail.mt_comment").ids),
                ],
            }
        )
        message = enrolment.with_env(self.coordinator).message_post(
            body="Sleeps badly", subtype_xmlid="mail.mt_comment"
        )
        self.assertNotIn(leader.partner_id, message.sudo().notified_partner_ids)
        with self.assertRaises(AccessError):
            message.with_user(leader).read(["body"])

    def test_a_form_does_not_name_what_the_user_may_not_read(self):
        hours = self._new_hours()
        name = self.person.name
        event = self.coach["calendar.event"].create(
            {
                "name": name,
                "start": "2026-10-05 09:00:00",
                "stop": "2026-10-05 10:00:00",
                "res_model_id": self.env["ir.model"]._get_id(self.person._name),
                "res_id": self.person.id,
            }
        )
        file = self.env["ir.attachment"].create(
            {"name": name, "res_model": self.person._name, "res_id": self.person.id}
        )
        message = self.person.with_env(self.coach).message_post(body="x", subject=name)
        own = {event: self.coach, file: self.coach, message: self.coach}
        own |= {hours.task_id: self.coordinator, hours.project_id: self.coordinator}
        for record, reader in own.items():
            self.env.invalidate_all()
            self.assertNotEqual(
                record.with_env(reader).sudo().display_name, STRANGER, record._name
            )
            for env in (self.coach_b, self.manager_x):
                self.env.invalidate_all()
                # As a many2one is read: as superuser.
                seen = record.with_env(env).sudo().display_name
                self.assertEqual(seen, STRANGER, record._name)

    def test_a_default_in_the_context_tells_nothing(self):
        message = self.person.with_env(self.coach).message_post(
            body="x", subject=self.person.name
        )
        self.env.flush_all()
        self.env.invalidate_all()
        form = self.coach_b["discuss.channel"].with_context(
            default_from_message_id=message.id
        )
        answer = form.onchange(
            {}, [], {"from_message_id": {"fields": {"display_name": {}}}}
        )
        self.assertNotIn(self.person.name, str(answer))

    def test_nobody_gets_the_token_that_makes_a_log_in_of_an_employer(self):
        self.env["ir.config_parameter"].sudo().set_param(
            "auth_signup.invitation_scope", "b2c"
        )
        contacts = self.employer | self.coach.user.partner_id
        for env in (self.coach_b, self.manager_x, self.as_role("account_manager")):
            self.env.invalidate_all()
            answer = contacts.with_env(env).signup_get_auth_param()
            self.assertFalse(answer, env.user.login)
        self.assertFalse(self.employer.sudo().signup_type)
        mailed = self.employer.with_env(self.coach).sudo().signup_get_auth_param()
        self.assertIn("auth_signup_token", mailed[self.employer.id])
