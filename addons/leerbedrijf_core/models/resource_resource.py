from odoo import api, models

from .personal_mixin import CODE


class ResourceResource(models.Model):
    _name = "resource.resource"
    _inherit = ["resource.resource", "leerbedrijf.personal.mixin"]

    _person_path = "employee_id.enrolment_id.participant_id"

    def _get_wiped_fields(self):
        return super()._get_wiped_fields() | {"name": CODE, "active": False}

    def _get_kept_fields(self):
        return super()._get_kept_fields() | {
            "resource_type": "A person or a machine.",
            "tz": "A setting of the calendar.",
        }

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
