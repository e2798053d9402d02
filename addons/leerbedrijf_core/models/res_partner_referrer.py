from odoo import fields, models


class ResPartner(models.Model):
    """Organisations that refer people, such as a homeless shelter or debt counselling."""

    _inherit = "res.partner"

    is_referrer = fields.Boolean(string="Refers people")
