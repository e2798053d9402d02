from odoo import models


class CohortPledgesXlsx(models.AbstractModel):
    """The same workbook for the pledges of the chosen cohorts."""

    _name = "report.leerbedrijf_core.cohort_pledges_xlsx"
    _description = "Pledges and deliveries of cohorts (XLSX)"
    _inherit = ["report.leerbedrijf_core.pledges_xlsx"]

    def generate_xlsx_report(self, workbook, data, objs):
        return super().generate_xlsx_report(workbook, data, objs.pledge_ids)
