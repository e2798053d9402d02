from odoo import fields, models

from .pledge import FORCES


class LeerbedrijfPledgeChange(models.Model):
    """A change of what an employer promised; the experience behind the next edition."""

    _name = "leerbedrijf.pledge.change"
    _description = "Change of the force of a pledge"
    _inherit = ["leerbedrijf.child.mixin", "leerbedrijf.regional.mixin"]
    _order = "date desc, id desc"
    _rec_name = "reason"

    pledge_id = fields.Many2one(
        "leerbedrijf.pledge", required=True, index=True, ondelete="cascade"
    )
    agreement_id = fields.Many2one(
        related="pledge_id.agreement_id", store=True, index=True
    )
    partner_id = fields.Many2one(related="pledge_id.partner_id", store=True, index=True)
    company_id = fields.Many2one(
        related="pledge_id.company_id", store=True, precompute=True, default=None
    )
    region_id = fields.Many2one(
        related="pledge_id.region_id", store=True, precompute=True, default=None
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    from_force = fields.Selection(FORCES, string="Was", required=True)
    to_force = fields.Selection(FORCES, string="Became", required=True)
    reason = fields.Text(required=True)
    user_id = fields.Many2one("res.users", string="By", required=True)
