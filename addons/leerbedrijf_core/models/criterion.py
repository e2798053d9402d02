from odoo import fields, models


class LeerbedrijfCriterion(models.Model):
    """What every new cohort of a template asks of its candidates."""

    _name = "leerbedrijf.criterion"
    _description = "Criterion of a template"
    _inherit = ["leerbedrijf.criterion.mixin"]

    _write_once_columns = ("template_id",)

    template_id = fields.Many2one(
        "leerbedrijf.cohort.template", required=True, index=True, ondelete="cascade"
    )
    region_id = fields.Many2one(
        related="template_id.region_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(
        related="template_id.company_id", store=True, index=True, precompute=True
    )
