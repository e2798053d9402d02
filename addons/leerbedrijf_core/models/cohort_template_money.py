from odoo import api, fields, models


class LeerbedrijfCohortTemplate(models.Model):
    """What the route of a template costs and who pays what; guidance, as a norm."""

    _inherit = "leerbedrijf.cohort.template"

    guidance_norm_ids = fields.One2many(
        "leerbedrijf.guidance.norm", "template_id", string="Guidance", copy=True
    )
    tariff_ids = fields.One2many(
        "leerbedrijf.template.tariff", "template_id", string="Tariffs", copy=True
    )
    budget_line_ids = fields.One2many(
        "leerbedrijf.budget.line", "template_id", string="Budget", copy=True
    )

    @api.depends("budget_line_ids.amount")
    def _compute_budget_per_participant(self):
        """The sum of its lines; without lines proposed from the norm a year."""
        result = super()._compute_budget_per_participant()
        for template in self.filtered("budget_line_ids"):
            lines = template.budget_line_ids
            template.budget_per_participant = sum(lines.mapped("amount"))
        return result

    @api.model
    def _get_design_fields(self):
        return [*super()._get_design_fields(), "guidance_norm_ids"]
