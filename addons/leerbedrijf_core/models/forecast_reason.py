from odoo import models


class LeerbedrijfForecastReason(models.Model):
    """Why the demand of an employer could not be met: the region learns from it."""

    _name = "leerbedrijf.forecast.reason"
    _description = "Why a future job lapsed"
    _inherit = ["leerbedrijf.catalogue.mixin"]
