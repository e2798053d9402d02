from odoo import fields, models


class LeerbedrijfBarrierKind(models.Model):
    """What a barrier is about: language, childcare, debts, getting there."""

    _name = "leerbedrijf.barrier.kind"
    _description = "Kind of barrier"
    _inherit = ["leerbedrijf.catalogue.mixin"]

    hint = fields.Char(
        translate=True,
        help="What to write down, and what not: the work coach reads it while typing.",
    )
