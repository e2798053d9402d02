from odoo import api, fields, models
from odoo.exceptions import ValidationError


class LeerbedrijfCohortTemplate(models.Model):
    """Who is in the steering group of all editions."""

    _inherit = "leerbedrijf.cohort.template"

    steering_member_ids = fields.Many2many(
        "res.partner",
        "leerbedrijf_template_steering_member_rel",
        string="Steering group",
        domain="[('is_company', '=', False), ('region_id', 'in', (False, region_id))]",
        help="Colleagues and contact persons who decide together on every edition.",
    )

    @api.constrains("steering_member_ids", "region_id")
    def _check_steering_region(self):
        for template in self:
            # Superuser: only regions are compared.
            if template.sudo().steering_member_ids.region_id - template.region_id:
                raise ValidationError(
                    self.env._(
                        "A steering group has members of its own region. Choose those."
                    )
                )
