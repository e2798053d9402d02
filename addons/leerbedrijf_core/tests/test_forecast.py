from datetime import date, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Date
from odoo.tests import Form

from .common import LeerbedrijfCase


class TestForecast(LeerbedrijfCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.as_role("account_manager")
        cls.sector = cls.env["leerbedrijf.sector"].create(
            {"name": "Craft", "code": "test_craft"}
        )
        cls.employer.write(
            {"sector_id": cls.sector.id, "account_manager_id": cls.manager.uid}
        )
        cls.forecast = cls._new_forecast()
        cls.reason = cls.env.ref("leerbedrijf_core.forecast_reason_withdrawn")

    @classmethod
    def _new_forecast(cls, env=None, **values):
        return (env or cls.manager)["leerbedrijf.forecast"].create(
            {
                "partner_id": cls.employer.id,
                "function": "Care assistant",
                "places": 6,
                "date_from": date(2027, 9, 1),
                "date_to": date(2027, 12, 31),
                "hours_per_week": 24,
                **values,
            }
        )

    def test_forecast_follows_its_employer(self):
        self.assertEqual(self.forecast.region_id, self.region)
        self.assertEqual(self.forecast.sector_id, self.sector)
        self.assertEqual(self.forecast.account_manager_id, self.manager.user)
        self.assertEqual(
            self.forecast.display_name, "6 × Care assistant · Zorggroep Zonnehof"
        )

    def test_own_sector_stays(self):
        other = self.env["leerbedrijf.sector"].create({"name": "Other", "code": "o"})
        self.assertEqual(self._new_forecast(sector_id=other.id).sector_id, other)

    def test_form_of_an_account_manager(self):
        with Form(self.manager["leerbedrijf.forecast"]) as form:
            form.partner_id = self.employer.with_env(self.manager)
            form.function = "Driver"
            self.assertEqual(form.sector_id, self.sector)
        self.assertEqual(form.save().region_id, self.region)

    def test_confirm_today(self):
        self.forecast.action_confirm_today()
        self.assertEqual(self.forecast.confirmed_on, Date.context_today(self.forecast))

    def _make_old(self, forecast):
        forecast.confirmed_on = Date.context_today(forecast) - timedelta(days=91)

    def test_what_nobody_confirms_drops_out_of_the_counts(self):
        employer = self.employer.with_env(self.manager)
        other = self._new_forecast(places=2)
        self.assertEqual(employer.forecast_places, 8)
        self._make_old(self.forecast)
        self.assertTrue(self.forecast.is_stale)
        self.env.invalidate_all()
        self.assertEqual(employer.forecast_places, 2)
        self.forecast.action_confirm_today()
        self.assertFalse(self.forecast.is_stale)
        self.assertFalse(other.is_stale)
        self.env.invalidate_all()
        self.assertEqual(employer.forecast_places, 8)

    def test_every_night_the_account_manager_gets_what_became_old(self):
        late = freeze_time(Date.context_today(self.forecast) + timedelta(days=100))
        settled = self._new_forecast(certainty="filled")
        with late:
            self.env["leerbedrijf.forecast"]._cron_mark_stale()
            self.env["leerbedrijf.forecast"]._cron_mark_stale()
            self.assertTrue(self.forecast.is_stale)
            self.assertFalse(settled.is_stale)
            activity = self.forecast.activity_ids
            self.assertEqual(len(activity), 1)
            self.assertEqual(activity.user_id, self.manager.user)
            self.forecast.action_confirm_today()
            self.assertFalse(self.forecast.activity_ids)

    def test_why_it_lapsed_is_recorded(self):
        with self.assertRaisesRegex(ValidationError, "Why it lapsed"):
            self.forecast.certainty = "lapsed"
        self.forecast.write({"certainty": "lapsed", "reason_id": self.reason.id})
        self.assertEqual(self.forecast.counting_places, 0)

    def test_wrong_numbers_and_dates(self):
        for constraint, values in (
            ("places_positive", {"places": 0}),
            ("places_positive", {"places": -2}),
            ("hours_per_week_range", {"hours_per_week": 0}),
            ("hours_per_week_range", {"hours_per_week": 41}),
            ("date_order", {"date_to": date(2027, 8, 31)}),
        ):
            with self.subTest(values), self.assert_refused(constraint):
                self.forecast.write(values)

    def test_employer_of_another_region(self):
        with self.assertRaisesRegex(AccessError, "of another region"):
            self.forecast.partner_id = self.employer_x
        with self.assertRaisesRegex(ValidationError, "does not belong to the region"):
            self.forecast.with_env(self.env).partner_id = self.employer_x

    def test_future_places_of_an_employer(self):
        self._new_forecast(places=3, certainty="lapsed", reason_id=self.reason.id)
        employer = self.employer.with_env(self.manager)
        self.assertEqual(employer.forecast_places, 6)
        action = employer.action_view_forecasts()
        found = self.manager["leerbedrijf.forecast"].search(action["domain"])
        self.assertEqual(len(found), 2)

    def test_board_shows_every_certainty(self):
        Forecast = self.manager["leerbedrijf.forecast"]
        groups = Forecast.with_context(read_group_expand=True).formatted_read_group(
            [], ["certainty"], ["places:sum"]
        )
        self.assertEqual(len(groups), 7)

    def test_colleague_of_the_region_writes_and_owner_deletes(self):
        colleague = self.forecast.with_env(
            self.as_role("account_manager", self.municipality_b)
        )
        colleague.certainty = "intention"
        self.assertEqual(self.forecast.certainty, "intention")
        with self.assertRaises(AccessError):
            colleague.unlink()

    def test_region_cannot_change(self):
        with self.assertRaisesRegex(Exception, "cannot change"):
            self.forecast.with_env(self.env).region_id = self.region_x

    def test_other_region_sees_nothing(self):
        env_x = self.as_role("account_manager", self.municipality_x)
        self.assertFalse(env_x["leerbedrijf.forecast"].search([]))
        self.assertFalse(self.forecast.with_env(env_x).has_access("read"))

    def test_nobody_makes_a_record_for_another_tenant(self):
        with self.assertRaises(AccessError):
            self._new_forecast(company_id=self.municipality_b.id)

    def test_the_name_follows_what_is_filled_in(self):
        with Form(self.manager["leerbedrijf.forecast"]) as form:
            self.assertEqual(form.display_name, "New future job")
            form.partner_id = self.employer.with_env(self.manager)
            self.assertEqual(form.display_name, "Zorggroep Zonnehof")
            form.function = "Care assistant"
            form.places = 3
            self.assertEqual(
                form.display_name, "3 × Care assistant · Zorggroep Zonnehof"
            )
