from odoo import api, fields, models


class LeerbedrijfRoutePhase(models.Model):
    """A part of a route, which the templates of that route start from."""

    _name = "leerbedrijf.route.phase"
    _description = "Phase of a route"
    _inherit = ["leerbedrijf.catalogue.mixin", "leerbedrijf.phase.design.mixin"]
    _order = "route_id, sequence, id"

    _design_field = "route_id"

    route_id = fields.Many2one(
        "leerbedrijf.route", required=True, index=True, ondelete="cascade"
    )
    after_phase_id = fields.Many2one(
        "leerbedrijf.route.phase",
        string="Starts after",
        domain="[('route_id', '=', route_id)]",
        index="btree_not_null",
        copy=False,
        help="Without one, the phase counts from the start of the cohort.",
    )
    entry_text = fields.Char(translate=True)
    description = fields.Text(translate=True)

    @api.ondelete(at_uninstall=True)
    def _unlink_except_in_use(self):
        """Also when a sector addon is uninstalled: Odoo then keeps the record."""
        self.route_id._check_not_in_use()
