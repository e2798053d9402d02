from odoo import fields, models


class LeerbedrijfDayPart(models.Model):
    """Between which hours a part of the week lies, for a calendar with hours."""

    _inherit = "leerbedrijf.day.part"

    hour_from = fields.Float(string="From", required=True, default=9)
    hour_to = fields.Float(string="Until", required=True, default=17)

    _hours_in_order = models.Constraint(
        "CHECK(hour_from >= 0 AND hour_from < hour_to AND hour_to <= 24)",
        "A part of a day ends after it starts, on the same day.",
    )
