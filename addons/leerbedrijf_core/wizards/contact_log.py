from odoo import api, fields, models
from odoo.exceptions import UserError


class LeerbedrijfContactLog(models.TransientModel):
    """After a call or visit: one form makes the note, keeps the future jobs and plans
    what comes next, all or nothing."""

    _name = "leerbedrijf.contact.log"
    _description = "After a conversation"

    _tenancy_kind = "regional"

    partner_id = fields.Many2one(
        "res.partner",
        string="Employer",
        required=True,
        domain="[('is_employer', '=', True)]",
    )
    moment_id = fields.Many2one(
        "leerbedrijf.contact.moment",
        string="Planned as",
        compute="_compute_moment_id",
        store=True,
        readonly=False,
        domain="[('partner_id', '=', partner_id), ('state', '=', 'planned')]",
        help="The planned contact that this was; empty if nobody had planned it.",
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    kind_id = fields.Many2one(
        "leerbedrijf.contact.kind",
        compute="_compute_kind_id",
        store=True,
        readonly=False,
        required=True,
    )
    summary = fields.Char(string="In one sentence", required=True)
    description = fields.Text(string="Notes")
    line_ids = fields.One2many(
        "leerbedrijf.contact.log.line",
        "log_id",
        string="Future jobs",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )
    next_summary = fields.Char(string="What")
    next_date = fields.Date(string="When")
    next_user_id = fields.Many2one(
        "res.users",
        string="Who",
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
    )
    next_kind_id = fields.Many2one(
        "leerbedrijf.contact.kind",
        string="Contact",
        help="Empty: a task for yourself or a colleague, not a contact.",
    )

    @api.depends("partner_id")
    def _compute_moment_id(self):
        """The planned contact whose day has come."""
        today = fields.Date.context_today(self)
        for log in self:
            log.moment_id = self.env["leerbedrijf.contact.moment"].search(
                [
                    ("partner_id", "=", log.partner_id.id),
                    ("state", "=", "planned"),
                    ("user_id", "=", self.env.uid),
                    ("date", "<=", today),
                ],
                limit=1,
            )

    @api.depends("moment_id")
    def _compute_kind_id(self):
        kinds = self.env["leerbedrijf.contact.kind"]
        first = kinds.search([], limit=1)
        for log in self:
            log.kind_id = log.moment_id.kind_id or log.kind_id or first

    @api.depends("partner_id")
    def _compute_line_ids(self):
        for log in self:
            forecasts = log.partner_id._get_open_forecasts()
            log.line_ids = [
                fields.Command.clear(),
                *(
                    fields.Command.create(log.line_ids._prepare_from(forecast))
                    for forecast in forecasts
                ),
            ]

    def action_save(self):
        self.ensure_one()
        if self.date > fields.Date.context_today(self):
            raise UserError(
                self.env._(
                    "This form is for a conversation that was. Choose today or an "
                    "earlier date; what is still to come goes under “What comes next”."
                )
            )
        self._write_moment()
        self.line_ids._apply()
        self._plan_next()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "Recorded: the conversation with %s.", self.partner_id.name
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _write_moment(self):
        values = {
            "date": self.date,
            "kind_id": self.kind_id.id,
            "summary": self.summary,
            "description": self.description,
            "state": "done",
            "user_id": self.env.uid,
        }
        if self.moment_id.partner_id == self.partner_id:
            self.moment_id.write(values)
        else:
            values["partner_id"] = self.partner_id.id
            self.env["leerbedrijf.contact.moment"].create(values)

    def _plan_next(self):
        """A contact that the region sees, or else a task."""
        if not (self.next_summary or self.next_kind_id):
            return
        if not self.next_date or self.next_date < fields.Date.context_today(self):
            raise UserError(
                self.env._("Say when the next step is: choose a date from today on.")
            )
        summary = self.next_summary or self.next_kind_id.name
        user = self.next_user_id or self.env.user
        if not self.next_kind_id:
            self.partner_id.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=self.next_date,
                summary=summary,
                user_id=user.id,
            )
            return
        self.env["leerbedrijf.contact.moment"].create(
            {
                "partner_id": self.partner_id.id,
                "date": self.next_date,
                "kind_id": self.next_kind_id.id,
                "state": "planned",
                "summary": summary,
                "user_id": user.id,
            }
        )
