from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form

from .common_skill import SkillCase


class TestSkill(SkillCase):
    """What people can do beside what functions ask, for both sides of an enrolment."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.context_today(cls.env.user)
        cls.coach = cls.as_role("work_coach")
        cls.coordinator = cls.as_role("coordinator")
        cls.person = cls._new_participant().with_env(cls.coach)
        cls.enrolment = cls._propose(cls.person)

    def _rate(self, skill, own=None, coach=None, **values):
        return self.coach["leerbedrijf.participant.skill"].create(
            {
                "participant_id": self.person.id,
                "skill_id": skill.id,
                "self_level_id": own and own.id,
                "coach_level_id": coach and coach.id,
                **values,
            }
        )

    def _judge(self, skill, level, env=None):
        return (env or self.coordinator)["leerbedrijf.skill.judgement"].create(
            {
                "enrolment_id": self.enrolment.id,
                "skill_id": skill.id,
                "level_id": level.id,
            }
        )

    def _match(self, function):
        return self.enrolment.with_env(self.coordinator)._get_skill_match(function)

    # What the coach fills in

    def test_the_gap_is_put_into_words(self):
        for own, coach, gap in (
            (self.alone, self.starts, "over"),
            (self.starts, self.alone, "under"),
            (self.helped, self.helped, "same"),
            (self.helped, None, False),
            (None, self.helped, False),
        ):
            line = self._rate(self.sawing, own, coach)
            self.assertEqual(line.gap, gap)
            line.unlink()

    def test_a_skill_is_rated_once(self):
        self._rate(self.sawing)
        with self.assert_refused("skill_once"):
            self._rate(self.sawing)

    def test_a_level_of_another_type_is_refused(self):
        for field in ("self_level_id", "coach_level_id"):
            line = self._rate(self.sawing)
            with self.assertRaisesRegex(ValidationError, "Choose one of: Starts, With"):
                line[field] = self.obtained
            line.unlink()

    def test_a_date_follows_what_was_established(self):
        line = self._rate(self.sawing, self.helped)
        self.assertFalse(line.date)
        line.coach_level_id = self.helped
        self.assertEqual(line.date, self.today)
        line.date = self.today - timedelta(days=9)
        line.evidence = "Seen"
        self.assertEqual(line.date, self.today - timedelta(days=9))
        line.coach_level_id = self.alone
        self.assertEqual(line.date, self.today)
        with self.assertRaisesRegex(ValidationError, "in the future"):
            line.date = self.today + timedelta(days=1)

    def test_the_skills_of_the_routes_are_put_ready(self):
        self._new_function((self.selling, self.starts, True))
        self._rate(self.sawing, self.helped)
        action = self.person.action_prepare_skills()
        wizard = self.coach[action["res_model"]].with_context(**action["context"])
        wizard = wizard.create({})
        self.assertEqual(wizard.route_ids, self.route)
        for _press in range(2):
            wizard.action_prepare()
            self.assertCountEqual(
                self.person.skill_line_ids.mapped("skill_id.name"),
                ["Sawing", "Selling", "Diploma"],
            )
        self.assertEqual(self.person.skill_line_ids.self_level_id, self.helped)

    def test_the_form_is_quick_to_fill_in(self):
        with Form(self.person) as form, form.skill_line_ids.new() as line:
            line.skill_id = self.sawing
            line.self_level_id = self.alone
            line.coach_level_id = self.helped
            self.assertEqual(line.gap, "over")
        self.assertEqual(self.person.skill_line_ids.date, self.today)

    def test_the_file_is_for_the_own_municipality(self):
        line = self._rate(self.sawing, self.helped)
        for env in (
            self.as_role("work_coach", self.municipality_b),
            self.coordinator,
            self.as_role("account_manager"),
        ):
            with self.assertRaises(AccessError):
                line.with_env(env).read(["self_level_id"])
            with self.assertRaises(AccessError):
                env["leerbedrijf.participant.skill"].create(
                    {"participant_id": self.person.id, "skill_id": self.selling.id}
                )

    def test_a_look_is_recorded(self):
        line = self._rate(self.sawing, self.helped)
        line.read(["self_level_id"])
        self.assertIn("skill", self.person.dossier_view_ids.mapped("kind"))
        self._judge(self.sawing, self.helped).read(["level_id"])
        self.person.invalidate_recordset()
        self.assertIn("judgement", self.person.dossier_view_ids.mapped("kind"))

    # What the leerwerkbedrijf judges

    def test_the_leerwerkbedrijf_judges_and_the_coach_sees_it(self):
        line = self._rate(self.sawing, self.alone)
        judgement = self._judge(self.sawing, self.starts)
        self.assertEqual(judgement.user_id, self.user("coordinator"))
        self.assertEqual(judgement.with_env(self.coach).level_id, self.starts)
        line.invalidate_recordset()
        self.assertEqual((line.judged_level_id, line.gap), (self.starts, "over"))
        with self.assertRaises(AccessError):
            judgement.with_env(self.coach).level_id = self.alone
        with self.assertRaises(AccessError):
            self._judge(self.selling, self.starts, self.coach)

    def test_only_its_own_leerwerkbedrijf_judges_as_long_as_it_has_a_purpose(self):
        stranger = self.as_role("coordinator", self.leerbedrijf_x)
        with self.assertRaises(AccessError):
            self._judge(self.sawing, self.starts, stranger)
        judgement = self._judge(self.sawing, self.starts)
        self._refuse(self.enrolment)
        with self.assertRaises(AccessError):
            judgement.with_env(self.coordinator).read(["level_id"])
        with self.assertRaises(AccessError):
            self._judge(self.selling, self.starts)

    def test_nobody_signs_a_judgement_for_somebody_else(self):
        judgement = self._judge(self.sawing, self.starts)
        judgement.user_id = self.env.ref("base.user_admin")
        self.assertEqual(judgement.user_id, self.user("coordinator"))
        judgement.sudo().user_id = False
        judgement.evidence = "Set up the saw alone."
        self.assertEqual(judgement.user_id, self.user("coordinator"))

    def test_a_judgement_is_of_who_gave_it_last(self):
        judgement = self._judge(self.sawing, self.starts)
        judgement.date = self.today - timedelta(days=9)
        with self.assertRaises(UserError):
            judgement.enrolment_id = self._propose(self._new_participant("Other"))
        judgement.sudo().user_id = False
        judgement.write({"level_id": self.helped.id, "user_id": self.env.uid})
        self.assertEqual(
            (judgement.user_id, judgement.date), (self.user("coordinator"), self.today)
        )

    def test_the_skills_of_the_cohort_are_put_ready(self):
        self._new_function((self.selling, self.starts, True))
        enrolment = self.enrolment.with_env(self.coordinator)
        for _press in range(2):
            enrolment.action_prepare_judgements()
            self.assertCountEqual(
                enrolment.skill_judgement_ids.mapped("skill_id.name"),
                ["Sawing", "Selling", "Diploma"],
            )
        with self.assertRaises(AccessError):
            self.enrolment.with_env(self.as_role("work_leader")).read(["skill_match"])

    # The match

    def test_each_skill_is_in_the_group_where_it_belongs(self):
        function = self._new_function(
            (self.sawing, self.alone, True),
            (self.selling, self.helped, False),
            (self.licence, self.obtained, True),
            (self.diploma, self.obtained, True),
        )
        self._rate(self.sawing, self.helped)
        self._rate(self.selling, self.starts, self.alone)
        match = self._match(function)
        groups = (match.matching, match.learnable, match.missing, match.blocking)
        self.assertEqual(
            [[judged.skill for judged in group] for group in groups],
            [
                [self.selling.id],
                [self.sawing.id, self.diploma.id],
                [],
                [self.licence.id],
            ],
        )
        # required 2 each: 0.6 x 0.8 + half of the rest; half; none; wished 1: all
        self.assertAlmostEqual(match.score, (2 * 0.74 + 2 * 0.5 + 0 + 1) / 7)

    def test_an_expired_certificate_stands_in_the_way(self):
        function = self._new_function((self.licence, self.obtained, True))
        line = self._rate(self.licence, coach=self.obtained, valid_until=self.today)
        self.assertEqual(self._match(function).score, 1)
        line.valid_until = self.today - timedelta(days=1)
        self.assertTrue(line.is_expired)
        [judged] = self._match(function).blocking
        self.assertTrue(judged.is_expired)

    def test_the_later_of_coach_and_leerwerkbedrijf_counts(self):
        function = self._new_function((self.selling, self.alone, True))
        line = self._rate(self.selling, self.alone, self.helped)
        self.assertAlmostEqual(self._match(function).score, 0.6)
        self._judge(self.selling, self.starts)
        self.assertAlmostEqual(self._match(function).score, 0.2)
        line.date = self.today
        self.enrolment.skill_judgement_ids.date = self.today - timedelta(days=1)
        self.assertAlmostEqual(self._match(function).score, 0.6)

    def test_a_judgement_elsewhere_stays_elsewhere(self):
        function = self._new_function((self.selling, self.alone, True))
        other = self._propose(self.person, self._new_cohort())
        self._judge(self.selling, self.alone)
        self.assertEqual(other._get_skill_match(function).score, 0)

    def test_the_match_is_told_in_words_to_both_sides(self):
        function = self._new_function(
            (self.sawing, self.alone, True), (self.licence, self.obtained, True)
        )
        self._new_function(name="Closed work", active=False)
        self._rate(self.sawing, self.helped, evidence="Secret remark")
        for env in (self.coach, self.coordinator):
            told = self.enrolment.with_env(env).skill_match
            for words in (
                function.name,
                self.employer.name,
                "Stands in the way, and not obtained in this route: "
                "Licence – asked: Obtained.",
                "Learns in this route: Sawing – own word: With help, asked: Alone.",
                "Own word counts for 80%",
            ):
                self.assertIn(words, told)
            self.assertNotIn("Secret remark", told)
            self.assertNotIn("Closed work", told)

    def test_a_match_ends_with_the_purpose(self):
        self._new_function((self.sawing, self.alone, True))
        self.assertTrue(self.enrolment.skill_match)
        self._refuse(self.enrolment)
        self.assertFalse(self.enrolment.with_env(self.coach).skill_match)

    def test_a_form_with_somebody_elses_cohort_or_person_tells_nothing(self):
        self._new_function((self.sawing, self.alone, True))
        self._rate(self.sawing, self.helped)
        values = {"cohort_id": self.cohort.id, "participant_id": self.person.id}
        for env in (
            self.as_role("work_coach", self.municipality_x),
            self.as_role("work_coach", self.municipality_b),
        ):
            with self.assertRaises(AccessError):
                env["leerbedrijf.enrolment"].onchange(values, [], {"skill_match": {}})
        # Of one's own, what is not saved tells nothing either.
        answer = self.coach["leerbedrijf.enrolment"].onchange(
            values, [], {"skill_match": {}}
        )
        self.assertFalse(answer["value"]["skill_match"])

    def test_a_group_is_matched_in_few_queries(self):
        functions = self.env["leerbedrijf.function"].union(
            *(
                self._new_function(
                    (self.sawing, self.alone, True),
                    (self.selling, self.helped, False),
                    name=f"Function {number}",
                )
                for number in range(8)
            )
        )
        enrolments = self.enrolment
        for number in range(12):
            person = self._new_participant(f"Person {number}")
            enrolments |= self._propose(person)
            for skill in (self.sawing, self.selling):
                self.env["leerbedrijf.participant.skill"].create(
                    {
                        "participant_id": person.id,
                        "skill_id": skill.id,
                        "self_level_id": self.helped.id,
                    }
                )
        self.env.flush_all()

        def queries(some, others):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            matches = some.with_env(self.coordinator)._get_skill_matches(
                others.with_env(self.coordinator)
            )
            self.assertEqual(len(matches), len(some) * len(others))
            return self.env.cr.sql_log_count - before

        queries(enrolments[:1], functions[:1])  # what is cached for all
        few = queries(enrolments[:2], functions[:2])
        self.assertEqual(queries(enrolments, functions), few)
