import re
from datetime import date, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase

from ..models import registration
from .common import ROLES
from .common_cohort import CohortCase

FORM = {
    "name": "Nadia Amrani",
    "phone": "06 12 34 56 78",
    "email": "nadia@example.com",
    "zip": "1234ab",
    "wish": "With people",
    "call_when": "morning",
    "consent": "yes",
}


class RegistrationCase(CohortCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.coach = cls.as_role("work_coach")
        cls.campaign = cls.coach["leerbedrijf.campaign"].create(
            {"name": "Learn a trade", "sector_ids": cls.sector.ids}
        )

    def _registered(self):
        return self.env["leerbedrijf.registration"].search(
            [("campaign_id", "=", self.campaign.id)]
        )

    def _new_registration(self, **values):
        return self.env["leerbedrijf.registration"].create(
            {
                "campaign_id": self.campaign.id,
                "company_id": self.municipality.id,
                "name": "Nadia Amrani",
                "email": "nadia@example.com",
                "phone": "06 12 34 56 78",
                "zip": "1234 AB",
                "wish": "With people",
                **values,
            }
        )


class TestRegistration(RegistrationCase):
    """A work coach calls who registered; what nobody follows up disappears."""

    def test_a_new_candidate_takes_it_over(self):
        found = self._new_registration().with_env(self.coach)
        action = found.action_make_candidate()
        person = self.coach["leerbedrijf.participant"].browse(action["res_id"])
        self.assertEqual(person.email, "nadia@example.com")
        self.assertEqual(person.zip, "1234 AB")
        self.assertEqual(person.interests, "With people")
        self.assertEqual(
            (person.source, person.campaign_id), ("campaign", self.campaign)
        )
        # It is in the file now, and nowhere else.
        self.assertEqual(found.state, "linked")
        for name in registration.PERSONAL:
            self.assertFalse(found.sudo()[name], name)
        with self.assertRaisesRegex(UserError, "followed up already"):
            found.action_make_candidate()
        with freeze_time(date.today() + timedelta(days=1000)):
            found._cron_delete()
        self.assertTrue(found.exists())

    def test_who_is_known_is_shown_and_linked(self):
        known = self._new_participant(
            "N. Amrani", email="Nadia@Example.com", phone="06 99 99 99 99"
        )
        elsewhere = self._new_participant("Nadia Amrani", self.municipality_b)
        found = self._new_registration().with_env(self.coach)
        self.assertIn(known.code, found.duplicate_note)
        self.assertIn("has this e-mail address", found.duplicate_note)
        self.assertNotIn(elsewhere.code, found.duplicate_note)
        with self.assertRaisesRegex(UserError, "Choose the candidate"):
            found.action_link()
        found.participant_id = known
        found.action_link()
        self.assertEqual(known.phone, "06 99 99 99 99")  # what was known stays
        self.assertEqual(known.zip, "1234 AB")
        self.assertEqual(known.interests, "With people")
        self.assertEqual(known.source, "coach")

    def test_no_candidate_of_others_is_linked(self):
        other = self._new_participant("Other", self.municipality_b)
        found = self._new_registration().with_env(self.coach)
        with self.assertRaises(UserError):
            found.participant_id = other

    def test_going_no_further_asks_why(self):
        found = self._new_registration().with_env(self.coach)
        with self.assertRaisesRegex(UserError, "Say in a few words"):
            found.action_decline()
        found.decline_reason = "Found a job"
        found.action_decline()
        self.assertEqual(found.state, "declined")

    def test_what_nobody_follows_up_is_deleted(self):
        found = self._new_registration()
        self.assertEqual(found.delete_on, date.today() + timedelta(days=60))
        with freeze_time(date.today() + timedelta(days=60)):
            found._cron_delete()
            self.assertTrue(found.exists())
        with freeze_time(date.today() + timedelta(days=61)):
            found._cron_delete()
        self.assertFalse(found.exists())

    def test_it_goes_with_the_person(self):
        found = self._new_registration().with_env(self.coach)
        found.action_make_candidate()
        self.assertEqual(found._find_of_people(found.participant_id), found)

    def test_nobody_else_reads_it(self):
        found = self._new_registration()
        for company in (self.municipality_b, self.leerbedrijf, self.municipality_x):
            env = self.as_role("work_coach", company)
            self.assertFalse(env["leerbedrijf.registration"].search([]))
            self.assertFalse(env["leerbedrijf.campaign"].search([]))
            with self.assertRaises(AccessError):
                found.with_env(env).action_make_candidate()
        for role in set(ROLES) - {"work_coach"}:
            env = self.as_role(role, self.municipality)
            self.assertFalse(env["leerbedrijf.registration"].has_access("read"))

    def test_a_client_changes_nothing_of_it(self):
        found = self._new_registration().with_env(self.coach)
        found.write({"name": "Other", "state": "linked", "delete_on": "2040-01-01"})
        self.assertEqual(found.name, "Nadia Amrani")
        self.assertEqual(found.state, "new")
        self.assertEqual(found.delete_on, date.today() + timedelta(days=60))
        with self.assertRaises(AccessError):
            found.copy()

    def test_a_campaign_is_of_a_municipality(self):
        with self.assertRaisesRegex(ValidationError, "of a municipality"):
            self.as_role("work_coach", self.leerbedrijf)["leerbedrijf.campaign"].create(
                {"name": "Ours"}
            )
        code = self.campaign.code
        self.campaign.code = "guess"
        self.assertEqual(self.campaign.code, code)
        self.assertGreaterEqual(len(code), 11)

    # Who refers -------------------------------------------------------------------

    def test_a_partner_of_the_region_refers(self):
        shelter = self._new_employer("Shelter", is_employer=False, is_referrer=True)
        person = self._new_participant().with_env(self.coach)
        person.write({"source": "partner", "referrer_id": shelter.id})
        far = self._new_employer("Far", self.region_x, is_referrer=True)
        for wrong in (self.employer, far):
            with self.assertRaisesRegex(UserError, "region|Choose a partner"):
                person.sudo().referrer_id = wrong
        groups = dict(person._read_group([], ["source"], ["__count"]))
        self.assertEqual(groups["partner"], 1)


class TestRegistrationPage(RegistrationCase, HttpCase):
    """The page on a phone: it tells nothing of who is known."""

    def setUp(self):
        super().setUp()
        self.path = f"/meedoen/{self.campaign.code}"

    def _send(self, **values):
        page = self.url_open(self.path).text
        token = re.search(r'csrf_token" value="([^"]+)"', page)[1]
        return self.url_open(self.path, data={**FORM, "csrf_token": token, **values})

    def _text(self, page):
        return re.sub(r'csrf_token: "[^"]+"', "", page.text)

    def test_somebody_registers(self):
        page = self.url_open(self.path)
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        self.assertIn("Learn a trade", page.text)
        self.assertIn("60 days", page.text)
        answer = self._send(sector=str(self.sector.id))
        self.assertTrue(answer.url.endswith("/bedankt"))
        self.assertIn("Thank you", answer.text)
        found = self._registered()
        self.assertEqual(found.name, "Nadia Amrani")
        self.assertEqual(found.zip, "1234 AB")
        self.assertEqual(found.sector_ids, self.sector)
        self.assertEqual(found.company_id, self.municipality)
        self.assertTrue(found.consent_on)
        # Pressed twice is registered once.
        self._send()
        self.assertEqual(len(self._registered()), 1)

    def test_who_is_known_gets_the_same_answer(self):
        self._new_participant("Nadia Amrani", email=FORM["email"])
        known = self._send()
        new = self._send(name="Somebody Else", email="else@example.com")
        self.assertEqual(known.status_code, new.status_code)
        self.assertEqual(self._text(known), self._text(new))

    def test_what_is_wrong_is_said_and_the_rest_stays(self):
        for wrong, sentence in (
            ({"name": " "}, "Fill in your name"),
            ({"email": "", "phone": ""}, "phone number or your e-mail"),
            ({"email": "nadia@"}, "e-mail address is not right"),
            ({"phone": "123"}, "phone number is not right"),
            ({"zip": "12"}, "postcode is not right"),
            ({"consent": ""}, "Tick that we may keep"),
            ({"call_when": "never"}, "Choose when we may call"),
        ):
            with self.subTest(**wrong):
                answer = self._send(**wrong)
                self.assertIn(sentence, answer.text)
                self.assertIn('role="alert"', answer.text)
                self.assertIn("With people</textarea>", answer.text)
        self.assertFalse(self._registered())

    def test_a_character_that_no_column_holds_is_left_out(self):
        self.assertEqual(self.url_open("/meedoen/%00").status_code, 404)
        answer = self._send(name="Na\0dia Amrani", wish="Wo\0rk")
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(self._registered().name, "Nadia Amrani")

    def test_text_is_shown_as_text(self):
        answer = self._send(name="<b>x</b>", consent="")
        self.assertIn("&lt;b&gt;x&lt;/b&gt;", answer.text)
        long = self._send(name="Ł" * 5000, wish="w" * 9000, sector="999999999999")
        self.assertEqual(long.status_code, 200)
        found = self._registered()
        self.assertEqual((len(found.name), len(found.wish)), (120, 1000))
        self.assertFalse(found.sector_ids)

    def test_a_robot_registers_nobody(self):
        self.assertIn("Thank you", self._send(website="https://spam.example").text)
        self.assertFalse(self._registered())
        self.assertEqual(self.url_open(self.path, data=FORM).status_code, 400)
        self.assertFalse(self._registered())

    def test_a_flood_ends(self):
        self.patch(registration, "MOST_OF_SENDER", 2)
        for number in range(4):
            answer = self._send(name=f"Name {number}")
        self.assertIn("very busy", answer.text)
        self.assertEqual(len(self._registered()), 2)

    def test_a_closed_campaign_is_no_page(self):
        unknown = self.url_open("/meedoen/unknown")
        self.assertEqual(unknown.status_code, 404)
        for values in (
            {"date_to": date.today() - timedelta(days=1), "date_from": "2020-01-01"},
            {"date_to": False, "date_from": date.today() + timedelta(days=1)},
            {"date_from": "2020-01-01", "active": False},
        ):
            self.campaign.write(values)
            page = self.url_open(self.path)
            self.assertEqual(page.status_code, 404)
            self.assertEqual(self._text(page), self._text(unknown))
            self.assertEqual(self.url_open(f"{self.path}/bedankt").status_code, 404)
