import json
from datetime import date
from hashlib import sha256

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import mute_logger

from .common_agreement import AgreementCase


class TestAgreementVersion(AgreementCase):
    def _amend(self, agreement=None, **values):
        agreement = agreement or self.agreement
        action = agreement.action_amend()
        amendment = agreement.browse(action["res_id"])
        amendment.write({"amendment_reason": "Two places less.", **values})
        return amendment

    def _set_places(self, amendment, places):
        amendment.pledge_ids.places = places

    def test_what_is_sent_is_frozen_with_its_mark(self):
        self.assertFalse(self.agreement.content)
        self.agreement.action_send()
        content = json.loads(self.agreement.content)
        self.assertEqual(content["pledges"][0]["places"], 6)
        self.assertEqual(self.agreement.content_hash, self._hash(self.agreement))
        # A name that changes afterwards changes nothing in what was signed.
        self.employer.name = "Zorggroep Nieuw"
        document = self.agreement._get_document()
        self.assertEqual(document["pledges"][0]["employer"], "Zorggroep Zonnehof")

    def test_numbers_are_written_as_the_reader_writes_them(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        for hours, label in ((24, "24"), (24.5, "24,5"), (24.25, "24,25")):
            self.pledge.hours_per_week = hours
            dutch = self.agreement.with_context(lang="nl_NL")
            document = dutch._get_document()
            self.assertEqual(document["pledges"][0]["hours_label"], label)

    def _hash(self, agreement):
        return sha256(agreement.content.encode()).hexdigest()

    def test_nobody_changes_the_frozen_text(self):
        self.agreement.action_send()
        for values in ({"content": "{}"}, {"content_hash": "0"}, {"version": 9}):
            with self.subTest(values), self.assertRaisesRegex(UserError, "buttons"):
                self.agreement.write(values)
        with self.assertRaisesRegex(UserError, "cannot change"):
            self.agreement.sudo().content = "{}"
        with (
            self.assertRaisesRegex(CheckViolation, "cannot change"),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(
                "UPDATE leerbedrijf_agreement SET content = '{}' WHERE id = %s",
                [self.agreement.id],
            )

    def test_an_amendment_is_the_next_version_with_its_differences(self):
        self.pledge.cohort_id = self.cohort
        self._sign_by_all()
        amendment = self._amend()
        self.assertEqual(amendment.name, self.agreement.name)
        self.assertEqual((amendment.version, amendment.state), (2, "draft"))
        self.assertEqual(amendment.pledge_ids.cohort_id, self.cohort)
        self.assertEqual(
            amendment.signatory_ids.mapped("signer_name"),
            self.agreement.signatory_ids.mapped("signer_name"),
        )
        self._set_places(amendment, 4)
        amendment.date_to = date(2029, 8, 31)
        differences = {d["label"]: d for d in amendment._get_differences()}
        self.assertEqual(
            differences.keys(), {"Period", "Zorggroep Zonnehof · Care assistant"}
        )
        line = differences["Zorggroep Zonnehof · Care assistant"]
        self.assertTrue(line["before"].startswith("6 × 24 hours a week"))
        self.assertTrue(line["after"].startswith("4 × 24 hours a week"))
        self.assertIn("<del>6 × 24", amendment.differences)

    def test_the_version_before_holds_until_all_have_signed(self):
        self.pledge.cohort_id = self.cohort
        self._sign_by_all()
        amendment = self._amend()
        self._set_places(amendment, 4)
        self.assertEqual(self.cohort.promised_places, 6)
        amendment.action_send()
        self.assertEqual(self.cohort.promised_places, 6)
        self.assertFalse(amendment.is_in_force)
        amendment.signatory_ids.action_sign()
        self.assertEqual(self.agreement.state, "replaced")
        self.assertEqual(self.cohort.promised_places, 4)

    def test_what_was_delivered_counts_for_the_new_version(self):
        self.pledge.cohort_id = self.cohort
        self._sign_by_all()
        self._deliver(2)
        amendment = self._amend()
        self._set_places(amendment, 1)
        with self.assertRaisesRegex(UserError, "2 places have been filled already"):
            amendment.action_send()
        self._set_places(amendment, 3)
        self._sign_by_all(amendment)
        self.env.invalidate_all()
        self.assertEqual(amendment.pledge_ids.delivered_places, 2)
        self.assertEqual(self.pledge.delivered_places, 0)

    def _deliver(self, number):
        coordinator = self.as_role("coordinator")
        for count in range(number):
            enrolment = self._propose(self._new_participant(f"Person {count}"))
            enrolment.sudo().state = "accepted"
            coordinator["leerbedrijf.placement"].create(
                {
                    "enrolment_id": enrolment.id,
                    "partner_id": self.employer.id,
                    "kind": "bbl",
                    "hours_per_week": 24,
                    "pledge_id": self.pledge.id,
                }
            )
        self.env.invalidate_all()

    def test_an_unsigned_version_is_replaced_when_the_next_one_is_sent(self):
        self.agreement.action_send()
        amendment = self._amend()
        amendment.action_send()
        self.assertEqual(self.agreement.state, "replaced")
        self.assertTrue(amendment.is_in_force)

    def test_a_version_that_nobody_signed_hides_none_that_holds(self):
        self.pledge.cohort_id = self.cohort
        self._sign_by_all()
        self._deliver(2)
        second = self._amend()
        second.action_send()
        third = self._amend(second)
        self._set_places(third, 1)
        with self.assertRaisesRegex(UserError, "2 places have been filled already"):
            third.action_send()
        self._set_places(third, 4)
        third.action_send()
        self.assertEqual((second.state, self.agreement.state), ("replaced", "signed"))
        self.assertFalse(third.is_in_force)
        self.assertEqual(self.cohort.promised_places, 6)
        self.pledge._lapse(
            3, self.env.ref("leerbedrijf_core.forecast_reason_withdrawn")
        )
        third.signatory_ids.action_sign()
        self.env.invalidate_all()
        self.assertEqual((third.state, self.agreement.state), ("signed", "replaced"))
        self.assertTrue(third.is_in_force)
        self.assertEqual(third.pledge_ids.delivered_places, 2)
        # Three lapsed; that two places less were agreed on makes up for two.
        self.assertEqual(third.pledge_ids.lapsed_places, 1)
        self.assertEqual(self.cohort.promised_places, 3)

    def test_one_amendment_at_a_time(self):
        self._sign_by_all()
        first = self._amend()
        self.assertEqual(self.agreement.action_amend()["res_id"], first.id)
        first.action_cancel()
        self.assertNotEqual(self.agreement.action_amend()["res_id"], first.id)

    def test_why_is_asked(self):
        self._sign_by_all()
        amendment = self._amend(amendment_reason=" ")
        with self.assertRaisesRegex(UserError, "why the agreement is amended"):
            amendment.action_send()

    def test_an_amended_line_keeps_its_employer(self):
        self._sign_by_all()
        amendment = self._amend()
        other = self._new_employer("Thuiszorg Polder")
        with self.assertRaisesRegex(UserError, "amends a pledge of Zorggroep"):
            amendment.pledge_ids.partner_id = other
        amendment.write({"pledge_ids": [Command.clear()]})

    def test_a_client_makes_no_version_by_itself(self):
        self._sign_by_all()
        agreement = self.manager["leerbedrijf.agreement"].create(
            {
                "title": "Mine",
                "version": 7,
                "previous_id": self.agreement.id,
                "content_hash": "x",
                "pledge_ids": [
                    Command.create(self._pledge_values(previous_id=self.pledge.id))
                ],
            }
        )
        self.assertEqual((agreement.version, agreement.content_hash), (1, False))
        self.assertFalse(agreement.previous_id or agreement.pledge_ids.previous_id)
        self.assertNotEqual(agreement.name, self.agreement.name)
        with self.assertRaisesRegex(UserError, "buttons"):
            agreement.pledge_ids.previous_id = self.pledge

    def test_only_the_owner_amends(self):
        self._sign_by_all()
        with self.assertRaises(AccessError):
            self.agreement.with_env(self.manager_b).action_amend()
        with self.assertRaises(AccessError):
            self.agreement.with_env(self.manager_x).action_amend()

    def test_the_same_kind_twice_differs_line_by_line(self):
        guidance = self.env.ref("leerbedrijf_core.contribution_kind_guidance")
        self.agreement.contribution_ids = [
            Command.create(
                {
                    "partner_id": self.employer.id,
                    "kind_id": guidance.id,
                    "quantity": hours,
                    "description": group,
                }
            )
            for hours, group in ((4, "Group A"), (2, "Group B"))
        ]
        self._sign_by_all()
        amendment = self._amend()
        amendment.contribution_ids[0].quantity = 3
        [difference] = amendment._get_differences()
        self.assertEqual(
            (difference["before"], difference["after"]),
            (
                "4 hours a week · Group A; 2 hours a week · Group B",
                "3 hours a week · Group A; 2 hours a week · Group B",
            ),
        )

    def test_contributions_are_part_of_the_text(self):
        self.agreement.contribution_ids = [
            Command.create(
                {
                    "partner_id": self.employer.id,
                    "kind_id": self.env.ref(
                        "leerbedrijf_core.contribution_kind_guidance"
                    ).id,
                    "quantity": 4,
                    "description": "For the whole group",
                }
            )
        ]
        self.agreement.action_send()
        line = self.agreement._get_document()["contributions"][0]
        self.assertEqual(line["amount"], "4 hours a week")
        with self.assertRaisesRegex(UserError, "lines are fixed"):
            self.agreement.contribution_ids.quantity = 2

    def test_a_version_that_was_never_signed_is_no_dead_end(self):
        self._sign_by_all()
        second = self._amend()
        second.action_send()
        third = self._amend(second)
        third.action_send()
        third.action_cancel()
        fourth = self._amend()
        self.assertEqual(fourth.previous_id, self.agreement)
        self.assertEqual(fourth.version, 4, "no number is given twice")

    def test_a_job_is_on_a_pledge_that_holds(self):
        self._sign_by_all()
        self._sign_by_all(self._amend())
        with self.assertRaisesRegex(UserError, "an agreement that holds"):
            self._deliver(1)
