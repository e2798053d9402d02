from odoo import api, models


class ResourceResource(models.Model):
    _inherit = "resource.resource"

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_display_name(self):
        """As for the employee: the code for who may not see the person."""
        result = super()._compute_display_name()
        # Superuser: an employee behind the resource, of which only the code comes out.
        employees = self.sudo().with_context(active_test=False).employee_id
        hidden = employees.with_env(self.env)._filtered_hidden().sudo()
        for employee in hidden:
            self.browse(
                employee.resource_id.id
            ).display_name = employee.participant_code
        return result
