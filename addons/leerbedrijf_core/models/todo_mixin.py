from odoo import api, fields, models
from odoo.exceptions import ValidationError

TODO = "mail.mail_activity_data_todo"


class LeerbedrijfTodoMixin(models.AbstractModel):
    """Work of one colleague by a date: it is a to-do of theirs, and each closes the
    other."""

    _name = "leerbedrijf.todo.mixin"
    _description = "Work of a colleague"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _mail_post_access = "read"

    name = fields.Char(
        required=True, help="The whole region reads this: name no participants."
    )
    user_id = fields.Many2one(
        "res.users", string="Who", domain="[('share', '=', False)]", index=True
    )
    date_deadline = fields.Date(string="By when", required=True, index=True)
    done = fields.Boolean(tracking=True, copy=False)
    is_late = fields.Boolean(compute="_compute_is_late")

    @api.depends("done", "date_deadline")
    def _compute_is_late(self):
        today = fields.Date.context_today(self)
        for record in self:
            due = record.date_deadline
            record.is_late = not record.done and bool(due) and due < today

    @api.constrains("user_id")
    def _check_colleague(self):
        for record in self.filtered("user_id"):
            # Superuser: only regions are compared.
            if record.region_id not in record.sudo().user_id.leerbedrijf_region_ids:
                raise ValidationError(
                    self.env._(
                        "“%(task)s” can only be done by a colleague of the region "
                        "%(region)s. Choose another one.",
                        task=record.name,
                        region=record.region_id.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._sync_todos()
        return records

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & self._get_todo_fields():
            self._sync_todos()
        return result

    @api.model
    def _get_todo_fields(self):
        """The fields whose change changes the to-do."""
        return {"name", "user_id", "date_deadline", "done"}

    def _is_todo(self):
        """Whether somebody has to do this now."""
        self.ensure_one()
        return not self.done and bool(self.user_id)

    def _prepare_todo(self):
        """What the to-do takes from the work."""
        self.ensure_one()
        return {
            "user_id": self.user_id.id,
            "date_deadline": self.date_deadline,
            "summary": self.name,
        }

    def _sync_todos(self):
        """What is to be done is one to-do of the colleague who does it."""
        # Superuser: the to-do follows from the work, also that of a colleague of
        # another organisation; who wrote the work was allowed to.
        records = self.sudo()
        todos = records.activity_search([TODO]).grouped("res_id")
        none = records.env["mail.activity"]
        for record in records:
            todo = todos.get(record.id, none)
            if record.done:
                todo.action_feedback()
            elif not record._is_todo():
                todo.unlink()
            elif todo:
                record._update_todo(todo[:1])
            else:
                record.activity_schedule(TODO, **record._prepare_todo())

    def _finish_todo(self):
        """Its to-do is done. Whose work it is says so, or who may write it: anybody can
        make an activity on what the region reads."""
        # Superuser: also a colleague of another organisation than the one that keeps
        # the list.
        theirs = self.sudo().filtered(lambda record: record.user_id == self.env.user)
        finished = theirs | self._filtered_access("write").sudo()
        finished.filtered(lambda record: not record.done).done = True

    def _update_todo(self, todo):
        values = self._prepare_todo()
        now = {
            "user_id": todo.user_id.id,
            "date_deadline": todo.date_deadline,
            "summary": todo.summary,
        }
        changed = {name: value for name, value in values.items() if value != now[name]}
        if changed:
            todo.write(changed)
