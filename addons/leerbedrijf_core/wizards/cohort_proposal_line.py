from odoo import api, fields, models


class LeerbedrijfCohortProposalLine(models.TransientModel):
    """One of the candidates who are proposed, and why this person."""

    _name = "leerbedrijf.cohort.proposal.line"
    _description = "One of the proposed candidates"
    _inherit = ["leerbedrijf.batch.line.mixin"]
    _tenancy_kind = "private"
    _record_field = "participant_id"

    batch_id = fields.Many2one(
        "leerbedrijf.cohort.proposal", required=True, index=True, ondelete="cascade"
    )
    participant_id = fields.Many2one(
        "leerbedrijf.participant", string="Name", required=True, ondelete="cascade"
    )
    status = fields.Selection(related="participant_id.status", related_sudo=False)
    work_coach_id = fields.Many2one(
        related="participant_id.work_coach_id", related_sudo=False
    )
    language_level = fields.Selection(
        related="participant_id.language_level", related_sudo=False
    )
    motivation = fields.Text(
        string="Why this cohort",
        compute="_compute_motivation",
        store=True,
        readonly=False,
    )

    @api.depends("batch_id.motivation")
    def _compute_motivation(self):
        for line in self:
            line.motivation = line.batch_id.motivation

    @api.depends("participant_id", "batch_id.cohort_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_finding(self):
        return super()._compute_finding()
