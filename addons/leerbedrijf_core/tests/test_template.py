from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form

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
        self.assertEqual(
            [d.date for d in days], [date(2026, 10, 8), date(2026, 10, 15)]
        )
        self.assertEqual(len(days[0].day_parts), 2)
        self.assertEqual(days[0].slot, slot)

    def test_the_form_knows_the_region_of_a_new_line(self):
        school = self._new_employer("ROC Waterdam", is_training_partner=True)
        part = self.env.ref("leerbedrijf_core.day_part_monday_morning")
        with Form(self.mine) as form, form.week_slot_ids.new() as line:
            line.name = "School day"
            line.kind = "school"
            self.assertEqual(line.region_id, self.region)
            self.assertTrue(line.skips_school_holidays)
            line.partner_id = school
            line.day_part_ids.add(part)
        self.assertEqual(self.template.week_slot_ids.day_part_ids, part)

    def test_the_coordinator_tailors_the_week_of_a_cohort(self):
        template_slot = self._slot()
        cohort = self._new_cohort().with_env(self.coordinator)
        friday = self.env.ref("leerbedrijf_core.day_part_friday_morning")
        cohort.slot_ids.day_part_ids = friday
        self.assertEqual(len(template_slot.day_part_ids), 2)
        days = cohort._get_slots_between(date(2026, 9, 7), date(2026, 9, 13))
        self.assertEqual([d.date for d in days], [date(2026, 9, 11)])

    def test_a_line_of_the_week_needs_a_day_and_a_partner_of_the_region(self):
        with self.assertRaisesRegex(ValidationError, "at least one part"):
            self._slot(day_part_ids=[])
        with self.assertRaisesRegex(ValidationError, "of the region Regio Noord"):
            self.env["leerbedrijf.week.slot"].create(
                {
                    "template_id": self.template.id,
                    "name": "Elsewhere",
                    "kind": "placement",
                    "partner_id": self.employer_x.id,
                    "day_part_ids": self._slot().day_part_ids.ids,
                }
            )

    def test_parts_point_to_phases_of_their_own_template(self):
        other = self._new_template()
        with self.assertRaisesRegex(ValidationError, "this template itself"):
            self._slot(from_phase_id=other.phase_ids[0].id)
        slot = self._slot()
        cohort = self._new_cohort()
        with self.assertRaisesRegex(ValidationError, "this cohort itself"):
            cohort.slot_ids.from_phase_id = self.cohort.phase_ids[0]
        self.assertFalse(slot.from_phase_id)

    # Holidays and odd dates

    def _holiday(self, first, last):
        return self.as_role("functional_admin")["leerbedrijf.school.holiday"].create(
            {"name": "Autumn", "date_from": first, "date_to": last}
        )

    def _day_off(self, first, last):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Closed",
                "calendar_id": self.leerbedrijf.resource_calendar_id.id,
                "date_from": f"{first} 00:00:00",
                "date_to": f"{last} 22:59:59",
            }
        )

    def test_no_school_in_a_school_holiday_and_work_goes_on(self):
        self._slot()
        self._slot(name="Placement", kind="placement")
        cohort = self._new_cohort()
        self._holiday("2026-10-17", "2026-10-25")
        days = cohort._get_slots_between(date(2026, 10, 15), date(2026, 10, 29))
        self.assertEqual(
            [(d.date.day, d.slot.name) for d in days],
            [
                (15, "School day"),
                (15, "Placement"),
                (22, "Placement"),
                (29, "School day"),
                (29, "Placement"),
            ],
        )

    def test_school_begins_and_ends_on_a_school_day(self):
        # the introduction ends on Friday 2 October
        self._holiday("2026-10-03", "2026-10-11")
        cohort = self._new_cohort()
        self.assertEqual(cohort.phase_ids[1].date_start, date(2026, 10, 12))
        self.assertFalse(cohort.phase_ids[1].date_signal)

    def test_the_week_skips_days_off_of_the_organisation(self):
        self._slot(name="Placement", kind="placement")
        cohort = self._new_cohort()
        self._day_off("2026-09-17", "2026-09-17")
        days = cohort._get_slots_between(date(2026, 9, 7), date(2026, 9, 30))
        self.assertEqual([d.date.day for d in days], [10, 24])

    def test_a_phase_moved_over_a_holiday_says_so(self):
        self._day_off("2026-12-25", "2026-12-25")
        intro = self.cohort.phase_ids[0].with_env(self.coordinator)
        intro.write({"date_start": "2026-12-21", "date_end": "2026-12-28"})
        self.assertEqual((intro.work_day_count, intro.date_signal), (5, False))
        intro.write({"date_start": "2026-12-25"})
        self.assertEqual(intro.date_signal, "Starts on a day off")
        intro.write({"date_end": "2026-12-27"})
        self.assertEqual(intro.date_signal, "No work day in this phase")
        school = self.cohort.phase_ids[1].with_env(self.coordinator)
        self._holiday("2026-12-19", "2027-01-03")
        school.write({"date_start": "2026-12-14", "date_end": "2026-12-24"})
        self.assertEqual((school.work_day_count, school.date_signal[:4]), (5, "Ends"))

    def test_a_leap_day_and_summer_time_are_days_as_any(self):
        monday = self.env.ref("leerbedrijf_core.day_part_tuesday_morning")
        self._slot(kind="placement", day_part_ids=monday.ids)
        cohort = self._new_cohort(date_start=date(2028, 2, 28))
        self.assertEqual(cohort.phase_ids[0].date_end, date(2028, 3, 24))
        # Tuesday 29 February; summer time begins on Sunday 26 March
        days = cohort._get_slots_between(date(2028, 2, 28), date(2028, 4, 4))
        self.assertEqual(
            [d.date.isoformat()[5:] for d in days],
            ["02-29", "03-07", "03-14", "03-21", "03-28", "04-04"],
        )
        cohort = self._new_cohort(date_start=date(2028, 2, 29))
        self.assertEqual(cohort.phase_ids[0].date_start, date(2028, 2, 29))

    # Guidance and money

    def test_a_budget_is_the_sum_of_its_lines(self):
        norm = self.mine.budget_per_participant
        self.assertTrue(norm)
        self.mine.budget_line_ids = [
            Command.create({"name": "School", "amount": 1200}),
            Command.create({"name": "Materials", "amount": 300}),
        ]
        self.assertEqual(self.mine.budget_per_participant, 1500)
        self.mine.budget_line_ids = [Command.clear()]
        self.assertEqual(self.mine.budget_per_participant, norm)

    def test_tariffs_are_dated_once(self):
        values = {"name": "Seat", "price": 250, "date_from": "2026-01-01"}
        self.mine.tariff_ids = [Command.create(values)]
        with self.assert_refused("once_a_date"):
            self.mine.tariff_ids = [Command.create(values)]
        with self.assert_refused("hours_in_week"):
            self.mine.guidance_norm_ids = [
                Command.create({"role": "school", "hours_per_week": 41})
            ]

    # Versions

    def _start(self, cohort):
        learning = self.env.ref("leerbedrijf_core.cohort_step_learning")
        cohort._pass_step(learning, "They began")

    def test_what_a_cohort_learns_by_stays(self):
        self._slot()
        self._start(self.cohort)
        for change in (
            lambda: self.mine.phase_ids[0].write({"duration": 5}),
            lambda: self.mine.phase_ids[0].unlink(),
            lambda: self._slot(),
            lambda: self.mine.write({"route_id": self.route.copy().id}),
        ):
            with self.assertRaisesRegex(UserError, "Make a new version"):
                change()
        self.mine.tariff_ids = [Command.create({"name": "Seat", "price": 250})]
        self.assertEqual(self.mine.tariff_ids.price, 250)

    def test_a_new_version_counts_on_and_the_cohort_keeps_the_old(self):
        slot = self._slot(from_phase_id=self._phase(self.school).id)
        self.mine.guidance_norm_ids = [
            Command.create(
                {
                    "role": "school",
                    "hours_per_week": 2,
                    "phase_id": self._phase(self.school).id,
                }
            )
        ]
        self._start(self.cohort)
        self.cohort.lesson_ids = [Command.create({"happened": "It", "advice": "Not"})]
        action = self.mine.action_new_version()
        version = self.mine.browse(action["res_id"])
        self.assertEqual((version.version, version.name), (2, "Craft"))
        self.assertEqual(version.previous_version_id, self.template)
        self.assertEqual(version.display_name, "Craft (version 2)")
        self.assertFalse(self.template.active)
        self.assertFalse(version.is_in_use)
        intro, school = version.phase_ids
        self.assertEqual(school.after_phase_id, intro)
        self.assertEqual(version.week_slot_ids.from_phase_id, school)
        self.assertEqual(version.guidance_norm_ids.phase_id, school)
        intro.duration = 5
        cohort = self._new_cohort(template_id=version.id)
        self.assertEqual(cohort.edition, self.cohort.edition + 1)
        self.assertEqual(cohort.lesson_point_ids.lesson_id, self.cohort.lesson_ids)
        self.assertEqual(self.cohort.template_id, self.template)
        self.assertEqual(self.cohort.phase_ids[0].date_end, date(2026, 10, 2))
        self.assertEqual(slot.template_id, self.template)
        with self.assertRaisesRegex(UserError, "has been archived"):
            self.mine.action_new_version()

    def test_who_follows_whom_is_not_filled_in(self):
        other = self._new_template()
        self.mine.write({"first_version_id": other.id, "version": 9})
        self.assertFalse(self.template.first_version_id)
        self.assertEqual(self.template.version, 1)

    # From a cohort, and to another region

    def test_a_template_of_a_cohort_plans_the_next_one_likewise(self):
        self._slot(until_phase_id=self._phase(self.intro).id)
        cohort = self._new_cohort()
        intro, school = cohort.phase_ids
        intro.write({"date_end": date(2026, 11, 6), "name": "Longer introduction"})
        school.write({"date_start": date(2026, 11, 9), "date_end": date(2027, 3, 5)})
        self._start(cohort)
        self.mine.action_new_version()
        action = cohort.with_env(self.coordinator).action_make_template()
        template = self.mine.browse(action["res_id"])
        self.assertEqual(template.name, f"As {cohort.name}")
        self.assertTrue(template.active)
        self.assertEqual((template.version, template.version_count), (1, 1))
        self.assertEqual(template.phase_ids.route_phase_id, self.intro | self.school)
        self.assertEqual(template.phase_ids[0].name, "Longer introduction")
        self.assertEqual(template.week_slot_ids.until_phase_id, template.phase_ids[0])
        likewise = self._new_cohort(template_id=template.id)
        self.assertEqual(
            likewise.phase_ids.mapped("date_start"),
            cohort.phase_ids.mapped("date_start"),
        )
        self.assertEqual(
            likewise.phase_ids.mapped("date_end"), cohort.phase_ids.mapped("date_end")
        )

    def test_a_template_of_an_unchanged_cohort_keeps_the_design(self):
        template = self.cohort._make_template()
        intro, school = template.phase_ids
        self.assertEqual((intro.duration, intro.duration_unit), (20, "work_day"))
        self.assertEqual((school.duration, school.duration_unit), (2, "month"))
        self.assertEqual(school.after_phase_id, intro)

    def _copy_to_other_region(self, env):
        wizard = env["leerbedrijf.template.region.copy"].create(
            {
                "template_id": self.template.id,
                "name": "Craft in the south",
                "region_id": self.region_x.id,
                "company_id": self.leerbedrijf_x.id,
            }
        )
        return wizard.action_copy()

    def test_a_copy_to_another_region_leaves_people_and_money_behind(self):
        school = self._new_employer("ROC Waterdam", is_training_partner=True)
        contact = self.env["res.partner"].create(
            {"name": "Chair", "region_id": self.region.id}
        )
        self._slot(
            partner_id=school.id,
            place="Room 3",
            from_phase_id=self._phase(self.school).id,
        )
        self.template.write(
            {
                "waiting_capacity": 4,
                "criterion_ids": [Command.create({"kind": "age_min", "number": 18})],
                "training_partner_ids": school.ids,
                "steering_member_ids": contact.ids,
                "tariff_ids": [Command.create({"name": "Seat", "price": 250})],
                "budget_line_ids": [Command.create({"name": "School", "amount": 9})],
                "guidance_norm_ids": [
                    Command.create({"role": "school", "hours_per_week": 2})
                ],
            }
        )
        self._copy_to_other_region(self.env(user=self.env.ref("base.user_admin").id))
        env = self.as_role("coordinator", self.leerbedrijf_x)
        copied = env["leerbedrijf.cohort.template"].search([])
        self.assertEqual(copied.name, "Craft in the south")
        self.assertEqual(copied.company_id, self.leerbedrijf_x)
        self.assertEqual(len(copied.phase_ids), 2)
        self.assertEqual(copied.phase_ids[1].after_phase_id, copied.phase_ids[0])
        self.assertEqual(copied.week_slot_ids.from_phase_id, copied.phase_ids[1])
        self.assertEqual(copied.guidance_norm_ids.hours_per_week, 2)
        self.assertEqual(copied.criterion_ids.number, 18)
        self.assertEqual(copied.waiting_capacity, 4)
        self.assertFalse(copied.week_slot_ids.partner_id or copied.week_slot_ids.place)
        for name in (
            "training_partner_ids",
            "steering_member_ids",
            "tariff_ids",
            "budget_line_ids",
            "previous_version_id",
            "first_version_id",
        ):
            self.assertFalse(copied[name], name)
        self.assertNotEqual(copied.budget_per_participant, 9)
        regions = copied.mapped("message_partner_ids.region_id")
        self.assertFalse(regions)

    def test_only_the_platform_administrator_copies_between_regions(self):
        for role in ("coordinator", "functional_admin"):
            with self.assertRaises(AccessError):
                self._copy_to_other_region(self.as_role(role))

    # Who

    def test_the_owner_and_the_regions_administrator_change_a_template(self):
        phase = self.template.phase_ids[0]
        municipality = self.as_role("functional_admin", self.municipality)
        phase.with_env(municipality).duration = 15
        self.assertEqual(phase.duration, 15)
        for env in (
            self.as_role("account_manager"),
            self.as_role("work_coach"),
            self.as_role("coordinator", self.leerbedrijf_x),
            self.as_role("functional_admin", self.leerbedrijf_x),
        ):
            with self.assertRaises(AccessError):
                phase.with_env(env).write({"duration": 5})
        with self.assertRaises(AccessError):
            self.mine.env["leerbedrijf.school.holiday"].create(
                {"name": "Mine", "date_from": "2027-01-01", "date_to": "2027-01-02"}
            )
