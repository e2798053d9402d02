from odoo import api, fields, models


class HrEmployeePublic(models.Model):
    _inherit = "hr.employee.public"

    is_participant = fields.Boolean(readonly=True)
    participant_code = fields.Char(string="Code", readonly=True)

    @api.depends("name", "participant_code")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_display_name(self):
        """As for the employee: the code for who may not see the person."""
        result = super()._compute_display_name()
        employees = self.env["hr.employee"].browse(self.ids)
        hidden = self.browse(employees._filtered_hidden().ids)
        for employee in self & hidden:
            # Superuser: the code is what a stranger may see, and nothing more.
            employee.display_name = employee.sudo().participant_code
        return result
