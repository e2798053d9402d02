from odoo import api, fields, models


class LeerbedrijfPhaseEntryPass(models.TransientModel):
    """Let participants enter a phase although something is missing."""

    _name = "leerbedrijf.phase.entry.pass"
    _description = "Enter a phase with a reason"

    enrolment_ids = fields.Many2many(
        "leerbedrijf.enrolment", string="Participants", required=True
    )
    phase_id = fields.Many2one(
        "leerbedrijf.enrolment.phase",
        help="Of one participant. Empty: the next phase of each.",
    )
    missing_requirements = fields.Text(
        string="Still missing", compute="_compute_missing_requirements"
    )
    reason = fields.Char(required=True)

    @api.depends("enrolment_ids", "phase_id")
    def _compute_missing_requirements(self):
        for wizard in self:
            # A client can fill in anybody: of others nothing is said.
            enrolments = wizard.enrolment_ids._origin._filtered_access("write")
            phases = wizard._get_phases(enrolments)
            missing = enrolments._get_missing_for_phases(phases)
            wizard.missing_requirements = "\n".join(
                self.env._(
                    "%(name)s, on to “%(phase)s”: %(missing)s",
                    name=enrolment.display_name,
                    phase=phases[enrolment].name,
                    missing=" ".join(found) or self.env._("nothing"),
                )
                for enrolment, found in missing.items()
            )

    def _get_phases(self, enrolments):
        """{enrolment: the phase to enter}."""
        if self.phase_id:
            own = self.phase_id._origin & enrolments.phase_ids
            return {phase.enrolment_id: phase for phase in own}
        return {enrolment: enrolment._get_next_phase() for enrolment in enrolments}

    def action_enter(self):
        self.ensure_one()
        enrolments = self.enrolment_ids
        enrolments.check_access("write")
        enrolments._check_state("learning")
        phases = self._get_phases(enrolments)
        missing = enrolments._enter_phases(phases, self.reason)
        enrolments.browse(enrolment.id for enrolment in missing)._message_log_batch(
            {
                enrolment.id: self.env._(
                    "Entered “%(phase)s” with something missing. Reason: %(reason)s "
                    "(missing: %(missing)s)",
                    phase=phases[enrolment].name,
                    reason=self.reason,
                    missing=" ".join(found),
                )
                for enrolment, found in missing.items()
            }
        )
        return {"type": "ir.actions.act_window_close"}
