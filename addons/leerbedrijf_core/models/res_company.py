from odoo import api, fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    leerbedrijf_role = fields.Selection(
        [
            ("municipality", "Municipality / Werkbedrijf"),
            ("leerbedrijf", "Leerwerkbedrijf"),
        ],
        string="Role in the region",
        help="A municipality owns its participants; a leerwerkbedrijf runs cohorts and "
        "invoices employers.",
    )
    leerbedrijf_region_ids = fields.Many2many(
        "leerbedrijf.region",
        "leerbedrijf_region_company_rel",
        "company_id",
        "region_id",
        string="Labour-market regions",
    )

    def cache_invalidation_fields(self):
        return super().cache_invalidation_fields() | {"leerbedrijf_region_ids"}

    def _is_elsewhere(self, known):
        """Whether these are tenants, and none of them is among the ids `known`."""
        if known.issuperset(self.ids):
            return False  # without reading a company: names are asked all day
        tenants = self.filtered("leerbedrijf_role").ids
        return bool(tenants) and not known.intersection(tenants)

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._set_letterhead()
        return companies

    def write(self, vals):
        result = super().write(vals)
        if vals.get("leerbedrijf_role"):
            self._set_letterhead()
        return result

    def _set_letterhead(self):
        """Give tenants the document layout that is complete with every wkhtmltopdf,
        unless they chose another one."""
        layout = self.env.ref(
            "leerbedrijf_core.external_layout_letterhead", raise_if_not_found=False
        )
        paper = self.env.ref(
            "leerbedrijf_core.paperformat_letterhead", raise_if_not_found=False
        )
        without = self.filtered(
            lambda c: c.leerbedrijf_role and not c.external_report_layout_id
        )
        if layout and paper and without:
            without.write(
                {"external_report_layout_id": layout.id, "paperformat_id": paper.id}
            )
