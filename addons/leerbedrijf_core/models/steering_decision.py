from odoo import api, fields, models


class LeerbedrijfSteeringDecision(models.Model):
    """What a steering group decided: who does it, by when. It is a to-do of theirs."""

    _name = "leerbedrijf.steering.decision"
    _description = "Decision of a steering group"
    _inherit = ["leerbedrijf.child.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "done, date_deadline, id"
    _mail_post_access = "read"

    _tenancy_kind = "regional"
    _write_once_columns = ("meeting_id",)

    meeting_id = fields.Many2one(
        "leerbedrijf.steering.meeting",
        required=True,
        index=True,
        ondelete="cascade",
    )
    region_id = fields.Many2one(
        related="meeting_id.region_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(
        related="meeting_id.company_id", store=True, index=True, precompute=True
    )
    template_id = fields.Many2one(
        related="meeting_id.template_id", store=True, index=True
    )
    name = fields.Char(
        string="Decision",
        required=True,
        help="The whole region reads this: name no participants.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Who",
        required=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        index=True,
        help="The colleague who does it, or sees to it that somebody else does.",
    )
    date_deadline = fields.Date(string="By when", required=True, index=True)
    done = fields.Boolean(tracking=True, copy=False)
    is_late = fields.Boolean(compute="_compute_is_late")

    @api.depends("done", "date_deadline")
    def _compute_is_late(self):
        today = fields.Date.context_today(self)
        for decision in self:
            due = decision.date_deadline
            decision.is_late = not decision.done and bool(due) and due < today

    @api.model_create_multi
    def create(self, vals_list):
        decisions = super().create(vals_list)
        decisions._sync_activity()
        return decisions

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"name", "user_id", "date_deadline", "done"}:
            self._sync_activity()
        return result

    def _sync_activity(self):
        """What is open is one to-do of the colleague who does it."""
        for decision in self:
            if decision.done:
                decision.activity_feedback(["mail.mail_activity_data_todo"])
                continue
            values = {
                "user_id": decision.user_id.id,
                "date_deadline": decision.date_deadline,
                "summary": decision.name,
            }
            todo = decision.activity_search(["mail.mail_activity_data_todo"])
            if todo:
                todo.write(values)
            else:
                decision.activity_schedule("mail.mail_activity_data_todo", **values)
