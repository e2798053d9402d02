from odoo import api, fields, models
from odoo.exceptions import ValidationError


class LeerbedrijfEmployerMixin(models.AbstractModel):
    """A regional record about an organisation, in the region of that organisation."""

    _name = "leerbedrijf.employer.mixin"
    _description = "Regional record about an employer"
    _inherit = ["leerbedrijf.regional.mixin"]

    # Whether it may be about a member of the region too, whose contact has no region.
    _allows_members = False

    partner_id = fields.Many2one(
        "res.partner",
        string="Employer",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('is_employer', '=', True)]",
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_partner_region(v) for v in vals_list])

    @api.model
    def _with_partner_region(self, vals):
        """The values with the region of the organisation, unless one was given."""
        if "region_id" in vals or not vals.get("partner_id"):
            return vals
        # Superuser: only the contact's region; constraint and rules decide after.
        partner = self.env["res.partner"].sudo().browse(vals["partner_id"])
        return (
            {**vals, "region_id": partner.region_id.id} if partner.region_id else vals
        )

    @api.constrains("partner_id", "region_id")
    def _check_partner_region(self):
        for record in self:
            if not record._is_partner_of_region():
                raise ValidationError(
                    self.env._(
                        "The organisation does not belong to the region %(region)s. "
                        "Choose one of this region.",
                        region=record.region_id.display_name,
                    )
                )

    def _is_partner_of_region(self):
        """Whether the organisation may appear in a record of this region."""
        # Superuser: a contact of another region is compared, not shown; which
        # organisations are members is no secret of a tenant.
        region = self.region_id.sudo()
        if self.partner_id.sudo().region_id == region:
            return True
        return self._allows_members and self.partner_id in region.company_ids.partner_id
