from odoo import fields, models


class LeerbedrijfCohortStep(models.Model):
    """One of the six steps of the Nieuwe Banen Methodiek, or the end after them.

    Core owns the list, because each step brings its own exit conditions.
    """

    _name = "leerbedrijf.cohort.step"
    _description = "Step of the method"
    _inherit = ["leerbedrijf.catalogue.mixin"]

    code = fields.Selection(
        [
            ("job", "Future job in view"),
            ("options", "Options explored"),
            ("route", "Route agreed"),
            ("match", "Match of job and candidate"),
            ("learning", "Candidate learns in"),
            ("regular", "Regular job"),
            ("closed", "Closed"),
        ],
        required=True,
    )
    fold = fields.Boolean()
    done_when = fields.Text(translate=True, help="What the method asks of this step.")

    _code_uniq = models.Constraint("UNIQUE(code)", "Each step exists once.")
