from odoo.exceptions import AccessError, UserError

from .common_agreement import AgreementCase
from .common_billing import BillingCase


class TestAttackMoney(BillingCase):
    """Ways to change what was approved or billed: each was open once."""

    def test_hours_stay_locked_whatever_is_written_on_the_klus(self):
        line = self._new_hours()
        leader = self.klus.with_env(self.as_role("work_leader"))
        leader.write({"is_klus": False, "place": "Elsewhere"})
        self.assertTrue(self.klus.is_klus)
        self.assertEqual(line.billing_state, "approved")

    def test_the_code_of_approved_hours_stays(self):
        line = self._new_hours()
        with self.assertRaises(AccessError):
            line.with_env(self.as_role("work_leader")).participant_code = "K99999"

    def test_a_product_does_not_change_the_price_of_billed_work(self):
        self._new_hours()
        line = self._make_invoices().move_ids.invoice_line_ids
        product = self.env["product.product"].create(
            {"name": "Cheap", "list_price": 1.0}
        )
        for values in ({"product_id": product.id}, {"price_subtotal": 1.0}):
            with self.subTest(values), self.assert_says("bills recorded work"):
                line.with_env(self.as_role("finance")).write(values)
        self.assertEqual(line.price_unit, 30.0)

    def test_a_record_of_odoo_is_not_given_to_another_tenant(self):
        task = self.as_role("coordinator")["project.task"].create(
            {"name": "Ours", "company_id": self.leerbedrijf.id}
        )
        with self.assert_says("given to another"):
            task.company_id = self.leerbedrijf_x
        self.assertEqual(task.company_id, self.leerbedrijf)


class TestAttackAgreement(AgreementCase):
    def test_a_signed_text_is_not_changed_behind_its_signatures(self):
        self._sign_by_all()
        with self.assertRaisesRegex(UserError, "follow from their buttons"):
            self.agreement.state = "draft"
        self.assertEqual(self.agreement.state, "signed")

    def test_a_signature_is_not_filled_in(self):
        self.agreement.action_send()
        signatory = self.agreement.signatory_ids[0]
        other = self.user("account_manager", self.municipality_b)
        for values in (
            {"state": "signed", "signed_on": "2020-01-01"},
            {"signed_by_id": other.id},
        ):
            with (
                self.subTest(values),
                self.assertRaisesRegex(UserError, "follow from their buttons"),
            ):
                signatory.write(values)
        signatory.action_sign()
        self.assertEqual(signatory.signed_by_id, self.manager.user)


class TestAttackDates(AgreementCase):
    def test_a_start_beyond_all_calendars_is_a_clear_sentence(self):
        for day in ("9999-12-31", "9998-12-31"):
            with (
                self.subTest(day),
                self.assertRaisesRegex(UserError, "or the start date"),
            ):
                self._new_cohort(date_start=day)


class TestAttackNorms(AgreementCase):
    def test_a_norm_is_not_pushed_to_everybody_or_another_region(self):
        admin = self.as_role("functional_admin")
        value = admin["leerbedrijf.parameter.value"].create(
            {
                "parameter_id": self.env.ref(
                    "leerbedrijf_core.parameter_route_cost_year"
                ).id,
                "date_from": "2026-01-01",
                "value": 1,
                "scope": "tenant",
                "company_id": self.leerbedrijf.id,
            }
        )
        for values in (
            {"scope": "platform", "company_id": False},
            {"scope": "region", "company_id": False, "region_id": self.region_x.id},
            {"company_id": self.municipality_x.id},
        ):
            with self.subTest(values), self.assertRaises(UserError):
                value.write(values)
            self.env.invalidate_all()
        value.write(
            {"scope": "region", "company_id": False, "region_id": self.region.id}
        )
