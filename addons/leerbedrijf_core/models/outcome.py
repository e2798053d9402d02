from odoo import fields, models


class LeerbedrijfOutcome(models.Model):
    """How a participant's time in a cohort ended."""

    _name = "leerbedrijf.outcome"
    _description = "Outcome"
    _inherit = ["leerbedrijf.catalogue.mixin"]

    is_job = fields.Boolean(
        string="Counts as a job", help="A regular or BBL job at an employer."
    )
    is_finish = fields.Boolean(
        string="Finished the route",
        help="Ready for a job, whether there was one or not.",
    )
