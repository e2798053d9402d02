from odoo import models
from odoo.exceptions import UserError


class Base(models.AbstractModel):
    """Odoo asks the rules before a write only, so that whoever may write a record of a
    stock model could put it into a company that he cannot even see."""

    _inherit = "base"

    def write(self, vals):
        if vals.get("company_id") and not self.env.su:
            self._check_not_given_away(vals["company_id"])
        return super().write(vals)

    def _check_not_given_away(self, company_id):
        field = self._fields.get("company_id")
        user = self.env.user
        if (
            field
            and field.comodel_name == "res.company"
            and company_id not in user._get_company_ids()
            and self.env["res.partner"]._is_tenant()
            and any(record.company_id.id != company_id for record in self)
        ):
            raise UserError(
                self.env._(
                    "This cannot be given to another organisation. Make a new record "
                    "there instead."
                )
            )
