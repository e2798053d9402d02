from odoo import models


class LeerbedrijfPledge(models.Model):
    """Pledges for a steering group, in a spreadsheet."""

    _inherit = "leerbedrijf.pledge"

    def action_all_in_excel(self):
        """A button of the list: the chosen pledges, or all that its filter shows."""
        domain = [("id", "in", self.ids)] if self else self._get_domain_of_list()
        report = self.env.ref("leerbedrijf_core.pledges_xlsx_report")
        return report.report_action(None, data={"domain": domain})

    def _get_domain_of_list(self):
        """What the list shows, as the web client tells it; searched with the user's
        rights."""
        return list(self.env.context.get("active_domain") or [])
