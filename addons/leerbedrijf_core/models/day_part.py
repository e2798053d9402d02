from odoo import models


class LeerbedrijfDayPart(models.Model):
    """A morning, afternoon or evening of the week: when somebody can work or learn."""

    _name = "leerbedrijf.day.part"
    _description = "Part of the week"
    _inherit = ["leerbedrijf.catalogue.mixin"]
