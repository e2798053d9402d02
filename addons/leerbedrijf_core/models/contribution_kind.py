from odoo import fields, models


class LeerbedrijfContributionKind(models.Model):
    """What a party can bring in: guidance hours, practice lessons, money, a say."""

    _name = "leerbedrijf.contribution.kind"
    _description = "Kind of contribution"
    _inherit = ["leerbedrijf.catalogue.mixin"]

    unit = fields.Char(
        translate=True, help="Hours a week, lessons, euro; empty where none is counted."
    )
