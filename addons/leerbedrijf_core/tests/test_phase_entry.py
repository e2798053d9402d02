from datetime import date, timedelta

from odoo.exceptions import AccessError, RedirectWarning, UserError
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

    def _get_missing(self, phase):
        return self.enrolment._get_missing_for_phases({self.enrolment: phase})[
            self.enrolment
        ]

    def test_conditions_come_along_from_the_template(self):
        phase = self.enrolment.phase_ids[1]
        self.assertEqual(phase.entry_skill_ids, self.scanner)
        self.assertEqual(phase.entry_weeks, 8)
        self.template.phase_ids[1].entry_weeks = 2
        self.assertEqual(phase.entry_weeks, 8)

    def test_what_is_missing_is_said(self):
        missing = self._get_missing(self.enrolment.phase_ids[1])
        self.assertEqual(
            missing,
            [
                "Not shown yet: Scanner.",
                "3 of 8 weeks in the phase before.",
                "To be judged: On time for four weeks",
            ],
        )

    def test_a_skill_counts_when_it_was_established_and_is_valid(self):
        phase = self.enrolment.phase_ids[1]
        judgement = self.enrolment.env["leerbedrijf.skill.judgement"].create(
            {
                "enrolment_id": self.enrolment.id,
                "skill_id": self.scanner.id,
                "level_id": self.scanner.skill_type_id.skill_level_ids.id,
            }
        )
        missing = self._get_missing(phase)
        self.assertNotIn("Scanner", " ".join(missing))
        judgement.level_id = False
        missing = self._get_missing(phase)
        self.assertIn("Not shown yet: Scanner.", missing)

    def test_who_may_not_move_the_person_is_told_nothing(self):
        enrolment = self.enrolment.with_env(self.as_role("work_leader"))
        for attempt in (
            enrolment.action_next_phase,
            lambda: enrolment.write({"current_phase_id": enrolment.phase_ids[1].id}),
        ):
            with self.assertRaises(AccessError):
                attempt()

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
        self.assertFalse(self.enrolment.phase_ids[1].entry_reason)
        self.enrolment.phase_ids[1].entry_reason = "Typed in"
        self.assertFalse(self.enrolment.phase_ids[1].entry_reason)

    def test_the_reason_is_for_the_phase_that_was_asked(self):
        """Also back from the last phase, where no next one is left."""
        first, last = self.enrolment.phase_ids
        self.cohort.phase_ids[0].entry_text = "Wants to begin anew"
        self.enrolment.sudo().current_phase_id = last
        with self.assertRaises(RedirectWarning) as caught:
            self.enrolment.current_phase_id = first
        wizard = (
            self.enrolment.env["leerbedrijf.phase.entry.pass"]
            .with_context(**caught.exception.args[3])
            .create({"reason": "Was ill for long"})
        )
        self.assertIn("on to “Introduction”", wizard.missing_requirements)
        wizard.action_enter()
        self.assertEqual(self.enrolment.current_phase_id, first)
        self.assertEqual(first.entry_reason, "Was ill for long")
        stranger = wizard.create(
            {
                "enrolment_ids": self.enrolments[1].ids,
                "phase_id": last.id,
                "reason": "Of somebody else",
            }
        )
        stranger.action_enter()
        self.assertEqual(self.enrolments[1].current_phase_id.name, "Introduction")

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
