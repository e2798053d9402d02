from odoo import fields, models


class LeerbedrijfForecastReason(models.Model):
    """Why the demand of an employer could not be met: the region learns from it.

    Of a future job and of pledged places alike.
    """

    _name = "leerbedrijf.forecast.reason"
    _description = "Why a future job lapsed"
    _inherit = ["leerbedrijf.catalogue.mixin"]

    is_about_people = fields.Boolean(
        string="Says something of participants",
        help="Such a reason is not given for a pledged place: with few places it would "
        "point at a person.",
    )
