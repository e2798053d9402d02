from odoo import fields, models
from odoo.exceptions import RedirectWarning


class LeerbedrijfEnrolment(models.Model):
    """Entering a phase: its conditions advise, going on without them asks a reason."""

    _inherit = "leerbedrijf.enrolment"

    def write(self, vals):
        if vals.get("current_phase_id") and not self.env.su:
            phase = self.env["leerbedrijf.enrolment.phase"].browse(
                vals["current_phase_id"]
            )
            for enrolment in self.filtered(lambda e: e.current_phase_id != phase):
                enrolment._check_phase_entry(phase)
        return super().write(vals)

    def action_next_phase(self):
        """Move on to the next phase, or ask for a reason if something is missing."""
        self._check_state("learning")
        if not any(e._get_missing_for_phase(e._get_next_phase()) for e in self):
            return super().action_next_phase()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "leerbedrijf_core.phase_entry_pass_action"
            ),
            "context": {"default_enrolment_ids": self.ids},
        }

    def _check_phase_entry(self, phase):
        """Raise, with the way to a reason, if `phase` asks what this person has not."""
        self.ensure_one()
        missing = self._get_missing_for_phase(phase)
        if missing:
            raise RedirectWarning(
                self.env._(
                    "%(name)s cannot enter “%(phase)s” without a reason:\n%(missing)s",
                    name=self.display_name,
                    phase=phase.name,
                    missing="\n".join(f"– {sentence}" for sentence in missing),
                ),
                self.env.ref("leerbedrijf_core.phase_entry_pass_action").id,
                self.env._("Give a reason"),
                {"default_enrolment_ids": self.ids},
            )

    def _get_missing_for_phase(self, phase):
        """Plain sentences: what `phase` asks and this person does not have. Sectors add
        theirs."""
        self.ensure_one()
        missing = []
        skills = phase.entry_skill_ids - self._get_held_skills(phase.entry_skill_ids)
        if skills:
            missing.append(
                self.env._(
                    "Not shown yet: %(skills)s.",
                    skills=", ".join(skills.mapped("name")),
                )
            )
        weeks = self._get_weeks_in_phase()
        if weeks < phase.entry_weeks:
            missing.append(
                self.env._(
                    "%(weeks)s of %(asked)s weeks in the phase before.",
                    weeks=weeks,
                    asked=phase.entry_weeks,
                )
            )
        if phase.entry_text:
            missing.append(
                self.env._("To be judged: %(condition)s", condition=phase.entry_text)
            )
        return missing

    def _describe_missing(self):
        """Who misses what for the next phase, for the question to go on."""
        phase = self._get_next_phase()
        missing = self._get_missing_for_phase(phase) or [self.env._("nothing")]
        return self.env._(
            "%(name)s, on to “%(phase)s”: %(missing)s",
            name=self.display_name,
            phase=phase.name,
            missing=" ".join(missing),
        )

    def _get_held_skills(self, skills):
        """Those of `skills` that this person has been established to have."""
        self.ensure_one()
        lines = self.employee_id.current_employee_skill_ids
        return skills & lines.skill_id

    def _get_weeks_in_phase(self):
        """Whole weeks since the current phase began; none before it does."""
        self.ensure_one()
        start = self.current_phase_id.date_start
        if not start:
            return 0
        return max((fields.Date.context_today(self) - start).days // 7, 0)

    def _enter_next_phase(self, reason):
        self._check_state("learning")
        for enrolment in self:
            enrolment._enter_phase(enrolment._get_next_phase(), reason)

    def _enter_phase(self, phase, reason):
        """Move on although something may be missing, and keep why."""
        self.ensure_one()
        missing = self._get_missing_for_phase(phase)
        self._set_current_phase(phase)
        if not missing:
            return
        # Superuser is the key to the reason: it comes from here alone.
        phase.sudo().entry_reason = reason
        self.message_post(
            body=self.env._(
                "Entered “%(phase)s” with something missing. Reason: %(reason)s "
                "(missing: %(missing)s)",
                phase=phase.name,
                reason=reason,
                missing=" ".join(missing),
            )
        )

    def _set_current_phase(self, phase):
        """Past this model's own write, which asks for a reason."""
        return super().write({"current_phase_id": phase.id})
