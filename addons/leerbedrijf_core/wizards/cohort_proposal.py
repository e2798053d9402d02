from odoo import api, fields, models
from odoo.exceptions import UserError


class LeerbedrijfCohortProposal(models.TransientModel):
    """A work coach proposes many candidates of the own municipality to one cohort."""

    _name = "leerbedrijf.cohort.proposal"
    _description = "Proposal of many candidates"
    _inherit = ["leerbedrijf.batch.mixin"]
    _tenancy_kind = "private"
    # The coordinator decides: what asks attention is for the work coach to know.
    _asks_reason = False

    line_ids = fields.One2many(
        "leerbedrijf.cohort.proposal.line", "batch_id", string="Candidates"
    )
    cohort_id = fields.Many2one(
        "leerbedrijf.cohort", domain="[('step_code', '!=', 'closed')]"
    )
    seats_note = fields.Char(compute="_compute_seats_note")
    motivation = fields.Text(
        string="Why this cohort",
        help="Shared with the coordinator of the leerwerkbedrijf.",
    )

    @api.depends("cohort_id", "line_ids.is_included", "line_ids.level")
    def _compute_seats_note(self):
        for batch in self:
            batch.seats_note = batch.cohort_id and batch._get_seats_note()

    def _get_seats_note(self):
        cohort = self.cohort_id
        return self.env._(
            "%(free)s of %(capacity)s seats are free, and %(waiting)s candidates wait "
            "for an answer.",
            free=max(cohort.capacity - cohort.seats_taken, 0),
            capacity=cohort.capacity,
            waiting=cohort.proposal_count,
        )

    def _compute_display_name(self):
        self.display_name = self.env._("Propose to a cohort")

    def _get_findings(self):
        lines = self.line_ids.grouped("participant_id")
        known = self.line_ids._get_records()
        for person in self.line_ids.participant_id - known:
            for line in lines[person]:
                yield line, "blocked", self.env._("Not visible to you any more.")
        if not self.cohort_id:
            return
        found = (
            *known._find_proposal_hindrance(self.cohort_id),
            *known._find_unmet_criteria(self.cohort_id),
        )
        for person, level, sentence in found:
            for line in lines[person]:
                yield line, level, sentence

    def action_confirm(self):
        self.ensure_one()
        if not self.cohort_id:
            raise UserError(self.env._("Choose the cohort first."))
        return super().action_confirm()

    def _apply(self, lines):
        lines.participant_id.check_access("write")
        self.env["leerbedrijf.enrolment"].create(
            [
                {
                    "participant_id": line.participant_id.id,
                    "company_id": line.participant_id.company_id.id,
                    "cohort_id": self.cohort_id.id,
                    "motivation": line.motivation,
                }
                for line in lines
            ]
        )

    def _get_result(self, lines):
        return self.env._(
            "Candidates proposed to “%(cohort)s”: %(number)s.",
            cohort=self.cohort_id.name,
            number=len(lines),
        )
