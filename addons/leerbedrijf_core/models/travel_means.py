from odoo import models


class LeerbedrijfTravelMeans(models.Model):
    """How somebody gets to work: on foot, by bicycle, by bus."""

    _name = "leerbedrijf.travel.means"
    _description = "Means of travel"
    _inherit = ["leerbedrijf.catalogue.mixin"]
