from odoo import fields, models


class LeerbedrijfWeekSlot(models.Model):
    """A line of the week pattern of a template, which each new cohort copies."""

    _name = "leerbedrijf.week.slot"
    _description = "Week pattern of a template"
    _inherit = ["leerbedrijf.template.part.mixin", "leerbedrijf.week.slot.mixin"]
    _order = "template_id, sequence, id"

    _phase_fields = ("from_phase_id", "until_phase_id")

    from_phase_id = fields.Many2one(
        "leerbedrijf.template.phase",
        string="From the start of",
        domain="[('template_id', '=', template_id)]",
        index="btree_not_null",
        copy=False,
        help="Without one, from the start of the cohort.",
    )
    until_phase_id = fields.Many2one(
        "leerbedrijf.template.phase",
        string="Until the end of",
        domain="[('template_id', '=', template_id)]",
        index="btree_not_null",
        copy=False,
        help="Without one, until the end of the cohort.",
    )
