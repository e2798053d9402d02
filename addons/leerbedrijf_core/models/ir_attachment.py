from odoo import api, models
from odoo.exceptions import UserError

from ..tools import is_private

# What was signed: these files never change.
SIGNED = {
    ("leerbedrijf.agreement", "signed_pdf"),
    ("leerbedrijf.signatory", "signature"),
}


class IrAttachment(models.Model):
    """A file about a person or money is never public: its rights are the record's.
    What was signed stays as it was."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        attachments._check_not_public()
        if not self.env.su:
            attachments._check_not_signed()
        return attachments

    def write(self, vals):
        self._check_not_signed()
        result = super().write(vals)
        # Also as superuser: Odoo moves a file to the record that a message is about.
        if {"res_model", "res_field", "res_id"} & vals.keys():
            self._check_not_signed()
        if {"public", "res_model"} & vals.keys():
            self._check_not_public()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed(self):
        self._check_not_signed()

    def _check_not_signed(self):
        # Superuser: what the files are decides, not who handles them.
        if any((file.res_model, file.res_field) in SIGNED for file in self.sudo()):
            raise UserError(
                self.env._("What was signed stays as it was, so this file is fixed.")
            )

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
