from odoo import fields, models
from odoo.exceptions import RedirectWarning


class LeerbedrijfEnrolment(models.Model):
    """Entering a phase: its conditions advise, going on without them asks a reason."""

    _inherit = "leerbedrijf.enrolment"

    def write(self, vals):
        if vals.get("current_phase_id") and not self.env.su:
            # First of all: what is missing says something of the person.
            self.check_access("write")
            phase = self.env["leerbedrijf.enrolment.phase"].browse(
                vals["current_phase_id"]
            )
            for enrolment in self.filtered(lambda e: e.current_phase_id != phase):
                enrolment._check_phase_entry(phase)
        return super().write(vals)

    def action_next_phase(self):
        """Move on to the next phase, or ask for a reason if something is missing."""
        self.check_access("write")
        self._check_state("learning")
        phases = {enrolment: enrolment._get_next_phase() for enrolment in self}
        if not any(self._get_missing_for_phases(phases).values()):
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
        missing = self._get_missing_for_phases({self: phase})[self]
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
                {"default_enrolment_ids": self.ids, "default_phase_id": phase.id},
            )

    def _get_missing_for_phases(self, phases):
        """{enrolment: sentences} for `phases`, {enrolment: phase}."""
        skills = self.env["hr.skill"].union(
            *(phase.entry_skill_ids for phase in phases.values())
        )
        ratings = self._get_skill_ratings() if skills else {}
        return {
            enrolment: enrolment._get_missing_for_phase(
                phase, ratings.get(enrolment.id, {})
            )
            for enrolment, phase in phases.items()
        }

    def _get_missing_for_phase(self, phase, ratings):
        """Plain sentences: what `phase` asks and this person, with these ratings of
        `_get_skill_ratings`, does not have. Sectors add theirs."""
        self.ensure_one()
        missing = []
        today = fields.Date.context_today(self)
        skills = phase.entry_skill_ids.filtered(
            lambda skill: (
                skill.id not in ratings or not ratings[skill.id].is_held(today)
            )
        )
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

    def _get_weeks_in_phase(self):
        """Whole weeks since the current phase began; none before it does."""
        self.ensure_one()
        start = self.current_phase_id.date_start
        if not start:
            return 0
        return max((fields.Date.context_today(self) - start).days // 7, 0)

    def _enter_phases(self, phases, reason):
        """Each into the phase that `phases` gives, although something may be missing;
        keep why. Returns {enrolment: what was missing} for who misses something.
        """
        self.check_access("write")
        missing = self._get_missing_for_phases(phases)
        missing = {enrolment: found for enrolment, found in missing.items() if found}
        for enrolment, phase in phases.items():
            # Superuser: what the phase asks has just been weighed.
            enrolment.sudo().current_phase_id = phase
        entered = self.phase_ids.browse(phases[enrolment].id for enrolment in missing)
        # Superuser is the key to the reason: it comes from here alone.
        entered.sudo().entry_reason = reason
        return missing
