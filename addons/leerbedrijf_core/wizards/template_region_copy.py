from odoo import api, fields, models
from odoo.exceptions import AccessError


class LeerbedrijfTemplateRegionCopy(models.TransientModel):
    """Ask for which region and leerwerkbedrijf a template is copied."""

    _name = "leerbedrijf.template.region.copy"
    _description = "Copy a template to another region"

    template_id = fields.Many2one("leerbedrijf.cohort.template", required=True)
    name = fields.Char(
        compute="_compute_name", store=True, readonly=False, required=True
    )
    region_id = fields.Many2one("leerbedrijf.region", string="To region", required=True)
    company_ids = fields.Many2many("res.company", compute="_compute_company_ids")
    company_id = fields.Many2one(
        "res.company",
        string="For",
        required=True,
        domain="[('id', 'in', company_ids)]",
    )

    @api.depends("template_id")
    def _compute_name(self):
        for wizard in self:
            wizard.name = wizard.template_id.name

    @api.depends("region_id")
    def _compute_company_ids(self):
        for wizard in self:
            wizard.company_ids = wizard.region_id.company_ids

    def action_copy(self):
        self.ensure_one()
        if not self.env.user.has_group("leerbedrijf_core.group_platform_admin"):
            raise AccessError(
                self.env._("Only a platform administrator copies between regions.")
            )
        self.template_id.check_access("read")
        # Superuser: the platform administrator need not be a member of either region.
        copied = self.template_id.sudo()._copy_to_region(
            self.region_id, self.company_id, self.name
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "“%(template)s” is now a template of %(company)s in %(region)s. "
                    "Partners, places and amounts are filled in there.",
                    template=copied.name,
                    company=self.company_id.name,
                    region=self.region_id.name,
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
