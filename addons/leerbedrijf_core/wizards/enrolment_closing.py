from odoo import api, fields, models
from odoo.exceptions import UserError


class LeerbedrijfEnrolmentClosing(models.TransientModel):
    """Ask who decides that candidates go no further, and why."""

    _name = "leerbedrijf.enrolment.closing"
    _description = "Candidates go no further"

    enrolment_ids = fields.Many2many(
        "leerbedrijf.enrolment", string="Candidates", required=True
    )
    kind = fields.Selection(
        selection=lambda self: self._selection_kind(),
        string="Who decides",
        required=True,
    )
    is_refusal = fields.Boolean(compute="_compute_is_refusal")
    reason_id = fields.Many2one(
        "leerbedrijf.enrolment.reason",
        string="Why",
        compute="_compute_reason_id",
        store=True,
        readonly=False,
        required=True,
        domain="[('kind', '=', kind)]",
    )
    ends_search = fields.Boolean(related="reason_id.ends_search")
    remark = fields.Text(
        string="Explanation",
        help="The other side reads this. Nothing about health, no diagnosis.",
    )

    @api.model
    def _selection_kind(self):
        reasons = self.env["leerbedrijf.enrolment.reason"]
        return reasons._fields["kind"]._description_selection(self.env)

    @api.depends("kind")
    def _compute_is_refusal(self):
        for closing in self:
            closing.is_refusal = closing.kind == "refused"

    @api.depends("kind")
    def _compute_reason_id(self):
        for closing in self:
            if closing.reason_id.kind != closing.kind:
                closing.reason_id = False

    def action_close(self):
        """Close the enrolments, and leave those that are out of sight from now on."""
        self.ensure_one()
        if self.reason_id.kind != self.kind:
            raise UserError(
                self.env._("Choose a reason that belongs to who decides.")
            )
        enrolments = self.enrolment_ids
        cohort = enrolments.cohort_id[:1]
        enrolments._close(self.reason_id, self.remark)
        if enrolments._filtered_access("read") == enrolments:
            return {"type": "ir.actions.act_window_close"}
        return cohort.action_view_enrolments()
