from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..models.pledge_guarantee import HOUSEHOLDS


class LeerbedrijfGuaranteeCheck(models.TransientModel):
    """The test of job guarantees before they are sent, and what to do about it."""

    _name = "leerbedrijf.guarantee.check"
    _description = "Test of a job guarantee"

    agreement_id = fields.Many2one(
        "leerbedrijf.agreement", required=True, readonly=True
    )
    result = fields.Html(compute="_compute_result", sanitize=False)
    has_concerns = fields.Boolean(compute="_compute_result")
    norms_from = fields.Char(compute="_compute_result")
    reason = fields.Text(string="Why send it all the same")

    @api.depends("agreement_id")
    @api.depends_context("lang")
    def _compute_result(self):
        for check in self:
            agreement = check.agreement_id
            pledges = agreement.guarantee_pledge_ids
            check.has_concerns = any(pledge._has_concerns() for pledge in pledges)
            check.norms_from = check._get_norms_from()
            check.result = Markup().join(map(self._describe, pledges))

    def _get_norms_from(self):
        """From when the oldest amount of the test holds: the user judges its age."""
        today = fields.Date.context_today(self)
        parameters = self.env["leerbedrijf.parameter"].search(
            [("code", "in", ["minimum_wage_hour", *HOUSEHOLDS.values()])]
        )
        dates = [
            parameter._find_value(today, self.agreement_id.company_id).date_from
            for parameter in parameters
        ]
        return format_date(self.env, min(filter(None, dates), default=today))

    def _describe(self, pledge):
        lines = [*pledge._describe_contract(), pledge._describe_history()]
        items = Markup().join(Markup("<li>%s</li>") % line for line in lines)
        return Markup("<p><strong>%s</strong></p><ul>%s</ul>") % (
            pledge.display_name,
            items,
        )

    def action_send(self):
        self.ensure_one()
        if self.has_concerns and not self.reason:
            raise UserError(
                self.env._(
                    "Give the reason to send it all the same, or make intentions of "
                    "the guarantees."
                )
            )
        result = self.agreement_id._send_guarantee(self.reason)
        return result or {"type": "ir.actions.act_window_close"}

    def action_make_intentions(self):
        self.ensure_one()
        self.agreement_id._make_intentions()
        return {"type": "ir.actions.act_window_close"}
