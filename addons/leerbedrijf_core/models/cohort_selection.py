from odoo import api, fields, models
from odoo.fields import Domain

from .enrolment_flow import BUSY_STATES


class LeerbedrijfCohort(models.Model):
    """The selection days of a cohort."""

    _inherit = "leerbedrijf.cohort"

    selection_day_ids = fields.One2many(
        "leerbedrijf.selection.day", "cohort_id", string="Selection days"
    )

    @api.depends("function_ids.is_open", "enrolment_ids.function_id")
    def _compute_missing_requirements(self):
        return super()._compute_missing_requirements()

    def _get_missing_match(self):
        """Until whoever has a seat has a function that both sides chose."""
        missing = super()._get_missing_match()
        without = self._count_seats_taken(
            Domain("function_id", "=", False) & Domain("state", "in", BUSY_STATES)
        )
        if without and not self.function_ids.filtered("is_open"):
            missing.append(
                self.env._("No employer offers a function to be matched to yet.")
            )
        elif without:
            missing.append(
                self.env._(
                    "%(number)s participants have no match yet. Hold a selection day, "
                    "or confirm the one that there is.",
                    number=without,
                )
            )
        return missing + self.function_ids._describe_overmatched()

    def _get_missing_learning(self):
        return (
            super()._get_missing_learning() + self.function_ids._describe_overmatched()
        )

    def action_view_selection_days(self):
        """The day that there is, the list of them, or a new one."""
        self.ensure_one()
        action = self._action_view(
            "leerbedrijf_core.selection_day_action",
            [("cohort_id", "=", self.id)],
            default_cohort_id=self.id,
        )
        if len(self.selection_day_ids) > 1:
            return action
        return {
            **action,
            "res_id": self.selection_day_ids.id,
            "views": [(False, "form")],
        }
