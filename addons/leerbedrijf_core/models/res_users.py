from odoo import api, fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    leerbedrijf_region_ids = fields.Many2many(
        "leerbedrijf.region",
        string="Regions",
        compute="_compute_leerbedrijf_region_ids",
        compute_sudo=True,
        help="The regions of all companies of an internal user: what rules read.",
    )

    @api.depends("company_ids.leerbedrijf_region_ids", "share")
    def _compute_leerbedrijf_region_ids(self):
        for user in self:
            companies = user.company_ids if not user.share else user.company_ids[:0]
            user.leerbedrijf_region_ids = companies.leerbedrijf_region_ids

    @api.model_create_multi
    def create(self, vals_list):
        # The contact of a user belongs to no region: every colleague may see a name.
        flagged = self.with_context(leerbedrijf_user_contact=True)
        return super(ResUsers, flagged).create(vals_list).with_env(self.env)
