from odoo import api, fields, models


class LeerbedrijfCohort(models.Model):
    """What the steering group decided on a cohort, and what is late."""

    _inherit = "leerbedrijf.cohort"

    steering_member_ids = fields.Many2many(related="template_id.steering_member_ids")
    steering_meeting_ids = fields.Many2many(
        "leerbedrijf.steering.meeting",
        "leerbedrijf_steering_meeting_cohort_rel",
        string="Meetings",
    )
    steering_decision_ids = fields.Many2many(
        "leerbedrijf.steering.decision",
        string="Open decisions",
        compute="_compute_steering_decision_ids",
    )
    late_decision_count = fields.Integer(
        string="Late decisions", compute="_compute_steering_decision_ids"
    )

    @api.depends("steering_meeting_ids.decision_ids.done")
    def _compute_steering_decision_ids(self):
        for cohort in self:
            decisions = cohort.steering_meeting_ids.decision_ids
            todo = decisions.filtered(lambda decision: not decision.done)
            cohort.steering_decision_ids = todo.sorted("date_deadline")
            cohort.late_decision_count = len(decisions.filtered("is_late"))

    def action_new_steering_meeting(self):
        """Call a meeting of the steering group of this cohort."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "leerbedrijf.steering.meeting",
            "views": [(False, "form")],
            "context": {
                "default_template_id": self.template_id.id,
                "default_region_id": self.region_id.id,
            },
        }
