from datetime import date

from .common_cohort import CohortCase


class TestLabourBalance(CohortCase):
    """Jobs against people, by sector and quarter, without anybody's data."""

    def _totals(self, env):
        balance = env["leerbedrijf.labour.balance"]
        self.env.flush_all()
        [[demand, supply, gap]] = balance._read_group(
            [("sector_id", "=", self.sector.id)],
            [],
            ["demand:sum", "supply:sum", "gap:sum"],
        )
        return demand or 0, supply or 0, gap or 0

    def _new_forecast(self, places, **values):
        return self.env["leerbedrijf.forecast"].create(
            {
                "partner_id": self.employer.id,
                "company_id": self.municipality.id,
                "sector_id": self.sector.id,
                "function": "Helper",
                "places": places,
                "date_from": date(2027, 1, 1),
                **values,
            }
        )

    def test_jobs_that_count_against_people_who_finish(self):
        env = self.as_role("account_manager")
        self.assertEqual(self._totals(env), (0, 2, -2))
        self._new_forecast(5)
        self._new_forecast(7, certainty="filled")
        self._new_forecast(9, confirmed_on="2020-01-01")
        self.assertEqual(self._totals(env), (5, 2, 3))
        self.assertEqual(
            self._totals(self.as_role("account_manager", self.municipality_x)),
            (0, 0, 0),
        )

    def test_once_the_group_is_known_its_people_count(self):
        self._propose().sudo().state = "learning"
        steps = self.env["leerbedrijf.cohort.step"]
        self.cohort._pass_step(steps.search([("code", "=", "learning")]), "Started")
        env = self.as_role("account_manager")
        self.assertEqual(self._totals(env), (0, 1, -1))
        self.cohort._pass_step(steps.search([("code", "=", "closed")]), "Done")
        self.assertEqual(self._totals(env), (0, 0, 0))

    def test_it_names_no_person(self):
        enrolment = self._propose()
        env = self.as_role("account_manager")
        rows = env["leerbedrijf.labour.balance"].search_read([])
        self.assertNotIn(enrolment.participant_id.name, str(rows))
        self.assertNotIn(enrolment.participant_code, str(rows))
