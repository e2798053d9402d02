from odoo import api, fields, models


class LeerbedrijfPledgeLapseRecord(models.TransientModel):
    """Ask how many promised places lapse, and why."""

    _name = "leerbedrijf.pledge.lapse.record"
    _description = "Record lapsed places"

    pledge_id = fields.Many2one("leerbedrijf.pledge", required=True, readonly=True)
    open_places = fields.Integer(related="pledge_id.open_places", related_sudo=False)
    places = fields.Integer(
        string="Places that lapse",
        compute="_compute_places",
        compute_sudo=False,
        store=True,
        readonly=False,
        required=True,
    )
    date = fields.Date(string="On", required=True, default=fields.Date.context_today)
    reason_id = fields.Many2one(
        "leerbedrijf.forecast.reason",
        string="Why they lapsed",
        required=True,
        domain="[('is_about_people', '=', False)]",
    )

    @api.depends("pledge_id")
    def _compute_places(self):
        for wizard in self:
            wizard.places = wizard.open_places

    def action_lapse(self):
        self.ensure_one()
        self.pledge_id._lapse(self.places, self.reason_id, self.date)
        return {"type": "ir.actions.act_window_close"}
