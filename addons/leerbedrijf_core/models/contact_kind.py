from odoo import fields, models


class LeerbedrijfContactKind(models.Model):
    """How one is in touch with an employer: a visit, a guest lesson, a phone call."""

    _name = "leerbedrijf.contact.kind"
    _description = "Kind of contact"
    _inherit = ["leerbedrijf.catalogue.mixin"]

    in_rhythm = fields.Boolean(
        string="Planned from an agreement",
        help="Contact moments until the first job are planned from a signed agreement: "
        "of these kinds, by turns.",
    )
