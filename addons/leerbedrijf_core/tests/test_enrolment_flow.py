from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from .common_cohort import CohortCase


class TestEnrolmentFlow(CohortCase):
    """The answer to a proposal: a seat, the waiting list, or neither, with a reason."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.coach = cls.as_role("work_coach")
        cls.coordinator = cls.as_role("coordinator")
        cls.cohort.coordinator_id = cls.user("coordinator")

    def _proposals(self, *names):
        """In the order of the names; a test makes all at the same moment."""
        proposals = self.env["leerbedrijf.enrolment"]
        for number, name in enumerate(names):
            person = self._new_participant(name, work_coach_id=self.coach.uid)
            proposal = self._propose(person)
            self.env.cr.execute(
                "UPDATE leerbedrijf_enrolment SET create_date = create_date"
                " + %s * interval '1 second' WHERE id = %s",
                [number, proposal.id],
            )
            proposals |= proposal
        proposals.invalidate_recordset(["create_date"])
        return proposals

    def _full_cohort(self):
        """Both seats taken."""
        proposals = self._proposals("Ada", "Bo").with_env(self.coordinator)
        proposals._accept()
        return proposals

    def _reason(self, code, env=None):
        reason = self.env.ref(f"leerbedrijf_core.enrolment_reason_{code}")
        return reason.with_env(env or self.env)

    def _dialog(self, action, env):
        return env[action["res_model"]].with_context(**action["context"])

    # Who is told -------------------------------------------------------------------

    def _told(self, env):
        """What notified this user, the latest first."""
        notifications = self.env["mail.notification"].search(
            [("res_partner_id", "=", env.user.partner_id.id)], order="id desc"
        )
        return notifications.mail_message_id.mapped("preview")

    def test_the_coordinator_hears_of_proposals_and_the_coach_of_the_answer(self):
        people = self._new_participant("Ada") | self._new_participant("Bo")
        people.work_coach_id = self.coach.uid
        proposals = self.coach["leerbedrijf.enrolment"].create(
            [
                {"participant_id": person.id, "cohort_id": self.cohort.id}
                for person in people
            ]
        )
        codes = ", ".join(people.mapped("code"))
        self.assertEqual(
            self._told(self.coordinator),
            [f"Proposed for “{self.cohort.name}”: {codes}."],
        )
        first, second = proposals.with_env(self.coordinator)
        first._accept()
        second._wait()
        self.assertEqual(
            self._told(self.coach),
            [
                f"On the waiting list of “{self.cohort.name}”: {people[1].code}.",
                f"Accepted for “{self.cohort.name}”: {people[0].code}.",
            ],
        )

    # The waiting list ------------------------------------------------------------

    def test_who_overtakes_the_waiting_list_needs_a_reason(self):
        self._full_cohort()
        first, late = self._proposals("Cor", "Dirk").with_env(self.coordinator)
        first._wait()
        self.cohort.capacity += 1
        batch = self.coordinator["leerbedrijf.enrolment.batch"].browse(
            late.action_batch_accept()["res_id"]
        )
        self.assertIn("1 people wait longer", batch.line_ids.finding)
        with self.assertRaisesRegex(UserError, "Say why you go"):
            batch.action_confirm()
        batch.reason = "Lives next door"
        batch.action_confirm()
        self.assertEqual(late.state, "accepted")
        self.assertIn("Lives next door", "".join(late.message_ids.mapped("body")))

    def test_without_a_seat_candidates_wait_in_order(self):
        self._full_cohort()
        late, early = self._proposals("Early", "Late").with_env(self.coordinator)[::-1]
        action = (late | early).action_accept()
        dialog = Form(self._dialog(action, self.coordinator))
        self.assertIn("All seats are taken", dialog.seats_note)
        self.assertFalse(dialog.has_seats)
        dialog.save().action_confirm()
        self.assertEqual((late | early).mapped("state"), ["waiting"] * 2)
        self.assertEqual((early.waiting_position, late.waiting_position), (1, 2))
        self.assertEqual(self.cohort.waiting_count, 2)

    def test_with_too_few_seats_who_was_proposed_first_gets_them(self):
        candidates = self._proposals("Ada", "Bo", "Cor").with_env(self.coordinator)
        action = candidates.action_accept()
        dialog = Form(self._dialog(action, self.coordinator))
        self.assertIn("a seat for 2 of these 3", dialog.seats_note)
        dialog.save().action_confirm()
        self.assertEqual(
            candidates.mapped("state"), ["accepted", "accepted", "waiting"]
        )

    def test_who_waits_is_still_seen_by_the_leerwerkbedrijf(self):
        waiting = self._proposals("Ada").with_env(self.coordinator)
        waiting.action_wait()
        self.assertEqual(waiting.access_leerbedrijf_id, self.leerbedrijf)
        self.assertEqual(waiting.participant_id.sudo().status, "proposed")
        with self.assertRaisesRegex(UserError, "Waiting list"):
            waiting.action_wait()

    def test_more_seats_ask_the_coordinator_for_who_waits(self):
        self.cohort.coordinator_id = self.coordinator.uid
        self.cohort.capacity = 1
        people = self._proposals("Ada", "Bea").with_env(self.coordinator)
        people[0].action_accept()
        people[1].action_wait()
        kind = "leerbedrijf_core.activity_type_seat_free"
        self.assertFalse(self.cohort.activity_search([kind]))
        self.cohort.with_env(self.coordinator).capacity = 2
        [todo] = self.cohort.activity_search([kind])
        self.assertEqual(todo.user_id, self.coordinator.user)

    def test_the_waiting_list_has_its_limit(self):
        self.cohort.waiting_capacity = 1
        candidates = self._proposals("Ada", "Bo").with_env(self.coordinator)
        candidates[0].action_wait()
        with self.assertRaisesRegex(UserError, "room for 1 and holds 1"):
            candidates[1].action_wait()

    def test_a_cohort_takes_the_limit_of_its_template(self):
        self.template.waiting_capacity = 7
        cohort = self._new_cohort()
        self.assertEqual(cohort.waiting_capacity, 7)
        self.template.waiting_capacity = 3
        self.assertEqual(cohort.waiting_capacity, 7)

    def test_a_free_seat_goes_to_who_waits_longest(self):
        seated = self._full_cohort()
        waiting = self._proposals("Cor", "Dina").with_env(self.coordinator)
        waiting.action_wait()
        cohort = self.cohort.with_env(self.coordinator)
        self.assertFalse(cohort.activity_ids)
        seated[0].with_env(self.coach)._close(self._reason("person_work", self.coach))
        todo = self.cohort.activity_ids
        self.assertEqual(todo.user_id, self.user("coordinator"))
        self.assertNotIn("Ada", f"{todo.summary} {todo.note}")
        seated[1]._close(self._reason("person_travel", self.coordinator))
        self.assertEqual(self.cohort.activity_ids, todo)
        cohort.action_take_next()
        self.assertEqual(waiting.mapped("state"), ["accepted", "waiting"])
        cohort.action_take_next()
        with self.assertRaisesRegex(UserError, "Nobody is on the waiting list"):
            cohort.action_take_next()

    def test_a_cohort_does_not_close_on_who_waits(self):
        self._proposals("Ada").with_env(self.coordinator).action_wait()
        (sentence,) = self.cohort._get_missing_regular()
        self.assertIn("1 people are still on the waiting list", sentence)

    def test_only_the_leerwerkbedrijf_uses_the_waiting_list(self):
        candidate = self._proposals("Ada").with_env(self.coach)
        with self.assertRaisesRegex(UserError, "Only the leerwerkbedrijf"):
            candidate.action_wait()
        # Elsewhere they are out of sight altogether.
        stranger = self.as_role("coordinator", self.leerbedrijf_x)
        with self.assertRaises(AccessError):
            candidate.with_env(stranger).action_wait()

    # Two cohorts -----------------------------------------------------------------

    def test_a_person_has_one_seat_and_the_coach_settles_the_rest(self):
        leerbedrijf_b = self._new_company("Leerwerkbedrijf De Kade", "leerbedrijf")
        self.region.company_ids |= leerbedrijf_b
        other = self._new_cohort(
            template_id=self._new_template(company_id=leerbedrijf_b.id).id,
            company_id=leerbedrijf_b.id,
            name="Elsewhere",
        )
        person = self._new_participant("Ada", work_coach_id=self.coach.uid)
        here, there = self._propose(person), self._propose(person, other)
        self.assertIn("Elsewhere", here.with_env(self.coach).other_proposals)
        here.with_env(self.coordinator).action_accept()
        todo = person.activity_ids
        self.assertEqual(todo.user_id, self.coach.user)
        self.assertIn("Elsewhere", todo.note)
        # The two do not learn of each other.
        self.assertFalse(here.activity_ids | there.activity_ids)
        coordinator_b = self.as_role("coordinator", leerbedrijf_b)
        with self.assertRaisesRegex(UserError, "has a seat in another") as caught:
            there.with_env(coordinator_b).action_accept()
        self.assertNotIn(self.cohort.name, str(caught.exception))
        self.assertNotIn(self.leerbedrijf.name, str(caught.exception))
        with self.assertRaises(AccessError):
            there.with_env(coordinator_b).read(["other_proposals"])
        # Aftercare is light: a next cohort may begin.
        here.sudo().state = "aftercare"
        there.with_env(coordinator_b).action_accept()
        self.assertEqual(there.state, "accepted")

    def test_no_proposal_of_a_stranger_shows_on_a_form(self):
        """A leerwerkbedrijf's colleague who is a work coach there as well."""
        person = self._new_participant("Ada")
        here = self._propose(person)
        self._propose(person, self._new_cohort(name="Elsewhere"))
        user = self.user("coordinator")
        user.group_ids |= self.env.ref("leerbedrijf_core.group_work_coach")
        self.assertFalse(here.with_env(self.coordinator).other_proposals)

    # No further ------------------------------------------------------------------

    def test_a_refusal_tells_the_coach_why_and_closes(self):
        candidate = self._proposals("Ada").with_env(self.coordinator)
        action = candidate.action_refuse()
        dialog = Form(self._dialog(action, self.coordinator))
        dialog.reason_id = self._reason("refused_language")
        dialog.remark = "First the B1 course"
        result = dialog.save().action_close()
        self.assertEqual(result["res_model"], "leerbedrijf.enrolment")
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            candidate.read(["state"])
        seen = candidate.with_env(self.coach)
        self.assertEqual((seen.state, seen.closing_remark), ("refused", dialog.remark))
        self.assertEqual(seen.closing_user_id, self.user("coordinator"))
        self.assertIn("First the B1 course", seen.message_ids[0].body)
        self.assertEqual(seen.participant_id.status, "unplaced")

    def test_the_dialog_asks_a_reason_of_who_decides(self):
        candidate = self._proposals("Ada")
        mine = candidate.with_env(self.coach)
        dialog = Form(self._dialog(mine.action_withdraw(), self.coach))
        self.assertTrue(dialog.is_municipality)
        dialog.reason_id = self._reason("person_travel")
        dialog.decider = "municipality"
        self.assertFalse(dialog.reason_id)
        dialog.reason_id = self._reason("municipality_route")
        seen = candidate.with_env(self.coordinator)
        theirs = Form(self._dialog(seen.action_withdraw(), self.coordinator))
        self.assertFalse(theirs.is_municipality)
        dialog.save().action_close()
        self.assertEqual(candidate.state, "withdrawn")

    def test_a_person_withdraws_after_being_accepted(self):
        accepted = self._proposals("Ada").with_env(self.coordinator)
        accepted.action_accept()
        mine = accepted.with_env(self.coach)
        dialog = Form(self._dialog(mine.action_withdraw(), self.coach))
        dialog.reason_id = self._reason("person_travel")
        dialog.save().action_close()
        self.assertEqual(mine.state, "withdrawn")
        self.assertFalse(mine.phase_ids)
        self.assertFalse(mine.access_leerbedrijf_id)
        self.assertFalse(self.coordinator["leerbedrijf.enrolment"].search([]))
        # And can be proposed to the same cohort again.
        self._propose(mine.participant_id.sudo())

    def test_what_has_begun_is_ended_not_withdrawn(self):
        accepted = self._proposals("Ada").with_env(self.coordinator)
        accepted.action_accept()
        self.coordinator["leerbedrijf.placement"].create(
            {
                "enrolment_id": accepted.id,
                "partner_id": self.employer.id,
                "kind": "practice",
                "hours_per_week": 16,
            }
        )
        with self.assertRaisesRegex(UserError, "End the enrolment with an outcome"):
            accepted.with_env(self.coach).action_withdraw()
        accepted.action_start()
        with self.assertRaisesRegex(UserError, "cannot be done now"):
            accepted.with_env(self.coach).action_withdraw()

    def test_only_the_municipality_withdraws_a_proposal(self):
        candidate = self._proposals("Ada").with_env(self.coordinator)
        with self.assertRaisesRegex(UserError, "Only the municipality"):
            candidate._close(self._reason("municipality_route", self.coordinator))
        with self.assertRaisesRegex(UserError, "Only the leerwerkbedrijf"):
            candidate.with_env(self.coach)._close(self._reason("refused_full"))

    def test_a_client_writes_no_answer_by_hand(self):
        candidate = self._proposals("Ada")
        reason = self._reason("refused_full")
        for env in (self.coach, self.coordinator):
            candidate.with_env(env).write(
                {
                    "closing_reason_id": reason.id,
                    "closing_remark": "x",
                    "admission_reason": "x",
                    "admission_date": "2026-01-01",
                    "state": "waiting",
                }
            )
        self.assertEqual(candidate.state, "proposed")
        self.assertFalse(candidate.closing_reason_id)
        self.assertFalse(candidate.closing_remark or candidate.admission_reason)
        self.assertFalse(candidate.admission_date)

    # Who is not placed -------------------------------------------------------------

    def test_who_still_looks_is_found_for_the_next_cohort(self):
        looking, working = self._proposals("Ada", "Bo").with_env(self.coach)
        self._refuse(looking.with_env(self.coordinator))
        working._close(self._reason("person_work", self.coach))
        people = (looking | working).participant_id
        self.assertEqual(people.mapped("status"), ["unplaced", "unplaced"])
        self.assertEqual(people.mapped("is_looking"), [True, False])
        pool = self.coach["leerbedrijf.participant"].search(
            [("status", "=", "unplaced"), ("is_looking", "=", True)]
        )
        self.assertEqual(pool, looking.participant_id)
        again = working.participant_id
        for person in (pool, again):
            self._propose(person.sudo(), self._new_cohort())
        self.assertEqual(people.mapped("status"), ["proposed", "proposed"])
        self.assertTrue(again.is_looking)

    def test_a_leerwerkbedrijf_does_not_end_the_search(self):
        candidate = self._proposals("Ada").with_env(self.coordinator)
        candidate._close(self._reason("person_work", self.coordinator))
        self.assertTrue(candidate.with_env(self.coach).participant_id.is_looking)

    # Search first ------------------------------------------------------------------

    def test_people_of_the_own_municipality_are_found(self):
        mine = self._new_participant(
            "Zoë O’Brien-Şahin", client_number="W-1", birthdate="1990-02-28"
        )
        mine.active = False
        self._new_participant("Zoë O’Brien", self.municipality_b)
        for values in (
            {"name": "o’brien"},
            {"client_number": " W-1 "},
            {"birthdate": "1990-02-28"},
        ):
            search = self.coach["leerbedrijf.participant.search"].create(values)
            self.assertEqual(search.found_ids, mine)
        for values in ({}, {"name": "Z"}, {"name": "%_"}, {"name": "  "}):
            search = self.coach["leerbedrijf.participant.search"].create(values)
            self.assertFalse(search.found_ids)

    def test_who_is_not_found_is_added_with_what_was_typed(self):
        search = self.coach["leerbedrijf.participant.search"].create(
            {"name": " Nina Vos ", "birthdate": "2000-02-29"}
        )
        action = search.action_new_candidate()
        form = Form(self.coach[action["res_model"]].with_context(**action["context"]))
        person = form.save()
        self.assertEqual(
            (person.name, str(person.birthdate)), ("Nina Vos", "2000-02-29")
        )
        self.assertFalse(person.client_number)
