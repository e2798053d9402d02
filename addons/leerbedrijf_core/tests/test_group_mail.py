from datetime import datetime, timedelta

from odoo.exceptions import UserError
from odoo.tools import html2plaintext

from odoo.addons.queue_job.tests.common import trap_jobs

from .common_cohort import CohortCase


class TestGroupMail(CohortCase):
    """One e-mail each, each occasion once, and never a contact of a participant."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leerbedrijf.email = "info@debrug.example"
        cls.municipality.email = "werk@waterdam.example"
        cls.coach = cls.as_role("work_coach")
        cls.coordinator = cls.as_role("coordinator")
        cls.people = cls._new_participant("Samira Bouali", email="samira@example.com")
        cls.people |= cls._new_participant("Zoë d'Été", email="zoe@example.com")
        cls.people |= cls._new_participant("Without", phone="06 0000 0001")
        cls.meeting = cls.coordinator["leerbedrijf.info.meeting"].create(
            {
                "cohort_id": cls.cohort.id,
                "region_id": cls.region.id,
                "start": datetime.now() + timedelta(days=7),
                "place": "Town hall <3",
            }
        )
        cls.invitations = cls.coach["leerbedrijf.info.invitation"].create(
            [
                {"participant_id": person.id, "meeting_id": cls.meeting.id}
                for person in cls.people
            ]
        )
        cls.template = cls.env.ref("leerbedrijf_core.mail_info_invitation")

    def _wizard(self, records, template=None):
        action = records.action_mail_group()
        return (
            records.env["leerbedrijf.group.mail"]
            .with_context(**action["context"])
            .create({"template_id": (template or self.template).id})
        )

    def _send(self, records, template=None):
        wizard = self._wizard(records, template)
        with trap_jobs() as trap:
            wizard.action_send()
            trap.perform_enqueued_jobs()

    def _mails(self):
        return self.env["mail.mail"].search([], order="id").filtered("email_to")

    def test_each_gets_an_own_mail(self):
        before, partners = self._mails(), self.env["res.partner"].search_count([])
        self._send(self.invitations)
        mails = self._mails() - before
        self.assertEqual(
            mails.mapped("email_to"), ["samira@example.com", "zoe@example.com"]
        )
        self.assertFalse(mails.recipient_ids)
        self.assertFalse(any(mails.mapped("email_cc")))
        self.assertEqual(self.env["res.partner"].search_count([]), partners)
        text = html2plaintext(mails[1].body_html)
        self.assertIn("Dear Zoë d'Été,", text)
        self.assertIn("Town hall <3", text)
        self.assertNotIn("Samira", text)
        self.assertIn("info@debrug.example", mails[0].email_from)
        self.assertTrue(self.invitations[0].mailed_on)
        self.assertFalse(self.invitations[2].mailed_on)

    def test_nobody_reads_along(self):
        """A template of somebody's own with a copy would tell the addresses."""
        own = self.template.copy({"email_cc": "organiser@debrug.example"})
        before = self._mails()
        self._send(self.invitations, own)
        self.assertFalse(any((self._mails() - before).mapped("email_cc")))

    def test_a_second_time_sends_nothing(self):
        wizard = self._wizard(self.invitations)
        before = self._mails()
        with trap_jobs() as trap:
            wizard.action_send()
            wizard.action_send()  # pressed twice, or the job tried again
            trap.perform_enqueued_jobs()
        self.assertEqual(len(self._mails() - before), 2)
        again = self._wizard(self.invitations)
        self.assertIn("Had it already, so not again: 2", again.summary)
        with self.assertRaisesRegex(UserError, "Nobody of this group"):
            again.action_send()
        # Another occasion is another e-mail.
        reminder = self.env.ref("leerbedrijf_core.mail_info_reminder")
        self._send(self.invitations, reminder)
        self.assertEqual(len(self._mails() - before), 4)

    def test_a_meeting_that_moved_is_told_each_time(self):
        moved = self.env.ref("leerbedrijf_core.mail_info_moved")
        meeting = self.meeting.with_env(self.coordinator)
        self._send(self.invitations)
        for place in ("Library", "Sports hall"):
            before = self._mails()
            meeting.place = place
            self._send(self.invitations.with_env(self.coordinator), moved)
            mails = self._mails() - before
            self.assertEqual(len(mails), 2)
            self.assertIn(place, mails[0].body_html)
        meeting.place = "Sports hall"
        self.assertIn(moved, self.invitations.sudo().mailed_template_ids)
        off = self.env.ref("leerbedrijf_core.mail_info_off")
        before = self._mails()
        self._send(self.invitations.with_env(self.coordinator), off)
        mails = self._mails() - before
        self.assertEqual(len(mails), 2)
        self.assertIn("is off", mails[0].subject)

    def test_who_cannot_be_mailed_is_called(self):
        wizard = self._wizard(self.invitations)
        self.assertIn("Get this e-mail: 2", wizard.summary)
        self.assertIn("Have no e-mail address: 1", wizard.summary)
        self.assertEqual(wizard.missing, "Without · 06 0000 0001")
        self.assertIn("Samira Bouali", wizard.preview_body)
        self.assertIn(self.meeting.name, wizard.preview_subject)
        # The organiser has the name alone.
        seen = self._wizard(self.invitations.with_env(self.coordinator))
        self.assertEqual(seen.missing, "Without")
        self.assertNotIn("@example.com", str(seen.read()))

    def test_the_organiser_reminds_everybody(self):
        before = self._mails()
        reminder = self.env.ref("leerbedrijf_core.mail_info_reminder")
        self._send(self.invitations.with_env(self.coordinator), reminder)
        self.assertEqual(len(self._mails() - before), 2)

    def test_nobody_mails_the_people_of_others(self):
        for role, company in (
            ("work_coach", self.municipality_b),
            ("coordinator", self.leerbedrijf_x),
        ):
            env = self.as_role(role, company)
            wizard = env["leerbedrijf.group.mail"].create(
                {
                    "res_model": "leerbedrijf.info.invitation",
                    "res_ids": ",".join(map(str, self.invitations.ids)),
                    "template_id": self.template.id,
                }
            )
            self.assertFalse(wizard.ready_count)
            self.assertFalse(wizard.missing)
            self.assertFalse(wizard.preview_body)
            with self.assertRaisesRegex(UserError, "Nobody of this group"):
                wizard.action_send()

    def test_the_right_template_for_the_right_people(self):
        wizard = self._wizard(
            self.invitations, self.env.ref("leerbedrijf_core.mail_enrolment_start")
        )
        with self.assertRaisesRegex(UserError, "for these people"):
            wizard.action_send()

    def test_after_the_meeting_no_invitation(self):
        self.env.cr.execute(
            "UPDATE leerbedrijf_info_meeting SET start = now() - interval '1 day'"
        )
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "too late"):
            self._wizard(self.invitations).action_send()

    def test_a_client_notes_no_mail(self):
        invitation = self.invitations[0].with_env(self.coach)
        invitation.write(
            {"mailed_on": "2020-01-01", "mailed_template_ids": self.template.ids}
        )
        self.assertFalse(invitation.mailed_on)
        self.assertFalse(invitation.mailed_template_ids)

    def test_to_who_takes_part(self):
        self.cohort.coordinator_id = self.user("coordinator")
        enrolments = self.env["leerbedrijf.enrolment"]
        for person in self.people[:2]:
            enrolments |= self._propose(person)
        enrolments.with_env(self.coordinator).action_accept()
        before = self._mails()
        for name in ("accepted", "start"):
            template = self.env.ref(f"leerbedrijf_core.mail_enrolment_{name}")
            self._send(enrolments.with_env(self.coordinator), template)
        mails = self._mails() - before
        self.assertEqual(len(mails), 4)
        self.assertIn(self.cohort.name, mails[0].subject)
        self.assertIn(
            "E-mail sent: You have a place",
            str(enrolments[0].message_ids.mapped("body")),
        )

    def test_who_is_refused_hears_it_of_the_municipality(self):
        enrolment = self._propose(self.people[0])
        self._refuse(enrolment)
        template = self.env.ref("leerbedrijf_core.mail_enrolment_not_selected")
        before = self._mails()
        self._send(enrolment.with_env(self.coach), template)
        mail = self._mails() - before
        self.assertIn("werk@waterdam.example", mail.email_from)
        self.assertFalse(
            self.coordinator["mail.message"].search(
                [("id", "=", mail.mail_message_id.id)]
            )
        )
