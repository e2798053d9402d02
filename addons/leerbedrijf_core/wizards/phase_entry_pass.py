from odoo import api, fields, models


class LeerbedrijfPhaseEntryPass(models.TransientModel):
    """Let participants enter their next phase although something is missing."""

    _name = "leerbedrijf.phase.entry.pass"
    _description = "Enter a phase with a reason"

    enrolment_ids = fields.Many2many(
        "leerbedrijf.enrolment", string="Participants", required=True
    )
    missing_requirements = fields.Text(
        string="Still missing", compute="_compute_missing_requirements"
    )
    reason = fields.Char(required=True)

    @api.depends("enrolment_ids")
    def _compute_missing_requirements(self):
        for wizard in self:
            # A client can fill in anybody: of others nothing is said.
            enrolments = wizard.enrolment_ids._origin._filtered_access("write")
            wizard.missing_requirements = "\n".join(
                enrolment._describe_missing() for enrolment in enrolments
            )

    def action_enter(self):
        self.ensure_one()
        self.enrolment_ids.check_access("write")
        self.enrolment_ids._enter_next_phase(self.reason)
        return {"type": "ir.actions.act_window_close"}
