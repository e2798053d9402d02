from odoo import api, models
from odoo.exceptions import UserError

from ..tools import is_private


class IrAttachment(models.Model):
    """A file about a person or money is never public: its rights are the record's."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        attachments._check_not_public()
        return attachments

    def write(self, vals):
        result = super().write(vals)
        if {"public", "res_model"} & vals.keys():
            self._check_not_public()
        return result

    def _check_not_public(self):
        # Superuser: where the files belong decides, not who handles them.
        for attachment in self.sudo().filtered("public"):
            if is_private(self.env.registry.get(attachment.res_model)):
                raise UserError(
                    self.env._(
                        "A file about a person or about money cannot be public. "
                        "Attach it without making it public."
                    )
                )
