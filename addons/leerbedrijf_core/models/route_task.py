from odoo import fields, models


class LeerbedrijfRouteTask(models.Model):
    """A task that belongs to a route, which every new template starts with."""

    _name = "leerbedrijf.route.task"
    _description = "Task of a learning route"
    _inherit = ["leerbedrijf.bounded.mixin", "leerbedrijf.checklist.task.mixin"]

    _tenancy_kind = "catalogue"

    route_id = fields.Many2one(
        "leerbedrijf.route", required=True, index=True, ondelete="cascade"
    )
    name = fields.Char(translate=True)
    note = fields.Text(translate=True)
