from datetime import date

from odoo.exceptions import AccessError, UserError

from .common import LeerbedrijfCase


class TestParameter(LeerbedrijfCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.parameter = cls.env["leerbedrijf.parameter"].create(
            {"name": "Test rate", "code": "test_rate"}
        )
        cls._add("2025-01-01", 10)
        cls._add("2026-01-01", 12)
        cls._add("2026-01-01", 13, scope="region", region_id=cls.region.id)
        cls._add("2026-07-01", 14, scope="tenant", company_id=cls.municipality.id)

    @classmethod
    def _add(cls, date_from, value, scope="platform", **scope_values):
        return cls.env["leerbedrijf.parameter.value"].create(
            {
                "parameter_id": cls.parameter.id,
                "date_from": date_from,
                "value": value,
                "scope": scope,
                **scope_values,
            }
        )

    def _get(self, day, company):
        return self.env["leerbedrijf.parameter"]._get("test_rate", day, company)

    def test_the_nearest_scope_and_the_latest_date_count(self):
        self.assertEqual(self._get(date(2025, 6, 1), self.municipality), 10)
        self.assertEqual(self._get(date(2026, 6, 1), self.municipality), 13)
        self.assertEqual(self._get(date(2026, 7, 1), self.municipality), 14)
        self.assertEqual(self._get(date(2026, 7, 1), self.municipality_b), 13)
        self.assertEqual(self._get(date(2026, 7, 1), self.municipality_x), 12)

    def test_no_value_yet_is_a_clear_sentence(self):
        with self.assertRaisesRegex(UserError, "has no value on 01/01/2024"):
            self._get(date(2024, 1, 1), self.municipality)

    def test_a_scope_needs_its_region_or_organisation(self):
        with self.assert_refused("scope_filled"):
            self._add("2027-01-01", 1, scope="region")

    def test_values_of_another_region_stay_hidden(self):
        env = self.as_role("functional_admin", self.municipality_x)
        values = env["leerbedrijf.parameter.value"].search(
            [("parameter_id", "=", self.parameter.id)]
        )
        self.assertEqual(sorted(values.mapped("value")), [10, 12])

    def test_a_functional_administrator_keeps_the_own_region(self):
        env = self.as_role("functional_admin", self.municipality)
        Value = env["leerbedrijf.parameter.value"]
        own = {
            "parameter_id": self.parameter.id,
            "date_from": "2027-01-01",
            "value": 15,
            "scope": "region",
            "region_id": self.region.id,
        }
        self.assertTrue(Value.create(own))
        with self.assertRaises(AccessError):
            Value.create({**own, "region_id": self.region_x.id})
        with self.assertRaises(AccessError):
            Value.create({**own, "scope": "platform", "region_id": False})
