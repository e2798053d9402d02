from odoo import api, fields, models


class LeerbedrijfCohortStepPass(models.TransientModel):
    """Pass a cohort on although something is missing, with a reason."""

    _name = "leerbedrijf.cohort.step.pass"
    _description = "Pass a step with a reason"

    cohort_id = fields.Many2one("leerbedrijf.cohort", required=True)
    step_id = fields.Many2one(
        "leerbedrijf.cohort.step", string="Next step", required=True
    )
    missing_requirements = fields.Text(
        string="Still missing", compute="_compute_missing_requirements"
    )
    reason = fields.Char(required=True)

    @api.depends("cohort_id", "step_id")
    def _compute_missing_requirements(self):
        for wizard in self:
            missing = wizard.cohort_id and wizard.cohort_id._get_missing_before(
                wizard.step_id
            )
            wizard.missing_requirements = "\n".join(missing or [])

    def action_pass(self):
        self.ensure_one()
        self.cohort_id.check_access("write")
        self.cohort_id._pass_step(self.step_id, self.reason)
        return {"type": "ir.actions.act_window_close"}
