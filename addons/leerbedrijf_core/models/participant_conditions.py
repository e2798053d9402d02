from odoo import fields, models


class LeerbedrijfParticipant(models.Model):
    """The practical conditions that a route can ask for: plain facts, with a date."""

    _inherit = "leerbedrijf.participant"

    hours_wanted = fields.Float(help="Hours a week that this person wants and can work.")

    _hours_wanted_sane = models.Constraint(
        "CHECK(hours_wanted BETWEEN 0 AND 60)",
        "Fill in how many hours a week this person wants to work: at most 60.",
    )
