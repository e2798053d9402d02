from datetime import date, timedelta

from odoo.exceptions import RedirectWarning, UserError
from odoo.tests import freeze_time

from .common_cohort import CohortCase


@freeze_time("2026-11-24")
class TestPhaseEntry(CohortCase):
    """A chain of places: each asks something on entry, which advises."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        skills = cls.env["hr.skill.type"].create(
            {
                "name": "Floor",
                "skill_ids": [(0, 0, {"name": "Scanner"})],
                "skill_level_ids": [
                    (0, 0, {"name": "Yes", "level_progress": 100, "default_level": 1})
                ],
            }
        )
        cls.scanner = skills.skill_ids
        design = cls.template.phase_ids[1]
        design.write(
            {
                "entry_skill_ids": cls.scanner.ids,
                "entry_weeks": 8,
                "entry_text": "On time for four weeks",
            }
        )
        cls.cohort = cls._new_cohort(date_start=date(2026, 11, 2))
        cls.enrolments = cls.env["leerbedrijf.enrolment"]
        for name in ("Samira Bouali", "Yusuf Demir"):
            cls.enrolments |= cls._propose(cls._new_participant(name))
        cls.enrolments = cls.enrolments.with_env(cls.as_role("coordinator"))
        cls.enrolments.action_accept()
        cls.enrolments.action_start()
        cls.enrolment = cls.enrolments[0]

    def test_conditions_come_along_from_the_template(self):
        phase = self.enrolment.phase_ids[1]
        self.assertEqual(phase.entry_skill_ids, self.scanner)
        self.assertEqual(phase.entry_weeks, 8)
        self.template.phase_ids[1].entry_weeks = 2
        self.assertEqual(phase.entry_weeks, 8)

    def test_what_is_missing_is_said(self):
        missing = self.enrolment._get_missing_for_phase(self.enrolment.phase_ids[1])
        self.assertEqual(
            missing,
            [
                "Not shown yet: Scanner.",
                "3 of 8 weeks in the phase before.",
                "To be judged: On time for four weeks",
            ],
        )

    def test_going_on_asks_a_reason_that_is_kept(self):
        action = self.enrolments.action_next_phase()
        self.assertEqual(action["res_model"], "leerbedrijf.phase.entry.pass")
        self.assertEqual(self.enrolment.current_phase_id.name, "Introduction")
        wizard = (
            self.enrolments.env["leerbedrijf.phase.entry.pass"]
            .with_context(**action["context"])
            .create({"reason": "Works at the scanner already"})
        )
        self.assertIn("Samira Bouali, on to “School”", wizard.missing_requirements)
        wizard.action_enter()
        for enrolment in self.enrolments:
            self.assertEqual(enrolment.current_phase_id.name, "School")
            self.assertEqual(
                enrolment.current_phase_id.entry_reason, "Works at the scanner already"
            )
        self.assertIn("Works at the scanner", self.enrolment.message_ids[0].body)
        with self.assertRaisesRegex(UserError, "last phase"):
            self.enrolment.action_next_phase()

    def test_another_way_in_leads_to_the_reason_as_well(self):
        with self.assertRaises(RedirectWarning):
            self.enrolment.current_phase_id = self.enrolment.phase_ids[1]
        self.enrolment.phase_ids[1].entry_reason = "Typed in"
        self.assertFalse(self.enrolment.phase_ids[1].entry_reason)

    def test_without_conditions_one_goes_on(self):
        phase = self.cohort.phase_ids[1]
        phase.write({"entry_skill_ids": False, "entry_weeks": 3, "entry_text": False})
        self.enrolments.action_next_phase()
        self.assertEqual(
            set(self.enrolments.current_phase_id.mapped("name")), {"School"}
        )

    def test_weeks_count_from_the_persons_own_plan(self):
        self.enrolment.current_phase_id.date_start -= timedelta(weeks=6)
        self.assertEqual(self.enrolment._get_weeks_in_phase(), 9)

    def test_a_stranger_is_told_nothing(self):
        wizard = self.as_role("coordinator", self.leerbedrijf_x)[
            "leerbedrijf.phase.entry.pass"
        ].new({"enrolment_ids": self.enrolments.ids, "reason": "Curious"})
        self.assertFalse(wizard.missing_requirements)
