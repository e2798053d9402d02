from datetime import date

from odoo.fields import Command

from .common_agreement import AgreementCase

NAME = {"fields": {"display_name": {}}}
#: the columns of the lists of the region, and of its pivot
LISTS = {
    "leerbedrijf.forecast": {
        "name": {},
        "partner_id": NAME,
        "sector_id": NAME,
        "account_manager_id": NAME,
        "counting_places": {},
    },
    "leerbedrijf.agreement": {
        "name": {},
        "title": {},
        "employer_ids": NAME,
        "places": {},
        "signed_summary": {},
    },
    "leerbedrijf.pledge": {
        "agreement_id": NAME,
        "partner_id": NAME,
        "places": {},
        "delivered_places": {},
        "cohort_id": NAME,
        "agreement_state": {},
    },
}


class TestRegionalLists(AgreementCase):
    """However many there are, a list of the region asks as many queries."""

    def _fill(self, number):
        employers = [
            self._new_employer(f"Employer {number} {each}") for each in range(number)
        ]
        about = {"region_id": self.region.id, "company_id": self.municipality.id}
        self.env["leerbedrijf.forecast"].create(
            [
                {
                    "partner_id": employer.id,
                    "function": "Helper",
                    "date_from": date(2027, 1 + index % 12, 1),
                    **about,
                }
                for index, employer in enumerate(employers)
            ]
        )
        self.env["leerbedrijf.agreement"].create(
            [
                {
                    "title": employer.name,
                    "pledge_ids": [
                        Command.create(
                            {"partner_id": employer.id, "function": "Helper"}
                        )
                    ],
                    "signatory_ids": [
                        Command.create(
                            {"partner_id": employer.id, "signer_name": "Signer"}
                        )
                    ],
                    **about,
                }
                for employer in employers
            ]
        )
        self.env.flush_all()

    def _queries(self, call):
        """How many a call needs, with the caches of the registry warm."""
        for _round in range(2):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            call()
            used = self.env.cr.sql_log_count - before
        return used

    def test_lists_ask_no_query_per_record(self):
        env = self.as_role("account_manager")
        calls = {
            model: lambda model=model, spec=spec: env[model].web_search_read(
                [], spec, limit=80
            )
            for model, spec in LISTS.items()
        }
        self._fill(2)
        few = {model: self._queries(call) for model, call in calls.items()}
        self._fill(30)
        for model, call in calls.items():
            self.env.invalidate_all()
            with self.subTest(model), self.assertQueryCount(few[model]):
                call()

    def test_the_regional_view_asks_no_query_per_record(self):
        env = self.as_role("account_manager")
        sets = [[], ["sector_id"], ["sector_id", "date:quarter"]]

        def pivot():
            return env["leerbedrijf.labour.balance"].formatted_read_grouping_sets(
                [], sets, ["demand:sum", "supply:sum", "gap:sum"]
            )

        self._fill(2)
        few = self._queries(pivot)
        self._fill(30)
        self.env.invalidate_all()
        with self.assertQueryCount(few):
            total = pivot()[0]
        self.assertEqual(total[0]["demand:sum"], self._demand())

    def _demand(self):
        forecasts = self.env["leerbedrijf.forecast"]
        found = forecasts.search([("region_id", "=", self.region.id)])
        return sum(found.mapped("counting_places"))
