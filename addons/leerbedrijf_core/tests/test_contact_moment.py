from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form

from .common import LeerbedrijfCase


class TestContactMoment(LeerbedrijfCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.moment = cls._new_moment(cls.as_role("account_manager"), cls.employer)

    @classmethod
    def _new_moment(cls, env, employer, **values):
        return env["leerbedrijf.contact.moment"].create(
            {"partner_id": employer.id, "summary": "Talked about summer", **values}
        )

    def test_moment_is_in_the_region_of_the_employer(self):
        self.assertEqual(self.moment.region_id, self.region)
        self.assertEqual(self.moment.company_id, self.municipality)

    def test_colleague_of_the_region_writes_and_owner_deletes(self):
        env_b = self.as_role("account_manager", self.municipality_b)
        colleague = self.moment.with_env(env_b)
        colleague.summary = "Talked about autumn"
        self.assertEqual(self.moment.summary, "Talked about autumn")
        with self.assertRaises(AccessError):
            colleague.unlink()
        self.moment.unlink()

    def test_work_coach_reads(self):
        coach = self.moment.with_env(self.as_role("work_coach"))
        self.assertTrue(coach.has_access("read"))
        self.assertFalse(coach.has_access("write"))

    def test_other_region_sees_nothing(self):
        env_x = self.as_role("account_manager", self.municipality_x)
        self.assertFalse(env_x["leerbedrijf.contact.moment"].search([]))

    def test_employer_of_another_region(self):
        owner = {"region_id": self.region.id, "company_id": self.municipality.id}
        with self.assertRaisesRegex(ValidationError, "does not belong to the region"):
            self._new_moment(self.env, self.employer_x, **owner)
        with self.assertRaisesRegex(AccessError, "of another region"):
            self._new_moment(self.as_role("account_manager"), self.employer_x)

    def test_what_comes_next(self):
        action = self.moment.action_new_forecast()
        forecast = self.moment.env[action["res_model"]].with_context(
            **action["context"]
        )
        self.assertEqual(forecast.new().partner_id._origin, self.moment.partner_id)
        action = self.moment.action_plan_follow_up()
        with Form(
            self.moment.env[action["res_model"]].with_context(**action["context"])
        ) as form:
            form.activity_type_id = self.env.ref("mail.mail_activity_data_call")
        form.record.action_schedule_activities()
        self.assertEqual(len(self.moment.partner_id.activity_ids), 1)
