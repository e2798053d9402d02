from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError

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

    def test_the_page_for_the_regional_table(self):
        self.cohort.date_end = date(2027, 2, 1)
        with freeze_time("2026-11-24"):
            self._new_forecast(5)
            self._new_forecast(1, date_from=date(2027, 5, 1))
            self._new_forecast(9, date_from=date(2029, 1, 1))
            self.env.flush_all()
            env = self.as_role("account_manager")
            action = env["leerbedrijf.region"]._action_labour_table()
            region = env["leerbedrijf.region"].browse(action["res_id"])
            values = region._get_labour_values()
        self.assertEqual(region, self.region)
        self.assertEqual(values["quarters"], ["Q1 2027", "Q2 2027"])
        [sector] = values["sectors"]
        self.assertEqual(sector["name"], self.sector.name)
        self.assertEqual(
            [(cell["gap"], cell["short"]) for cell in sector["cells"]],
            [(3, "people"), (1, "people")],
        )
        total = sector["total"]
        self.assertEqual((total["demand"], total["supply"]), (6, 2))
        self.assertIn("Too few people", region.labour_table)
        elsewhere = self.as_role("account_manager", self.municipality_x)
        with self.assertRaises(AccessError):
            region.with_env(elsewhere).read(["labour_table"])
