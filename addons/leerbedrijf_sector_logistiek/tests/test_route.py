from datetime import date

from odoo.addons.leerbedrijf_core.tests.common import LeerbedrijfCase


class TestLogistics(LeerbedrijfCase):
    """Half a year, planned from Monday 30 November 2026, over Christmas."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["resource.calendar.leaves"].create(
            [
                {
                    "name": name,
                    "calendar_id": cls.leerbedrijf.resource_calendar_id.id,
                    "date_from": start,
                    "date_to": end,
                }
                for name, start, end in (
                    ("Sinterklaas", "2026-12-03 23:00:00", "2026-12-04 23:00:00"),
                    ("Christmas", "2026-12-24 23:00:00", "2026-12-25 23:00:00"),
                )
            ]
        )

    def ref(self, name):
        return self.env.ref(f"leerbedrijf_sector_logistiek.{name}")

    def plan(self, route):
        """First and last day of the phases of a new cohort, by the phase's xml id."""
        template = self.env["leerbedrijf.cohort.template"].create(
            {
                "name": "Logistiek in de regio",
                "company_id": self.leerbedrijf.id,
                "region_id": self.region.id,
                "route_id": self.ref(route).id,
                "capacity": 10,
            }
        )
        cohort = self.env["leerbedrijf.cohort"].create(
            {
                "template_id": template.id,
                "company_id": self.leerbedrijf.id,
                "region_id": self.region.id,
                "date_start": "2026-11-30",
            }
        )
        dates = {
            phase.route_phase_id: (phase.date_start, phase.date_end)
            for phase in cohort.phase_ids
        }
        return cohort, dates

    def test_treintje_takes_half_a_year(self):
        cohort, dates = self.plan("route_treintje")
        expected = {
            # Ten work days and one day off.
            "introduction": (date(2026, 11, 30), date(2026, 12, 14)),
            "sheltered": (date(2026, 12, 15), date(2027, 2, 8)),
            "warehouse": (date(2027, 2, 9), date(2027, 4, 5)),
            "job": (date(2027, 4, 6), date(2027, 5, 31)),
            "certificates": (date(2026, 12, 15), date(2027, 4, 5)),
        }
        for name, period in expected.items():
            self.assertEqual(dates[self.ref(f"phase_{name}")], period, name)
        self.assertEqual(self.ref("route_treintje").duration_months, 6)
        self.assertEqual(cohort.date_end, date(2027, 5, 31))

    def test_hours_rise_from_place_to_place(self):
        hours = [
            self.ref(f"phase_{name}").hours_per_week
            for name in ("sheltered", "warehouse", "job")
        ]
        self.assertEqual(hours, [16, 24, 32])

    def test_both_routes_last_26_weeks(self):
        for route, main_line in (
            ("route_treintje", ("introduction", "sheltered", "warehouse", "job")),
            (
                "route_workplace",
                ("workplace_introduction", "workplace_placement", "workplace_job"),
            ),
        ):
            phases = [self.ref(f"phase_{name}") for name in main_line]
            weeks = sum(
                phase.duration / (5 if phase.duration_unit == "work_day" else 1)
                for phase in phases
            )
            self.assertEqual(weeks, 26, route)

    def test_small_scale_route_is_at_one_workplace(self):
        cohort, dates = self.plan("route_workplace")
        self.assertEqual(cohort.route_id.kind, "small")
        # Monday to Monday: the Friday in between is off.
        self.assertEqual(
            dates[self.ref("phase_workplace_introduction")],
            (date(2026, 11, 30), date(2026, 12, 7)),
        )

    def test_a_development_job_takes_a_year(self):
        cohort, dates = self.plan("route_development_job")
        self.assertEqual(cohort.route_id.kind, "development_job")
        self.assertEqual(cohort.route_id.duration_months, 12)
        self.assertEqual(
            dates[self.ref("phase_development_job")],
            (date(2027, 10, 5), date(2027, 11, 29)),
        )

    def test_each_place_of_the_treintje_asks_more(self):
        cohort, _dates = self.plan("route_treintje")
        self.assertEqual(cohort.route_id.kind, "large")
        asked = {
            phase.route_phase_id: (phase.entry_skill_ids, phase.entry_weeks)
            for phase in cohort.phase_ids
        }
        self.assertFalse(asked[self.ref("phase_sheltered")][0])
        self.assertEqual(
            asked[self.ref("phase_warehouse")], (self.ref("skill_safety"), 6)
        )
        self.assertIn(self.ref("certificate_vca"), asked[self.ref("phase_job")][0])

    def test_certificates_are_certifications(self):
        route = self.ref("route_treintje")
        for name in ("vca", "forklift", "reach_truck"):
            certificate = self.ref(f"certificate_{name}")
            self.assertIn(certificate, route.skill_ids)
            self.assertTrue(certificate.skill_type_id.is_certification)
