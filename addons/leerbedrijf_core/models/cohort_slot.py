from datetime import date, timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SlotDay(NamedTuple):
    """A line of the week of a cohort on one day, on these parts of it."""

    date: date
    slot: models.Model
    day_parts: models.Model


class LeerbedrijfCohortSlot(models.Model):
    """A line of the week of one cohort: the template's, until it is tailored."""

    _name = "leerbedrijf.cohort.slot"
    _description = "Week pattern of a cohort"
    _inherit = ["leerbedrijf.child.mixin", "leerbedrijf.week.slot.mixin"]
    _order = "cohort_id, sequence, id"

    _tenancy_kind = "regional"
    _write_once_columns = ("cohort_id",)

    cohort_id = fields.Many2one(
        "leerbedrijf.cohort", required=True, index=True, ondelete="cascade"
    )
    region_id = fields.Many2one(
        related="cohort_id.region_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(
        related="cohort_id.company_id", store=True, index=True, precompute=True
    )
    from_phase_id = fields.Many2one(
        "leerbedrijf.cohort.phase",
        string="From the start of",
        domain="[('cohort_id', '=', cohort_id)]",
        index="btree_not_null",
        help="Without one, from the start of the cohort.",
    )
    until_phase_id = fields.Many2one(
        "leerbedrijf.cohort.phase",
        string="Until the end of",
        domain="[('cohort_id', '=', cohort_id)]",
        index="btree_not_null",
        help="Without one, until the end of the cohort.",
    )

    @api.constrains("cohort_id", "from_phase_id", "until_phase_id")
    def _check_own_phases(self):
        for slot in self:
            phases = slot.from_phase_id | slot.until_phase_id
            if phases.cohort_id - slot.cohort_id:
                raise ValidationError(
                    self.env._("Choose a phase of this cohort itself.")
                )

    def _get_period(self):
        """First and last day on which this line can be in the week."""
        self.ensure_one()
        return (
            self.from_phase_id.date_start or self.cohort_id.date_start,
            self.until_phase_id.date_end or self.cohort_id.date_end,
        )

    def _get_days(self, start, end):
        """This line on each of its days of the week, holidays included.

        :rtype: list[SlotDay]
        """
        self.ensure_one()
        first, last = self._get_period()
        first, last = max(start, first), min(end, last)
        by_weekday = self.day_part_ids.grouped("weekday")
        days = (first + timedelta(n) for n in range((last - first).days + 1))
        return [
            SlotDay(day, self, by_weekday[str(day.weekday())])
            for day in days
            if str(day.weekday()) in by_weekday
        ]
