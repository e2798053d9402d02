from odoo import fields, models
from odoo.fields import Command

from .enrolment import PURPOSE_STATES


class LeerbedrijfParticipant(models.Model):
    """What the person can do."""

    _inherit = "leerbedrijf.participant"

    skill_line_ids = fields.One2many(
        "leerbedrijf.participant.skill", "participant_id", string="Skills"
    )

    def action_prepare_skills(self):
        """Ask of which routes the skills are put ready: those of the cohorts that this
        person is proposed to, unless the user chooses others."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Put the skills of a route ready"),
            "res_model": "leerbedrijf.skill.preparation",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_participant_id": self.id,
                "default_route_ids": [
                    Command.set(self._get_open_cohorts().route_id.ids)
                ],
            },
        }

    def _get_open_cohorts(self):
        """The cohorts for which this person is proposed or in which they learn."""
        return self.enrolment_ids.filtered(
            lambda enrolment: enrolment.state in PURPOSE_STATES
        ).cohort_id

    def _prepare_skills(self, routes):
        """Add a line for each skill that these routes teach, and that the functions of
        this person's cohorts on them ask. Nothing that is there changes."""
        self.ensure_one()
        cohorts = self._get_open_cohorts().filtered(lambda c: c.route_id in routes)
        asked = cohorts.function_ids.filtered("is_open").skill_line_ids.skill_id
        skills = (routes.skill_ids | asked) - self.skill_line_ids.skill_id
        return self.env["leerbedrijf.participant.skill"].create(
            [{"participant_id": self.id, "skill_id": skill.id} for skill in skills]
        )
