from datetime import date

from odoo.addons.leerbedrijf_core.tests.common import LeerbedrijfCase

from .common import new_cohort


class TestWijkLeerbedrijf(LeerbedrijfCase):
    """The route of two years, planned from Monday 7 September 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.route = cls.env.ref("leerbedrijf_sector_zorg.route_wijkleerbedrijf")
        cls.env["resource.calendar.leaves"].create(
            {
                "name": "A day off in the introduction",
                "calendar_id": cls.leerbedrijf.resource_calendar_id.id,
                "date_from": "2026-09-15 22:00:00",
                "date_to": "2026-09-16 22:00:00",
            }
        )
        cls.cohort = new_cohort(cls, date_start="2026-09-07")

    def phase(self, name):
        route_phase = self.env.ref(f"leerbedrijf_sector_zorg.phase_{name}")
        return self.cohort.phase_ids.filtered(lambda p: p.route_phase_id == route_phase)

    def assertPhase(self, name, start, end):
        phase = self.phase(name)
        self.assertEqual((phase.date_start, phase.date_end), (start, end), name)

    def test_introduction_ends_a_day_later_because_of_the_holiday(self):
        self.assertPhase("introduction", date(2026, 9, 7), date(2026, 10, 5))

    def test_placements_follow_each_other(self):
        self.assertPhase("neighbourhood", date(2026, 10, 6), date(2027, 2, 22))
        self.assertPhase("adl", date(2027, 2, 23), date(2027, 8, 23))

    def test_bbl_job_fills_the_second_year(self):
        self.assertPhase("bbl", date(2027, 9, 7), date(2028, 9, 6))
        self.assertLess(self.phase("adl").date_end, self.phase("bbl").date_start)

    def test_school_and_language_start_after_the_introduction(self):
        self.assertPhase("school", date(2026, 10, 6), date(2028, 9, 5))
        self.assertPhase("nt2", date(2026, 10, 6), date(2027, 8, 23))

    def test_the_route_takes_two_years(self):
        self.assertEqual(self.route.duration_months, 24)
        self.assertEqual(self.cohort.date_end, date(2028, 9, 6))

    def test_week_pattern(self):
        self.assertEqual(self.phase("neighbourhood").hours_per_week, 16)
        self.assertEqual(self.phase("adl").hours_per_week, 16)
        self.assertEqual(self.phase("school").days_per_week, 1)
        self.assertEqual(self.phase("introduction").days_per_week, 5)

    def test_practice_is_736_hours_in_46_weeks(self):
        placements = self.route.phase_ids.filtered(lambda p: p.kind == "placement")
        self.assertEqual(set(placements.mapped("duration_unit")), {"week"})
        self.assertEqual(sum(placements.mapped("duration")), 46)
        hours = sum(phase.duration * phase.hours_per_week for phase in placements)
        self.assertEqual(hours, 736)

    def test_the_bbl_job_asks_skills_and_a_certificate_of_conduct(self):
        self.assertEqual(self.cohort.route_id.kind, "pooled")
        asked = self.phase("bbl").entry_skill_ids
        self.assertIn(self.env.ref("leerbedrijf_sector_zorg.certificate_vog"), asked)
        self.assertEqual(self.phase("adl").entry_weeks, 12)

    def test_a_year_on_one_ward_for_one_person(self):
        route = self.env.ref("leerbedrijf_sector_zorg.route_ward")
        template = self.env["leerbedrijf.cohort.template"].create(
            {
                "name": "One ward",
                "route_id": route.id,
                "region_id": self.region.id,
                "company_id": self.leerbedrijf.id,
                "capacity": 1,
            }
        )
        cohort = self.cohort.create(
            {
                "template_id": template.id,
                "region_id": self.region.id,
                "company_id": self.leerbedrijf.id,
                "date_start": "2027-01-04",
            }
        )
        self.assertEqual((route.kind, route.duration_months), ("small", 12))
        self.assertEqual(cohort.capacity, 1)
        self.assertEqual(cohort.date_end, date(2027, 12, 31))

    def test_certificates_are_certifications(self):
        diploma = self.env.ref("leerbedrijf_sector_zorg.certificate_mbo2")
        self.assertIn(diploma, self.route.skill_ids)
        self.assertTrue(diploma.skill_type_id.is_certification)
        for skill_type in self.route.skill_ids.skill_type_id:
            self.assertTrue(skill_type.skill_level_ids, skill_type.name)
