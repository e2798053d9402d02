from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .res_partner_summary import MOST_LINES

LAST_MOMENTS = 3


class ResPartner(models.Model):
    """Before a call or visit: what was promised, delivered and said, what is planned,
    and whether a colleague of another organisation is in touch already."""

    _inherit = "res.partner"

    colleague_contact = fields.Text(
        string="Colleagues in touch",
        compute="_compute_colleague_contact",
        groups="leerbedrijf_core.group_user",
    )
    recent_moment_ids = fields.Many2many(
        "leerbedrijf.contact.moment",
        string="Last conversations",
        compute="_compute_conversation",
        groups="leerbedrijf_core.group_user",
    )
    planned_moment_ids = fields.Many2many(
        "leerbedrijf.contact.moment",
        string="Planned contact",
        compute="_compute_conversation",
        groups="leerbedrijf_core.group_user",
    )
    open_forecast_ids = fields.Many2many(
        "leerbedrijf.forecast",
        string="Open future jobs",
        compute="_compute_conversation",
        groups="leerbedrijf_core.group_user",
    )
    promised_pledge_ids = fields.Many2many(
        "leerbedrijf.pledge",
        string="Promises",
        compute="_compute_conversation",
        groups="leerbedrijf_core.group_user",
    )

    def _compute_conversation(self):
        """For one page at a time: four bounded queries an employer."""
        moments = self.env["leerbedrijf.contact.moment"]
        for partner in self:
            own = Domain("partner_id", "=", partner._origin.id)
            partner.recent_moment_ids = moments.search(
                own & Domain("state", "=", "done"), limit=LAST_MOMENTS
            )
            partner.planned_moment_ids = moments.search(
                own & Domain("state", "=", "planned"), limit=MOST_LINES, order="date"
            )
            partner.open_forecast_ids = partner._origin._get_open_forecasts(MOST_LINES)
            partner.promised_pledge_ids = self.env["leerbedrijf.pledge"].search(
                own & Domain("agreement_id.is_in_force", "=", True),
                limit=MOST_LINES,
            )

    @api.depends_context("uid", "allowed_company_ids", "lang")
    def _compute_colleague_contact(self):
        moments = self.env["leerbedrijf.contact.moment"].search(
            Domain("partner_id", "in", self._origin.ids)
            & self._get_colleague_contact_domain(),
            order="date desc",
        )
        by_partner = moments.grouped("partner_id")
        for partner in self:
            found = by_partner.get(partner._origin, moments.browse())
            partner.colleague_contact = "\n".join(
                moment._get_colleague_sentence() for moment in found[:LAST_MOMENTS]
            )

    @api.model
    def _get_colleague_contact_domain(self):
        """What people of other organisations plan, or have just discussed."""
        today = fields.Date.context_today(self)
        days = self.env["leerbedrijf.parameter"]._get("contact_colleague_days")
        return (
            Domain("date", ">=", today - timedelta(days))
            & Domain("user_id", "!=", self.env.uid)
            & Domain("user_id.company_id", "not in", self.env.companies.ids)
            & (Domain("state", "=", "done") | Domain("date", ">=", today))
        )

    def action_view_employer(self):
        """The whole file of the employer."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.id,
            "views": [(False, "form")],
        }
