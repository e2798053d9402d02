from odoo import fields, models


class LeerbedrijfCohortTemplateTask(models.Model):
    """A task on the checklist of every edition, which each new cohort takes over."""

    _name = "leerbedrijf.cohort.template.task"
    _description = "Task of a cohort template"
    _inherit = ["leerbedrijf.child.mixin", "leerbedrijf.checklist.task.mixin"]

    _tenancy_kind = "regional"
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
