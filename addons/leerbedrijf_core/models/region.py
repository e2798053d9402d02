from odoo import api, fields, models


class LeerbedrijfRegion(models.Model):
    """A labour-market region: the tenants in it share employers, templates, agreements.

    Membership decides what a user sees, and rules cache it per user: every change of
    membership clears that cache, so that who leaves sees nothing at once.
    """

    _name = "leerbedrijf.region"
    _description = "Labour-market region"
    _inherit = ["leerbedrijf.bounded.mixin", "leerbedrijf.label.mixin"]
    _order = "name"

    _tenancy_kind = "region"

    name = fields.Char(required=True)
    code = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_ids = fields.Many2many(
        "res.company",
        "leerbedrijf_region_company_rel",
        "region_id",
        "company_id",
        string="Members",
    )
    description = fields.Text()

    _code_uniq = models.Constraint(
        "UNIQUE(code)", "Another region has this code already. Choose another code."
    )

    @api.model_create_multi
    def create(self, vals_list):
        regions = super().create(vals_list)
        self.env.registry.clear_cache()
        return regions

    def write(self, vals):
        result = super().write(vals)
        if {"company_ids", "active"} & vals.keys():
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result
