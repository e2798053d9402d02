from datetime import date, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Date

from .common_agreement import AgreementCase

TODAY = date(2026, 10, 6)  # a Tuesday


@freeze_time(TODAY)
class TestInvolvement(AgreementCase):
    """Employers are kept involved between the signature and the first job."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employer.account_manager_id = cls.manager.uid
        cls.moment = cls._new_moment(-10)

    @classmethod
    def _new_moment(cls, days, env=None, **values):
        return (env or cls.manager)["leerbedrijf.contact.moment"].create(
            {
                "partner_id": cls.employer.id,
                "date": TODAY + timedelta(days),
                "summary": "Talked",
                **values,
            }
        )

    def _new_forecast(self, **values):
        return self.manager["leerbedrijf.forecast"].create(
            {
                "partner_id": self.employer.id,
                "function": "Helper",
                "date_from": date(2027, 9, 1),
                **values,
            }
        )

    def _sign(self):
        self.agreement.date_from = TODAY
        self._sign_by_all()

    # Contact moments

    def test_what_lies_ahead_is_planned(self):
        ahead = self._new_moment(5)
        self.assertEqual((self.moment.state, ahead.state), ("done", "planned"))
        with freeze_time(TODAY + timedelta(6)):
            self.assertEqual(ahead.state, "planned")
        with self.assertRaisesRegex(ValidationError, "still to come"):
            ahead.state = "done"

    def test_dates_of_an_employer(self):
        self._new_moment(20)
        self._new_moment(5)
        self.assertEqual(self.employer.last_contact_date, TODAY - timedelta(10))
        self.assertEqual(self.employer.next_contact_date, TODAY + timedelta(5))
        self.assertEqual(self.employer.silence_days, 10)

    # The signal

    def _signal_after(self, days):
        with freeze_time(TODAY + timedelta(days)):
            self.env.add_to_compute(self.employer._fields["involvement"], self.employer)
            return self.employer.involvement

    def test_signal_by_days_of_silence(self):
        self._new_forecast()
        self.assertEqual(self.employer.involvement, "in_touch")
        # Ten days ago at the start; the norms are 45 and 90 days.
        self.assertEqual(self._signal_after(34), "in_touch")
        self.assertEqual(self._signal_after(35), "quiet")
        self.assertEqual(self._signal_after(79), "quiet")
        self.assertEqual(self._signal_after(80), "silent")

    def test_silent_only_when_something_is_at_stake(self):
        self.assertEqual(self._signal_after(200), "quiet")
        forecast = self._new_forecast()
        self.assertEqual(self._signal_after(200), "silent")
        forecast.certainty = "filled"
        self.assertEqual(self._signal_after(200), "quiet")
        self._sign()
        self.assertEqual(self._signal_after(200), "silent")
        self.agreement.action_end()
        self.assertEqual(self._signal_after(200), "quiet")

    def test_a_planned_contact_breaks_the_silence(self):
        self._new_forecast()
        self._new_moment(100)
        self.assertEqual(self._signal_after(90), "quiet")
        self.assertEqual(self._signal_after(101), "silent")

    def test_own_norms(self):
        self.env["leerbedrijf.parameter.value"].create(
            {
                "parameter_id": self.env.ref(
                    "leerbedrijf_core.parameter_contact_quiet_days"
                ).id,
                "date_from": "2026-01-01",
                "value": 7,
                "scope": "tenant",
                "company_id": self.municipality.id,
            }
        )
        self.assertEqual(self._signal_after(0), "quiet")

    def test_every_night_the_signal_follows_the_days(self):
        self._new_forecast()
        with freeze_time(TODAY + timedelta(100)), self.enter_registry_test_mode():
            self.env.ref(
                "leerbedrijf_core.contact_cron_involvement"
            ).method_direct_trigger()
        self.env.invalidate_all()
        found = self.manager["res.partner"].search([("involvement", "=", "silent")])
        self.assertEqual(found, self.employer)

    # Planning from the agreement

    def _planned(self):
        return self.manager["leerbedrijf.contact.moment"].search(
            [("state", "=", "planned"), ("partner_id", "=", self.employer.id)],
            order="date",
        )

    def test_a_rhythm_until_the_first_job(self):
        with self.assertRaisesRegex(UserError, "does not apply"):
            self.agreement.action_plan_contacts()
        self._sign()
        self.agreement.action_plan_contacts()
        planned = self._planned()
        # Every six weeks until 1 September 2027.
        self.assertEqual(len(planned), 7)
        self.assertEqual(planned[0].date, TODAY + timedelta(weeks=6))
        self.assertLess(planned[-1].date, date(2027, 9, 1))
        self.assertFalse([day for day in planned.mapped("date") if day.weekday() > 4])
        self.assertEqual(planned.user_id, self.manager.user)
        self.assertEqual(len(planned.kind_id), 3)
        action = self.agreement.action_plan_contacts()
        self.assertEqual(self._planned(), planned)
        found = self.manager[action["res_model"]].search(action["domain"])
        self.assertEqual(found, planned.sorted("date", reverse=True))

    def test_pressed_again_days_later_plans_nothing_twice(self):
        self._sign()
        self.agreement.action_plan_contacts()
        planned = self._planned()
        for days in (1, 17, 30):
            with freeze_time(TODAY + timedelta(days)):
                self.agreement.action_plan_contacts()
            self.assertEqual(self._planned(), planned)

    def test_without_a_start_until_the_cohort_or_the_agreement_ends(self):
        self.pledge.date_from = self.pledge.date_to = False
        self.assertEqual(
            self.agreement._get_first_start(self.employer), self.agreement.date_to
        )
        self.pledge.cohort_id = self.cohort
        self.assertEqual(
            self.agreement._get_first_start(self.employer), self.cohort.date_end
        )
        self.pledge.cohort_id = self.agreement.date_to = False
        with self.assertRaisesRegex(UserError, "no date until which"):
            self.agreement._get_first_start(self.employer)

    def test_what_is_planned_by_hand_counts(self):
        self._sign()
        self._new_moment(45)
        self.agreement.action_plan_contacts()
        dates = self._planned().mapped("date")
        self.assertIn(TODAY + timedelta(45), dates)
        self.assertNotIn(TODAY + timedelta(42), dates)
        self.assertEqual(len(dates), 7)

    def test_a_holiday_is_no_day_for_a_visit(self):
        holiday = TODAY + timedelta(weeks=6)
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Closed",
                "date_from": f"{holiday} 00:00:00",
                "date_to": f"{holiday} 22:00:00",
                "calendar_id": self.municipality.resource_calendar_id.id,
                "company_id": self.municipality.id,
            }
        )
        self._sign()
        self.agreement.action_plan_contacts()
        self.assertEqual(self._planned()[0].date, holiday + timedelta(1))

    # A colleague elsewhere

    def _warning(self, env):
        self.env.invalidate_all()
        return self.employer.with_env(env).colleague_contact

    def test_a_colleague_of_another_municipality(self):
        self.assertFalse(self._warning(self.manager))
        warning = self._warning(self.manager_b)
        self.assertIn(self.municipality.name, warning)
        self.assertIn("26 September 2026", warning)
        self._new_moment(58, self.manager_b)
        warning = self._warning(self.manager)
        self.assertIn(self.municipality_b.name, warning)
        self.assertIn("has planned: visit on 3 December 2026", warning)

    def test_what_was_long_ago_is_no_warning(self):
        self.moment.date = TODAY - timedelta(31)
        self.assertFalse(self._warning(self.manager_b))

    def test_the_page_before_a_call(self):
        for days in (-3, -20, -30):
            self._new_moment(days, summary=f"Day {days}")
        forecast = self._new_forecast()
        self._new_forecast(certainty="filled")
        page = self.employer.with_env(self.manager)
        self.assertEqual(
            page.recent_moment_ids.mapped("summary"), ["Day -3", "Talked", "Day -20"]
        )
        self.assertEqual(page.open_forecast_ids, forecast)
        self.assertFalse(page.promised_pledge_ids)
        self._sign()
        page.invalidate_recordset()
        self.assertEqual(page.promised_pledge_ids, self.pledge)

    def test_the_page_has_each_promise_once_and_the_latest_first(self):
        self._sign()
        later = self._new_agreement(date_from=TODAY, date_to=False, review_date=False)
        self._sign_by_all(later)
        amendment = later.browse(later.action_amend()["res_id"])
        amendment.amendment_reason = "More places"
        amendment.action_send()
        page = self.employer.with_env(self.manager)
        self.assertEqual(
            page.promised_pledge_ids.ids, [*later.pledge_ids.ids, *self.pledge.ids]
        )

    def test_the_page_asks_as_little_about_many_conversations(self):
        def count():
            page = self.employer.with_env(self.manager)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            for name in ("recent_moment_ids", "colleague_contact", "involvement"):
                page[name]  # pylint: disable=pointless-statement
            page.recent_moment_ids.mapped("summary")
            return self.cr.sql_log_count - before

        self._new_moment(-1)
        self._new_moment(-2, self.manager_b)
        count()
        few = count()
        for days in range(2, 40):
            self._new_moment(-days)
            self._new_moment(-days, self.manager_b)
        self.assertLessEqual(count(), few + 2)

    def test_the_page_is_for_who_may_read_the_employer(self):
        page = self.employer.with_env(self.manager_x)
        with self.assertRaises(AccessError):
            page.read(["recent_moment_ids"])
        with self.assertRaises(AccessError):
            page.read(["involvement"])

    # The ladder

    def test_a_signature_moves_the_future_job(self):
        forecast = self._new_forecast(confirmed_on=date(2026, 8, 1))
        opened = self._new_forecast(certainty="opened")
        self.agreement.pledge_ids = [
            Command.update(self.pledge.id, {"forecast_id": forecast.id}),
            Command.create(self._pledge_values(forecast_id=opened.id)),
        ]
        self._sign()
        self.assertEqual(forecast.certainty, "intention")
        self.assertEqual(forecast.confirmed_on, TODAY)
        self.pledge._change_force("guarantee", "In return for a say")
        self.assertEqual(forecast.certainty, "guarantee")
        self.assertEqual(opened.certainty, "opened")

    def test_news_confirms(self):
        forecast = self._new_forecast(confirmed_on=date(2026, 1, 1))
        self.assertTrue(forecast.is_stale)
        forecast.note = "Nothing new"
        self.assertTrue(forecast.is_stale)
        forecast.places = 3
        self.assertFalse(forecast.is_stale)
        self.assertEqual(forecast.confirmed_on, Date.context_today(forecast))
