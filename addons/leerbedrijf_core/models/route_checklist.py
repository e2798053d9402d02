from odoo import fields, models


class LeerbedrijfRoute(models.Model):
    """The work that comes with a route."""

    _inherit = "leerbedrijf.route"

    task_ids = fields.One2many(
        "leerbedrijf.route.task", "route_id", string="Checklist", copy=True
    )
