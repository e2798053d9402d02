from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form

from .common_cohort import CohortCase


class TestCriterion(CohortCase):
    """What a cohort asks: checked, explained, and never more than advice."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.coach = cls.as_role("work_coach")
        cls.coordinator = cls.as_role("coordinator")
        cls.person = cls._new_participant("Ada", work_coach_id=cls.coach.uid)
        cls.enrolment = cls._propose(cls.person)

    def _ask(self, **values):
        """The cohort asks this alone."""
        self.cohort.criterion_ids.unlink()
        return self.env["leerbedrijf.cohort.criterion"].create(
            {"cohort_id": self.cohort.id, **values}
        )

    def _assess(self):
        self.env.invalidate_all()
        [(name, state, why)] = self.enrolment._assess_criteria()
        return state, why

    def _assert_assessed(self, state, words="", **facts):
        self.person.write(facts)
        found, why = self._assess()
        self.assertEqual(found, state, (facts, why))
        self.assertIn(words, why)

    # One kind after the other ------------------------------------------------------

    def test_age_counts_the_birthday_and_the_leap_day(self):
        self._ask(kind="age_min", number=18)
        self._assert_assessed("unknown", "not filled in")
        start = self.cohort.date_start  # 7 September 2026
        self._assert_assessed("met", "18 years old", birthdate=date(2008, 9, 7))
        self._assert_assessed("unmet", "17 years old", birthdate=date(2008, 9, 8))
        self._ask(kind="age_max", number=27)
        self._assert_assessed("met", birthdate=start.replace(year=1998, day=8))
        self._assert_assessed("unmet", birthdate=start.replace(year=1998))
        # Born on 29 February: a year older on 28 February of another year.
        leap = self._new_cohort(date_start=date(2026, 2, 27))
        self._ask(kind="age_min", number=18).unlink()
        self.env["leerbedrijf.cohort.criterion"].create(
            {"cohort_id": leap.id, "kind": "age_min", "number": 18}
        )
        self.person.birthdate = date(2008, 2, 29)
        proposal = self._propose(self.person, leap)
        for day, state in ((27, "unmet"), (28, "met")):
            leap.date_start = date(2026, 2, day)
            self.assertEqual(proposal.criteria_state, state)

    def test_language_takes_the_last_measured_level_of_the_skill(self):
        self._ask(kind="language", skill="speaking", level="b1")
        self._assert_assessed("unknown", "not measured")
        self.person.language_level = "b2"
        self._assert_assessed("unknown", "the file says B2 or higher")
        levels = self.env["leerbedrijf.language.level"].create(
            [
                {"participant_id": self.person.id, "skill": skill, "level": level}
                | {"date": day}
                for skill, level, day in (
                    ("speaking", "b2", date(2025, 1, 1)),
                    ("reading", "b2", date(2026, 9, 3)),
                    ("speaking", "a2", date(2026, 9, 3)),
                )
            ]
        )
        state, why = self._assess()
        self.assertEqual(state, "unmet")
        self.assertRegex(why, "A2 measured on .*2026, B1 asked")
        levels[2].level = "b1"
        self.assertEqual(self._assess()[0], "met")

    def test_practical_conditions(self):
        self._ask(kind="study_finance")
        self._assert_assessed("unknown")
        self._assert_assessed("unmet", study_finance="yes")
        self._assert_assessed("met", study_finance="no")
        self._ask(kind="conduct_held")
        self._assert_assessed("unknown")
        self._assert_assessed("unmet", "not requested", conduct_state="missing")
        self._assert_assessed("unmet", "requested", conduct_state="requested")
        self._assert_assessed("met", conduct_state="held", conduct_date="2026-01-02")
        self._ask(kind="conduct_requested")
        self._assert_assessed("met", conduct_state="requested")
        self._assert_assessed("met", conduct_state="held")
        self._assert_assessed("unmet", conduct_state="missing")
        self._assert_assessed("unknown", conduct_state=False)
        self._ask(kind="childcare")
        self._assert_assessed("unknown")
        self._assert_assessed("unmet", childcare="needed")
        self._assert_assessed("met", childcare="arranged")
        self._ask(kind="motivation_talk")
        self._assert_assessed("unknown", "not held")
        self._assert_assessed("met", motivation_talk_date="2026-06-01")
        self._ask(kind="digital", digital_skills="basic")
        self._assert_assessed("unknown")
        self._assert_assessed("unmet", digital_skills="phone")
        self._assert_assessed("met", digital_skills="good")
        self._ask(kind="hours", number=24)
        self._assert_assessed("unknown")
        self._assert_assessed("unmet", hours_wanted=23.5)
        self._assert_assessed("met", hours_wanted=24)

    def test_a_permit_lasts_until_the_end_of_the_cohort(self):
        self._ask(kind="may_work")
        end = self.cohort.date_end
        self._assert_assessed("unknown")
        self._assert_assessed("unmet", may_work="no")
        self._assert_assessed("met", may_work="yes")
        self._assert_assessed("met", may_work_until=end)
        early = end.replace(day=1)
        self._assert_assessed("unmet", "the cohort ends", may_work_until=early)

    def test_day_parts(self):
        days = self.env["leerbedrijf.day.part"].search([], limit=3)
        self._ask(kind="day_part_count", number=2)
        self._assert_assessed("unknown")
        self._assert_assessed("unmet", day_part_ids=days[:1])
        self._assert_assessed("met", day_part_ids=days[:2])
        self._ask(kind="day_parts", day_part_ids=days.ids)
        self._assert_assessed("unmet", days[2].name.lower())
        self._assert_assessed("met", day_part_ids=days)

    def test_travel_to_the_nearest_employer(self):
        self._ask(kind="travel")
        self.cohort.employer_ids = self.employer
        self._assert_assessed("unknown", travel_minutes=30)
        line = self.coordinator["leerbedrijf.travel.time"].create(
            {
                "enrolment_id": self.enrolment.id,
                "partner_id": self.employer.id,
                "minutes": 40,
                "reason": "Asked",
            }
        )
        self._assert_assessed("unmet", "40 minutes to Zorggroep Zonnehof")
        line.minutes = 25
        self._assert_assessed("met")

    # The record --------------------------------------------------------------------

    def test_a_criterion_says_what_it_asks(self):
        for values in (
            {"kind": "language", "skill": "speaking"},
            {"kind": "language", "level": "b1"},
            {"kind": "age_min"},
            {"kind": "hours", "number": 0},
            {"kind": "day_parts"},
            {"kind": "digital"},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self._ask(**values)
        with self.assert_refused("number_sane"):
            self._ask(kind="age_min", number=500)

    def test_every_kind_is_described_and_assessed(self):
        day = self.env["leerbedrijf.day.part"].search([], limit=1)
        everything = {
            "skill": "reading",
            "level": "a2",
            "number": 2,
            "day_part_ids": day.ids,
            "digital_skills": "basic",
        }
        model = self.env["leerbedrijf.cohort.criterion"]
        for kind, _label in model._fields["kind"].selection:
            criterion = self._ask(kind=kind, **everything)
            self.assertTrue(criterion.name, kind)
            self.assertEqual(self._assess()[0], "unknown", kind)

    def test_a_cohort_keeps_what_its_template_asked(self):
        day = self.env["leerbedrijf.day.part"].search([], limit=1)
        criteria = self.env["leerbedrijf.criterion"].create(
            [
                {"template_id": self.template.id, "kind": "age_min", "number": 18},
                {
                    "template_id": self.template.id,
                    "kind": "day_parts",
                    "day_part_ids": day.ids,
                },
            ]
        )
        env = self.as_role("account_manager", self.municipality_b)
        cohort = env["leerbedrijf.cohort"].create(
            {
                "template_id": self.template.id,
                "region_id": self.region.id,
                "date_start": "2027-09-06",
            }
        )
        copies = cohort.criterion_ids
        self.assertEqual(copies.mapped("kind"), ["age_min", "day_parts"])
        self.assertEqual(copies[1].day_part_ids, day)
        self.assertEqual(copies.company_id, self.leerbedrijf)
        criteria[0].number = 21
        criteria[1].unlink()
        self.assertEqual(copies.mapped("number"), [18, 0])
        self.assertEqual(len(cohort.copy().criterion_ids), 1)
        # Tailored by the coordinator of the leerwerkbedrijf, by nobody else.
        copies[0].with_env(self.coordinator).number = 16
        with self.assertRaises(AccessError):
            copies[0].with_env(env).number = 17
        elsewhere = self.as_role("coordinator", self.leerbedrijf_x)
        self.assertFalse(elsewhere["leerbedrijf.cohort.criterion"].search([]))
        self.assertFalse(elsewhere["leerbedrijf.criterion"].search([]))

    # Who sees what -----------------------------------------------------------------

    def test_the_leerwerkbedrijf_sees_the_answer_not_the_facts(self):
        self._ask(kind="age_min", number=18)
        self.person.birthdate = date(2008, 9, 8)
        coach = self.enrolment.with_env(self.coach).criteria_html
        self.assertIn("17 years old", coach)
        seen = self.enrolment.with_env(self.coordinator)
        self.assertIn("not met", seen.criteria_html)
        self.assertNotIn("17 years", seen.criteria_html)
        self.assertNotIn("2008", str(seen.read()))
        user = self.user("coordinator")
        user.group_ids |= self.env.ref("leerbedrijf_core.group_work_coach")
        self.env.invalidate_all()
        self.assertNotIn("17 years", seen.criteria_html)

    def test_the_facts_are_the_municipalitys(self):
        names = {"study_finance", "may_work", "conduct_state", "is_looking"}
        fields = self.coordinator["leerbedrijf.enrolment"].fields_get()
        self.assertFalse(names & fields.keys())
        with self.assertRaises(AccessError):
            self.person.with_env(self.coordinator).read(["study_finance"])

    def test_who_reads_the_facts_has_looked(self):
        self._ask(kind="age_min", number=18)
        before = self.person.dossier_view_count
        self.enrolment.with_env(self.coach).web_read({"criteria_html": {}})
        self.env.invalidate_all()
        self.assertEqual(self.person.dossier_view_count, before + 1)

    def test_a_proposal_shows_the_advice_before_it_is_made(self):
        self._ask(kind="hours", number=24)
        other = self._new_participant("Bo", hours_wanted=12)
        cohort = self.cohort
        form = Form(
            self.coach["leerbedrijf.enrolment"].with_context(
                default_participant_id=other.id
            ),
            "leerbedrijf_core.enrolment_view_form_propose",
        )
        form.cohort_id = cohort
        self.assertIn("12 hours", form.criteria_html)
        self.assertFalse(form.other_proposals)
        # Somebody else's person: nothing comes out.
        stranger = self.as_role("work_coach", self.municipality_b)
        with self.assertRaises(UserError):
            stranger["leerbedrijf.enrolment"].onchange(
                {"participant_id": other.id, "cohort_id": cohort.id},
                ["participant_id", "cohort_id"],
                {"criteria_html": {}, "other_proposals": {}, "participant_id": {}},
            )

    # Admission ---------------------------------------------------------------------

    def test_against_a_criterion_only_with_a_reason(self):
        self._ask(kind="study_finance")
        self.person.study_finance = "yes"
        candidate = self.enrolment.with_env(self.coordinator)
        for reason in (None, "  "):
            with self.assertRaisesRegex(UserError, "does not meet: No student finance"):
                candidate._accept(reason)
        action = candidate.action_accept()
        dialog = Form(
            self.coordinator[action["res_model"]].with_context(**action["context"])
        )
        self.assertIn("No student finance", dialog.advice_html)
        self.assertTrue(dialog.needs_reason)
        dialog.reason = "Stops with school in a month"
        dialog.save().action_confirm()
        self.assertEqual(candidate.state, "accepted")
        self.assertEqual(candidate.admission_reason, "Stops with school in a month")
        self.assertEqual(candidate.admission_advice, "No student finance")
        self.assertEqual(candidate.admission_user_id, self.user("coordinator"))
        self.assertTrue(candidate.admission_date)
        # What was decided on stays, whatever becomes of the facts.
        self.person.study_finance = "no"
        self.assertEqual(candidate.admission_advice, "No student finance")

    def test_what_is_not_known_is_shown_and_needs_no_reason(self):
        self._ask(kind="study_finance")
        candidate = self.enrolment.with_env(self.coordinator)
        self.assertEqual(candidate.criteria_state, "unknown")
        action = candidate.action_accept()
        dialog = Form(
            self.coordinator[action["res_model"]].with_context(**action["context"])
        )
        self.assertFalse(dialog.needs_reason)
        dialog.save().action_confirm()
        self.assertEqual(candidate.state, "accepted")
        self.assertFalse(candidate.admission_reason)

    def test_who_meets_everything_is_accepted_at_once(self):
        self._ask(kind="study_finance")
        self.person.study_finance = "no"
        candidate = self.enrolment.with_env(self.coordinator)
        self.assertEqual(candidate.criteria_state, "met")
        self.assertFalse(candidate.action_accept())
        self.assertEqual(candidate.state, "accepted")

    def test_a_list_asks_no_more_for_more_people(self):
        self.template.capacity = 100
        for values in (
            {"kind": "age_min", "number": 18},
            {"kind": "language", "skill": "reading", "level": "a2"},
            {"kind": "day_part_count", "number": 2},
            {"kind": "travel"},
        ):
            self.env["leerbedrijf.cohort.criterion"].create(
                {"cohort_id": self.cohort.id, **values}
            )
        self.cohort.employer_ids = self.employer
        counts = []
        for number in (5, 25):
            for index in range(number):
                self._propose(self._new_participant(f"P{number}-{index}"))
            self.env.flush_all()
            self.env.invalidate_all()
            everybody = self.cohort.with_env(self.coordinator).enrolment_ids
            before = self.env.cr.sql_log_count
            everybody.mapped("criteria_state")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2)
