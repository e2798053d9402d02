from datetime import date, timedelta

from odoo import api, fields, models

MAX_DAYS = 3650  # ten years before or after the start


class LeerbedrijfCohortTask(models.Model):
    """A task on the checklist of a cohort, for a step of the method.

    By when follows from the start of the cohort, and who does it from the roles of the
    parties: both move along until the task is done. What somebody fills in by hand is
    kept as days from the start (`days`) and as a colleague of choice (`assigned_id`).
    """

    _name = "leerbedrijf.cohort.task"
    _description = "Task of a cohort"
    _inherit = ["leerbedrijf.child.mixin", "leerbedrijf.todo.mixin"]
    _order = "done, date_deadline, sequence, id"

    _tenancy_kind = "regional"
    _write_once_columns = ("cohort_id",)
    # What follows from being done.
    _system_columns = ("done_on", "done_by_id")

    cohort_id = fields.Many2one(
        "leerbedrijf.cohort", required=True, index=True, ondelete="cascade"
    )
    region_id = fields.Many2one(
        related="cohort_id.region_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(
        related="cohort_id.company_id", store=True, index=True, precompute=True
    )
    sequence = fields.Integer(default=10)
    step_id = fields.Many2one(
        "leerbedrijf.cohort.step",
        required=True,
        index=True,
        ondelete="restrict",
        compute="_compute_step_id",
        store=True,
        readonly=False,
        precompute=True,
        domain="[('code', '!=', 'closed')]",
    )
    name = fields.Char(string="Task")
    role_id = fields.Many2one("leerbedrijf.party.role", index=True, ondelete="restrict")
    assigned_id = fields.Many2one(
        "res.users", string="Given to", domain="[('share', '=', False)]", copy=False
    )
    user_id = fields.Many2one(
        compute="_compute_user_id",
        inverse="_inverse_user_id",
        store=True,
        readonly=False,
        help="Proposed from who has the role in this cohort.",
    )
    days = fields.Integer(string="Days from the start", aggregator=None)
    date_deadline = fields.Date(
        compute="_compute_date_deadline",
        inverse="_inverse_date_deadline",
        store=True,
        readonly=False,
        precompute=True,
        help="Moves along when the start of the cohort moves.",
    )
    done_on = fields.Date(readonly=True, copy=False)
    done_by_id = fields.Many2one(
        "res.users", string="Done by", readonly=True, copy=False
    )
    can_finish = fields.Boolean(compute="_compute_can_finish")
    note = fields.Text(
        string="How",
        help="What to think of. The whole region reads this: name no participants.",
    )

    @api.depends("cohort_id")
    def _compute_step_id(self):
        for task in self:
            task.step_id = task.step_id or task.cohort_id.step_id

    @api.depends("days", "done", "cohort_id.date_start")
    def _compute_date_deadline(self):
        for task in self:
            start = task.cohort_id.date_start
            if start and not (task.done and task.date_deadline):
                span = min(timedelta(days=task.days), date.max - start)
                task.date_deadline = start + max(span, date.min - start)

    def _inverse_date_deadline(self):
        for task in self.filtered("date_deadline"):
            task.days = (task.date_deadline - task.cohort_id.date_start).days

    @api.depends(
        "role_id",
        "assigned_id",
        "done",
        "cohort_id.party_ids.role_id",
        "cohort_id.party_ids.contact_id",
    )
    def _compute_user_id(self):
        for task in self.filtered(lambda task: not task.done):
            task.user_id = task.assigned_id or task._get_user_of_role()

    def _inverse_user_id(self):
        for task in self:
            by_role = task._get_user_of_role()
            task.assigned_id = task.user_id != by_role and task.user_id

    def _get_user_of_role(self):
        # Superuser: who has a role in a cohort is known in the region.
        parties = self.sudo().cohort_id.party_ids
        return parties.filtered(lambda party: party.role_id == self.role_id)._get_user()

    @api.depends("user_id", "cohort_id.step_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_can_finish(self):
        writable = self._filtered_access("write")
        for task in self:
            task.can_finish = task.user_id == self.env.user or task in writable

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_finish(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._with_finish(vals))

    @api.model
    def _with_finish(self, vals):
        """The values with who said when that it is done: no client fills that in."""
        if not self.env.su:
            vals = {k: v for k, v in vals.items() if k not in self._system_columns}
        if "done" in vals:
            done = vals["done"]
            vals = {
                "done_on": done and fields.Date.context_today(self),
                "done_by_id": done and self.env.uid,
                **vals,
            }
        return vals

    def _prepare_task_values(self):
        """What a template that is made after the cohort takes from this task: its
        place on the checklist, not who did it when."""
        self.ensure_one()
        names = ("sequence", "name", "days", "note")
        links = {name: self[name].id for name in ("step_id", "role_id")}
        return {**{name: self[name] for name in names}, **links}

    def _is_possible(self, name, value):
        if name == "days" and isinstance(value, int | float):
            return abs(value) <= MAX_DAYS
        return super()._is_possible(name, value)

    @api.model
    def _get_todo_fields(self):
        return super()._get_todo_fields() | {"step_id", "role_id", "days"}

    def _sync_todos(self):
        # Quietly: a step brings several tasks at once, and no mail for each of them.
        quiet = self.with_context(mail_activity_quick_update=True)
        return super(LeerbedrijfCohortTask, quiet)._sync_todos()

    def _is_todo(self):
        """Nobody is asked yet for what belongs to a later step, or for what is over."""
        cohort = self.cohort_id
        return (
            super()._is_todo()
            and cohort.active
            and cohort.step_code != "closed"
            and self.step_id.sequence <= cohort.step_id.sequence
        )

    def action_finish(self):
        self._finish(True)

    def action_reopen(self):
        self._finish(False)

    def _finish(self, done):
        """Say that it is done, or not yet: whoever may write it or whose task it is."""
        self.check_access("read")
        if others := self.filtered(lambda task: not task.can_finish):
            others.check_access("write")
        # Superuser: whose task it is says that it is done, also a colleague of another
        # organisation than the one that runs the cohort.
        self.sudo().filtered(lambda task: task.done != done).done = done
