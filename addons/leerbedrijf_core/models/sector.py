from odoo import api, fields, models
from odoo.exceptions import UserError

USED_BY = ("leerbedrijf.cohort.template", "leerbedrijf.forecast", "res.partner")


class LeerbedrijfSector(models.Model):
    """A branch of work, such as technics; a sector addon brings one as data."""

    _name = "leerbedrijf.sector"
    _description = "Sector"
    _inherit = ["leerbedrijf.catalogue.mixin"]

    code = fields.Char(required=True)
    color = fields.Integer()
    description = fields.Text(translate=True)
    route_ids = fields.One2many("leerbedrijf.route", "sector_id", string="Routes")

    _code_uniq = models.Constraint(
        "UNIQUE(code)", "Another sector has this code already. Choose another code."
    )

    @api.ondelete(at_uninstall=True)
    def _unlink_except_in_use(self):
        """Also when its addon is uninstalled: Odoo then keeps the record."""
        for model in USED_BY:
            # Superuser: what any region has of the sector keeps it; nothing is shown.
            records = self.env[model].sudo().with_context(active_test=False)
            if records.search_count([("sector_id", "in", self.ids)], limit=1):
                raise UserError(
                    self.env._(
                        "The sector “%(sector)s” is in use. Archive it instead.",
                        sector=self[:1].name,
                    )
                )
