import re
from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Date
from odoo.tests import Form

from .common_agreement import AgreementCase


class TestAgreement(AgreementCase):
    def test_number_region_and_owner(self):
        self.assertTrue(re.fullmatch(r"OVK/\d{4}/\d{4}", self.agreement.name))
        self.assertEqual(self.agreement.region_id, self.region)
        self.assertEqual(self.agreement.company_id, self.municipality)
        self.assertEqual(self.agreement.places, 6)
        self.assertEqual(self.agreement.employer_ids, self.employer)

    def test_form_of_an_account_manager(self):
        with Form(self.manager["leerbedrijf.agreement"]) as form:
            form.title = "Edition 2"
            with form.pledge_ids.new() as pledge:
                pledge.partner_id = self.employer.with_env(self.manager)
                pledge.function = "Care assistant"
                pledge.places = 6
            with form.signatory_ids.new() as signatory:
                signatory.partner_id = self.employer.with_env(self.manager)
        agreement = form.save()
        self.assertEqual(agreement.pledge_ids.region_id, self.region)
        self.assertEqual(agreement.pledge_ids.force, "intention")

    def test_from_draft_to_ended(self):
        self.agreement.action_send()
        self.assertEqual(self.agreement.state, "sent")
        self.agreement.signatory_ids.action_sign()
        self.assertEqual(self.agreement.signed_count, 2)
        signatory = self.agreement.signatory_ids[0]
        self.assertEqual(signatory.signed_on.date(), Date.today())
        self.assertTrue(signatory.signed_on_paper)
        self.assertEqual(signatory.signed_by_id, self.manager.user)
        self.assertEqual(self.agreement.state, "signed")
        self.agreement.action_end()
        self.assertEqual(self.agreement.state, "ended")

    def test_signed_names_who_has_not(self):
        self.agreement.action_send()
        self.agreement.signatory_ids[0].action_sign()
        self.agreement.signatory_ids[1].action_decline()
        self.assertEqual(self.agreement.state, "sent")
        with self.assertRaisesRegex(ValidationError, r"yet: Gemeente Waterdam \(Karim"):
            self.agreement.sudo().state = "signed"

    def test_send_needs_pledge_and_signatory(self):
        empty = self._new_agreement(pledge_ids=[], signatory_ids=[])
        with self.assertRaisesRegex(UserError, "at least one pledge"):
            empty.action_send()

    def test_sign_needs_a_sent_agreement_and_a_name(self):
        with self.assertRaisesRegex(UserError, "Sent for signature"):
            self.agreement.signatory_ids[0].action_sign()
        with self.assertRaisesRegex(ValidationError, "still a draft"):
            self.agreement.signatory_ids[0].sudo().write(
                {"state": "signed", "signed_on": date(2026, 9, 1)}
            )
        self.agreement.signatory_ids[0].signer_name = False
        self.agreement.action_send()
        with self.assertRaisesRegex(UserError, "Fill in who signs"):
            self.agreement.signatory_ids[0].action_sign()

    def test_text_is_fixed_once_sent(self):
        self.agreement.action_send()
        for values in ({"title": "Other"}, {"date_to": date(2030, 1, 1)}):
            with self.subTest(values), self.assertRaisesRegex(UserError, "fixed"):
                self.agreement.write(values)
        with self.assertRaisesRegex(UserError, "lines are fixed"):
            self.agreement.signatory_ids[0].partner_id = self.employer
        with self.assertRaisesRegex(UserError, "lines are fixed"):
            self.agreement.signatory_ids[0].unlink()
        self.agreement.review_date = date(2027, 6, 1)

    def test_signatures_are_final_when_signed(self):
        self._sign_by_all()
        with self.assertRaisesRegex(UserError, "cannot change"):
            self.agreement.signatory_ids[0].sudo().state = "pending"
        with self.assertRaisesRegex(UserError, "“Sent for signature”"):
            self.agreement.signatory_ids[0].action_decline()

    def test_sent_agreement_is_not_deleted(self):
        self.agreement.action_send()
        with self.assertRaisesRegex(UserError, "Cancel it before"):
            self.agreement.unlink()
        self.agreement.action_cancel()
        self.agreement.unlink()

    def test_what_somebody_signed_is_not_deleted(self):
        self.agreement.action_send()
        self.agreement.signatory_ids[0].action_sign()
        self.agreement.action_cancel()
        with self.assertRaisesRegex(UserError, "what somebody has signed stays"):
            self.agreement.unlink()

    def test_who_promises_signs(self):
        self.agreement.signatory_ids[0].unlink()
        with self.assertRaisesRegex(UserError, "Zorggroep Zonnehof promise something"):
            self.agreement.action_send()

    def test_copy_is_a_new_draft(self):
        self._sign_by_all()
        copy = self.agreement.copy()
        self.assertNotEqual(copy.name, self.agreement.name)
        self.assertEqual(copy.state, "draft")
        self.assertEqual(copy.signatory_ids.mapped("state"), ["pending", "pending"])
        self.assertEqual(copy.pledge_ids.places, 6)

    def test_wrong_dates(self):
        for constraint, values in (
            ("date_order", {"date_to": date(2026, 8, 31)}),
            ("review_date_order", {"review_date": date(2026, 8, 31)}),
        ):
            with self.subTest(values), self.assert_refused(constraint):
                self.agreement.write(values)

    def test_signatory_of_another_region(self):
        signatory = self.agreement.signatory_ids[0]
        for stranger in (self.employer_x, self.municipality_x.partner_id):
            with self.assertRaisesRegex(AccessError, "of another region"):
                signatory.partner_id = stranger
            with self.assertRaisesRegex(ValidationError, "does not belong to the regi"):
                signatory.with_env(self.env).partner_id = stranger

    def test_draft_is_shared_and_sent_is_the_owners(self):
        colleague = self.agreement.with_env(self.manager_b)
        colleague.title = "Jobs in care, together"
        colleague.write({"pledge_ids": [Command.create(self._pledge_values(places=2))]})
        self.assertEqual(self.agreement.places, 8)
        self.assertEqual(self.agreement.pledge_ids.company_id, self.municipality)
        with self.assertRaises(AccessError):
            colleague.unlink()
        self.agreement.action_send()
        with self.assertRaises(AccessError):
            colleague.action_cancel()
        with self.assertRaises(AccessError):
            colleague.signatory_ids[0].action_sign()

    def test_other_region_sees_nothing(self):
        for model in ("agreement", "pledge", "signatory", "pledge.change"):
            self.assertFalse(self.manager_x[f"leerbedrijf.{model}"].search([]), model)
        with self.assertRaises(AccessError):
            self.manager_x["leerbedrijf.pledge"].create(
                {
                    **self._pledge_values(partner_id=self.employer_x.id),
                    "agreement_id": self.agreement.id,
                }
            )

    def test_the_workplace_gets_ready_before_the_learning(self):
        self.pledge.cohort_id = self.cohort
        self._sign_by_all()
        self.assertIn("Zorggroep Zonnehof", self.cohort._get_missing_match()[-1])
        self.pledge.write({"floor_support": True, "supervisor_name": "Ria Smit"})
        self.assertFalse(self.pledge.is_workplace_ready)
        self.pledge.is_supervisor_experienced = True
        self.assertFalse(
            [text for text in self.cohort._get_missing_match() if "Zonnehof" in text]
        )

    def test_the_parties_are_proposed_with_who_may_sign(self):
        self.pledge.cohort_id = self.cohort
        self.agreement.signatory_ids.unlink()
        town = self.municipality.partner_id
        for name, limit in (("Deputy", 5), ("Mayor", 0)):
            self.manager["leerbedrijf.mandate"].create(
                {
                    "partner_id": town.id,
                    "name": name,
                    "places_limit": limit,
                    "date_from": "2020-01-01",
                }
            )
        self.employer.child_ids = [
            Command.create({"name": "Anna de Wit", "email": "anna@zonnehof.example"})
        ]
        self.agreement.action_propose_parties()
        self.agreement.action_propose_parties()
        lines = self.agreement.signatory_ids.grouped("partner_id")
        self.assertEqual(
            {partner.name: line.role for partner, line in lines.items()},
            {
                "Gemeente Waterdam": "municipality",
                "Leerwerkbedrijf De Brug": "leerbedrijf",
                "Zorggroep Zonnehof": "employer",
            },
        )
        self.assertEqual(lines[town].signer_name, "Mayor")
        self.assertEqual(lines[self.employer].signer_email, "anna@zonnehof.example")

    def test_work_coach_reads_only(self):
        agreement = self.agreement.with_env(self.as_role("work_coach"))
        self.assertEqual(agreement.pledge_ids.delivered_places, 0)
        with self.assertRaises(AccessError):
            agreement.title = "Mine"

    def test_agreements_of_an_employer(self):
        employer = self.employer.with_env(self.manager)
        self.agreement.pledge_ids.copy({"agreement_id": self.agreement.id})
        self.assertEqual(employer.agreement_count, 1)
        domain = employer.action_view_agreements()["domain"]
        self.assertEqual(
            self.manager["leerbedrijf.agreement"].search(domain), self.agreement
        )

    def test_signatures_and_cohorts_at_a_glance(self):
        self.assertIs(self._new_agreement(signatory_ids=[]).signed_summary, False)
        self.assertEqual(self.agreement.signed_summary, "0 of 2")
        self.agreement.action_send()
        self.agreement.signatory_ids[0].action_sign()
        self.assertEqual(self.agreement.signed_summary, "1 of 2")
        self.pledge.cohort_id = self.cohort
        self.assertEqual(self.agreement.cohort_count, 1)
        action = self.agreement.action_view_cohorts()
        self.assertEqual(
            self.manager[action["res_model"]].search(action["domain"]), self.cohort
        )
