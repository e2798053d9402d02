from odoo import fields, models

from .phase_design_mixin import PHASE_KINDS


class LeerbedrijfEnrolmentPhase(models.Model):
    """A phase of one person's plan: the cohort's, until it is tailored."""

    _name = "leerbedrijf.enrolment.phase"
    _description = "Phase of an enrolment"
    _inherit = ["leerbedrijf.enrolment.child.mixin"]
    _order = "enrolment_id, date_start, id"

    cohort_phase_id = fields.Many2one(
        "leerbedrijf.cohort.phase", index="btree_not_null", ondelete="set null"
    )
    name = fields.Char(required=True)
    kind = fields.Selection(PHASE_KINDS, required=True)
    date_start = fields.Date(string="Start", required=True)
    date_end = fields.Date(string="End", required=True)
    hours_per_week = fields.Float(string="Hours a week", aggregator="avg")
    is_tailored = fields.Boolean(
        string="Tailored", help="This person's dates no longer follow the cohort's."
    )

    entry_skill_ids = fields.Many2many(related="cohort_phase_id.entry_skill_ids")
    entry_weeks = fields.Integer(related="cohort_phase_id.entry_weeks")
    entry_text = fields.Char(related="cohort_phase_id.entry_text")
    entry_reason = fields.Char(
        string="Entered because",
        readonly=True,
        copy=False,
        help="Why this person began with something missing.",
    )

    _dates_in_order = models.Constraint(
        "CHECK(date_end >= date_start)", "A phase cannot end before it starts."
    )
    _hours_in_week = models.Constraint(
        "CHECK(hours_per_week BETWEEN 0 AND 40)",
        "The hours a week of a phase lie between 0 and 40.",
    )

    def _get_wiped_fields(self):
        return super()._get_wiped_fields() | {"name": "-", "entry_reason": None}

    def _get_kept_fields(self):
        return super()._get_kept_fields() | {
            "kind": "Statistics: which phases people go through.",
            "date_start": "Statistics: how long a phase takes.",
            "date_end": "Statistics: how long a phase takes.",
        }

    def _without_tenant_columns(self, vals):
        """A reason comes from who lets the person enter, not from a form."""
        vals = super()._without_tenant_columns(vals)
        if self.env.su:
            return vals
        return {key: value for key, value in vals.items() if key != "entry_reason"}

    def write(self, vals):
        """Dates changed by hand are tailored: the cohort no longer moves them."""
        if {"date_start", "date_end"} & vals.keys():
            vals = {"is_tailored": True, **vals}
        return super().write(vals)
