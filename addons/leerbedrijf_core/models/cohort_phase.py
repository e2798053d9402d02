from datetime import timedelta

from odoo import api, fields, models

from ..calc import phase_dates
from .phase_design_mixin import PHASE_KINDS


class LeerbedrijfCohortPhase(models.Model):
    """A phase of one cohort with its dates, which start from the route's design.

    Moving it moves the same phase of every participant whose plan is not tailored.
    """

    _name = "leerbedrijf.cohort.phase"
    _description = "Phase of a cohort"
    _inherit = ["leerbedrijf.child.mixin", "leerbedrijf.phase.entry.mixin"]
    _order = "date_start, sequence, id"
    _label_fields = ("name", "cohort_id.name")

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
    route_phase_id = fields.Many2one(
        "leerbedrijf.route.phase", index="btree_not_null", ondelete="set null"
    )
    template_phase_id = fields.Many2one(
        "leerbedrijf.template.phase", index="btree_not_null", ondelete="set null"
    )
    name = fields.Char(required=True)
    kind = fields.Selection(PHASE_KINDS, required=True)
    sequence = fields.Integer(default=10)
    date_start = fields.Date(string="Start", required=True, index=True)
    date_end = fields.Date(string="End", required=True)
    hours_per_week = fields.Float(string="Hours a week", aggregator="avg")
    days_per_week = fields.Float(string="Days a week", aggregator="avg")
    enrolment_phase_ids = fields.One2many(
        "leerbedrijf.enrolment.phase", "cohort_phase_id"
    )

    _dates_in_order = models.Constraint(
        "CHECK(date_end >= date_start)", "A phase cannot end before it starts."
    )
    _hours_in_week = models.Constraint(
        "CHECK(hours_per_week BETWEEN 0 AND 40)",
        "The hours a week of a phase lie between 0 and 40.",
    )

    @api.depends_context("leerbedrijf_phase_with_cohort")
    def _compute_display_name(self):
        return super()._compute_display_name()

    def _get_label(self):
        if self.env.context.get("leerbedrijf_phase_with_cohort"):
            return f"{self.cohort_id.name}: {self.name}"
        return self.name

    def _prepare_template_phase_values(self, is_as_designed):
        """What a template takes from this phase: a whitelist to extend.

        :param is_as_designed: whether the design explains the dates; if not, they tell
            how long after the start of the cohort the phase begins and how long it
            takes
        """
        self.ensure_one()
        if is_as_designed:
            timing = self.template_phase_id._prepare_design_values()
        else:
            timing = self._measure()
        return timing | {
            "route_phase_id": self.route_phase_id.id,
            "name": self.name,
            "kind": self.kind,
            "hours_per_week": self.hours_per_week,
            "days_per_week": self.days_per_week,
            **self._prepare_entry_values(),
        }

    def _measure(self):
        start = self.cohort_id.date_start
        works = self.cohort_id._get_work_day_test(start, self.date_end)
        offset, offset_unit = phase_dates.measure(start, self.date_start, works)
        duration, duration_unit = phase_dates.measure(
            self.date_start, self.date_end + timedelta(1), works
        )
        return {
            "offset": offset,
            "offset_unit": offset_unit,
            "duration": max(duration, 1),
            "duration_unit": duration_unit,
        }

    def write(self, vals):
        result = super().write(vals)
        moved = {key: vals[key] for key in ("date_start", "date_end") if key in vals}
        if moved:
            # Superuser: who plans the cohort moves every plan that follows it, also of
            # people whom this role does not see; nothing of them is shown.
            phases = self.sudo().enrolment_phase_ids
            phases.filtered(lambda phase: not phase.is_tailored).write(
                {**moved, "is_tailored": False}
            )
        return result
