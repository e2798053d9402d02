from odoo import fields, models


class LeerbedrijfBudgetLine(models.Model):
    """A part of what a participant costs over the whole route."""

    _name = "leerbedrijf.budget.line"
    _description = "Budget line of a template"
    _inherit = ["leerbedrijf.template.part.mixin"]
    _order = "template_id, sequence, id"

    _is_design = False

    sequence = fields.Integer(default=10)
    name = fields.Char(string="What it is for", required=True)
    amount = fields.Monetary(string="Amount per participant", required=True)
    currency_id = fields.Many2one(related="company_id.currency_id")

    _amount_not_negative = models.Constraint(
        "CHECK(amount >= 0)", "A budget cannot be negative."
    )
