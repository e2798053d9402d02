import doctest

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, TransactionCase

from ..calc import fallback
from .common_agreement import AgreementCase


class TestFallbackCalc(TransactionCase):
    def test_doctests(self):
        self.assertFalse(doctest.testmod(fallback).failed)

    def test_the_best_fit_goes_first(self):
        person = fallback.Person(town="Delft", skills={"care"}, sector=1)
        places = [
            fallback.Place("other sector", 24, "Delft", skills={"care"}, sector=2),
            fallback.Place("to learn", 24, "Delft", skills={"care", "drive"}, sector=1),
            fallback.Place("far", 24, "Rijswijk", skills={"drive"}, sector=1),
            fallback.Place("best", 24, "Delft", skills={"care"}, sector=1),
            fallback.Place("unknown", 24),
        ]
        ranked = [place.key for place, _why in fallback.rank(person, places)]
        self.assertEqual(ranked, ["best", "unknown", "other sector", "to learn", "far"])

    def test_of_equals_the_own_group_and_then_certainty(self):
        places = [
            fallback.Place("intention", 24),
            fallback.Place("guarantee", 24, guaranteed=True),
            fallback.Place("own group", 24, same_cohort=True),
        ]
        ranked = [p.key for p, _why in fallback.rank(fallback.Person(), places)]
        self.assertEqual(ranked, ["own group", "guarantee", "intention"])


