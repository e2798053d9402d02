from odoo import api, fields, models


class LeerbedrijfCohortTemplateParty(models.Model):
    """A party of every edition, which each new cohort takes over."""

    _name = "leerbedrijf.cohort.template.party"
    _description = "Party of a cohort template"
    _inherit = ["leerbedrijf.party.mixin"]

    _write_once_columns = ("template_id",)
    _parent_field = "template_id"

    template_id = fields.Many2one(
        "leerbedrijf.cohort.template", required=True, index=True, ondelete="cascade"
    )
    region_id = fields.Many2one(
        related="template_id.region_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(
        related="template_id.company_id", store=True, index=True, precompute=True
    )
    partner_ids = fields.Many2many(relation="leerbedrijf_template_party_partner_rel")

    @api.depends("role_id", "template_id.training_partner_ids")
    def _compute_partner_ids(self):
        return super()._compute_partner_ids()
