from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form

from .common_agreement import AgreementCase


class TestPledge(AgreementCase):
    def _change_force(self, pledge, force="guarantee", reason="More residents."):
        wizard = pledge.env["leerbedrijf.pledge.force.change"].create(
            {"pledge_id": pledge.id, "to_force": force, "reason": reason}
        )
        wizard.action_change()
        return wizard

    def test_force_is_free_in_a_draft(self):
        self.pledge.force = "guarantee"
        self.assertFalse(self.pledge.change_ids)

    def test_force_is_fixed_once_sent(self):
        self.agreement.action_send()
        with self.assertRaisesRegex(UserError, "Change the force"):
            self.pledge.force = "guarantee"
        with self.assertRaisesRegex(UserError, "Change the force"):
            self.agreement.write(
                {"pledge_ids": [Command.update(self.pledge.id, {"force": "guarantee"})]}
            )

    def test_change_with_reason_keeps_history(self):
        self._sign_by_all()
        action = self.pledge.action_change_force()
        wizard = self.manager[action["res_model"]].with_context(**action["context"])
        self.assertEqual(Form(wizard).to_force, "guarantee")
        self._change_force(self.pledge)
        self.assertEqual(self.pledge.force, "guarantee")
        self._change_force(self.pledge, "intention", "Fewer residents.")
        self.assertEqual(
            self.pledge.change_ids.sorted("id").mapped(
                lambda c: (c.from_force, c.to_force, c.reason, c.user_id)
            ),
            [
                ("intention", "guarantee", "More residents.", self.manager.user),
                ("guarantee", "intention", "Fewer residents.", self.manager.user),
            ],
        )
        self.assertEqual(self.agreement.pledge_change_ids, self.pledge.change_ids)
        self.assertEqual(self.pledge.change_ids.region_id, self.region)
        self.assertIn("Fewer residents.", self.agreement.message_ids[0].body)

    def test_change_to_the_same_force(self):
        self._sign_by_all()
        with self.assertRaisesRegex(UserError, "has this force already"):
            self._change_force(self.pledge, "intention")

    def test_only_the_owner_changes_what_was_signed(self):
        self._sign_by_all()
        with self.assertRaises(AccessError):
            self._change_force(self.pledge.with_env(self.manager_b))

    def test_nobody_writes_history(self):
        self._sign_by_all()
        self._change_force(self.pledge)
        change = self.pledge.change_ids
        for operation in ("write", "unlink", "create"):
            self.assertFalse(change.has_access(operation), operation)

    def test_lines_are_fixed_once_sent(self):
        self.agreement.action_send()
        for values in ({"places": 3}, {"function": "Cook"}, {"condition": "None"}):
            with self.subTest(values), self.assertRaisesRegex(UserError, "fixed"):
                self.pledge.write(values)
        with self.assertRaisesRegex(UserError, "fixed"):
            self.pledge.copy({"agreement_id": self.agreement.id})
        with self.assertRaisesRegex(UserError, "fixed"):
            self.pledge.unlink()

    def test_cohort_may_come_later(self):
        self._sign_by_all()
        self.pledge.cohort_id = self.cohort
        self.assertEqual(self.cohort.pledge_ids.ids, self.pledge.ids)

    def test_wrong_numbers_and_dates(self):
        for constraint, values in (
            ("places_positive", {"places": 0}),
            ("places_positive", {"places": -6}),
            ("hours_per_week_range", {"hours_per_week": 0}),
            ("hours_per_week_range", {"hours_per_week": 48}),
            ("date_order", {"date_to": date(2027, 8, 31)}),
        ):
            with self.subTest(values), self.assert_refused(constraint):
                self.pledge.write(values)

    def test_employer_of_another_region(self):
        with self.assertRaisesRegex(AccessError, "of another region"):
            self.pledge.partner_id = self.employer_x
        with self.assertRaisesRegex(ValidationError, "does not belong to the region"):
            self.pledge.with_env(self.env).partner_id = self.employer_x

    def test_forecast_of_another_employer(self):
        other = self._new_employer("Other employer")
        forecast = self.manager["leerbedrijf.forecast"].create(
            {"partner_id": other.id, "function": "Cook"}
        )
        with self.assertRaisesRegex(ValidationError, "must be one of Zorggroep"):
            self.pledge.forecast_id = forecast

    def test_forecast_fills_the_line(self):
        forecast = self.manager["leerbedrijf.forecast"].create(
            {"partner_id": self.employer.id, "function": "Cook", "places": 4}
        )
        pledge = self.manager["leerbedrijf.pledge"].new(
            {"partner_id": self.employer.id, "forecast_id": forecast.id}
        )
        pledge._onchange_forecast_id()
        self.assertEqual((pledge.function, pledge.places), ("Cook", 4))

    def test_line_does_not_move_to_another_agreement(self):
        other = self._new_agreement()
        with self.assertRaisesRegex(UserError, "cannot change"):
            self.pledge.agreement_id = other

    def test_region_and_owner_come_from_the_agreement(self):
        pledge = self.manager_b["leerbedrijf.pledge"].create(
            {
                **self._pledge_values(),
                "agreement_id": self.agreement.id,
                "company_id": self.municipality_b.id,
                "region_id": self.region_x.id,
            }
        )
        self.assertEqual(pledge.company_id.id, self.municipality.id)
        self.assertEqual(pledge.region_id, self.region)

    def test_delivered_places_count_people_in_jobs(self):
        self._sign_by_all()
        self.assertEqual(self.pledge.delivered_places, 0)
        first = self._propose()
        second = self._propose(self._new_participant("Omar Haddad"))
        Placement = self.env["leerbedrijf.placement"]
        values = {
            "partner_id": self.employer.id,
            "pledge_id": self.pledge.id,
            "hours_per_week": 24,
        }
        Placement.create(
            [
                {**values, "enrolment_id": first.id, "kind": "bbl"},
                {**values, "enrolment_id": first.id, "kind": "regular_job"},
                {
                    **values,
                    "enrolment_id": second.id,
                    "kind": "practice",
                    "pledge_id": False,
                },
            ]
        )
        self.pledge.invalidate_recordset(["delivered_places"])
        self.assertEqual(self.pledge.delivered_places, 1)
        # A number is all that an account manager learns of them.
        self.assertFalse(self.pledge.env["leerbedrijf.placement"].has_access("read"))
