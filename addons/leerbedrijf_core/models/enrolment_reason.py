from odoo import fields, models


class LeerbedrijfEnrolmentReason(models.Model):
    """Why a candidate does not go on: the region learns from it. Never a diagnosis."""

    _name = "leerbedrijf.enrolment.reason"
    _description = "Why a candidate does not go on"
    _inherit = ["leerbedrijf.catalogue.mixin"]

    kind = fields.Selection(
        [
            ("refused", "The leerwerkbedrijf refuses"),
            ("person", "The person withdraws"),
            ("municipality", "The municipality withdraws the proposal"),
        ],
        string="Who decides",
        required=True,
    )
    ends_search = fields.Boolean(
        string="Looks no further",
        help="This person has found something and does not go to the people who are "
        "not placed yet.",
    )
