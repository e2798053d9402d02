from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Date
from odoo.tests import Form

from .common import LeerbedrijfCase


class TestContactLog(LeerbedrijfCase):
    """One form after a call: the note, the future jobs and what comes next."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.as_role("account_manager")
        cls.today = Date.context_today(cls.manager.user)
        cls.first, cls.second = cls.manager["leerbedrijf.forecast"].create(
            [
                {
                    "partner_id": cls.employer.id,
                    "function": function,
                    "places": 4,
                    "date_from": date(2027, 9, 1) + timedelta(number),
                    "confirmed_on": "2026-01-01",
                }
                for number, function in enumerate(("Helper", "Driver"))
            ]
        )
        cls.visit = cls.env.ref("leerbedrijf_core.contact_kind_visit")
        cls.phone = cls.env.ref("leerbedrijf_core.contact_kind_phone")

    def _form(self, employer=None):
        action = (employer or self.employer).with_env(self.manager).action_log_contact()
        log = self.manager[action["res_model"]].with_context(**action["context"])
        form = Form(log)
        form.summary = "The department grows"
        return form

    def _moments(self):
        return self.manager["leerbedrijf.contact.moment"].search(
            [("partner_id", "=", self.employer.id)]
        )

    def test_all_in_one(self):
        form = self._form()
        self.assertEqual(len(form.line_ids), 2)
        with form.line_ids.edit(0) as line:
            line.holds = True
        with form.line_ids.new() as line:
            line.function = "Cook"
            line.places = 2
            line.date_from = date(2027, 10, 1)
            line.certainty = "expected"
        form.next_summary = "Guest lesson about lifting"
        form.next_kind_id = self.env.ref("leerbedrijf_core.contact_kind_guest_lesson")
        form.next_date = self.today + timedelta(14)
        form.save().action_save()
        planned, done = self._moments()
        self.assertEqual((done.state, done.summary), ("done", "The department grows"))
        self.assertEqual(planned.state, "planned")
        self.assertEqual(planned.user_id, self.manager.user)
        self.assertFalse(self.first.is_stale)
        self.assertTrue(self.second.is_stale)
        new = self.employer.forecast_ids - self.first - self.second
        self.assertEqual((new.function, new.places), ("Cook", 2))
        self.assertEqual(new.confirmed_on, self.today)

    def test_changed_and_lapsed(self):
        form = self._form()
        with form.line_ids.edit(0) as line:
            line.places = 6
            line.certainty = "intention"
        with form.line_ids.edit(1) as line:
            line.certainty = "lapsed"
            line.reason_id = self.env.ref(
                "leerbedrijf_core.forecast_reason_no_candidates"
            )
        form.date = self.today - timedelta(2)
        form.save().action_save()
        self.assertEqual((self.first.places, self.first.certainty), (6, "intention"))
        self.assertEqual(self.first.confirmed_on, self.today - timedelta(2))
        self.assertEqual(self.second.certainty, "lapsed")
        self.assertFalse(self.employer.next_contact_date)

    def test_a_planned_contact_becomes_the_conversation(self):
        planned = self.manager["leerbedrijf.contact.moment"].create(
            {
                "partner_id": self.employer.id,
                "date": self.today,
                "kind_id": self.phone.id,
                "state": "planned",
                "summary": "Call",
            }
        )
        form = self._form()
        self.assertEqual(form.moment_id, planned)
        self.assertEqual(form.kind_id, self.phone)
        form.save().action_save()
        self.assertEqual(self._moments(), planned)
        self.assertEqual((planned.state, planned.summary), ("done", form.summary))

    def test_a_task_is_no_contact(self):
        form = self._form()
        form.next_summary = "Send the profile"
        form.next_date = self.today + timedelta(3)
        form.save().action_save()
        self.assertEqual(len(self._moments()), 1)
        self.assertEqual(self.employer.activity_ids.summary, "Send the profile")

    def test_a_mistake_gives_a_sentence(self):
        log = self._form().save()
        for values, sentence in (
            ({"date": self.today + timedelta(1)}, "conversation that was"),
            ({"date": self.today, "next_summary": "Visit"}, "Say when"),
            (
                {"next_summary": False, "line_ids": [(1, log.line_ids[0].id, LAPSED)]},
                "Choose why “Helper” lapsed",
            ),
        ):
            log.write(values)
            with self.assertRaisesRegex(UserError, sentence), self.cr.savepoint():
                log.action_save()
            self.assertFalse(self._moments())
            self.assertEqual(self.first.certainty, "mentioned")

    def test_who_may(self):
        with self.assertRaises(AccessError):
            self.as_role("work_coach")["leerbedrijf.contact.log"].create(
                {"partner_id": self.employer.id, "summary": "x"}
            )
        colleague = (
            self._form()
            .save()
            .with_env(self.as_role("account_manager", self.municipality_b))
        )
        with self.assertRaises(AccessError):
            colleague.action_save()

    def test_an_employer_of_another_region(self):
        values = {"summary": "x", "kind_id": self.visit.id}
        logs = self.manager["leerbedrijf.contact.log"]
        with self.assertRaises(AccessError):
            logs.create({**values, "partner_id": self.employer_x.id})
        # Nor where the form itself was let through.
        log = logs.create({**values, "partner_id": self.employer.id})
        log.sudo().partner_id = self.employer_x
        with self.assertRaises(AccessError):
            log.action_save()


LAPSED = {"certainty": "lapsed"}
