from odoo import fields, models


class LeerbedrijfSector(models.Model):
    """A branch of work, such as technics; a sector addon brings one as data."""

    _name = "leerbedrijf.sector"
    _description = "Sector"
    _inherit = ["leerbedrijf.catalogue.mixin"]

    code = fields.Char(required=True)
    color = fields.Integer()
    description = fields.Text(translate=True)
    route_ids = fields.One2many("leerbedrijf.route", "sector_id", string="Routes")

    _code_uniq = models.Constraint(
        "UNIQUE(code)", "Another sector has this code already. Choose another code."
    )
