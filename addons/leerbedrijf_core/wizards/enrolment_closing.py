from odoo import api, fields, models


class LeerbedrijfEnrolmentClosing(models.TransientModel):
    """Ask who decides that candidates go no further, and why."""

    _name = "leerbedrijf.enrolment.closing"
    _description = "Candidates go no further"

    enrolment_ids = fields.Many2many(
        "leerbedrijf.enrolment", string="Candidates", required=True
    )
    is_refusal = fields.Boolean()
    is_municipality = fields.Boolean(compute="_compute_is_municipality")
    decider = fields.Selection(
        [
            ("person", "The person withdraws"),
            ("municipality", "The municipality withdraws the proposal"),
        ],
        string="Who decides",
        required=True,
        default="person",
    )
    kind = fields.Char(compute="_compute_kind")
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

    @api.depends("enrolment_ids")
    def _compute_is_municipality(self):
        for closing in self:
            owners = closing.enrolment_ids.company_id
            closing.is_municipality = not owners - self.env.companies

    @api.depends("is_refusal", "decider")
    def _compute_kind(self):
        for closing in self:
            closing.kind = "refused" if closing.is_refusal else closing.decider

    @api.depends("kind")
    def _compute_reason_id(self):
        """Another who decides has other reasons."""
        for closing in self:
            if closing.reason_id.kind != closing.kind:
                closing.reason_id = False

    def action_close(self):
        """Close the enrolments, and leave those that are out of sight from now on."""
        self.ensure_one()
        enrolments = self.enrolment_ids
        cohort = enrolments.cohort_id[:1]
        enrolments._close(self.reason_id, self.remark)
        if enrolments._filtered_access("read") == enrolments:
            return {"type": "ir.actions.act_window_close"}
        return cohort.action_view_enrolments()
