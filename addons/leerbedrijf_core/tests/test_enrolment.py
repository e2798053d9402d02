from odoo.exceptions import AccessError, UserError, ValidationError

from .common_cohort import CohortCase


class TestEnrolment(CohortCase):
    def setUp(self):
        super().setUp()
        self.coach = self.as_role("work_coach")
        self.coordinator = self.as_role("coordinator")

    def _coach_proposes(self, name="Samira Bouali"):
        participant = self.coach["leerbedrijf.participant"].create({"name": name})
        return self.coach["leerbedrijf.enrolment"].create(
            {"participant_id": participant.id, "cohort_id": self.cohort.id}
        )

    def test_a_proposal_opens_the_whitelist_and_nothing_else(self):
        proposal = self._coach_proposes()
        self.assertEqual(proposal.company_id, self.municipality)
        self.assertEqual(proposal.access_leerbedrijf_id, self.leerbedrijf)
        seen = proposal.with_env(self.coordinator)
        self.assertEqual(seen.participant_name, "Samira Bouali")
        with self.assertRaises(AccessError):
            seen.participant_id.read(["name"])
        self.assertEqual(seen.participant_id.display_name, seen.participant_code)

    def test_accepting_gives_a_plan_and_starting_the_first_phase(self):
        proposal = self._coach_proposes().with_env(self.coordinator)
        proposal.action_accept()
        self.assertEqual(proposal.state, "accepted")
        self.assertEqual(len(proposal.phase_ids), 2)
        proposal.action_start()
        self.assertEqual(proposal.current_phase_id, proposal.phase_ids[0])
        proposal.action_next_phase()
        self.assertEqual(proposal.current_phase_id, proposal.phase_ids[1])
        with self.assertRaisesRegex(UserError, "last phase"):
            proposal.action_next_phase()

    def test_a_refusal_closes_the_view_at_once(self):
        proposal = self._coach_proposes().with_env(self.coordinator)
        self._refuse(proposal)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(
            self.coordinator["leerbedrijf.enrolment"].search([("id", "=", proposal.id)])
        )
        with self.assertRaises(AccessError):
            proposal.read(["participant_name"])
        self.assertEqual(proposal.display_name, proposal.sudo().participant_code)
        self.assertEqual(proposal.with_env(self.coach).state, "refused")

    def test_the_end_needs_an_outcome_and_closes_the_view(self):
        proposal = self._coach_proposes().with_env(self.coordinator)
        proposal.action_accept()
        with self.assertRaisesRegex(UserError, "Choose the outcome"):
            proposal.action_end()
        proposal.outcome_id = self.env.ref("leerbedrijf_core.outcome_stopped")
        proposal.action_end()
        with self.assertRaises(AccessError):
            proposal.read(["participant_name"])

    def test_a_client_cannot_open_its_own_access(self):
        proposal = self._coach_proposes()
        self._refuse(proposal.with_env(self.coordinator))
        proposal.write({"access_leerbedrijf_id": self.leerbedrijf.id})
        self.assertFalse(proposal.access_leerbedrijf_id)

    def test_only_the_leerbedrijf_answers(self):
        coordinator_b = self.as_role("coordinator", self.municipality)
        proposal = self._coach_proposes().with_env(coordinator_b)
        with self.assertRaisesRegex(UserError, "Only the leerwerkbedrijf"):
            proposal.action_accept()

    def test_the_same_person_twice_is_refused(self):
        proposal = self._coach_proposes()
        with self.assert_refused("participant_once"):
            proposal.copy()

    def test_a_refused_person_can_be_proposed_again(self):
        proposal = self._coach_proposes()
        self._refuse(proposal.with_env(self.coordinator))
        self.env.flush_all()
        again = self.coach["leerbedrijf.enrolment"].create(
            {
                "participant_id": proposal.participant_id.id,
                "cohort_id": self.cohort.id,
            }
        )
        self.assertEqual(again.state, "proposed")

    def test_a_full_cohort_says_so(self):
        proposals = self.coach["leerbedrijf.enrolment"]
        for number in range(3):
            proposals |= self._coach_proposes(f"Kandidaat {number}")
        with self.assertRaisesRegex(UserError, "2 of 2 seats free"):
            proposals.with_env(self.coordinator)._accept()

    def test_a_cohort_of_another_region_is_refused(self):
        template = self._new_template(
            region_id=self.region_x.id, company_id=self.leerbedrijf_x.id
        )
        cohort = self._new_cohort(
            template_id=template.id,
            region_id=self.region_x.id,
            company_id=self.leerbedrijf_x.id,
        )
        participant = self._new_participant()
        with self.assertRaisesRegex(ValidationError, "another region"):
            self.coach["leerbedrijf.enrolment"].create(
                {"participant_id": participant.id, "cohort_id": cohort.id}
            )

    def test_a_closed_cohort_takes_nobody(self):
        closed = self.env.ref("leerbedrijf_core.cohort_step_closed")
        self.cohort._pass_step(closed, "test")
        with self.assertRaisesRegex(UserError, "is closed"):
            self._coach_proposes()

    def test_another_municipality_sees_nothing(self):
        proposal = self._coach_proposes()
        stranger = self.as_role("work_coach", self.municipality_b)
        for record in (proposal, proposal.participant_id):
            self.assertFalse(stranger[record._name].search([("id", "=", record.id)]))
            with self.assertRaises(AccessError):
                record.with_env(stranger).read(["display_name"])

    def test_a_person_of_another_municipality_cannot_be_proposed(self):
        participant = self._new_participant(company=self.municipality_b)
        with self.assertRaises(UserError):
            self.coach["leerbedrijf.enrolment"].create(
                {"participant_id": participant.id, "cohort_id": self.cohort.id}
            )

    def test_moving_a_phase_moves_untailored_plans(self):
        first = self._coach_proposes("A").with_env(self.coordinator)
        second = self._coach_proposes("B").with_env(self.coordinator)
        (first | second).action_accept()
        second.phase_ids[1].is_tailored = True
        phase = self.cohort.phase_ids[1].with_env(self.coordinator)
        phase.date_end = "2026-12-18"
        self.assertEqual(str(first.phase_ids[1].date_end), "2026-12-18")
        self.assertEqual(str(second.phase_ids[1].date_end), "2026-12-04")

    def test_placements_are_the_leerbedrijfs_and_seen_by_both(self):
        proposal = self._coach_proposes().with_env(self.coordinator)
        proposal.action_accept()
        placement = self.coordinator["leerbedrijf.placement"].create(
            {
                "enrolment_id": proposal.id,
                "partner_id": self.employer.id,
                "kind": "practice",
                "hours_per_week": 16,
                "company_id": self.municipality_b.id,
            }
        )
        self.assertEqual(placement.company_id, self.municipality)
        self.assertTrue(placement.with_env(self.coach).read(["kind"]))
        with self.assertRaises(AccessError):
            placement.with_env(self.coach).hours_per_week = 12
        with self.assertRaisesRegex(ValidationError, "workplace of this cohort"):
            placement.with_env(self.env).partner_id = self.employer_x

    def test_a_placement_ends(self):
        proposal = self._coach_proposes().with_env(self.coordinator)
        proposal.action_accept()
        placement = self.coordinator["leerbedrijf.placement"].create(
            {
                "enrolment_id": proposal.id,
                "partner_id": self.employer.id,
                "kind": "practice",
                "hours_per_week": 16,
            }
        )
        self.assertTrue(placement.is_running)
        self.assertEqual(placement.display_name, "Samira Bouali · Zorggroep Zonnehof")
        self.assertEqual(proposal.placement_count, 1)
        self.assertEqual(proposal.participant_id.sudo().enrolment_count, 1)
        placement.action_end_today()
        self.assertFalse(placement.is_running)

    def test_a_leerbedrijf_cannot_delete_a_municipalitys_person(self):
        proposal = self._coach_proposes()
        with self.assertRaises(AccessError):
            proposal.with_env(self.coordinator).unlink()
        with self.assertRaisesRegex(UserError, "Archive it instead"):
            proposal.participant_id.unlink()
