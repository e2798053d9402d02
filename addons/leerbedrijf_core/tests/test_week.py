from datetime import date, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError

from .common_agreement import AgreementCase

MONDAY = date(2026, 10, 5)


@freeze_time(MONDAY)
class TestWeek(AgreementCase):
    """What an account manager has to do this week: on a page, and by mail on Monday."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.manager.user.sudo()
        cls.user.email = "manager@waterdam.example"
        cls.employer.account_manager_id = cls.user
        # Nobody else gets a mail.
        others = cls.env["res.users"].search([("id", "!=", cls.user.id)])
        others.leerbedrijf_week_mail = False
        cls.moment = cls._new_moment(4)

    @classmethod
    def _new_moment(cls, days, **values):
        return cls.manager["leerbedrijf.contact.moment"].create(
            {
                "partner_id": cls.employer.id,
                "date": MONDAY + timedelta(days),
                "summary": "About Kees Jansen",
                **values,
            }
        )

    def _items(self, env=None):
        items = (env or self.manager)["leerbedrijf.week.item"]
        return items.search([("user_id", "=", self.user.id)])

    def _kinds(self):
        return self._items().mapped("kind")

    def test_contact_of_this_week_and_what_was_missed(self):
        self._new_moment(7)
        self.assertEqual(self._items().moment_id, self.moment)
        missed = self._new_moment(-3, state="planned")
        self.assertEqual(self._items().moment_id, missed | self.moment)
        self.assertEqual(
            self._items().mapped("subject"),
            [
                "Visit on Friday 2 October, not recorded yet",
                "Visit on Friday 9 October",
            ],
        )

    def test_everything_in_order(self):
        self.manager["leerbedrijf.forecast"].create(
            {
                "partner_id": self.employer.id,
                "function": "Helper",
                "places": 2,
                "confirmed_on": "2026-01-01",
            }
        )
        self.agreement.action_send()
        reviewed = self._new_agreement(
            date_from=date(2026, 1, 1), review_date=MONDAY + timedelta(6)
        )
        self._sign_by_all(reviewed)
        self.moment.date = MONDAY - timedelta(200)
        self.moment.state = "done"
        items = self._items()
        self.assertEqual(
            items.mapped("kind"),
            ["2_silent", "3_confirm", "4_signature", "5_review"],
        )
        self.assertEqual(
            items[1].subject, "2 × Helper, last confirmed on 1 January 2026"
        )
        self.assertIn("signed by 0 of 2", items[2].subject)
        self.assertEqual(items[2].agreement_id, self.agreement)
        self.assertEqual(items[3].agreement_id, reviewed)
        for item in items:
            self.assertIn("res_model", item.action_open())
        items[1].action_confirm()
        self.assertNotIn("3_confirm", self._kinds())
        self.assertEqual(items[0].action_log()["res_model"], "leerbedrijf.contact.log")

    def test_other_region_sees_nothing(self):
        self.assertFalse(self.manager_x["leerbedrijf.week.item"].search([]))
        with self.assertRaises(AccessError):
            self._items().with_env(self.manager_x).action_open()

    # The mail

    def _mail(self):
        self.env["res.users"]._cron_mail_week()
        return self.env["mail.mail"].search([("email_to", "ilike", self.user.email)])

    def setUp(self):
        super().setUp()
        # The cron commits after every mail.
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 0)

    def test_one_mail_a_week(self):
        mail = self._mail()
        self.assertEqual(len(mail), 1)
        self.assertEqual(mail.state, "outgoing")
        self.assertIn(self.employer.name, mail.body_html)
        self.assertNotIn("Kees Jansen", mail.body_html)
        self.assertEqual(self._mail(), mail)
        with freeze_time(MONDAY + timedelta(1)):
            self.assertEqual(self._mail(), mail)
        with freeze_time(MONDAY + timedelta(7)):
            self.assertEqual(len(self._mail()), 2)

    def test_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        self.user.lang = "nl_NL"
        self.assertEqual(
            self.user._get_week_groups()[0][1],
            [f"{self.employer.name}: Bezoek op vrijdag 9 oktober"],
        )

    def test_only_who_wants_it_and_has_something_to_do(self):
        self.moment.unlink()
        self.assertFalse(self._mail())
        self._new_moment(2)
        self.user.leerbedrijf_week_mailed_on = False
        self.user.with_env(self.manager).write({"leerbedrijf_week_mail": False})
        self.assertFalse(self._mail())
