import json

from ..calc.coverage import Pledge, cover
from .common_cohort import CohortCase


class TestCohortCoverage(CohortCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employer_2 = cls._new_employer("Thuiszorg De Linde")
        cls.first = cls._pledge(cls.cohort, cls.employer, 4, "guarantee")
        cls.env.invalidate_all()

    @classmethod
    def _pledge(cls, cohort, employer, places, force="intention"):
        """A pledge of an agreement that all have signed."""
        agreement = cls.env["leerbedrijf.agreement"].create(
            {
                "title": "Places",
                "date_from": "2026-09-01",
                "region_id": cls.region.id,
                "company_id": cls.municipality.id,
            }
        )
        pledge = cls.env["leerbedrijf.pledge"].create(
            {
                "agreement_id": agreement.id,
                "partner_id": employer.id,
                "function": "Helper",
                "places": places,
                "force": force,
                "cohort_id": cohort.id,
            }
        )
        cls.env["leerbedrijf.signatory"].create(
            {
                "agreement_id": agreement.id,
                "partner_id": employer.id,
                "signer_name": "P. de Groot",
            }
        )
        agreement.action_send()
        return pledge

    def _parameter(self, code):
        return self.env["leerbedrijf.parameter"]._get(code)

    def test_without_history_the_priors_count(self):
        pledges, participants, completion = self.cohort._get_coverage_input()
        self.assertEqual(participants, self.cohort.capacity)
        self.assertEqual(completion, self._parameter("completion_prior") / 100)
        rate = self._parameter("realisation_prior_guarantee") / 100
        together = self._parameter("place_correlation") / 100
        self.assertEqual(pledges, [Pledge(self.employer.id, 4, rate, together)])
        self.assertEqual(
            self.cohort.coverage_chance, cover(pledges, 2, completion).chance
        )

    def test_an_employer_that_delivered_nothing_counts_for_less(self):
        before = self.cohort.coverage_chance
        earlier = self._new_cohort(edition=9)
        agreement = self._pledge(earlier, self.employer, 6, "guarantee").agreement_id
        agreement.signatory_ids.action_sign()
        steps = self.env["leerbedrijf.cohort.step"]
        earlier._pass_step(steps.search([("code", "=", "regular")]), "Long ago")
        self.env.invalidate_all()
        self.assertLess(self.cohort.coverage_chance, before)
        history = self.first._get_realisation(self.cohort)
        self.assertEqual(history, {(self.employer, "guarantee"): (6, 0)})

    def test_drafts_and_cancelled_agreements_are_no_promise(self):
        self.first.agreement_id.sudo().state = "cancelled"
        self.env.invalidate_all()
        self.assertEqual(self.cohort.coverage_chance, cover([], 2, 0.8).chance)
        self.assertIn("nobody can count on a job", self.cohort.coverage_sentence)

    def test_the_picture_is_the_distribution(self):
        [series] = json.loads(self.cohort.coverage_graph)
        labels = [bar["label"] for bar in series["values"]]
        self.assertEqual(labels, ["0", "1", "2+"])
        self.assertAlmostEqual(sum(b["value"] for b in series["values"]), 100, delta=1)

    def test_what_if_changes_nothing(self):
        env = self.as_role("account_manager")
        self._pledge(self.cohort, self.employer_2, 1)
        self.env.invalidate_all()
        before = self.cohort.coverage_sentence
        what_if = env["leerbedrijf.coverage.what.if"].create(
            {"cohort_id": self.cohort.id}
        )
        self.assertEqual(what_if.coverage_sentence, before)
        self.assertEqual(what_if.employer_ids, self.employer | self.employer_2)
        what_if.withdrawn_ids = what_if.employer_ids
        self.assertIn("nobody can count on a job", what_if.coverage_sentence)
        what_if.write({"withdrawn_ids": [(5, 0, 0)], "extra_intentions": 40})
        self.assertIn("almost certainly", what_if.coverage_sentence)
        self.assertEqual(self.cohort.coverage_sentence, before)
        self.assertEqual(len(self.cohort.pledge_ids), 2)

    def test_it_names_the_employer_on_whom_most_depends(self):
        self._pledge(self.cohort, self.employer_2, 1)
        self.env.invalidate_all()
        env = self.as_role("account_manager")
        sentence = self.cohort.with_env(env).coverage_sentence
        self.assertIn(f"Without {self.employer.name}", sentence)
        self.assertNotIn(self.employer_2.name, sentence)
