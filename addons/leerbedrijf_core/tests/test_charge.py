from odoo.exceptions import AccessError
from odoo.tests import Form

from .common_billing import BillingCase


class TestCharge(BillingCase):
    def test_a_charge_has_an_amount_and_the_tax_of_the_company(self):
        charge = self._new_charge(12.5, quantity=3, approve=False)
        self.assertEqual(charge.amount, 37.5)
        self.assertEqual(charge.tax_ids, self.leerbedrijf.account_sale_tax_id)
        self.assertEqual(charge.billing_state, "to_approve")

    def test_an_approved_charge_is_locked(self):
        charge = self._new_charge()
        for vals in ({"price_unit": 1}, {"quantity": 9}, {"tax_ids": [(5,)]}):
            with self.subTest(vals=vals), self.assert_says("approved"):
                charge.write(vals)
        with self.assert_says("approved"):
            charge.unlink()
        charge.action_set_to_approve()
        charge.price_unit = 1

    def test_coordinator_and_finance_approve_others_do_not_see_charges(self):
        charge = self._new_charge(approve=False)
        charge.with_env(self.as_role("coordinator")).action_approve()
        self.assertEqual(charge.billing_state, "approved")
        for role in ("work_leader", "work_coach", "account_manager"):
            self.assertFalse(
                self.as_role(role)["leerbedrijf.charge"].has_access("read")
            )
        other = self.as_role("finance", self.leerbedrijf_x)
        self.assertFalse(other["leerbedrijf.charge"].search([]))
        with self.assertRaises(AccessError):
            charge.with_env(other).read(["name"])

    def test_quantity_and_price_are_sane(self):
        with self.assert_refused("quantity_positive"):
            self._new_charge(quantity=0, approve=False)
        with self.assert_refused("price_not_negative"):
            self._new_charge(-1, approve=False)

    def test_a_client_cannot_set_the_state(self):
        charge = self._new_charge(approve=False)
        with self.assertRaises(AccessError):
            charge.billing_state = "invoiced"
        forged = self.as_role("finance")["leerbedrijf.charge"].with_context(
            default_billing_state="approved"
        )
        values = {"name": "x", "partner_id": self.employer.id, "price_unit": 1}
        self.assertEqual(forged.create(values).billing_state, "to_approve")

    def test_a_cohort_of_another_region_is_refused(self):
        route = self.env["leerbedrijf.route"].create(
            {
                "name": "Route",
                "code": "charge",
                "duration_months": 1,
                "sector_id": self.env["leerbedrijf.sector"]
                .create({"name": "Sector", "code": "charge"})
                .id,
                "phase_ids": [(0, 0, {"name": "Phase", "kind": "school"})],
            }
        )
        about = {
            "region_id": self.region_x.id,
            "company_id": self.leerbedrijf_x.id,
        }
        template = self.env["leerbedrijf.cohort.template"].create(
            {"name": "Far", "route_id": route.id, **about}
        )
        cohort = self.env["leerbedrijf.cohort"].create(
            {"template_id": template.id, "date_start": "2026-09-07", **about}
        )
        charges = self.as_role("finance")["leerbedrijf.charge"]
        values = {"name": "x", "partner_id": self.employer.id, "price_unit": 1}
        with self.assert_says("own region"):
            charges.with_context(default_cohort_id=cohort.id).create(values)

    def test_finance_makes_a_charge_on_the_form(self):
        form = Form(self.as_role("finance")["leerbedrijf.charge"])
        form.name = "Training"
        form.partner_id = self.employer
        form.price_unit = 250
        charge = form.save()
        self.assertEqual(charge.billing_state, "to_approve")
        charge.action_approve()
        self.assertEqual(charge.billing_state, "approved")
