from odoo import api, fields, models

from ..models.pledge import FORCES


class LeerbedrijfPledgeForceChange(models.TransientModel):
    """Ask for the reason before what an employer promised changes."""

    _name = "leerbedrijf.pledge.force.change"
    _description = "Change the force of a pledge"

    pledge_id = fields.Many2one("leerbedrijf.pledge", required=True, readonly=True)
    from_force = fields.Selection(
        related="pledge_id.force", related_sudo=False, string="Now"
    )
    to_force = fields.Selection(
        FORCES,
        string="Becomes",
        compute="_compute_to_force",
        store=True,
        readonly=False,
        required=True,
    )
    reason = fields.Text(required=True)

    @api.depends("pledge_id")
    def _compute_to_force(self):
        for wizard in self:
            was_intention = wizard.pledge_id.force == "intention"
            wizard.to_force = "guarantee" if was_intention else "intention"

    def action_change(self):
        self.ensure_one()
        self.pledge_id._change_force(self.to_force, self.reason)
        return {"type": "ir.actions.act_window_close"}
