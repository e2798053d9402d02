from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form

from .common_selection import SelectionCase


class TestSelectionDay(SelectionCase):
    """Participants and employers choose each other; the coordinator confirms."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.an = cls._accept("An")
        cls.bo = cls._accept("Bo", cls.municipality_b)
        cls.day = cls._new_day()

    def _propose_day(self, mode="stable"):
        self.day.mode = mode
        self.day.action_propose()
        return {c.enrolment_id: c.function_id for c in self.day.candidate_ids}

    def _move(self, enrolment, function):
        self._candidate(self.day, enrolment).function_id = function

    # Who comes, and what there is to choose

    def test_everybody_without_a_function_with_a_line_for_each(self):
        self.assertEqual(self.day.function_ids, self.kitchen | self.garden)
        self.assertEqual(self.day.candidate_ids.enrolment_id, self.an | self.bo)
        self.assertEqual(len(self.day.candidate_ids.choice_ids), 4)
        late = self._accept("Late", state="proposed")
        self._accept("Gone", state="refused")
        self.day.action_prepare()
        self.day.action_prepare()
        self.assertEqual(len(self.day.candidate_ids), 3)
        self.assertEqual(len(self._candidate(self.day, late).choice_ids), 2)

    def test_a_function_that_is_no_longer_offered_goes(self):
        self.day.function_ids = self.kitchen
        self.day.action_prepare()
        self.assertEqual(self.day.candidate_ids.choice_ids.function_id, self.kitchen)
        self.day.function_ids = False
        with self.assertRaisesRegex(UserError, "Choose the functions"):
            self.day.action_prepare()

    def test_it_knows_whether_somebody_chose(self):
        self.assertFalse(self.day.has_choices)
        self._choice(self.day, self.an, self.kitchen).wish = 1
        self.assertTrue(self.day.has_choices)

    def test_each_rank_once(self):
        candidate = self._candidate(self.day, self.an)
        first, second = candidate.choice_ids
        first.wish = 1
        with self.assertRaisesRegex(ValidationError, "An has more than one choice 1"):
            second.wish = 1
        candidate.write(
            {
                "choice_ids": [
                    Command.update(first.id, {"wish": 2}),
                    Command.update(second.id, {"wish": 1}),
                ]
            }
        )
        self.assertEqual((first.wish, second.wish), (2, 1))
        with self.assertRaisesRegex(ValidationError, "more than one choice 2"):
            candidate.write({"choice_ids": [Command.update(second.id, {"wish": 2})]})
        with self.assert_refused("ranks_sane"):
            first.wish = -1

    def test_a_veto_says_why(self):
        choice = self._choice(self.day, self.an, self.kitchen)
        with self.assertRaisesRegex(ValidationError, "Write down why"):
            choice.is_vetoed = True
        choice.write({"is_vetoed": True, "veto_reason": "Looks for experience"})

    # The proposal

    def test_stable_or_most(self):
        self._rank(self.day, self.an, self.kitchen)
        self._rank(self.day, self.bo, self.kitchen, self.garden)
        self._choice(self.day, self.bo, self.kitchen).rating = 1
        nothing = self.env["leerbedrijf.function"]
        self.assertEqual(self._propose_day(), {self.an: nothing, self.bo: self.kitchen})
        why = self._candidate(self.day, self.an).why_without
        self.assertIn("people whom the employer prefers", why)
        self.assertEqual(self.day.rather_count, 0)
        self.assertEqual(self.day.state, "proposed")
        self.assertEqual(
            self._propose_day("most"), {self.an: self.kitchen, self.bo: self.garden}
        )
        self.assertEqual(self.day.rather_count, 1)
        self.assertIn("Bo and Kitchen", self.day.rather)
        self.assertIn("2 of 2 have a function", self.day.summary)

    def test_who_chose_nothing_is_told_so(self):
        self._propose_day()
        self.assertEqual(
            self._candidate(self.day, self.an).why_without,
            "Has not chosen a function yet.",
        )

    def test_what_is_dragged_shows_at_once(self):
        self._rank(self.day, self.an, self.kitchen)
        self._rank(self.day, self.bo, self.garden)
        self._propose_day()
        self._move(self.an, self.garden)
        candidate = self._candidate(self.day, self.an)
        self.assertEqual(candidate.color, 1, "red")
        self.assertIn("Not chosen by the person.", candidate.objections)
        self.assertIn("Kitchen", candidate.rather)
        self.assertIn("1 people too many", self.day.problems)
        with self.assertRaisesRegex(UserError, "people too many"):
            self.day.action_confirm()

    def test_a_veto_is_final(self):
        self._rank(self.day, self.an, self.kitchen)
        self._choice(self.day, self.an, self.kitchen).write(
            {"is_vetoed": True, "veto_reason": "No"}
        )
        self.assertFalse(self._propose_day()[self.an])
        self.assertIn("does not see it", self._candidate(self.day, self.an).why_without)
        with self.assertRaisesRegex(ValidationError, "cannot be overruled"):
            self._move(self.an, self.kitchen)
        self._rank(self.day, self.bo, self.garden)
        self._move(self.bo, self.garden)
        with self.assertRaisesRegex(ValidationError, "cannot be overruled"):
            self._choice(self.day, self.bo, self.garden).write(
                {"is_vetoed": True, "veto_reason": "After all"}
            )

    # Limits

    def test_hours_days_and_travel(self):
        parts = self.env["leerbedrijf.day.part"].search([], limit=2)
        self.kitchen.day_part_ids = parts
        self.an.participant_id.write(
            {
                "hours_wanted": 16,
                "day_part_ids": parts[:1].ids,
                "travel_minutes": 30,
            }
        )
        self.env["leerbedrijf.travel.time"].create(
            {
                "enrolment_id": self.an.id,
                "partner_id": self.employer.id,
                "minutes": 45,
                "reason": "Two buses",
            }
        )
        self.day.action_prepare()
        choice = self._choice(self.day, self.an, self.kitchen)
        self.assertEqual(
            choice.limits.splitlines(),
            [
                "24 hours a week; this person can work 16.",
                f"Cannot come on: {parts[1].name}.",
                "45 minutes of travel; at most 30 are possible.",
            ],
        )
        self.assertFalse(self._choice(self.day, self.bo, self.kitchen).limits)

    def test_a_limit_is_overruled_with_a_reason_that_is_kept(self):
        self.an.participant_id.hours_wanted = 16
        self.day.action_prepare()
        self._rank(self.day, self.an, self.kitchen)
        self.assertFalse(self._propose_day()[self.an])
        self._move(self.an, self.kitchen)
        with self.assertRaisesRegex(UserError, "All the same, because"):
            self.day.action_confirm()
        choice = self._choice(self.day, self.an, self.kitchen)
        choice.reason = "Starts with 16 hours"
        self.assertEqual(choice.reason_by_id, self.coordinator.user)
        self.assertTrue(choice.reason_on)
        self.assertEqual(self._propose_day()[self.an], self.kitchen)
        self.day.action_confirm()
        message = self.an.message_ids.sorted()[0].body
        self.assertIn("Starts with 16 hours", message)
        self.assertIn("Choice 1 · employer: no preference", message)

    def test_a_reason_is_for_what_was_known_when_it_was_given(self):
        self.an.participant_id.hours_wanted = 16
        self.day.action_prepare()
        self._rank(self.day, self.an, self.kitchen)
        choice = self._choice(self.day, self.an, self.kitchen)
        choice.reason = "Starts with 16 hours"
        self._propose_day()
        morning = self.env["leerbedrijf.day.part"].search([], limit=2)
        self.kitchen.sudo().day_part_ids = morning
        self.an.participant_id.sudo().day_part_ids = morning[0]
        with self.assertRaisesRegex(UserError, "Kitchen.*: Cannot come on"):
            self.day.action_confirm()
        choice.reason = "Starts with 16 hours, in the morning"
        self.assertIn("Cannot come on", choice.reason_for)
        self.day.action_confirm()
        self.assertEqual(self.an.function_id, self.kitchen)

    def test_why_somebody_has_nothing_is_true(self):
        self._rank(self.day, self.an, self.kitchen)
        self._rank(self.day, self.bo, self.kitchen)
        placed = self._propose_day()
        [without] = self.day.candidate_ids.filtered(lambda c: not c.function_id)
        self.assertFalse(placed[without.enrolment_id])
        self.assertIn("likes as much or better", without.why_without)
        other = self.day.candidate_ids - without
        self._choice(self.day, other.enrolment_id, self.kitchen).rating = 1
        without.invalidate_recordset()
        self.assertIn("whom the employer prefers", without.why_without)
        other.function_id = False
        self.kitchen.places = 0
        without.invalidate_recordset()
        self.assertIn("no places to give", without.why_without)

    def test_the_system_alone_says_what_stands_in_the_way(self):
        self.an.participant_id.hours_wanted = 16
        self.day.action_prepare()
        choice = self._choice(self.day, self.an, self.kitchen)
        choice.write({"limits": False, "fit": 1, "reason_by_id": self.env.user.id})
        self.assertTrue(choice.limits)
        self.assertFalse(choice.reason_by_id)
        self.day.write({"state": "confirmed", "place": "Hall"})
        self.assertEqual((self.day.state, self.day.place), ("preparing", "Hall"))

    # Confirmation

    def _confirm_both(self):
        self._rank(self.day, self.an, self.kitchen)
        self._rank(self.day, self.bo, self.garden)
        self._propose_day()
        self.day.action_confirm()

    def test_confirmed_is_recorded_and_fixed(self):
        self._confirm_both()
        self.assertEqual(self.an.function_id, self.kitchen)
        self.assertEqual(self.an.employer_id, self.employer)
        self.assertEqual(self.day.confirmed_by_id, self.coordinator.user)
        self.assertEqual(self.kitchen.free_places, 0)
        for change in (
            lambda: self._move(self.an, self.garden),
            lambda: self._rank(self.day, self.an, self.garden),
            lambda: self.day.write({"mode": "most"}),
            lambda: self.day.action_prepare(),
            lambda: self.day.action_confirm(),
            lambda: self.day.unlink(),
            lambda: self._candidate(self.day, self.an).unlink(),
            lambda: self._choice(self.day, self.an, self.garden).unlink(),
        ):
            with self.assertRaisesRegex(UserError, "are confirmed"):
                change()

    def test_a_match_is_no_clients_to_write(self):
        enrolment = self.an.with_env(self.coordinator)
        enrolment.write({"function_id": self.kitchen.id})
        self.assertFalse(enrolment.function_id)

    def test_nobody_to_confirm(self):
        with self.assertRaisesRegex(UserError, "Nobody has a function yet"):
            self.day.action_confirm()

    def test_the_next_day_takes_who_is_left_and_the_places_that_are_left(self):
        self._rank(self.day, self.an, self.kitchen)
        self._propose_day()
        self.day.action_confirm()
        self.assertIn("Has not chosen", self.bo.message_ids.sorted()[0].body)
        second = self._new_day()
        self.assertEqual(second.candidate_ids.enrolment_id, self.bo)
        self._rank(second, self.bo, self.kitchen, self.garden)
        second.action_propose()
        self.assertEqual(second.candidate_ids.function_id, self.garden)

    def test_who_got_the_job_keeps_the_place(self):
        self._confirm_both()
        outcome = self.env["leerbedrijf.outcome"].search([("is_job", "=", True)])[:1]
        self.an.sudo().write({"outcome_id": outcome.id, "state": "ended"})
        self.kitchen.invalidate_recordset()
        self.assertEqual(self.kitchen.free_places, 0)
        self.an.sudo().outcome_id = self.env["leerbedrijf.outcome"].search(
            [("is_job", "=", False)], limit=1
        )
        self.kitchen.invalidate_recordset()
        self.assertEqual(self.kitchen.free_places, 1)

    def test_who_waits_has_no_seat_and_who_is_in_aftercare_needs_none(self):
        self.an.sudo().state = "waiting"
        self._accept("Nearly gone", state="aftercare")
        self.day.action_prepare()
        self.assertEqual(self.day.candidate_ids.enrolment_id, self.an | self.bo)
        self._rank(self.day, self.an, self.kitchen)
        self._move(self.an, self.kitchen)
        self.assertIn("waiting list", self.day.problems)
        self._choice(self.day, self.an, self.kitchen).reason = "First in line"
        self.assertFalse(self.day.problems)

    def test_why_there_is_no_place(self):
        self._rank(self.day, self.an, self.kitchen)
        self._rank(self.day, self.bo, self.kitchen)
        self._move(self.an, self.kitchen)
        without = self._candidate(self.day, self.bo)
        self.assertIn("likes as much or better", without.why_without)
        self._choice(self.day, self.an, self.kitchen).rating = 1
        without.invalidate_recordset()
        self.assertIn("whom the employer prefers", without.why_without)
        self._move(self.an, False)
        self.kitchen.places = 0
        without.invalidate_recordset()
        self.assertIn("has no places", without.why_without)

    def test_the_board_asks_as_much_for_many_as_for_few(self):
        def count(day):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            day.candidate_ids.web_read({"objections": {}, "standing": {}, "color": {}})
            return self.env.cr.sql_log_count - before

        for candidate in self.day.candidate_ids:
            candidate.function_id = self.kitchen
        few = count(self.day)
        for number in range(20):
            self._accept(f"Person {number}")
        self.day.action_prepare()
        for candidate in self.day.candidate_ids:
            candidate.function_id = self.kitchen
        self.assertLess(count(self.day), few + 10)

    def test_who_was_refused_since_is_left_out(self):
        self._rank(self.day, self.an, self.kitchen)
        self._rank(self.day, self.bo, self.garden)
        self._propose_day()
        self.bo.sudo().state = "refused"
        self.day.action_confirm()
        self.assertFalse(self.bo.function_id)
        self.assertTrue(self.an.function_id)

    # An employer that withdraws

    def _withdraw(self, function, role="account_manager"):
        self.cohort.step_id = self.env["leerbedrijf.cohort.step"].search([], limit=1)
        reason = self.env.ref("leerbedrijf_core.forecast_reason_withdrawn")
        function.with_env(self.as_role(role)).closing_reason_id = reason

    def test_withdrawn_after_the_match(self):
        self._confirm_both()
        self._withdraw(self.kitchen)
        self.assertFalse(self.an.function_id or self.an.employer_id)
        self.assertIn(
            "The match with Kitchen", " ".join(self.an.message_ids.mapped("body"))
        )
        [case] = self.an.fallback_ids
        self.assertEqual(case.employer_id, self.employer)
        self.assertFalse(case.town, "the municipality's to fill in")
        self.assertTrue(self.bo.function_id)
        second = self._new_day()
        self.assertEqual(second.candidate_ids.enrolment_id, self.an)
        self.assertEqual(second.function_ids, self.garden)

    def test_withdrawn_before_the_confirmation(self):
        self._rank(self.day, self.an, self.kitchen)
        self._propose_day()
        self._withdraw(self.kitchen)
        self.assertFalse(self._candidate(self.day, self.an).function_id)
        self._move(self.an, self.kitchen)
        self.assertIn("people too many", self.day.problems)

    def test_a_proposal_that_lost_its_function_needs_no_other_place(self):
        self.an.state = "proposed"
        self._confirm_both()
        self._withdraw(self.kitchen)
        self.assertFalse(self.an.function_id or self.an.fallback_ids)

    def test_archived_after_the_match(self):
        self._confirm_both()
        self.kitchen.active = False
        self.assertFalse(self.an.function_id or self.an.employer_id)
        self.assertTrue(self.an.is_without_place)
        self.assertTrue(self.bo.function_id)

    def test_fewer_places_than_were_matched(self):
        self._confirm_both()
        self.assertFalse(self.kitchen.overmatched_count)
        self.kitchen.places = 0
        self.assertEqual(
            (self.kitchen.overmatched_count, self.kitchen.free_places), (1, 0)
        )
        for step in (self.cohort._get_missing_match, self.cohort._get_missing_learning):
            self.assertIn("Kitchen", "\n".join(step()))
        self.assertEqual(self.an.function_id, self.kitchen, "a human says who loses it")
        self.an.with_env(self.coordinator).action_find_place()
        self.assertFalse(self.an.function_id or self.an.employer_id)
        self.assertFalse(self.kitchen.overmatched_count)
        self.assertEqual(self._new_day().candidate_ids.enrolment_id, self.an)

    def test_a_place_elsewhere_is_lost_and_not_the_match(self):
        self._confirm_both()
        self.env["leerbedrijf.fallback"].create(
            {"enrolment_id": self.an.id, "employer_id": self.second_employer.id}
        )
        self.assertEqual(self.an.function_id, self.kitchen)

    # What the gate of step 4 says

    def test_the_gate_asks_for_a_match(self):
        cohort = self.cohort.with_env(self.as_role("account_manager"))
        sentence = "2 participants have no match yet"
        self.assertIn(sentence, "\n".join(cohort._get_missing_match()))
        (self.kitchen | self.garden).places = 0
        self.assertIn("No employer offers a function", cohort._get_missing_match()[-1])
        (self.kitchen | self.garden).places = 1
        self._confirm_both()
        self.assertNotIn("no match", "\n".join(cohort._get_missing_match()))

    # Two cohorts at once

    def test_the_other_coordinator_is_told_and_not_where(self):
        other_company = self._new_company("Leerwerkbedrijf Elders", "leerbedrijf")
        self.region.company_ids |= other_company
        other_coordinator = self.user("coordinator", other_company)
        cohort = self._new_cohort(
            company_id=other_company.id, coordinator_id=other_coordinator.id
        )
        other = self._propose(self.an.participant_id, cohort)
        other_env = self.as_role("coordinator", other_company)
        self.assertFalse(other.with_env(other_env).is_matched_elsewhere)
        self._confirm_both()
        [activity] = other.activity_ids
        self.assertEqual(activity.user_id, other_coordinator)
        self.assertEqual(activity.create_uid, self.env.ref("base.user_root"))
        told = f"{activity.summary} {activity.note}"
        told += " ".join(other.message_ids.mapped("body"))
        for name in (self.leerbedrijf.name, self.coordinator.user.name, "Kitchen"):
            self.assertNotIn(name, told)
        other.invalidate_recordset()
        self.assertTrue(other.with_env(other_env).is_matched_elsewhere)
        self.assertFalse(self.an.is_matched_elsewhere)

    def test_a_match_elsewhere_asks_for_a_reason(self):
        cohort = self._new_cohort()
        other = self._propose(self.an.participant_id, cohort)
        other.function_id = self._new_function(
            "Shop", self.employer, cohort_id=cohort.id
        )
        self._rank(self.day, self.an, self.kitchen)
        self._propose_day()
        with self.assertRaisesRegex(UserError, "match in another cohort"):
            self.day.action_confirm()
        self._choice(self.day, self.an, self.kitchen).reason = "Chose this one"
        self.day.action_confirm()

    # Who sees and does what

    def test_a_work_coach_reads_the_lines_of_own_people(self):
        self._rank(self.day, self.an, self.kitchen)
        self.env.invalidate_all()
        day = self.day.with_env(self.coach)
        self.assertEqual(day.candidate_ids.enrolment_id, self.an)
        self.assertEqual(day.candidate_ids.choice_ids.mapped("wish"), [1, 0])
        other_coach = self.as_role("work_coach", self.municipality_b)
        self.env.invalidate_all()
        day = self.day.with_env(other_coach)
        self.assertEqual(day.candidate_ids.enrolment_id, self.bo)
        for change in (
            lambda: day.write({"place": "Elsewhere"}),
            lambda: day.action_prepare(),
            lambda: day.action_propose(),
            lambda: day.action_confirm(),
            lambda: day.candidate_ids.write({"function_id": self.garden.id}),
            lambda: day.candidate_ids.choice_ids[0].write({"wish": 1}),
            lambda: day.read(["summary"]),
            lambda: self._candidate(self.day, self.an).with_env(other_coach).read(),
        ):
            with self.assertRaises(AccessError):
                change()

    def test_others_reach_nothing(self):
        candidate = self._candidate(self.day, self.an)
        elsewhere = self._new_company("Leerwerkbedrijf Elders", "leerbedrijf")
        self.region.company_ids |= elsewhere
        for company in (elsewhere, self.leerbedrijf_x):
            env = self.as_role("coordinator", company)
            self.assertFalse(env["leerbedrijf.selection.choice"].search([]))
            with self.assertRaises(AccessError):
                candidate.with_env(env).read(["standing"])
            with self.assertRaises(AccessError):
                self.day.with_env(env).write({"place": "Elsewhere"})
            # Also not by what a unique index says of who is there already.
            with self.assertRaises(AccessError):
                env["leerbedrijf.selection.candidate"].create(
                    {"day_id": self.day.id, "enrolment_id": self.an.id}
                )
            with self.assertRaises(AccessError):
                env["leerbedrijf.selection.choice"].create(
                    {"candidate_id": candidate.id, "function_id": self.kitchen.id}
                )
        manager = self.as_role("account_manager")
        with self.assertRaises(AccessError):
            candidate.with_env(manager).read(["function_id"])

    def test_a_form_of_ones_own_tells_nothing_of_others(self):
        """A client can fill in any enrolment or choice on an unsaved form."""
        self._rank(self.day, self.an, self.kitchen)
        self._propose_day()
        elsewhere = self._new_company("Leerwerkbedrijf Elders", "leerbedrijf")
        self.region.company_ids |= elsewhere
        env = self.as_role("coordinator", elsewhere)
        forged = env["leerbedrijf.selection.candidate"].new(
            {
                "day_id": self.day.id,
                "enrolment_id": self.an.id,
                "function_id": self.kitchen.id,
                "choice_ids": [Command.set(self.day.candidate_ids.choice_ids.ids)],
            }
        )
        self.assertFalse(forged.participant_name)
        self.assertFalse(forged.standing or forged.objections or forged.choice_id)

    def test_only_the_owner_of_the_day_adds_people(self):
        other = self._new_company("Leerwerkbedrijf Elders", "leerbedrijf")
        self.region.company_ids |= other
        cohort = self._new_cohort(company_id=other.id)
        enrolment = self._propose(cohort=cohort)
        env = self.as_role("coordinator", other)
        with self.assertRaises(UserError):
            env["leerbedrijf.selection.candidate"].create(
                {"day_id": self.day.id, "enrolment_id": enrolment.id}
            )

    def test_the_form_of_the_coordinator(self):
        form = Form(self.coordinator["leerbedrijf.selection.day"])
        form.cohort_id = self.cohort
        day = form.save()
        self.assertEqual(day.function_ids, self.kitchen | self.garden)
        self.assertTrue(day.can_write)
        day.action_prepare()
        self.assertEqual(day.action_view_board()["context"]["default_day_id"], day.id)
        groups = self.coordinator["leerbedrijf.selection.candidate"].with_context(
            default_day_id=day.id, read_group_expand=True
        )
        board = groups.web_read_group([("day_id", "=", day.id)], ["function_id"])
        self.assertEqual(len(board["groups"]), 3, "both functions, and who has none")
        [opened] = [group for group in board["groups"] if "__records" in group]
        self.assertFalse(opened["function_id"])
        self.assertEqual(len(opened["__records"]), 2)
