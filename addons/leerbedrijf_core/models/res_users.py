from odoo import api, fields, models, tools


class ResUsers(models.Model):
    _inherit = "res.users"

    leerbedrijf_region_ids = fields.Many2many(
        "leerbedrijf.region",
        string="Regions",
        compute="_compute_leerbedrijf_region_ids",
        compute_sudo=True,
        help="The regions of all companies of an internal user: what rules read.",
    )

    leerbedrijf_colleague_company_ids = fields.Many2many(
        "res.company",
        string="Organisations of colleagues",
        compute="_compute_leerbedrijf_region_ids",
        compute_sudo=True,
        help="The user's own organisations and the other members of their regions: "
        "whose people the user may know by name.",
    )

    @api.depends("company_ids.leerbedrijf_region_ids.company_ids", "share")
    def _compute_leerbedrijf_region_ids(self):
        for user in self:
            companies = user.company_ids if not user.share else user.company_ids[:0]
            regions = companies.leerbedrijf_region_ids
            user.leerbedrijf_region_ids = regions
            user.leerbedrijf_colleague_company_ids = companies | regions.company_ids

    @tools.ormcache("self.id")
    def _get_leerbedrijf_region_ids(self):
        """The ids of the user's regions, kept as long as the rules that read them."""
        return frozenset(self.leerbedrijf_region_ids.ids)

    @tools.ormcache("self.id")
    def _get_colleague_company_ids(self):
        """The ids of the organisations whose people the user may know, as above."""
        return frozenset(self.leerbedrijf_colleague_company_ids.ids)

    @api.model_create_multi
    def create(self, vals_list):
        # The contact of a user belongs to no region: every colleague may see a name.
        flagged = self.with_context(leerbedrijf_user_contact=True)
        return super(ResUsers, flagged).create(vals_list).with_env(self.env)
