from odoo import fields, models


class LeerbedrijfPartyRole(models.Model):
    """What a party is in a cohort: employer, training partner, account manager."""

    _name = "leerbedrijf.party.role"
    _description = "Role of a party"
    _inherit = ["leerbedrijf.catalogue.mixin"]

    source = fields.Selection(
        [
            ("leerbedrijf", "The leerwerkbedrijf and its coordinator"),
            ("employer", "The employers"),
            ("training_partner", "The training partners"),
        ],
        string="Known from the cohort",
        help="Who has this role stands on the cohort already, so nobody fills it in.",
    )
    task = fields.Text(
        string="What this party does",
        translate=True,
        help="Proposed where this role takes part in a cohort or a template.",
    )
