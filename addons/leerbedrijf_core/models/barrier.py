from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .todo_mixin import TODO


class LeerbedrijfBarrier(models.Model):
    """What stands between a person and work, and who takes it away by when.

    From the intake or found on the way. It says what someone can and cannot do, never
    why: no diagnosis. Only work coaches of the person's own municipality read it. The
    owner has a to-do for as long as the barrier is open.
    """

    _name = "leerbedrijf.barrier"
    _description = "Barrier"
    _inherit = [
        "leerbedrijf.participant.child.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "due_date, id"
    _rec_name = "kind_id"
    _label_fields = ("kind_id", "participant_id")

    # Whose debts, whose health: a list of kinds is a look as well.
    _dossier_fields = frozenset({"kind_id", "ability", "action"})

    kind_id = fields.Many2one(
        "leerbedrijf.barrier.kind", required=True, index=True, ondelete="restrict"
    )
    hint = fields.Char(related="kind_id.hint")
    severity = fields.Selection(
        [
            ("slight", "Can be worked around"),
            ("slowing", "Slows the route down"),
            ("blocking", "Blocks the route"),
        ],
        required=True,
        default="slowing",
        tracking=True,
    )
    ability = fields.Text(
        string="What this person can and cannot do",
        help="In practice: “can stand for an hour at a time”, “can start after half "
        "past eight”. Never a diagnosis, an illness or a treatment.",
    )
    action = fields.Char(
        string="What will be done", help="What takes this barrier away."
    )
    owner_id = fields.Many2one(
        "res.users",
        string="Who does it",
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        index="btree_not_null",
        tracking=True,
    )
    due_date = fields.Date(string="Before", index="btree_not_null", tracking=True)
    state = fields.Selection(
        [
            ("open", "Open"),
            ("solved", "Solved"),
            ("harmless", "No obstacle"),
        ],
        required=True,
        default="open",
        copy=False,
        tracking=True,
    )
    closed_on = fields.Date(
        string="Solved on",
        compute="_compute_closed_on",
        store=True,
        readonly=False,
        copy=False,
    )
    is_overdue = fields.Boolean(compute="_compute_is_overdue")

    @api.depends("state")
    def _compute_closed_on(self):
        today = fields.Date.context_today(self)
        for barrier in self:
            is_open = barrier.state == "open"
            barrier.closed_on = False if is_open else barrier.closed_on or today

    @api.depends("state", "due_date")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for barrier in self:
            due = barrier.state == "open" and barrier.due_date
            barrier.is_overdue = bool(due) and due < today

    def _get_label(self):
        """With the code: the label goes along in mail about a to-do."""
        return f"{self.kind_id.name} – {self.participant_id.code}"

    @api.constrains("owner_id")
    def _check_owner(self):
        for barrier in self.filtered("owner_id"):
            seen = barrier.with_user(barrier.owner_id)
            if not seen.with_context(allowed_company_ids=[]).has_access("read"):
                raise ValidationError(
                    self.env._(
                        "%(name)s may not see this file. Choose a work coach of your "
                        "own municipality.",
                        name=barrier.owner_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        barriers = super().create(vals_list)
        barriers._plan_todo()
        return barriers

    def write(self, vals):
        result = super().write(vals)
        if {"state", "owner_id", "due_date", "action", "kind_id"} & vals.keys():
            self._plan_todo()
        return result

    def _plan_todo(self):
        """One to-do for the owner, as long as there is something to do."""
        # No mail to a colleague about somebody's debts: it waits in the web client.
        quiet = self.with_context(mail_activity_quick_update=True)
        quiet.activity_unlink([TODO])
        for barrier in quiet:
            if barrier.state == "open" and barrier.owner_id and barrier.due_date:
                barrier.activity_schedule(
                    TODO,
                    date_deadline=barrier.due_date,
                    summary=barrier.action or barrier.kind_id.name,
                    user_id=barrier.owner_id.id,
                )

    def _get_wiped_fields(self):
        return super()._get_wiped_fields() | {
            "ability": None,
            "action": None,
            "owner_id": None,
        }

    def _get_kept_fields(self):
        return super()._get_kept_fields() | {
            "severity": "Statistics: what stood in the way, and how much.",
            "state": "Statistics: what was solved.",
            "due_date": "Statistics: how long solving takes.",
            "closed_on": "Statistics: how long solving takes.",
        }
