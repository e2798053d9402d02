from odoo import fields, models


class LeerbedrijfPhaseEntryMixin(models.AbstractModel):
    """What is asked of somebody who enters a phase: in a chain of places ("treintje")
    each place asks more than the one before. It advises, it never blocks."""

    _name = "leerbedrijf.phase.entry.mixin"
    _description = "Entry conditions of a phase"

    entry_skill_ids = fields.Many2many(
        "hr.skill",
        string="Can do on entry",
        help="Skills and certificates that a participant has before this phase begins.",
    )
    entry_weeks = fields.Integer(
        string="Weeks in the phase before",
        help="How many weeks a participant learns in the phase before at least.",
    )
    entry_text = fields.Char(
        string="To be judged on entry",
        help="What no system can count, such as coming on time; a person judges it.",
    )

    _entry_weeks_sane = models.Constraint(
        "CHECK(entry_weeks BETWEEN 0 AND 104)",
        "The weeks in the phase before lie between 0 and 104.",
    )

    def _prepare_entry_values(self):
        """The conditions as a phase that follows from this one copies them."""
        self.ensure_one()
        return {
            "entry_skill_ids": self.entry_skill_ids.ids,
            "entry_weeks": self.entry_weeks,
            "entry_text": self.entry_text,
        }
