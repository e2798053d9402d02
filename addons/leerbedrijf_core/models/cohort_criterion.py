from odoo import fields, models


class LeerbedrijfCohortCriterion(models.Model):
    """What one cohort asks of its candidates: the template's, and then its own."""

    _name = "leerbedrijf.cohort.criterion"
    _description = "Criterion of a cohort"
    _inherit = ["leerbedrijf.criterion.mixin"]

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