class TestFallback(AgreementCase):
    """A participant whose employer cannot deliver, until something is chosen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.near = cls._new_employer("Thuiszorg De Linde", zip="1235 XX", city="Bredam")
        cls.far = cls._new_employer("Huize Verweg", zip="9999 ZZ", city="Verweg")
        cls.pledges = {
            employer: cls._new_pledge(employer, hours)
            for employer, hours in ((cls.near, 24), (cls.far, 32))
        }
        cls.coordinator = cls.as_role("coordinator")
        cls.coach = cls.as_role("work_coach")
        cls.enrolment = cls._propose(cls._new_participant(city="Bredam"))
        cls.enrolment.write({"state": "learning", "employer_id": cls.employer.id})

    @classmethod
    def _new_pledge(cls, employer, hours, places=1):
        values = cls._pledge_values(
            partner_id=employer.id, hours_per_week=hours, places=places
        )
        signatory = {"partner_id": employer.id, "signer_name": "Anna de Wit"}
        agreement = cls._new_agreement(
            pledge_ids=[Command.create(values)],
            signatory_ids=[Command.create(signatory)],
        )
        cls._sign_by_all(agreement)
        return agreement.pledge_ids

    def _open(self, env=None, enrolment=None, **values):
        enrolment = enrolment or self.enrolment
        enrolment.with_env(env or self.coordinator).action_find_place()
        case = enrolment.sudo().fallback_ids.filtered(lambda c: c.state == "open")
        case = case.with_env(env or self.coordinator)
        if values:
            case.write(values)
        return case

    def _option(self, case, employer=None, kind="place"):
        return case.option_ids.filtered(
            lambda o: (
                o.kind == kind
                and o.pledge_id.partner_id == (employer or self.env["res.partner"])
            )
        )

    def _choose(self, option, **values):
        choice = option.env["leerbedrijf.fallback.choice"].create(
            {"option_id": option.id, **values}
        )
        choice.action_choose()

    # What is proposed

    def test_places_then_bbl_then_study(self):
        case = self._open()
        self.assertEqual(case.employer_id, self.employer)
        kinds = case.option_ids.mapped("kind")
        self.assertEqual(kinds, ["place", "place", "bbl", "study"])
        self.assertIn("wish not known", case.option_ids[0].reasons)

    def test_what_is_known_decides_and_is_said(self):
        case = self._open(hours_max=28, town="bredam")
        [place] = case.option_ids.filtered(lambda o: o.kind == "place")
        self.assertEqual(place.pledge_id, self.pledges[self.near])
        self.assertEqual(place.reasons, "24 hours fits · same town (Bredam)")
        case.write({"town": False, "postcode": "1200"})
        [place] = case.option_ids.filtered(lambda o: o.kind == "place")
        self.assertIn("near (Bredam)", place.reasons)

    def test_the_skills_of_the_person(self):
        skills = self.env["hr.skill"].search([], limit=2)
        forecast = self.env["leerbedrijf.forecast"].create(
            {
                "partner_id": self.near.id,
                "company_id": self.municipality.id,
                "function": "Helper",
                "skill_ids": skills.ids,
            }
        )
        self.pledges[self.near].sudo().agreement_id.state = "draft"
        self.pledges[self.near].forecast_id = forecast
        self.pledges[self.near].sudo().agreement_id.state = "signed"
        case = self._open(skill_ids=skills[:1].ids)
        self.assertIn(
            f"still to learn: {skills[1].display_name}",
            self._option(case, self.near).reasons,
        )

    def test_only_open_places_of_signed_agreements_of_others(self):
        self._new_pledge(self.employer, 24)  # who cannot deliver
        draft = self._new_agreement()
        draft.pledge_ids.partner_id = self.near
        reason = self.env.ref("leerbedrijf_core.forecast_reason_withdrawn")
        self.pledges[self.far]._lapse(1, reason)
        case = self._open()
        places = case.option_ids.filtered(lambda o: o.kind == "place")
        self.assertEqual(places.pledge_id, self.pledges[self.near])

    def test_the_town_comes_from_the_municipality_alone(self):
        self.assertFalse(self._open().town)
        other = self._propose(self._new_participant("Second", city="Bredam"))
        other.state = "learning"
        self.assertEqual(self._open(self.coach, other).town, "Bredam")

    # What is answered

    def test_a_refusal_is_logged_and_the_case_stays(self):
        case = self._open()
        option = self._option(case, self.near)
        refusal = case.env["leerbedrijf.fallback.refusal"].create(
            {
                "fallback_id": case.id,
                "option_id": option.id,
                "refused_by": "employer",
                "reason": "Looks for experience",
            }
        )
        refusal.action_confirm()
        self.assertEqual(option.state, "refused")
        self.assertEqual(
            (option.refused_by, option.answer, option.user_id),
            ("employer", "Looks for experience", self.coordinator.user),
        )
        self.assertTrue(option.answered_on)
        self.assertEqual(case.state, "open")
        self.assertIn("experience", self.enrolment.message_ids.sorted()[0].body)
        # It stays refused, however often places are looked for.
        case.action_refresh()
        self.assertEqual(len(self._option(case, self.near)), 1)
        for again in (lambda: option._refuse("employer", "x"), option._choose):
            with self.assertRaisesRegex(UserError, "has an answer already"):
                again()
        with self.assertRaisesRegex(UserError, "so it stays"):
            case.unlink()

    def test_a_place_becomes_a_job_on_that_pledge(self):
        case = self._open()
        dialogue = Form(
            case.env["leerbedrijf.fallback.choice"].with_context(
                default_option_id=self._option(case, self.near).id
            )
        )
        self.assertEqual(dialogue.partner_id, self.near)
        self.assertEqual(dialogue.hours_per_week, 24)
        dialogue.save().action_choose()
        [job] = self.enrolment.placement_ids
        self.assertEqual(job.pledge_id, self.pledges[self.near])
        self.assertEqual(job.kind, "bbl")
        self.assertEqual(self.pledges[self.near].sudo().delivered_places, 1)
        self.assertEqual(case.state, "chosen")
        self.assertIn(self.near.name, case.result)
        self.assertEqual(self.enrolment.employer_id, self.near)
        self.assertFalse(self.enrolment.outcome_id, "the outcome comes at the end")

    def test_a_place_that_was_just_taken(self):
        case = self._open()
        other = self._propose(self._new_participant("Faster"))
        other.state = "learning"
        self._choose(self._option(self._open(enrolment=other), self.near))
        with self.assertRaisesRegex(UserError, "no open place any more"):
            self._choose(self._option(case, self.near))
        case.action_refresh()
        self.assertFalse(self._option(case, self.near))

    def test_next_level_and_study_set_the_outcome(self):
        case = self._open()
        option = self._option(case, kind="bbl")
        with self.assertRaisesRegex(UserError, "Choose the employer"):
            self._choose(option, hours_per_week=24)
        self._choose(option, partner_id=self.far.id, hours_per_week=24)
        bbl = self.env.ref("leerbedrijf_core.outcome_bbl_next")
        self.assertEqual(self.enrolment.outcome_id, bbl)
        self.assertFalse(self.enrolment.placement_ids.pledge_id)
        other = self._propose(self._new_participant("Student"))
        other.state = "learning"
        self._choose(self._option(self._open(enrolment=other), kind="study"))
        study = self.env.ref("leerbedrijf_core.outcome_further_study")
        self.assertEqual(other.outcome_id, study)
        self.assertFalse(other.placement_ids)

    def test_one_case_at_a_time_and_a_new_one_later(self):
        case = self._open()
        self.assertEqual(self._open(), case)
        case._close("Moved to another region")
        self.assertEqual(case.state, "closed")
        with self.assertRaisesRegex(UserError, "is finished"):
            case.write({"town": "Elsewhere"})
        self.assertNotEqual(self._open(), case)

    def test_who_was_only_proposed_has_lost_no_place(self):
        proposal = self._propose(self._new_participant("Proposed"))
        with self.assertRaisesRegex(UserError, "does not take part yet"):
            proposal.with_env(self.coordinator).action_find_place()

    # Who knows of it

    def test_after_the_end_the_municipality_goes_on(self):
        case = self._open()
        self.enrolment.sudo().state = "ended"
        with self.assertRaises(AccessError):
            case.read(["state"])
        case = case.with_env(self.coach)
        self.assertTrue(
            self.coach["leerbedrijf.fallback"].search([("state", "=", "open")])
        )
        self._choose(self._option(case, self.far))
        self.assertEqual(case.state, "chosen")
        self.assertEqual(self.enrolment.placement_ids.partner_id, self.far)

    def test_account_managers_know_a_number(self):
        self._open()
        self.assertEqual(self.cohort.with_env(self.manager).without_place_count, 1)
        for role in ("account_manager", "work_leader", "finance", "functional_admin"):
            env = self.as_role(role)
            for model in ("leerbedrijf.fallback", "leerbedrijf.fallback.option"):
                with self.assertRaises(AccessError):
                    env[model].search([])
        other = self.as_role("work_coach", self.municipality_b)
        self.assertFalse(other["leerbedrijf.fallback"].search([]))

    def test_a_client_does_not_answer_by_writing(self):
        case = self._open()
        case.write({"state": "chosen"})
        self.assertEqual(case.state, "open")
        with self.assertRaises(AccessError):
            case.option_ids[0].state = "chosen"
        with self.assertRaises(AccessError):
            case.env["leerbedrijf.fallback.option"].create(
                {"fallback_id": case.id, "kind": "study"}
            )

    def test_a_dialogue_about_somebody_elses_case_tells_nothing(self):
        case = self._open(hours_max=19, town="Kanarie")
        place = self._option(case, kind="study")
        for env in (
            self.as_role("work_coach", self.municipality_b),
            self.as_role("coordinator", self.leerbedrijf_x),
        ):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                choice = env["leerbedrijf.fallback.choice"].create(
                    {"option_id": place.id}
                )
                self.assertNotEqual(choice.hours_per_week, 19)
                choice.action_choose()
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                env["leerbedrijf.fallback.refusal"].create(
                    {
                        "fallback_id": case.id,
                        "option_id": place.id,
                        "reason": "x",
                    }
                ).action_confirm()
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                env["leerbedrijf.fallback"].create({"enrolment_id": self.enrolment.id})
            answer = env["leerbedrijf.fallback"].new(
                {"enrolment_id": self.enrolment.id}
            )
            self.assertFalse(answer.participant_name)
            self.assertFalse(answer.employer_id)

    def test_the_list_of_enrolments_finds_them(self):
        enrolments = self.coordinator["leerbedrijf.enrolment"]
        domain = [("is_without_place", "=", True)]
        self.assertFalse(enrolments.search(domain))
        self._open()
        self.assertEqual(enrolments.search(domain).id, self.enrolment.id)
