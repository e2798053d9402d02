from odoo import fields, models


class LeerbedrijfCatalogueMixin(models.AbstractModel):
    """What every region reads and the platform administrator keeps.

    No person, no money, no tenant: routes, sectors, steps, outcomes.
    """

    _name = "leerbedrijf.catalogue.mixin"
    _description = "Catalogue record"
    _inherit = ["leerbedrijf.bounded.mixin"]
    _order = "sequence, name, id"

    _tenancy_kind = "catalogue"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
