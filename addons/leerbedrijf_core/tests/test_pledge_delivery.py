from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form

from .common_agreement import AgreementCase


class DeliveryCase(AgreementCase):
    """A signed agreement on six places for a cohort."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employer.account_manager_id = cls.user("account_manager")
        cls.pledge.cohort_id = cls.cohort
        cls.reason = cls.env.ref("leerbedrijf_core.forecast_reason_withdrawn")
        cls._sign_by_all()

    def _deliver(self, name="Omar Haddad", pledge=None):
        pledge = pledge or self.pledge
        enrolment = self._propose(self._new_participant(name))
        enrolment.sudo().state = "learning"
        self.env["leerbedrijf.placement"].create(
            {
                "enrolment_id": enrolment.id,
                "partner_id": pledge.partner_id.id,
                "pledge_id": pledge.id,
                "kind": "bbl",
                "hours_per_week": 24,
            }
        )
        self.env.invalidate_all()
        return enrolment


class TestPledgeDelivery(DeliveryCase):
    """Places that lapse: counted, with a reason of the employer, and told."""

    def test_the_dialogue_records_what_lapses(self):
        self._deliver()
        dialogue = Form(
            self.manager["leerbedrijf.pledge.lapse.record"].with_context(
                default_pledge_id=self.pledge.id
            )
        )
        self.assertEqual(dialogue.places, 5)
        dialogue.places = 2
        dialogue.reason_id = self.reason.with_env(self.manager)
        dialogue.save().action_lapse()
        self.assertEqual(self.pledge.lapsed_places, 2)
        self.assertEqual(self.pledge.delivered_places, 1)
        self.assertEqual(self.pledge.open_places, 3)
        [lapse] = self.pledge.lapse_ids
        self.assertEqual(lapse.user_id, self.manager.user)
        body = self.agreement.message_ids.sorted()[0].body
        self.assertIn("2 of 6 places lapsed", body)
        self.assertNotIn(self.reason.name, body, "why is for its readers")

    def test_account_manager_and_coordinator_are_told(self):
        self.cohort.coordinator_id = self.user("coordinator")
        self.pledge._lapse(1, self.reason)
        told = self.agreement.activity_ids | self.cohort.activity_ids
        self.assertEqual(
            told.user_id, self.user("account_manager") | self.user("coordinator")
        )

    def test_no_more_lapses_than_is_open(self):
        self._deliver()
        for places in (0, -1, 6):
            with self.assertRaisesRegex(UserError, "has 5 places"):
                self.pledge._lapse(places, self.reason)
        self.pledge._lapse(5, self.reason)
        with self.assertRaisesRegex(UserError, "has 0 places"):
            self.pledge._lapse(1, self.reason)

    def test_the_database_holds_it_as_well(self):
        with self.assert_refused("lapsed_in_places"):
            self.env["leerbedrijf.pledge.lapse"].create(
                {
                    "pledge_id": self.pledge.id,
                    "places": 7,
                    "reason_id": self.reason.id,
                    "user_id": self.env.uid,
                }
            )

    def test_a_draft_is_changed_and_not_lapsed(self):
        draft = self._new_agreement()
        with self.assertRaisesRegex(UserError, "has been signed"):
            draft.pledge_ids._lapse(1, self.reason)

    def test_no_reason_that_points_at_people(self):
        about_people = self.env.ref("leerbedrijf_core.forecast_reason_skills")
        with self.assertRaisesRegex(ValidationError, "point at participants"):
            self.pledge._lapse(1, about_people)

    def test_only_the_owner_and_only_by_the_button(self):
        pledge = self.pledge.with_env(self.manager_b)
        with self.assertRaises(AccessError):
            pledge._lapse(1, self.reason)
        with self.assertRaises(AccessError):
            self.manager["leerbedrijf.pledge.lapse"].create(
                {
                    "pledge_id": self.pledge.id,
                    "places": 1,
                    "reason_id": self.reason.id,
                    "user_id": self.manager.uid,
                }
            )

    def test_there_after_all(self):
        self.pledge._lapse(2, self.reason)
        lapse = self.pledge.lapse_ids
        with self.assertRaises(AccessError):
            lapse.with_env(self.manager_b).action_undo()
        lapse.action_undo()
        self.assertEqual(self.pledge.open_places, 6)
        self.assertIn("after all", self.agreement.message_ids.sorted()[0].body)

    def test_an_amendment_does_not_wash_it_away(self):
        self.pledge._lapse(2, self.reason)
        for places, lapsed in ((6, 2), (5, 1), (3, 0)):
            with self.subTest(places=places), self.env.cr.savepoint() as savepoint:
                action = self.agreement.action_amend()
                amendment = self.agreement.browse(action["res_id"])
                amendment.amendment_reason = "Looked again"
                amendment.pledge_ids.places = places
                self._sign_by_all(amendment)
                self.assertEqual(self.agreement.state, "replaced")
                self.assertEqual(amendment.pledge_ids.lapsed_places, lapsed)
                self.assertFalse(self.pledge.delivered_places)
                savepoint.rollback()
            self.env.invalidate_all()

    def test_lapsed_places_count_for_nothing_any_more(self):
        before = self.cohort.coverage_chance
        [pledge] = self.cohort._get_promises()._to_calc(self.cohort)
        self.assertEqual(pledge.places, 6)
        self.pledge._lapse(5, self.reason)
        [pledge] = self.cohort._get_promises()._to_calc(self.cohort)
        self.assertEqual(pledge.places, 1)
        self.assertEqual(self.cohort.promised_places, 1)
        self.assertLess(self.cohort.coverage_chance, before)


class TestDelivery(DeliveryCase):
    """The record per employer and edition, for the parties and account managers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pledge._lapse(2, cls.reason)

    def _pass_to_jobs(self):
        steps = self.env["leerbedrijf.cohort.step"]
        self.cohort._pass_step(steps.search([("code", "=", "regular")]), "Over")

    def _rows(self, env):
        self.env.flush_all()
        return env["leerbedrijf.delivery"].search(
            [("partner_id", "=", self.employer.id)]
        )

    def test_counts_by_employer_edition_and_force(self):
        self._deliver("First")
        self._deliver("Second")
        self._pass_to_jobs()
        row = self._rows(self.manager)
        self.assertEqual(row.cohort_id, self.cohort)
        self.assertEqual(row.force, "intention")
        self.assertEqual(
            (row.promised, row.delivered, row.lapsed, row.left), (6, 2, 2, 2)
        )
        self.assertAlmostEqual(row.kept, 100 / 3)

    def test_the_percentage_of_a_group_is_of_its_places(self):
        self._deliver()
        other = self._new_agreement()
        self._sign_by_all(other)
        self._deliver("Second", other.pledge_ids)
        other.pledge_ids._lapse(5, self.reason)
        self._pass_to_jobs()
        other.action_end()
        self.env.flush_all()
        [[kept]] = self.manager["leerbedrijf.delivery"]._read_group(
            [("partner_id", "=", self.employer.id)], [], ["kept:avg"]
        )
        self.assertAlmostEqual(kept, 100 * 2 / 12)

    def test_a_running_edition_has_no_percentage(self):
        row = self._rows(self.manager)
        self.assertFalse(row.is_known)
        self.assertFalse(row.kept)
        self._pass_to_jobs()
        self.env.invalidate_all()
        self.assertTrue(self._rows(self.manager).is_known)

    def test_drafts_and_cancelled_agreements_are_no_record(self):
        self._new_agreement()
        self.assertEqual(len(self._rows(self.manager)), 1)
        self.agreement.action_cancel()
        self.assertFalse(self._rows(self.manager))

    def test_who_reads_it(self):
        self.assertTrue(self._rows(self.manager_b), "account manager of the region")
        self.assertFalse(self._rows(self.manager_x), "of another region")
        for role in ("work_coach", "finance", "functional_admin"):
            party = self.as_role(role, self.municipality)
            self.assertTrue(self._rows(party), f"{role} of a party")
        for role in ("coordinator", "work_leader", "finance", "functional_admin"):
            stranger = self.as_role(role, self.leerbedrijf)
            self.assertFalse(self._rows(stranger), f"{role} of no party")

    def test_a_signatory_is_a_party(self):
        agreement = self._new_agreement()
        agreement.signatory_ids = [
            Command.create(
                {
                    "partner_id": self.leerbedrijf.partner_id.id,
                    "role": "leerbedrijf",
                    "signer_name": "Hans",
                }
            )
        ]
        self._sign_by_all(agreement)
        rows = self._rows(self.as_role("coordinator"))
        self.assertEqual(rows.agreement_id, agreement)

    def test_the_pledge_itself_tells_no_more(self):
        self._deliver()
        stranger = self.pledge.with_env(self.as_role("coordinator"))
        self.assertFalse(stranger.shows_delivery)
        self.assertEqual((stranger.delivered_places, stranger.open_places), (0, 0))
        self.assertFalse(stranger.lapse_ids)
        self.assertEqual(self.pledge.with_env(self.manager_b).delivered_places, 1)

    def test_the_worth_of_a_cohort_is_the_same_for_all(self):
        self._deliver()
        self._pass_to_jobs()
        later = self._new_cohort(edition=9)
        agreement = self._new_agreement()
        agreement.pledge_ids.cohort_id = later
        self._sign_by_all(agreement)
        self.env.invalidate_all()
        chances = {
            later.with_env(env).coverage_chance
            for env in (self.manager, self.as_role("coordinator"))
        }
        self.assertEqual(len(chances), 1)

    def test_the_form_of_the_employer_says_it_in_a_sentence(self):
        self._deliver()
        employer = self.employer.with_env(self.manager)
        self.assertIn("1 became a job so far", employer.delivery_summary)
        self._pass_to_jobs()
        self.env.invalidate_all()
        self.assertEqual(
            employer.delivery_summary, "Of 6 intended places 1 became a job (17%)."
        )
        self.assertEqual(employer.delivered_label, "1 of 6")
        stranger = self.employer.with_env(self.as_role("coordinator"))
        self.assertFalse(stranger.delivery_summary)
        self.assertFalse(stranger.delivery_ids)

    def test_it_names_no_person_and_no_reason(self):
        enrolment = self._deliver("Kanarie")
        rows = str(self._rows(self.manager).read())
        for word in ("Kanarie", enrolment.participant_code, self.reason.name):
            self.assertNotIn(word, rows)
