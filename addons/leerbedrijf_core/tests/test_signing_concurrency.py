from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.fields import Command, Datetime
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install", "standard")
class TestSigningConcurrency(TransactionCase):
    """Two people who answer at the same moment: real transactions on committed data,
    which is deleted again afterwards."""

    def setUp(self):
        super().setUp()
        self.cursors = []
        with self.registry.cursor() as cr:
            self._prepare(api.Environment(cr, SUPERUSER_ID, {}))
        self.addCleanup(self._clean)

    def _prepare(self, env):
        self.company_id = env["res.company"].create({"name": "Concurrent town"}).id
        region = env["leerbedrijf.region"].create(
            {
                "name": "Concurrent region",
                "code": "concurrent",
                "company_ids": [Command.link(self.company_id)],
            }
        )
        employers = env["res.partner"].create(
            [
                {"name": f"Employer {number}", "region_id": region.id}
                for number in range(2)
            ]
        )
        agreement = env["leerbedrijf.agreement"].create(
            {
                "title": "Concurrent",
                "company_id": self.company_id,
                "region_id": region.id,
                "pledge_ids": [
                    Command.create({"partner_id": partner.id, "function": "Helper"})
                    for partner in employers
                ],
                "signatory_ids": [
                    Command.create({"partner_id": partner.id, "signer_name": "Signer"})
                    for partner in employers
                ],
            }
        )
        agreement.action_send()
        self.agreement_id, self.region_id = agreement.id, region.id
        self.partner_ids = employers.ids
        self.signatory_ids = agreement.signatory_ids.ids

    def _clean(self):
        for cr in self.cursors:
            cr.rollback()
            cr.close()
        with self.registry.cursor() as cr:
            # What was signed is not deleted by hand.
            for table, ids in (
                ("leerbedrijf_agreement", [self.agreement_id]),
                ("res_partner", self.partner_ids),
                ("leerbedrijf_region", [self.region_id]),
            ):
                cr.execute(f"DELETE FROM {table} WHERE id = ANY(%s)", [ids])
            for model, table in (
                ("model", "mail_message"),
                ("res_model", "mail_followers"),
            ):
                cr.execute(
                    f"DELETE FROM {table} WHERE {model} = 'leerbedrijf.agreement' "
                    "AND res_id = %s",
                    [self.agreement_id],
                )
            cr.execute("DELETE FROM queue_job WHERE method_name = '_make_signed_pdf'")
            company = api.Environment(cr, SUPERUSER_ID, {})["res.company"]
            company = company.browse(self.company_id)
            partner = company.partner_id
            with mute_logger("odoo.models.unlink"):
                company.unlink()
                partner.unlink()

    def _new_env(self):
        """A transaction that has begun: it sees what is committed now."""
        cr = self.registry.cursor()
        self.cursors.append(cr)
        cr.execute("SELECT state FROM leerbedrijf_signatory LIMIT 1")
        return api.Environment(cr, SUPERUSER_ID, {})

    def _sign(self, env, number):
        line = env["leerbedrijf.signatory"].browse(self.signatory_ids[number])
        line._set_state("signed", signed_on=Datetime.now())
        env.cr.flush()
        env.cr.commit()

    def _sign_again(self, number):
        """What Odoo does with a request whose transaction came too late."""
        self._sign(self._new_env(), number)

    def _agreement(self):
        return self._new_env()["leerbedrijf.agreement"].browse(self.agreement_id)

    def test_two_parties_at_the_same_moment_both_count(self):
        first, second = self._new_env(), self._new_env()
        self._sign(first, 0)
        with self.assertRaises(SerializationFailure), mute_logger("odoo.sql_db"):
            self._sign(second, 1)
        second.cr.rollback()
        self._sign_again(1)
        agreement = self._agreement()
        self.assertEqual(agreement.signatory_ids.mapped("state"), ["signed"] * 2)
        self.assertEqual(agreement.state, "signed")

    def test_no_line_comes_in_while_the_agreement_is_sent(self):
        draft = self._agreement().action_amend()["res_id"]
        self.cursors[-1].commit()
        self.addCleanup(self._delete, draft)
        first, second = self._new_env(), self._new_env()
        first["leerbedrijf.pledge"].create(
            {
                "agreement_id": draft,
                "partner_id": self.partner_ids[0],
                "function": "Driver",
            }
        )
        first.cr.commit()
        amendment = second["leerbedrijf.agreement"].browse(draft)
        amendment.amendment_reason = "More places"
        with self.assertRaises(SerializationFailure), mute_logger("odoo.sql_db"):
            amendment.action_send()
            second.cr.flush()
        second.cr.rollback()
        amendment = self._new_env()["leerbedrijf.agreement"].browse(draft)
        amendment.amendment_reason = "More places"
        amendment.action_send()
        self.assertEqual(len(amendment._get_content()["pledges"]), 3)

    def _delete(self, agreement_id):
        for cr in self.cursors:
            cr.rollback()
        with self.registry.cursor() as cr:
            cr.execute(
                "DELETE FROM leerbedrijf_agreement WHERE id = %s", [agreement_id]
            )

    def test_a_double_click_signs_once(self):
        first, second = self._new_env(), self._new_env()
        self._sign(first, 0)
        with self.assertRaises(SerializationFailure), mute_logger("odoo.sql_db"):
            self._sign(second, 0)
        second.cr.rollback()
        self._sign_again(0)
        messages = self._agreement().message_ids.filtered(lambda m: "Signed" in m.body)
        self.assertEqual(len(messages), 1)
        self.assertEqual(self._agreement().state, "sent")
