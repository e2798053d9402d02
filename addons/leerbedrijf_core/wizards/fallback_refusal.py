from odoo import fields, models
from odoo.exceptions import UserError


class LeerbedrijfFallbackRefusal(models.TransientModel):
    """Ask who refuses a possibility and why; or, without one, why the case ends."""

    _name = "leerbedrijf.fallback.refusal"
    _description = "Refuse a possibility"

    fallback_id = fields.Many2one("leerbedrijf.fallback", required=True, readonly=True)
    option_id = fields.Many2one("leerbedrijf.fallback.option", readonly=True)
    refused_by = fields.Selection(
        selection=lambda self: self._selection_refused_by(),
        string="Who refuses",
        default="participant",
    )
    reason = fields.Text(required=True)

    def _selection_refused_by(self):
        options = self.env["leerbedrijf.fallback.option"]
        return options._fields["refused_by"]._description_selection(self.env)

    def action_confirm(self):
        self.ensure_one()
        if not self.option_id:
            self.fallback_id._close(self.reason)
        elif not self.refused_by:
            raise UserError(self.env._("Choose who refuses."))
        else:
            self.option_id._refuse(self.refused_by, self.reason)
        return {"type": "ir.actions.act_window_close"}
