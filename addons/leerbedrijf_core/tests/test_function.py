from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form

from .common_skill import SkillCase


class TestFunction(SkillCase):
    """The work that employers offer to a cohort."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.forecast = cls.manager["leerbedrijf.forecast"].create(
            {
                "partner_id": cls.employer.id,
                "function": "care assistant",
                "places": 8,
                "skill_ids": [Command.set((cls.sawing | cls.licence).ids)],
            }
        )
        cls.other = cls._new_employer("Hout en Zonen")
        cls.pledge.write(
            {
                "cohort_id": cls.cohort.id,
                "skill_ids": [
                    Command.set((cls.diploma | cls.selling | cls.licence).ids)
                ],
            }
        )
        cls.of_manager = cls.cohort.with_env(cls.manager)

    def _send(self):
        self.agreement.action_send()
        self.agreement.signatory_ids.action_sign()

    def test_functions_come_from_pledges_and_keep_what_was_made(self):
        self.cohort.forecast_ids = self.forecast
        self._send()
        self.of_manager.action_make_functions()
        function = self.cohort.function_ids
        self.assertEqual(
            (function.name, function.places, function.pledge_id, function.forecast_id),
            ("Care assistant", 6, self.pledge, self.forecast),
        )
        function.name = "Assistant of the second floor"
        again = self.of_manager.action_make_functions()
        self.assertEqual(self.cohort.function_ids, function)
        self.assertEqual(again["params"]["type"], "info")
        function.active = False
        self.of_manager.action_make_functions()
        self.assertFalse(self.cohort.function_ids)

    def test_what_an_employer_asks_is_required_or_learned(self):
        self.cohort.forecast_ids = self.forecast
        self._send()
        self.of_manager.action_make_functions()
        asked = {
            line.skill_id: (line.level_id, line.is_required, line.is_learnable)
            for line in self.cohort.function_ids.skill_line_ids
        }
        self.assertEqual(
            asked,
            {
                self.sawing: (self.starts, True, True),  # entry skills
                self.licence: (self.obtained, True, False),
                self.diploma: (self.obtained, False, True),  # the route teaches it
                self.selling: (self.alone, True, False),  # to acquire, not taught
            },
        )

    def test_an_employer_without_a_pledge_offers_its_future_jobs(self):
        self.cohort.forecast_ids = self.forecast
        self.of_manager.action_make_functions()
        function = self.cohort.function_ids
        self.assertEqual((function.places, function.is_open), (8, True))
        self.assertEqual(function.skill_line_ids.skill_id, self.sawing | self.licence)
        # The promise comes later: it is the same work.
        self._send()
        self.of_manager.action_make_functions()
        self.assertEqual(self.cohort.function_ids, function)
        self.assertEqual((function.pledge_id, function.places), (self.pledge, 6))

    def test_without_a_promise_or_expectation_it_says_what_to_do(self):
        self.forecast.certainty = "filled"
        self.cohort.forecast_ids = self.forecast
        with self.assertRaisesRegex(UserError, "No pledge holds"):
            self.of_manager.action_make_functions()

    def test_places_follow_what_stands(self):
        self._send()
        self.of_manager.action_make_functions()
        function = self.cohort.function_ids
        reason = self.env.ref("leerbedrijf_core.forecast_reason_withdrawn")
        self.pledge.with_env(self.manager)._lapse(4, reason)
        self.assertEqual(function.places, 2)
        function.with_env(self.manager).places = 40
        self.assertEqual(function.places, 2)
        self.pledge.with_env(self.manager)._lapse(2, reason)
        self.assertEqual((function.places, function.is_open), (0, False))

    def test_an_amendment_goes_on_with_the_function(self):
        self._send()
        self.of_manager.action_make_functions()
        function = self.cohort.function_ids
        self.agreement.with_env(self.manager).action_amend()
        amendment = self.agreement.next_ids
        amendment.amendment_reason = "Fewer places"
        amendment.pledge_ids.places = 3
        amendment.action_send()
        self.assertEqual((function.pledge_id, function.places), (self.pledge, 6))
        amendment.signatory_ids.action_sign()
        self.assertEqual(
            (function.pledge_id, function.places), (amendment.pledge_ids, 3)
        )
        self.of_manager.action_make_functions()
        self.assertEqual(self.cohort.function_ids, function)

    def test_an_employer_withdraws_with_a_reason_and_comes_back(self):
        coordinator = self.user("coordinator")
        self.cohort.coordinator_id = coordinator
        function = self._new_function().with_env(self.manager)
        [(view_id, _kind)] = function.action_close()["views"]
        dialog = Form(function, view_id)
        with self.assertRaisesRegex(AssertionError, "closing_reason_id is a required"):
            dialog.save()
        dialog.closing_reason_id = self.env.ref(
            "leerbedrijf_core.forecast_reason_withdrawn"
        )
        dialog.save()
        self.assertFalse(function.is_open)
        self.assertTrue(function.closed_on)
        todo = self.cohort.activity_ids
        self.assertEqual(todo.user_id, coordinator)
        self.assertIn("Carpenter", todo.summary)
        function.action_reopen()
        self.assertTrue(function.is_open)
        self.assertFalse(function.closed_on)

    def test_a_reason_that_points_at_people_is_refused(self):
        function = self._new_function()
        with self.assertRaisesRegex(ValidationError, "point at participants"):
            function.closing_reason_id = self.env.ref(
                "leerbedrijf_core.forecast_reason_skills"
            )

    def test_a_level_is_one_of_the_skill(self):
        with self.assertRaisesRegex(ValidationError, "no level of “Sawing”"):
            self._new_function((self.sawing, self.obtained, True))

    def test_without_a_level_the_lowest_counts(self):
        function = self._new_function()
        line = self.env["leerbedrijf.function.skill"].create(
            {"function_id": function.id, "skill_id": self.sawing.id}
        )
        self.assertEqual(line.level_id, self.starts)

    def test_a_skill_is_asked_once(self):
        with self.assert_refused("skill_once"):
            self._new_function(
                (self.sawing, self.starts, True), (self.sawing, self.alone, False)
            )

    def test_an_employer_of_another_region_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "this cohort's region"):
            self._new_function(partner_id=self.employer_x.id)

    def test_a_promise_of_another_employer_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "own employer"):
            self._new_function(partner_id=self.other.id, pledge_id=self.pledge.id)

    def test_impossible_numbers_are_refused(self):
        for values, constraint in (
            ({"places": -1}, "places_not_negative"),
            ({"hours_per_week": 41}, "hours_per_week_range"),
        ):
            with self.subTest(values), self.assert_refused(constraint):
                self._new_function(**values)

    def test_the_region_prepares_and_the_owner_runs(self):
        function = self._new_function()
        function.with_env(self.manager_b).note = "Nice work"
        self.cohort._pass_step(
            self.env["leerbedrijf.cohort.step"].search([("code", "=", "match")]),
            "Because",
        )
        with self.assertRaises(AccessError):
            function.with_env(self.manager_b).note = "Not so nice"
        with self.assertRaises(AccessError):
            self.of_manager.action_make_functions()
        function.with_env(self.as_role("coordinator")).note = "Nice"
        with self.assertRaises(AccessError):
            function.with_env(self.as_role("work_coach")).note = "Mine"

    def test_the_other_region_learns_nothing_of_a_promise(self):
        template = self._new_template(
            region_id=self.region_x.id, company_id=self.leerbedrijf_x.id
        )
        cohort = self._new_cohort(
            template_id=template.id,
            region_id=self.region_x.id,
            company_id=self.leerbedrijf_x.id,
        )
        values = {
            "name": "Carpenter",
            "cohort_id": cohort.id,
            "partner_id": self.employer_x.id,
        }
        functions = self.manager_x["leerbedrijf.function"]
        for link in (
            {"pledge_id": self.pledge.id},
            {"forecast_id": self.forecast.id},
            {"cohort_id": self.cohort.id},
        ):
            with self.subTest(link), self.assertRaises(UserError):
                functions.create({**values, **link})
            with self.subTest(link), self.assertRaises(UserError):
                functions.onchange(
                    {**values, **link}, [], {"places": {}, "region_id": {}}
                )
