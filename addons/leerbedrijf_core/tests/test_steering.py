from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form

from .common_cohort import CohortCase
from .common_pdf import print_pdf

REPORT = "leerbedrijf_core.steering_meeting_document"


@freeze_time("2026-06-15")
class TestSteering(CohortCase):
    """The steering group of a template: its meetings, and who does what by when."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.as_role("account_manager")
        cls.coordinator = cls.as_role("coordinator")
        cls.coach = cls.as_role("work_coach")
        cls.contact = cls.env["res.partner"].create(
            {"name": "Anna de Wit", "parent_id": cls.employer.id}
        )
        template = cls.template.with_env(cls.coordinator)
        template.steering_member_ids = cls.contact | cls.manager.user.partner_id
        cls.meeting = cls._new_meeting()

    @classmethod
    def _new_meeting(cls, **decision):
        """As the account manager calls it from the cohort and keeps its minutes."""
        action = cls.cohort.with_env(cls.manager).action_new_steering_meeting()
        meetings = cls.manager["leerbedrijf.steering.meeting"]
        with Form(meetings.with_context(**action["context"])) as form:
            form.place = "Town hall"
            with form.decision_ids.new() as line:
                line.name = "The work coach sees whoever stays away"
                line.user_id = cls.coach.user
                line.date_deadline = date(2026, 7, 1)
        return form.record

    def _todos(self, env=None):
        return (env or self.coach)["mail.activity"].search(
            [("res_model", "=", "leerbedrijf.steering.decision")]
        )

    def test_members_and_running_cohorts_are_filled_in(self):
        self.assertEqual(self.meeting.present_ids, self.template.steering_member_ids)
        self.assertEqual(self.meeting.cohort_ids, self.cohort)
        self.assertIn("Craft", self.meeting.display_name)

    def test_a_closed_cohort_is_not_discussed(self):
        closed = self.env["leerbedrijf.cohort.step"].search([("code", "=", "closed")])
        self.cohort.sudo()._pass_step(closed, "Over")
        self.assertFalse(self._new_meeting().cohort_ids)

    def test_a_decision_is_a_to_do_of_who_does_it(self):
        todo = self._todos()
        self.assertEqual(todo.user_id, self.coach.user)
        self.assertEqual(todo.date_deadline, date(2026, 7, 1))
        self.assertEqual(todo.summary, self.meeting.decision_ids.name)

    def test_the_to_do_follows_the_decision(self):
        self.meeting.decision_ids.write(
            {"user_id": self.coordinator.uid, "date_deadline": "2026-08-01"}
        )
        todo = self._todos(self.coordinator)
        self.assertEqual(todo.user_id, self.coordinator.user)
        self.assertEqual(todo.date_deadline, date(2026, 8, 1))
        self.meeting.decision_ids.done = True
        self.assertFalse(todo.active)

    def test_who_finishes_the_to_do_finishes_the_decision(self):
        decision = self.meeting.decision_ids
        with self.assertRaises(AccessError):
            decision.with_env(self.coach).done = True
        self._todos().action_feedback(feedback="She came back")
        self.assertTrue(decision.done)
        self.assertFalse(self._todos())

    def test_another_to_do_on_it_does_not_finish_it(self):
        decision = self.meeting.decision_ids
        own = self.manager["mail.activity"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id(decision._name),
                "res_id": decision.id,
                "summary": "Ask how it goes",
                "user_id": self.manager.uid,
            }
        )
        own.action_feedback()
        self.assertFalse(decision.done)

    def test_a_reader_does_not_finish_it_by_a_to_do_of_her_own(self):
        decision = self.meeting.decision_ids
        values = {
            "res_model_id": self.env["ir.model"]._get_id(decision._name),
            "res_id": decision.id,
            "activity_type_id": self._todos().activity_type_id.id,
            "automated": True,
        }
        stranger = self.as_role("finance")
        forged = stranger["mail.activity"].create({**values, "user_id": stranger.uid})
        forged.action_feedback()
        self.assertFalse(decision.done)
        self.assertTrue(self._todos(), "the to-do of the colleague stays")

    def test_the_cohort_shows_what_is_open_and_what_is_late(self):
        cohort = self.cohort.with_env(self.coordinator)
        self.assertEqual(cohort.steering_decision_ids, self.meeting.decision_ids)
        self.assertEqual(cohort.late_decision_count, 0)
        with freeze_time("2026-07-02"):
            cohort.invalidate_recordset()
            self.meeting.decision_ids.invalidate_recordset()
            self.assertEqual(cohort.late_decision_count, 1)
            self.meeting.decision_ids.done = True
            self.assertEqual(cohort.late_decision_count, 0)
        self.assertFalse(cohort.steering_decision_ids)

    def test_a_steering_group_goes_on_over_versions_of_its_template(self):
        old = self.cohort.template_id
        old.action_new_version()
        version = old.search([("previous_version_id", "=", old.id)])
        edition = self._new_cohort(template_id=version.id)
        self._new_cohort(template_id=version.id).active = False
        meeting = self.meeting.create({"template_id": version.id})
        self.assertEqual(meeting.cohort_ids, self.cohort | edition)
        self.assertEqual(version.cohort_count, 2)
        shown = self.cohort.search(version.action_view_cohorts()["domain"])
        self.assertEqual(shown, self.cohort | edition)

    def test_the_region_reads_and_the_caller_writes(self):
        for role in ("coordinator", "work_coach", "finance"):
            meeting = self.meeting.with_env(self.as_role(role))
            self.assertEqual(meeting.place, "Town hall")
            with self.assertRaises(AccessError):
                meeting.place = "Elsewhere"
        for record in (self.meeting, self.meeting.decision_ids):
            with self.assertRaises(AccessError):
                record.with_env(
                    self.as_role("account_manager", self.municipality_b)
                ).write({"create_date": "2020-01-01"})

    def test_nobody_and_nothing_of_another_region(self):
        stranger = self.env["res.partner"].create(
            {"name": "Els Zuid", "parent_id": self.employer_x.id}
        )
        with self.assertRaises(ValidationError):
            self.meeting.sudo().present_ids = stranger
        with self.assertRaises(ValidationError):
            self.template.sudo().steering_member_ids = stranger
        with self.assertRaises(UserError):
            self.meeting.present_ids = stranger
        template = self._new_template(
            region_id=self.region_x.id, company_id=self.leerbedrijf_x.id
        )
        with self.assertRaises(ValidationError):
            self.meeting.sudo().template_id = template

    def test_on_paper_it_is_one_page_with_agenda_minutes_and_decisions(self):
        self.meeting.write({"agenda": "<p>Childcare</p>", "minutes": "<p>Agreed</p>"})
        self.meeting.decision_ids = [
            Command.create({"name": "Second", "date_deadline": "2026-06-01"})
        ]
        pages = print_pdf(self, self.meeting.with_env(self.coordinator), REPORT)
        self.assertEqual(len(pages), 1)
        words = ("Craft", "Childcare", "Agreed", "Town hall", "Anna de Wit", "Second")
        for word in (*words, "Late", "Open", "Gemeente Waterdam"):
            self.assertIn(word, pages[0])
