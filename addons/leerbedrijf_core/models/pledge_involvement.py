from odoo import models


class LeerbedrijfPledge(models.Model):
    """A promise that changes its force takes its future job along."""

    _inherit = "leerbedrijf.pledge"

    def _change_force(self, force, reason):
        result = super()._change_force(force, reason)
        self.forecast_id._follow_pledges()
        return result
