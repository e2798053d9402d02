from odoo import models

from .ir_rule import refusal


class IrModelAccess(models.Model):
    _inherit = "ir.model.access"

    def _make_access_error(self, model, mode):
        """Keeps stock's log line; see `refusal`."""
        super()._make_access_error(model, mode)
        return refusal(self.env, mode, model)
