from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

TASKS_IN_SENTENCE = 3


class LeerbedrijfCohort(models.Model):
    """Who does what in a cohort, and the checklist of its work per step."""

    _inherit = "leerbedrijf.cohort"

    party_ids = fields.One2many(
        "leerbedrijf.cohort.party", "cohort_id", string="Parties and roles"
    )
    task_ids = fields.One2many(
        "leerbedrijf.cohort.task", "cohort_id", string="Checklist"
    )
    step_task_ids = fields.Many2many(
        "leerbedrijf.cohort.task",
        string="To do now",
        compute="_compute_step_task_ids",
    )
    task_count = fields.Integer(compute="_compute_task_counts", string="Tasks")
    task_done_count = fields.Integer(
        compute="_compute_task_counts", string="Tasks done"
    )
    late_task_count = fields.Integer(
        compute="_compute_task_counts", string="Tasks that are late"
    )
    can_prepare_checklist = fields.Boolean(compute="_compute_can_prepare_checklist")

    @api.depends("step_id", "task_ids.is_late", "task_ids.step_id")
    def _compute_step_task_ids(self):
        """What is open of this step, what was left open in an earlier one, and what is
        late of a later one."""
        for cohort in self:
            sequence = cohort.step_id.sequence
            cohort.step_task_ids = cohort.task_ids.filtered(
                lambda task, sequence=sequence: (
                    not task.done
                    and (task.is_late or task.step_id.sequence <= sequence)
                )
            ).sorted("date_deadline")

    @api.depends("task_ids.done", "task_ids.date_deadline")
    def _compute_task_counts(self):
        """Two questions for all cohorts of a board."""
        tasks = self.env["leerbedrijf.cohort.task"]
        own = Domain("cohort_id", "in", self.ids)
        today = fields.Date.context_today(self)
        late = own & Domain([("done", "=", False), ("date_deadline", "<", today)])
        counts = {
            (cohort.id, done): count
            for cohort, done, count in tasks._read_group(
                own, ["cohort_id", "done"], ["__count"]
            )
        }
        late_counts = dict(tasks._read_group(late, ["cohort_id"], ["__count"]))
        for cohort in self:
            done = counts.get((cohort._origin.id, True), 0)
            cohort.task_done_count = done
            cohort.task_count = done + counts.get((cohort._origin.id, False), 0)
            cohort.late_task_count = late_counts.get(cohort._origin, 0)

    @api.depends("task_ids", "template_id.task_ids")
    def _compute_can_prepare_checklist(self):
        for cohort in self:
            cohort.can_prepare_checklist = bool(
                cohort.template_id.task_ids and not cohort.task_ids
            )

    @api.depends("task_ids.done")
    def _compute_missing_requirements(self):
        return super()._compute_missing_requirements()

    @api.model_create_multi
    def create(self, vals_list):
        cohorts = super().create(vals_list)
        cohorts._prepare_parties()
        cohorts._prepare_checklist()
        return cohorts

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"active", "coordinator_id", "date_start", "step_id"}:
            self.task_ids._sync_todos()
        return result

    def _pass_step(self, target, reason):
        result = super()._pass_step(target, reason)
        self.task_ids._sync_todos()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_checklist(self):
        # Superuser: who may delete the cohort deletes its tasks with their to-dos.
        self.sudo().task_ids.unlink()

    def _prepare_parties(self):
        """Take over the parties of the template, where none were given."""
        # Superuser: they follow from the template that the whole region reads.
        self.env["leerbedrijf.cohort.party"].sudo().create(
            [
                {**party._prepare_party_values(), "cohort_id": cohort.id}
                for cohort in self.filtered(lambda cohort: not cohort.party_ids)
                for party in cohort.template_id.party_ids
            ]
        )

    def _prepare_checklist(self):
        """Take over the tasks of the template, where there are none yet: later changes
        of the template do not touch a cohort."""
        # Superuser: they follow from the template that the whole region reads.
        tasks = self.env["leerbedrijf.cohort.task"].sudo()
        tasks.with_context(tracking_disable=True).create(
            [
                {**task._prepare_task_values(), "cohort_id": cohort.id}
                for cohort in self.filtered(lambda cohort: not cohort.task_ids)
                for task in cohort.template_id.task_ids
            ]
        )

    def _get_missing_of_steps(self, codes):
        return super()._get_missing_of_steps(codes) + self._get_missing_tasks(codes)

    def _get_missing_tasks(self, codes):
        """What is still open on the checklist of these steps, in one sentence."""
        todo = self.task_ids.filtered(
            lambda task: not task.done and task.step_id.code in codes
        ).sorted("date_deadline")
        if not todo:
            return []
        names = ", ".join(todo[:TASKS_IN_SENTENCE].mapped("name"))
        more = len(todo) - TASKS_IN_SENTENCE
        if more > 0:
            return [
                self.env._(
                    "Still on the checklist: %(tasks)s and %(number)s more.",
                    tasks=names,
                    number=more,
                )
            ]
        return [self.env._("Still on the checklist: %(tasks)s.", tasks=names)]

    def action_prepare_checklist(self):
        """Take over the checklist for a cohort that was made before there was one."""
        self.ensure_one()
        self.check_access("write")
        if not self.can_prepare_checklist:
            raise UserError(
                self.env._(
                    "“%(cohort)s” has a checklist already, or its template has none.",
                    cohort=self.name,
                )
            )
        self._prepare_parties()
        self._prepare_checklist()

    def action_view_tasks(self):
        self.ensure_one()
        return self._action_view(
            "leerbedrijf_core.cohort_task_action",
            [("cohort_id", "=", self.id)],
            default_cohort_id=self.id,
            search_default_by_step=True,
        )
