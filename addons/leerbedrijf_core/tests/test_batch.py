from odoo.exceptions import AccessError, UserError

from .common_cohort import CohortCase


class BatchCase(CohortCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.coordinator = cls.as_role("coordinator")
        cls.coach = cls.as_role("work_coach")
        cls.big_cohort = cls._new_cohort()
        cls.big_cohort.capacity = 1000

    def _people(self, count, company=None):
        return self.env["leerbedrijf.participant"].create(
            [
                {
                    "name": f"Person {number}",
                    "company_id": (company or self.municipality).id,
                }
                for number in range(count)
            ]
        )

    def _proposed(self, count, cohort=None):
        enrolments = self.env["leerbedrijf.enrolment"].create(
            [
                {
                    "participant_id": person.id,
                    "company_id": person.company_id.id,
                    "cohort_id": (cohort or self.big_cohort).id,
                }
                for person in self._people(count)
            ]
        )
        return enrolments.with_env(self.coordinator)

    def _accepted(self, count, cohort=None):
        enrolments = self._proposed(count, cohort)
        enrolments.action_accept()
        return enrolments

    def _learning(self, count, cohort=None):
        enrolments = self._accepted(count, cohort)
        enrolments.action_start()
        return enrolments

    def _batch(self, action, env=None):
        env = env or self.coordinator
        return env[action["res_model"]].browse(action["res_id"])

    def _levels(self, batch):
        return batch.line_ids.mapped("level")


class TestEnrolmentBatch(BatchCase):
    def test_accept_a_group(self):
        enrolments = self._proposed(3)
        batch = self._batch(enrolments.action_batch_accept())
        self.assertEqual(self._levels(batch), ["ready"] * 3)
        self.assertEqual(set(enrolments.mapped("state")), {"proposed"}, "only shown")
        action = batch.action_confirm()
        self.assertEqual(set(enrolments.mapped("state")), {"accepted"})
        self.assertTrue(all(enrolments.mapped("phase_ids")))
        self.assertEqual(action["params"]["message"], "Accepted: 3.")

    def test_who_cannot_is_left_out_and_named(self):
        enrolments = self._proposed(3)
        enrolments[1].action_accept()
        batch = self._batch(enrolments.action_batch_accept())
        self.assertEqual(self._levels(batch), ["ready", "blocked", "ready"])
        self.assertEqual(batch.line_ids[1].finding, "Is “Accepted”.")
        action = batch.action_confirm()
        self.assertEqual(set(enrolments.mapped("state")), {"accepted"})
        self.assertEqual(action["params"]["type"], "warning")
        self.assertIn("Left out: Person 1.", action["params"]["message"])

    def test_seats_go_to_who_is_included_and_others_wait(self):
        enrolments = self._proposed(3, self.cohort)  # of two seats
        batch = self._batch(enrolments.action_batch_accept())
        self.assertEqual(self._levels(batch), ["ready"] * 3)
        self.assertFalse(batch.line_ids[1].finding)
        self.assertIn("goes on the waiting list", batch.line_ids[2].finding)
        batch.line_ids[0].is_included = False
        self.assertFalse(batch.line_ids[2].finding)
        batch.line_ids[0].is_included = True
        action = batch.action_confirm()
        self.assertEqual(
            enrolments.mapped("state"), ["accepted", "accepted", "waiting"]
        )
        self.assertEqual(
            action["params"]["message"], "Accepted: 2. On the waiting list: 1."
        )
        again = self._batch(enrolments[2].action_batch_accept())
        self.assertEqual(again.line_ids.level, "blocked", "still no seat")

    def test_who_has_a_seat_elsewhere_is_left_out(self):
        elsewhere = self._accepted(1)
        enrolments = self._proposed(1) | self._propose(
            elsewhere.sudo().participant_id, self.cohort
        ).with_env(self.coordinator)
        batch = self._batch(enrolments.action_batch_accept())
        self.assertEqual(self._levels(batch), ["ready", "blocked"])
        batch.action_confirm()
        self.assertEqual(enrolments.mapped("state"), ["accepted", "proposed"])

    def test_against_a_criterion_with_a_reason(self):
        self.env["leerbedrijf.cohort.criterion"].create(
            {"cohort_id": self.big_cohort.id, "kind": "hours", "number": 24}
        )
        enrolments = self._proposed(3)
        people = enrolments.sudo().participant_id
        people[0].hours_wanted, people[1].hours_wanted = 32, 8
        self.env.invalidate_all()
        batch = self._batch(enrolments.action_batch_accept())
        self.assertEqual(self._levels(batch), ["ready", "attention", "ready"])
        self.assertIn("Does not meet", batch.line_ids[1].finding)
        self.assertIn("Not known yet", batch.line_ids[2].finding)
        with self.assertRaisesRegex(UserError, "Say why you go on"):
            batch.action_confirm()
        batch.reason = "Will work more from spring"
        batch.action_confirm()
        self.assertEqual(set(enrolments.mapped("state")), {"accepted"})
        self.assertEqual(enrolments[1].admission_reason, "Will work more from spring")
        self.assertFalse(enrolments[0].admission_reason)

    def test_nothing_is_done_for_nobody(self):
        nobody = self.coordinator["leerbedrijf.enrolment"]
        with self.assertRaisesRegex(UserError, "Select one or more people"):
            nobody.action_batch_accept()
        batch = self._batch(self._accepted(2).action_batch_accept())
        with self.assertRaisesRegex(UserError, "for any of the selected"):
            batch.action_confirm()

    def test_what_changed_meanwhile_is_seen(self):
        enrolments = self._proposed(2)
        batch = self._batch(enrolments.action_batch_accept())
        reason = self.env["leerbedrijf.enrolment.reason"].search(
            [("kind", "=", "refused")], limit=1
        )
        enrolments[0]._close(reason)
        self.env.invalidate_all()
        batch.action_confirm()
        self.assertEqual(enrolments.sudo().mapped("state"), ["refused", "accepted"])

    def test_start_a_group(self):
        enrolments = self._accepted(3)
        self._batch(enrolments.action_batch_start()).action_confirm()
        self.assertEqual(set(enrolments.mapped("state")), {"learning"})
        for enrolment in enrolments:
            self.assertEqual(enrolment.current_phase_id, enrolment.phase_ids[0])
            self.assertEqual(enrolment.date_start, enrolment.phase_ids[0].date_start)

    def test_move_a_group_to_a_phase(self):
        enrolments = self._learning(3)
        batch = self._batch(enrolments.action_batch_phase())
        school = self.big_cohort.phase_ids[1]
        self.assertEqual(batch.cohort_phase_id, school, "the next one is proposed")
        batch.action_confirm()
        self.assertEqual(set(enrolments.current_phase_id.mapped("name")), {"School"})
        self.assertEqual(enrolments.current_phase_id.enrolment_id, enrolments)

    def test_back_to_a_phase_asks_a_reason_that_is_kept(self):
        enrolments = self._learning(2)
        enrolments.action_next_phase()
        batch = self._batch(enrolments.action_batch_phase())
        batch.cohort_phase_id = self.big_cohort.phase_ids[0]
        self.assertEqual(self._levels(batch), ["attention"] * 2)
        with self.assertRaisesRegex(UserError, "Say why you go on"):
            batch.action_confirm()
        self.assertEqual(set(enrolments.current_phase_id.mapped("name")), {"School"})
        batch.reason = "The teacher was ill"
        batch.action_confirm()
        self.assertEqual(
            set(enrolments.current_phase_id.mapped("name")), {"Introduction"}
        )
        for enrolment in enrolments:
            self.assertIn("The teacher was ill", enrolment.message_ids[0].body)
            self.assertIn("Goes back", enrolment.message_ids[0].body)

    def test_what_a_phase_asks_needs_a_reason_that_is_kept(self):
        enrolments = self._learning(2)
        school = self.big_cohort.phase_ids[1]
        school.sudo().entry_text = "Ready for school"
        batch = self._batch(enrolments.action_batch_phase())
        self.assertEqual(self._levels(batch), ["attention"] * 2)
        self.assertIn("Ready for school", batch.line_ids[0].finding)
        batch.reason = "The teacher knows them"
        batch.action_confirm()
        self.assertEqual(set(enrolments.current_phase_id.mapped("name")), {"School"})
        self.assertEqual(
            enrolments.current_phase_id.mapped("entry_reason"),
            ["The teacher knows them"] * 2,
        )

    def test_a_phase_belongs_to_one_cohort(self):
        other = self._new_cohort()
        enrolments = self._learning(1) | self._learning(1, other)
        batch = self._batch(enrolments.action_batch_phase())
        self.assertEqual(batch.cohort_count, 2)
        with self.assertRaisesRegex(UserError, "Select the people of one cohort"):
            batch.action_confirm()

    def test_who_has_no_such_phase_is_told(self):
        enrolments = self._learning(2)
        enrolments[0].phase_ids[1].unlink()
        batch = self._batch(enrolments.action_batch_phase())
        batch.cohort_phase_id = self.big_cohort.phase_ids[1]
        self.assertEqual(self._levels(batch), ["blocked", "ready"])
        batch.cohort_phase_id = self.big_cohort.phase_ids[0]
        self.assertEqual(self._levels(batch), ["blocked", "blocked"], "are in it")

    def test_plan_placements_with_a_row_of_its_own(self):
        enrolments = self._learning(3)
        batch = self._batch(enrolments.action_batch_placement())
        self.assertEqual(self._levels(batch), ["blocked"] * 3, "no workplace yet")
        batch.write(
            {
                "partner_id": self.employer.id,
                "date_start": "2026-12-01",
                "date_end": "2027-03-01",
                "hours_per_week": 16,
                "supervisor": "Jolanda",
            }
        )
        other = self._new_employer("Zorghuis De Linde")
        batch.line_ids[1].write({"partner_id": other.id, "hours_per_week": 24})
        self.assertEqual(self._levels(batch), ["ready"] * 3)
        batch.action_confirm()
        placements = enrolments.placement_ids.sorted("enrolment_id")
        self.assertEqual(len(placements), 3)
        self.assertEqual(
            {p.enrolment_id: p.partner_id for p in placements},
            dict(
                zip(
                    enrolments,
                    (self.employer, other, self.employer),
                    strict=True,
                )
            ),
        )
        self.assertEqual(sum(placements.mapped("hours_per_week")), 56)
        self.assertEqual(set(placements.mapped("supervisor")), {"Jolanda"})

    def test_overlap_is_told_and_too_many_hours_ask_a_reason(self):
        enrolments = self._learning(3)
        self.coordinator["leerbedrijf.placement"].create(
            [
                {
                    "enrolment_id": enrolment.id,
                    "partner_id": self.employer.id,
                    "kind": "practice",
                    "hours_per_week": hours,
                    "date_start": "2026-11-01",
                    "date_end": end,
                }
                for enrolment, hours, end in (
                    (enrolments[0], 8, "2027-02-01"),
                    (enrolments[1], 32, "2027-02-01"),
                    (enrolments[2], 32, "2026-11-30"),
                )
            ]
        )
        batch = self._batch(enrolments.action_batch_placement())
        batch.write({"partner_id": self.employer.id, "date_start": "2026-12-01"})
        self.assertEqual(self._levels(batch), ["ready", "attention", "ready"])
        self.assertIn("Also at Zorggroep Zonnehof", batch.line_ids[0].finding)
        self.assertIn("Together 48 hours", batch.line_ids[1].finding)
        self.assertFalse(batch.line_ids[2].finding)
        with self.assertRaises(UserError):
            batch.action_confirm()
        self.assertEqual(len(enrolments.placement_ids), 3, "nothing half done")
        batch.line_ids[1].is_included = False
        batch.action_confirm()
        self.assertEqual(len(enrolments.placement_ids), 5)

    def test_wrong_placements_are_told(self):
        batch = self._batch(self._learning(1).action_batch_placement())
        batch.partner_id = self.employer
        for values in (
            {"hours_per_week": 0},
            {"hours_per_week": 41},
            {"date_start": False},
            {"date_end": "2020-01-01"},
        ):
            with self.subTest(values=values):
                line = batch.line_ids
                before = {name: line[name] for name in values}
                line.write(values)
                self.assertEqual(line.level, "blocked")
                line.write(before)

    def test_employer_for_a_group(self):
        enrolments = self._proposed(3)
        batch = self._batch(enrolments.action_batch_employer())
        with self.assertRaisesRegex(UserError, "Choose the employer"):
            batch.action_confirm()
        batch.employer_id = self.employer
        batch.action_confirm()
        self.assertEqual(enrolments.employer_id, self.employer)

    def test_an_employer_for_a_group_leaves_a_match_as_it_is(self):
        enrolments = self._proposed(2)
        function = self.env["leerbedrijf.function"].create(
            {
                "name": "Kitchen",
                "cohort_id": self.big_cohort.id,
                "partner_id": self.employer.id,
                "places": 1,
                "hours_per_week": 24,
            }
        )
        matched = enrolments[0]
        matched._set_function(function)
        batch = self._batch(enrolments.action_batch_employer())
        batch.employer_id = self.employer
        self.assertNotIn("blocked", self._levels(batch))
        batch.employer_id = self._new_employer("Thuiszorg De Linde")
        [line] = batch.line_ids.filtered(lambda x: x.enrolment_id == matched)
        self.assertEqual(line.level, "blocked")
        self.assertIn("Is matched to Kitchen", line.finding)
        batch.action_confirm()
        self.assertEqual(matched.employer_id, self.employer)
        self.assertEqual(enrolments[1].employer_id, batch.employer_id)

    def test_another_leerbedrijf_reaches_nobody(self):
        enrolments = self._proposed(2)
        stranger = self.as_role("coordinator", self.leerbedrijf_x)
        with self.assertRaises(AccessError):
            enrolments.with_env(stranger).action_batch_accept()
        batch = self._batch(enrolments.action_batch_accept())
        with self.assertRaises(AccessError):
            batch.with_env(stranger).action_confirm()
        with self.assertRaises(AccessError):
            stranger["leerbedrijf.enrolment.batch"].create(
                {
                    "kind": "accept",
                    "line_ids": [(0, 0, {"enrolment_id": enrolments[0].id})],
                }
            )

    def test_a_form_with_somebody_elses_people_tells_nothing(self):
        enrolments = self._proposed(1)
        stranger = self.as_role("coordinator", self.leerbedrijf_x)
        values = {"line_ids": [(0, 0, {"enrolment_id": enrolments.id})]}
        spec = {
            "cohort_names": {},
            "line_ids": {"fields": {"finding": {}, "company_id": {}}},
        }
        for call in (
            lambda: stranger["leerbedrijf.enrolment.batch"].onchange(
                values, ["line_ids"], spec
            ),
            lambda: stranger["leerbedrijf.enrolment.batch.line"].onchange(
                {"enrolment_id": enrolments.id}, ["enrolment_id"], {"finding": {}}
            ),
        ):
            with self.assertRaises(AccessError):
                call()

    def test_a_work_coach_does_not_accept(self):
        enrolments = self._proposed(1).with_env(self.coach)
        with self.assertRaises(AccessError):
            enrolments.action_batch_accept()

    def test_queries_do_not_grow_with_the_group(self):
        """Each of it takes as many queries for 50 people as for 5, also when the phase
        asks what nobody has."""
        skills = self.env["hr.skill.type"].create(
            {
                "name": "Floor",
                "skill_ids": [(0, 0, {"name": "Scanner"})],
                "skill_level_ids": [(0, 0, {"name": "Yes", "level_progress": 100})],
            }
        )
        self.big_cohort.phase_ids[1].entry_skill_ids = skills.skill_ids
        for name in ("accept", "start", "phase", "placement", "employer"):
            counts = []
            for size in (5, 50):
                group = {"accept": self._proposed, "start": self._accepted}.get(
                    name, self._learning
                )(size)
                counts.append(self._count(group, name))
            with self.subTest(action=name):
                self.assertLess(counts[1], counts[0] + 12)

    def _count(self, enrolments, name):
        ids = enrolments.ids
        self.env.flush_all()
        self.env.invalidate_all()
        enrolments = self.coordinator["leerbedrijf.enrolment"].browse(ids)
        before = self.env.cr.sql_log_count
        batch = self._batch(getattr(enrolments, f"action_batch_{name}")())
        batch.write(
            {
                "partner_id": self.employer.id,
                "employer_id": self.employer.id,
                "reason": "They learn it there",
            }
        )
        self._levels(batch)
        batch.action_confirm()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before


class TestCohortProposal(BatchCase):
    def test_propose_many(self):
        people = self._people(3).with_env(self.coach)
        batch = self._batch(people.action_batch_propose(), self.coach)
        with self.assertRaisesRegex(UserError, "Choose the cohort"):
            batch.action_confirm()
        batch.write({"cohort_id": self.big_cohort.id, "motivation": "Wants care"})
        batch.line_ids[1].motivation = "Cared for her mother"
        self.assertIn("1000 of 1000 seats", batch.seats_note)
        batch.action_confirm()
        enrolments = people.enrolment_ids
        self.assertEqual(len(enrolments), 3)
        self.assertEqual(set(enrolments.mapped("state")), {"proposed"})
        self.assertEqual(enrolments.cohort_id, self.big_cohort)
        self.assertEqual(people[1].enrolment_ids.motivation, "Cared for her mother")

    def test_who_is_in_it_already_is_left_out(self):
        people = self._people(3).with_env(self.coach)
        self._propose(people[0].with_env(self.env), self.big_cohort)
        self._propose(people[1].with_env(self.env), self.cohort)
        batch = self._batch(people.action_batch_propose(), self.coach)
        batch.cohort_id = self.big_cohort
        self.assertEqual(self._levels(batch), ["blocked", "attention", "ready"])
        self.assertIn("Is in this cohort already", batch.line_ids[0].finding)
        self.assertIn(self.cohort.name, batch.line_ids[1].finding)
        action = batch.action_confirm()
        self.assertIn("Left out: Person 0", action["params"]["message"])
        self.assertEqual(len(people.enrolment_ids), 4)

    def test_what_the_cohort_asks_is_told_and_takes_no_reason(self):
        self.env["leerbedrijf.cohort.criterion"].create(
            {"cohort_id": self.big_cohort.id, "kind": "hours", "number": 20}
        )
        people = self._people(2).with_env(self.coach)
        people[0].hours_wanted = 16
        people[1].hours_wanted = 24
        batch = self._batch(people.action_batch_propose(), self.coach)
        batch.cohort_id = self.big_cohort
        self.assertEqual(self._levels(batch), ["attention", "ready"])
        self.assertIn("at least 20 hours", batch.line_ids[0].finding)
        batch.action_confirm()
        self.assertEqual(len(people.enrolment_ids), 2)

    def test_the_file_is_archived(self):
        people = self._people(2).with_env(self.coach)
        people[0].active = False
        batch = self._batch(people.action_batch_propose(), self.coach)
        batch.cohort_id = self.big_cohort
        self.assertEqual(self._levels(batch), ["blocked", "ready"])

    def test_another_municipality_reaches_nobody(self):
        people = self._people(1)
        stranger = self.as_role("work_coach", self.municipality_b)
        with self.assertRaises(AccessError):
            people.with_env(stranger).action_batch_propose()
        batch = stranger["leerbedrijf.cohort.proposal"].create(
            {"cohort_id": self.big_cohort.id}
        )
        with self.assertRaises(AccessError):
            batch.write({"line_ids": [(0, 0, {"participant_id": people.id})]})

    def test_a_cohort_of_another_region(self):
        owner = {"region_id": self.region_x.id, "company_id": self.leerbedrijf_x.id}
        template = self._new_template(**owner)
        cohort = self._new_cohort(template_id=template.id, **owner)
        people = self._people(1).with_env(self.coach)
        batch = self._batch(people.action_batch_propose(), self.coach)
        with self.assertRaises(AccessError):
            batch.cohort_id = cohort
        # Of a municipality that works in both regions, or of a form that lies.
        batch.sudo().cohort_id = cohort
        with self.assertRaises(UserError):
            batch.action_confirm()
        self.assertFalse(people.enrolment_ids)

    def test_a_closed_cohort(self):
        people = self._people(1).with_env(self.coach)
        batch = self._batch(people.action_batch_propose(), self.coach)
        closed = self.env["leerbedrijf.cohort.step"].search([("code", "=", "closed")])
        self.big_cohort._pass_step(closed, "Stopped")
        batch.cohort_id = self.big_cohort
        with self.assertRaisesRegex(UserError, "is closed"):
            batch.action_confirm()

    def test_queries_do_not_grow_with_the_group(self):
        counts = []
        for size in (5, 50):
            ids = self._people(size).ids
            self.env.flush_all()
            self.env.invalidate_all()
            people = self.coach["leerbedrijf.participant"].browse(ids)
            before = self.env.cr.sql_log_count
            batch = self._batch(people.action_batch_propose(), self.coach)
            batch.cohort_id = self.big_cohort
            self._levels(batch)
            batch.action_confirm()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLess(counts[1], counts[0] + 12)
