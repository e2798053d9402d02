from odoo import fields, models


class LeerbedrijfPrivateMixin(models.AbstractModel):
    """A record about people or money: one tenant owns it, for ever."""

    _name = "leerbedrijf.private.mixin"
    _description = "Private record of one tenant"
    _inherit = [
        "leerbedrijf.bounded.mixin",
        "leerbedrijf.label.mixin",
        "leerbedrijf.write.once.mixin",
    ]
    _check_company_auto = True

    _tenancy_kind = "private"
    _write_once_columns = ("company_id",)

    company_id = fields.Many2one(
        "res.company",
        string="Owner",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        ondelete="restrict",
    )
