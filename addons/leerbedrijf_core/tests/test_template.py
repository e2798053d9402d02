from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command

from .common_cohort import CohortCase


class TestTemplateDesign(CohortCase):
    """The design of a template: phases of its own, a week, norms and money."""

    def setUp(self):
        super().setUp()
        self.coordinator = self.as_role("coordinator")
        self.mine = self.template.with_env(self.coordinator)

    def _slot(self, template=None, **values):
        parts = self.env.ref("leerbedrijf_core.day_part_thursday_morning")
        parts |= self.env.ref("leerbedrijf_core.day_part_thursday_afternoon")
        return self.coordinator["leerbedrijf.week.slot"].create(
            {
                "template_id": (template or self.template).id,
                "name": "School day",
                "kind": "school",
                "day_part_ids": parts.ids,
                **values,
            }
        )

    def _phase(self, route_phase, template=None):
        phases = (template or self.template).phase_ids
        return phases.filtered(lambda phase: phase.route_phase_id == route_phase)

    # Phases

    def test_a_template_takes_the_phases_of_its_route(self):
        intro, school = self.template.phase_ids
        self.assertEqual(intro.route_phase_id, self.intro)
        self.assertEqual(school.after_phase_id, intro)
        self.assertEqual((school.duration, school.duration_unit), (2, "month"))

    def test_another_route_brings_its_own_phases(self):
        route = self.route.copy({"name": "Otherwise"})
        self.mine.route_id = route
        self.assertEqual(self.template.phase_ids.route_phase_id, route.phase_ids)
        first, second = self.template.phase_ids
        self.assertEqual(second.after_phase_id, first)

    def test_what_the_region_does_otherwise_is_planned(self):
        self._phase(self.intro).with_env(self.coordinator).duration = 5
        cohort = self._new_cohort()
        self.assertEqual(cohort.phase_ids[0].date_end, date(2026, 9, 11))
        self.assertEqual(cohort.phase_ids[0].route_phase_id, self.intro)
        self.assertEqual(self.intro.duration, 20)
        self.assertEqual(self.cohort.phase_ids[0].date_end, date(2026, 10, 2))

    def test_another_start_keeps_what_was_tailored(self):
        intro = self.cohort.phase_ids[0]
        intro.write({"name": "Longer", "hours_per_week": 12})
        self.cohort.date_start = date(2026, 10, 5)
        self.assertEqual(intro.date_start, date(2026, 10, 5))
        self.assertEqual((intro.name, intro.hours_per_week), ("Longer", 12))
        self.assertEqual(len(self.cohort.phase_ids), 2)

    # Week

    def test_a_cohort_copies_the_week(self):
        self._slot(
            from_phase_id=self._phase(self.school).id,
            until_phase_id=self._phase(self.school).id,
        )
        cohort = self._new_cohort()
        slot = cohort.slot_ids
        self.assertEqual(slot.from_phase_id, cohort.phase_ids[1])
        days = cohort._get_slots_between(date(2026, 10, 1), date(2026, 10, 16))
        # school begins on Monday 5 October
        self.assertEqual([d.date for d in days], [date(2026, 10, 8), date(2026, 10, 15)])
        self.assertEqual(len(days[0].day_parts), 2)
        self.assertEqual(days[0].slot, slot)

    def test_the_coordinator_tailors_the_week_of_a_cohort(self):
        template_slot = self._slot()
        cohort = self._new_cohort().with_env(self.coordinator)
        friday = self.env.ref("leerbedrijf_core.day_part_friday_morning")
        cohort.slot_ids.day_part_ids = friday
        self.assertEqual(len(template_slot.day_part_ids), 2)
        days = cohort._get_slots_between(date(2026, 9, 7), date(2026, 9, 13))
        self.assertEqual([d.date for d in days], [date(2026, 9, 11)])
