from itertools import product
from math import prod

from odoo.fields import Command

from .common_agreement import AgreementCase
from .test_signing import drawn_signature


def enumerate_chance(rates, participants, completion):
    """The chance that everybody who finishes has a place, by trying all that can
    happen: each place comes or not, each participant finishes or not."""
    chance = 0.0
    for places in product((True, False), repeat=len(rates)):
        weight = prod(
            rate if comes else 1 - rate
            for rate, comes in zip(rates, places, strict=True)
        )
        for people in product((True, False), repeat=participants):
            finishing = prod(completion if ends else 1 - completion for ends in people)
            if sum(places) >= sum(people):
                chance += weight * finishing
    return chance


class TestEditions(AgreementCase):
    """The story of the method: guarantees that were not kept in the first edition,
    intentions of more employers in the second."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.coordinator = cls.as_role("coordinator")
        cls.other = cls._new_employer("Thuiszorg De Linde")
        cls.third = cls._new_employer("Huize Avondrood")
        cls.fourth = cls._new_employer("Kleinschalig Wonen Zeis")
        # Independent places, so that all that can happen can be tried.
        cls.env["leerbedrijf.parameter.value"].create(
            {
                "parameter_id": cls.env.ref(
                    "leerbedrijf_core.parameter_place_correlation"
                ).id,
                "date_from": "2020-01-01",
                "value": 0,
                "scope": "region",
                "region_id": cls.region.id,
            }
        )

    @classmethod
    def _agree(cls, cohort, promises):
        """An agreement of several employers: {employer: (force, places)}."""
        return cls._new_agreement(
            pledge_ids=[
                Command.create(
                    cls._pledge_values(
                        partner_id=employer.id,
                        force=force,
                        places=places,
                        cohort_id=cohort.id,
                    )
                )
                for employer, (force, places) in promises.items()
            ],
            signatory_ids=[
                Command.create(
                    {
                        "partner_id": employer.id,
                        "signer_name": f"Director of {employer.name}",
                        "signer_email": f"director{employer.id}@example.com",
                    }
                )
                for employer in promises
            ],
        )

    @classmethod
    def _sign_by_link(cls, signatories):
        public = cls.env(user=cls.env.ref("base.public_user").id, context={})
        for signatory in signatories:
            token = signatory._get_sign_url().rpartition("/")[2]
            line = public["leerbedrijf.signatory"]._from_token(token)
            line._sign_by_link(line.signer_name, drawn_signature())

    def _learn(self, cohort, number):
        """So many people who take part and learn."""
        for count in range(number):
            enrolment = self._propose(self._new_participant(f"P{count}"), cohort)
            enrolment.write({"state": "learning", "employer_id": self.employer.id})
        return cohort.enrolment_ids

    def _give_job(self, enrolment, pledge):
        self.coordinator["leerbedrijf.placement"].create(
            {
                "enrolment_id": enrolment.id,
                "partner_id": pledge.partner_id.id,
                "pledge_id": pledge.id,
                "kind": "bbl",
                "hours_per_week": 24,
            }
        )

    def _first_edition(self):
        """Two employers guarantee three jobs each and keep two each."""
        cohort = self._new_cohort(capacity=6)
        agreement = self._agree(
            cohort,
            {self.employer: ("guarantee", 3), self.other: ("guarantee", 3)},
        )
        agreement._send_guarantee("The parties want it so.")
        self._sign_by_link(agreement.signatory_ids)
        self.assertEqual(agreement.state, "signed")
        people = self._learn(cohort, 6)
        first, second = agreement.pledge_ids
        for enrolment, pledge in zip(
            people[:4], (first, first, second, second), strict=True
        ):
            self._give_job(enrolment, pledge)
        reason = self.env.ref("leerbedrijf_core.forecast_reason_withdrawn")
        for pledge in agreement.pledge_ids:
            pledge._lapse(1, reason)
        return cohort, agreement, people[4:]

    def test_two_editions(self):
        cohort, agreement, without = self._first_edition()
        self.env.invalidate_all()
        delivered = [
            (p.delivered_places, p.lapsed_places) for p in agreement.pledge_ids
        ]
        self.assertEqual(delivered, [(2, 1), (2, 1)])

        # Who has no place is offered the open place of another party.
        spare = self._agree(self._new_cohort(), {self.third: ("intention", 1)})
        spare.action_send()
        self._sign_by_link(spare.signatory_ids)
        without.with_env(self.coordinator).action_find_place()
        cases = without.sudo().fallback_ids.with_env(self.coordinator)
        self.assertEqual(cases.mapped("state"), ["open", "open"])
        place = cases[0].option_ids.filtered(lambda option: option.kind == "place")
        self.assertEqual(place.pledge_id, spare.pledge_ids)
        self.coordinator["leerbedrijf.fallback.choice"].create(
            {"option_id": place.id}
        ).action_choose()
        self.assertEqual(cases.mapped("state"), ["chosen", "open"])
        self.assertEqual(cohort.without_place_count, 1)

        # The second edition: one employer does not join again, more do, with an
        # intention, in the next version.
        regular = self.env["leerbedrijf.cohort.step"].search([("code", "=", "regular")])
        cohort._pass_step(regular, "The jobs are known.")
        edition = self._new_cohort(capacity=3)
        invited = (self.employer, self.other, self.third)
        agreement = self._agree(
            edition, {employer: ("intention", 2) for employer in invited}
        )
        agreement.action_send()
        signatories = agreement.signatory_ids
        self._sign_by_link(signatories[:1])
        signatories[1].sudo()._decline_by_link("We could not keep the guarantee.")
        self.assertEqual(agreement.declined_by, self.other.name)
        amendment = agreement.browse(agreement.action_amend()["res_id"])
        self._join_in_place_of(amendment, self.other, self.fourth)
        amendment.action_send()
        self.assertEqual(agreement.state, "replaced")
        self._sign_by_link(amendment.signatory_ids)
        self.assertEqual(amendment.state, "signed")
        self.env.invalidate_all()
        self.assertEqual(edition.intention_places, 6)

        # What that is worth is what trying everything gives.
        pledges, participants, completion = edition._get_coverage_input()
        rates = [pledge.rate for pledge in pledges for _place in range(pledge.places)]
        self.assertEqual((len(rates), participants), (6, 3))
        self.assertAlmostEqual(
            edition.coverage_chance,
            enumerate_chance(rates, participants, completion),
        )
        # Its history is of guarantees, so these intentions count as of a newcomer.
        self.assertEqual(len(set(rates)), 1)

    def _join_in_place_of(self, amendment, leaving, joining):
        values = self._pledge_values(
            partner_id=joining.id,
            places=2,
            cohort_id=amendment.pledge_ids.cohort_id.id,
        )
        signatory = {
            "partner_id": joining.id,
            "signer_name": "Director",
            "signer_email": "zeis@example.com",
        }
        for lines in (amendment.pledge_ids, amendment.signatory_ids):
            lines.filtered(lambda line: line.partner_id == leaving).unlink()
        amendment.write(
            {
                "amendment_reason": "One employer leaves, another one joins.",
                "pledge_ids": [Command.create(values)],
                "signatory_ids": [Command.create(signatory)],
            }
        )
