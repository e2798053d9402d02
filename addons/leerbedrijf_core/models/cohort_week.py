from odoo import api, fields, models


class LeerbedrijfCohort(models.Model):
    """The week of a cohort: copied from the template, and what it comes to in dates."""

    _inherit = "leerbedrijf.cohort"

    slot_ids = fields.One2many(
        "leerbedrijf.cohort.slot", "cohort_id", string="Week pattern"
    )

    @api.model_create_multi
    def create(self, vals_list):
        cohorts = super().create(vals_list)
        cohorts.filtered(lambda cohort: not cohort.slot_ids)._copy_week()
        return cohorts

    def _copy_week(self):
        # Superuser: as for the phases, who may make the cohort makes its week with it.
        self.env["leerbedrijf.cohort.slot"].sudo().create(
            [
                cohort._prepare_week_slot_values(slot)
                for cohort in self
                for slot in cohort.template_id.week_slot_ids
            ]
        )

    def _prepare_week_slot_values(self, slot):
        """What a line of a cohort's week takes from the template's: a whitelist to
        extend."""
        self.ensure_one()
        phases = {phase.template_phase_id: phase.id for phase in self.phase_ids}
        return {
            "cohort_id": self.id,
            "from_phase_id": phases.get(slot.from_phase_id, False),
            "until_phase_id": phases.get(slot.until_phase_id, False),
            **slot._prepare_slot_values(),
        }

    def _get_slots_between(self, start, end):
        """What these cohorts do from `start` up to and including `end`, by date.

        Days without work of the organisation are left out, and school holidays for
        what stops in them.

        :rtype: list[SlotDay]
        """
        days = []
        for cohorts in self.grouped("company_id").values():
            works = cohorts[:1]._get_work_day_test(start, end)
            for region, members in cohorts.grouped("region_id").items():
                holidays = region._get_school_holidays(start, end)
                days += [
                    occurrence
                    for slot in members.slot_ids
                    for occurrence in slot._get_days(start, end)
                    if works(occurrence.date)
                    and not (slot.skips_school_holidays and occurrence.date in holidays)
                ]
        return sorted(days, key=lambda day: (day.date, day.slot.sequence, day.slot.id))
