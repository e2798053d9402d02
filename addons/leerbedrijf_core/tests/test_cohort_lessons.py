from datetime import date

from odoo import fields
from odoo.exceptions import AccessError, RedirectWarning, UserError, ValidationError
from odoo.tests import Form

from .common_cohort import CohortCase


class TestCohortLessons(CohortCase):
    """The lessons of an edition are open points of the next, until it answers them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.coordinator = cls.as_role("coordinator")
        cls.manager = cls.as_role("account_manager")
        cls.lesson = cls._new_lesson()

    @classmethod
    def _new_lesson(cls, cohort=None, advice="Ask for childcare at the intake"):
        cohort = (cohort or cls.cohort).with_env(cls.coordinator)
        with Form(cohort) as form, form.lesson_ids.new() as line:
            line.subject = "selection"
            line.happened = "Childcare came up too late"
            line.advice = advice
        return cohort.lesson_ids.filtered(lambda lesson: lesson.advice == advice)

    def _next_edition(self, env=None, **values):
        """As an account manager starts it from the template."""
        cohorts = (env or self.manager)["leerbedrijf.cohort"]
        return cohorts.create(
            {
                "template_id": self.template.id,
                "region_id": self.region.id,
                "date_start": date(2027, 9, 6),
                **values,
            }
        )

    def test_who_writes_a_lesson_is_its_author(self):
        self.assertEqual(self.lesson.user_id, self.coordinator.user)
        self.assertEqual(self.lesson.company_id, self.leerbedrijf)

    def test_the_next_edition_starts_with_the_lessons_of_the_one_before(self):
        cohort = self._next_edition()
        self.assertEqual(cohort.lesson_point_ids.lesson_id, self.lesson)
        self.assertEqual(cohort.lesson_point_ids.answer, "open")

    def test_of_an_archived_edition_as_well(self):
        self.cohort.active = False
        self.assertTrue(self._next_edition().lesson_point_ids)

    def test_only_the_latest_earlier_edition_of_the_same_template_counts(self):
        second = self._next_edition()
        lesson = self._new_lesson(second, "Ask for more hours")
        third = self._next_edition()
        self.assertEqual(third.lesson_point_ids.lesson_id, lesson)
        self.assertFalse(
            self._next_edition(
                template_id=self._new_template(name="Other").id
            ).lesson_point_ids
        )

    def test_a_lesson_written_while_the_next_is_prepared_comes_along_once(self):
        cohort = self._next_edition()
        late = self._new_lesson(advice="Keep employers involved")
        self.assertEqual(cohort.lesson_point_ids.lesson_id, self.lesson | late)
        self.assertEqual(len(cohort.lesson_point_ids), 2)

    def test_one_that_has_started_gets_no_more(self):
        cohort = self._next_edition()
        learning = self.env["leerbedrijf.cohort.step"].search(
            [("code", "=", "learning")], limit=1
        )
        cohort.with_env(self.coordinator)._pass_step(learning, "It is August")
        self._new_lesson(advice="Too late")
        self.assertEqual(cohort.lesson_point_ids.lesson_id, self.lesson)

    def test_an_answer_says_who_and_when(self):
        cohort = self._next_edition()
        point = cohort.lesson_point_ids
        other = self.coordinator.user.id
        with Form(cohort) as form, form.lesson_point_ids.edit(0) as line:
            line.answer = "accepted"
        self.assertEqual(point.answered_by_id, self.manager.user)
        self.assertEqual(point.answered_on, fields.Date.context_today(point))
        point.write({"answered_by_id": other, "answered_on": "2020-01-01"})
        self.assertEqual(point.answered_by_id, self.manager.user)
        point.answer = "open"
        self.assertFalse(point.answered_by_id or point.answered_on)

    def test_a_change_and_a_refusal_are_explained(self):
        point = self._next_edition().lesson_point_ids
        for answer in ("changed", "refused"):
            for words in (False, " \n"):
                with self.assertRaisesRegex(ValidationError, "childcare"):
                    point.write({"answer": answer, "explanation": words})
            point.write({"answer": answer, "explanation": "The school asks it"})

    def test_the_gate_says_how_many_wait_and_lets_pass_with_a_reason(self):
        cohort = self._next_edition()
        steps = {
            step.code: step for step in self.env["leerbedrijf.cohort.step"].search([])
        }
        sentence = "Lessons of edition 1 that still wait for an answer: 1."
        self.assertNotIn(sentence, cohort.missing_requirements)
        cohort._pass_step(steps["options"], "Later")
        self.assertIn(sentence, cohort.missing_requirements)
        with self.assertRaisesRegex(RedirectWarning, sentence):
            cohort.step_id = steps["route"]
        cohort._pass_step(steps["route"], "Later")
        self.assertIn(sentence, cohort.missing_requirements)
        self.assertEqual(
            cohort._get_missing_before(steps["learning"]).count(sentence), 1
        )
        cohort.lesson_point_ids.answer = "accepted"
        self.assertNotIn(sentence, cohort.missing_requirements)

    def test_who_prepares_answers_and_after_the_match_the_owner_alone(self):
        cohort = self._next_edition()
        point = cohort.lesson_point_ids
        point.with_env(self.as_role("account_manager", self.municipality_b)).write(
            {"answer": "accepted"}
        )
        match = self.env["leerbedrijf.cohort.step"].search([("code", "=", "match")])
        cohort.sudo()._pass_step(match, "Full")
        with self.assertRaises(AccessError):
            point.write({"answer": "open"})
        point.with_env(self.coordinator).answer = "open"

    def test_nobody_makes_moves_or_deletes_a_point(self):
        cohort = self._next_edition()
        point = cohort.lesson_point_ids.with_env(self.coordinator)
        with self.assertRaises(AccessError):
            point.create({"cohort_id": self.cohort.id, "lesson_id": self.lesson.id})
        with self.assertRaises(AccessError):
            point.unlink()
        with self.assertRaises(UserError):
            point.cohort_id = self.cohort

    def test_a_lesson_that_was_answered_stays(self):
        point = self._next_edition().lesson_point_ids
        point.answer = "accepted"
        with self.assertRaisesRegex(UserError, "has answered"):
            self.lesson.unlink()
        point.answer = "open"
        self.lesson.unlink()
        self.assertFalse(point.exists())

    def test_others_of_the_region_read_and_do_not_write(self):
        point = self._next_edition().lesson_point_ids
        for record in (self.lesson, point):
            coach = record.with_env(self.as_role("work_coach"))
            self.assertIn("childcare", coach.display_name)
            with self.assertRaises(AccessError):
                coach.write({"create_date": "2020-01-01"})
