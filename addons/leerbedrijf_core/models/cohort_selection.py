from odoo import fields, models


class LeerbedrijfCohort(models.Model):
    """The selection days of a cohort."""

    _inherit = "leerbedrijf.cohort"

    selection_day_ids = fields.One2many(
        "leerbedrijf.selection.day", "cohort_id", string="Selection days"
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
