from odoo import fields, models


class LeerbedrijfTemplatePhase(models.Model):
    """A phase as the region does it: the route's, until it is changed."""

    _name = "leerbedrijf.template.phase"
    _description = "Phase of a cohort template"
    _inherit = ["leerbedrijf.template.part.mixin", "leerbedrijf.phase.design.mixin"]
    _order = "template_id, sequence, id"

    _design_field = "template_id"
    _phase_fields = ("after_phase_id",)

    route_phase_id = fields.Many2one(
        "leerbedrijf.route.phase",
        string="Phase of the route",
        index="btree_not_null",
        ondelete="set null",
    )
    name = fields.Char(required=True)
    after_phase_id = fields.Many2one(
        "leerbedrijf.template.phase",
        string="Starts after",
        domain="[('template_id', '=', template_id)]",
        index="btree_not_null",
        copy=False,
        help="Without one, the phase counts from the start of the cohort.",
    )
