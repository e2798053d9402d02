from odoo import api, fields, models
from odoo.exceptions import ValidationError


class LeerbedrijfRegionalMixin(models.AbstractModel):
    """A record that the tenants of one labour-market region share.

    Everybody of the region reads it; the owner writes it, unless the model's own rule
    is wider. It never holds or points to a person's data.
    """

    _name = "leerbedrijf.regional.mixin"
    _description = "Record shared in a region"
    _inherit = ["leerbedrijf.private.mixin"]

    _tenancy_kind = "regional"
    _write_once_columns = ("company_id", "region_id")

    region_id = fields.Many2one(
        "leerbedrijf.region",
        required=True,
        index=True,
        default=lambda self: self.env.company.leerbedrijf_region_ids[:1],
        ondelete="restrict",
    )

    @api.constrains("region_id", "company_id")
    def _check_owner_in_region(self):
        for record in self:
            # Superuser: whether the owner is a member is no secret of a tenant.
            if record.company_id not in record.region_id.sudo().company_ids:
                raise ValidationError(
                    self.env._(
                        "%(company)s is not a member of the region %(region)s. Choose "
                        "a region of your own organisation.",
                        company=record.company_id.display_name,
                        region=record.region_id.display_name,
                    )
                )
