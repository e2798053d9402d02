import doctest

from odoo.exceptions import UserError
from odoo.tests import Form, TransactionCase

from ..calc import benefit
from .common_agreement import AgreementCase


class TestBenefitCalc(TransactionCase):
    def test_doctests(self):
        self.assertFalse(doctest.testmod(benefit).failed)

    def test_exactly_the_norm_is_enough(self):
        wage = benefit.Wage(hourly=12.0, holiday_percent=0, net_percent=100)
        norm = benefit.net_per_month(26, wage)
        [result] = benefit.test(26, wage, {"single": norm})
        self.assertTrue(result.leaves)
        self.assertEqual(result.hours, 26)
        [result] = benefit.test(25, wage, {"single": norm})
        self.assertFalse(result.leaves)


class TestGuarantee(AgreementCase):
    """Before a guarantee is sent: what the contract means, and what came before."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.amounts = {
            "minimum_wage_hour": 15,
            "holiday_allowance": 8,
            "net_share_low_wage": 90,
            "benefit_norm_single": 1500,
            "benefit_norm_single_parent": 1500,
            "benefit_norm_couple": 2100,
        }
        for code, value in cls.amounts.items():
            cls.env["leerbedrijf.parameter.value"].create(
                {
                    "parameter_id": cls.env.ref(
                        f"leerbedrijf_core.parameter_{code}"
                    ).id,
                    "date_from": "2026-01-01",
                    "value": value,
                    "scope": "region",
                    "region_id": cls.region.id,
                }
            )

    def _guarantee(self, **values):
        self.pledge.write({"force": "guarantee", **values})

    def _dialogue(self):
        action = self.agreement.action_send()
        self.assertEqual(self.agreement.state, "draft")
        return Form(self.manager[action["res_model"]].with_context(**action["context"]))

    def test_intentions_are_sent_at_once(self):
        self.assertFalse(self.agreement.action_send())
        self.assertEqual(self.agreement.state, "sent")

    def test_who_leaves_benefit_by_this_contract(self):
        self._guarantee(hours_per_week=24)
        dialogue = self._dialogue()
        self.assertIn("€\N{NO-BREAK SPACE}1,516", dialogue.result)
        self.assertIn("Somebody who lives alone leaves benefit", dialogue.result)
        self.assertIn("A lone parent leaves benefit", dialogue.result)
        self.assertIn("with 34 hours a week not", dialogue.result)
        self.assertIn("No earlier edition shows", dialogue.result)
        self.assertTrue(dialogue.has_concerns)

    def test_the_wage_of_the_pledge_counts(self):
        self._guarantee(hours_per_week=32, hourly_wage=17)
        dialogue = self._dialogue()
        self.assertIn("A couple without other income leaves benefit", dialogue.result)
        self.assertFalse(dialogue.has_concerns)
        dialogue.save().action_send()
        self.assertEqual(self.agreement.state, "sent")

    def test_less_than_the_minimum_wage_is_said(self):
        self._guarantee(hourly_wage=9)
        self.assertIn("less than the minimum wage", self._dialogue().result)

    def test_in_spite_of_the_test_needs_a_reason_that_is_kept(self):
        self._guarantee()
        check = self._dialogue().save()
        with self.assertRaisesRegex(UserError, "Give the reason"):
            check.action_send()
        check.reason = "The hours grow after the diploma"
        check.action_send()
        self.assertEqual(self.agreement.state, "sent")
        bodies = " ".join(self.agreement.message_ids.mapped("body"))
        self.assertIn("The hours grow after the diploma", bodies)

    def test_guarantees_become_intentions(self):
        self._guarantee()
        self._dialogue().save().action_make_intentions()
        self.assertEqual(self.pledge.force, "intention")
        self.assertEqual(self.agreement.state, "draft")
        self.assertFalse(self.agreement.action_send())

    def test_what_came_of_it_before(self):
        earlier = self._new_agreement()
        earlier.pledge_ids.write({"force": "guarantee", "cohort_id": self.cohort.id})
        earlier.with_env(self.env).action_send()
        earlier.signatory_ids.action_sign()
        steps = self.env["leerbedrijf.cohort.step"]
        self._guarantee(hours_per_week=40)
        self.assertIn("No earlier edition shows", self._dialogue().result)
        self.cohort._pass_step(steps.search([("code", "=", "closed")]), "Done")
        dialogue = self._dialogue()
        self.assertIn("guaranteed 6 places and delivered 0", dialogue.result)
        self.assertTrue(dialogue.has_concerns)

    def test_what_is_missing_is_said_before_the_test(self):
        self._guarantee()
        self.agreement.signatory_ids.unlink()
        with self.assertRaisesRegex(UserError, "at least one pledge and one signatory"):
            self.agreement.action_send()

    def test_one_agreement_at_a_time(self):
        self._guarantee()
        with self.assertRaisesRegex(UserError, "Send it by itself"):
            (self.agreement | self._new_agreement()).action_send()
