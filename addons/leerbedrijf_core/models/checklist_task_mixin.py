from odoo import api, fields, models


class LeerbedrijfChecklistTaskMixin(models.AbstractModel):
    """A task of a design: in which step, by whom and how many days from the start.

    The checklist of a route is what a template starts with, that of the template what a
    cohort starts with; each keeps its own from then on.
    """

    _name = "leerbedrijf.checklist.task.mixin"
    _description = "Task of a checklist"
    _order = "step_id, days, sequence, id"

    sequence = fields.Integer(default=10)
    step_id = fields.Many2one(
        "leerbedrijf.cohort.step",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('code', '!=', 'closed')]",
    )
    name = fields.Char(
        string="Task",
        required=True,
        help="The whole region reads this: name no participants.",
    )
    role_id = fields.Many2one(
        "leerbedrijf.party.role",
        string="By whom",
        index=True,
        ondelete="restrict",
        help="In a cohort the task goes to the colleague who has this role.",
    )
    days = fields.Integer(
        string="Days from the start",
        aggregator=None,
        help="By when: days after the start of the cohort, or before it with a minus.",
    )
    moment = fields.Char(string="That is", compute="_compute_moment")
    note = fields.Text(
        string="How",
        help="What to think of. The whole region reads this: name no participants.",
    )

    _days_within_years = models.Constraint(
        "CHECK(days BETWEEN -3650 AND 3650)",
        "A task lies at most ten years before or after the start.",
    )

    @api.depends("days")
    @api.depends_context("lang")
    def _compute_moment(self):
        for task in self:
            task.moment = task._get_moment()

    def _get_moment(self):
        """The days in words: whole weeks as weeks."""
        days = abs(self.days)
        if not days:
            return self.env._("on the first day")
        if days % 7:
            length = self.env._("a day") if days == 1 else self.env._("%s days", days)
        else:
            length = (
                self.env._("a week") if days == 7 else self.env._("%s weeks", days // 7)
            )
        if self.days < 0:
            return self.env._("%(length)s before the start", length=length)
        return self.env._("%(length)s after the start", length=length)

    def _prepare_task_values(self):
        """What the next checklist takes from this task: a whitelist to extend."""
        self.ensure_one()
        return {
            "sequence": self.sequence,
            "step_id": self.step_id.id,
            "name": self.name,
            "role_id": self.role_id.id,
            "days": self.days,
            "note": self.note,
        }
