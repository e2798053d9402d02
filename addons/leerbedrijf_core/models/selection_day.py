from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tools import format_date

from .enrolment import OPEN_STATES
from .enrolment_flow import BUSY_STATES

# Who can be matched: who is in aftercare has found the way.
MATCH_STATES = (*OPEN_STATES, *BUSY_STATES)


class LeerbedrijfSelectionDay(models.Model):
    """The day on which participants and employers who have met choose each other.

    The region knows that there is one. Who comes and what they choose is in its
    candidates and choices, which municipality and leerbedrijf share per person. A
    cohort can have more than one: a next day takes who has no function yet.
    """

    _name = "leerbedrijf.selection.day"
    _description = "Selection day"
    _inherit = ["leerbedrijf.child.mixin"]
    _order = "date desc, id desc"
    _label_fields = ("cohort_id.name", "date")

    _tenancy_kind = "regional"
    _write_once_columns = ("cohort_id",)

    cohort_id = fields.Many2one(
        "leerbedrijf.cohort",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('step_code', '!=', 'closed')]",
    )
    region_id = fields.Many2one(
        related="cohort_id.region_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(
        related="cohort_id.company_id",
        string="Leerwerkbedrijf",
        store=True,
        index=True,
        precompute=True,
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    place = fields.Char()
    mode = fields.Selection(
        [
            ("stable", "Nobody wants to swap"),
            ("most", "As many people as possible a place"),
        ],
        string="What the proposal aims at",
        required=True,
        default="stable",
    )
    state = fields.Selection(
        [
            ("preparing", "Choices"),
            ("proposed", "Proposal"),
            ("confirmed", "Confirmed"),
        ],
        required=True,
        default="preparing",
        readonly=True,
        copy=False,
        index=True,
    )
    function_ids = fields.Many2many(
        "leerbedrijf.function",
        "leerbedrijf_selection_day_function_rel",
        string="Functions to choose from",
        compute="_compute_function_ids",
        store=True,
        readonly=False,
        domain="[('cohort_id', '=', cohort_id), ('is_open', '=', True)]",
    )
    candidate_ids = fields.One2many(
        "leerbedrijf.selection.candidate",
        "day_id",
        string="Candidates",
        groups="leerbedrijf_core.group_work_coach,leerbedrijf_core.group_coordinator",
    )
    note = fields.Text(
        string="About the day",
        help="The whole region reads this: name no participants.",
    )
    confirmed_on = fields.Datetime(readonly=True, copy=False)
    confirmed_by_id = fields.Many2one(
        "res.users", string="Confirmed by", readonly=True, copy=False
    )
    can_write = fields.Boolean(compute="_compute_can_write")

    def _get_label(self):
        date = self.date and format_date(self.env, self.date)
        return " – ".join(filter(None, (self.cohort_id.name, date)))

    @api.depends("cohort_id")
    def _compute_function_ids(self):
        """Whatever is open when the day is made."""
        for day in self:
            functions = day.function_ids or day.cohort_id.function_ids
            day.function_ids = functions.filtered("is_open")

    @api.depends("company_id", "state")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_can_write(self):
        allowed = self.env["leerbedrijf.selection.choice"].has_access("write")
        for day in self:
            is_own = not day.id or day.company_id in self.env.companies
            day.can_write = allowed and is_own and day.state != "confirmed"

    @api.constrains("function_ids", "cohort_id")
    def _check_functions(self):
        for day in self:
            if day.function_ids.cohort_id - day.cohort_id:
                raise ValidationError(
                    self.env._("Choose functions of this day's own cohort.")
                )

    def _without_tenant_columns(self, vals):
        """The state follows the buttons."""
        vals = super()._without_tenant_columns(vals)
        if self.env.su:
            return vals
        system = {"state", "confirmed_on", "confirmed_by_id"}
        return {key: value for key, value in vals.items() if key not in system}

    def write(self, vals):
        if not self.env.su:
            self._check_not_confirmed()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_confirmed(self):
        if not self.env.su:
            self._check_not_confirmed()

    def _check_not_confirmed(self):
        confirmed = self.filtered(lambda day: day.state == "confirmed")
        if confirmed:
            raise UserError(
                self.env._(
                    "The matches of %(day)s are confirmed, so they stay as they are. "
                    "Make a new selection day for who still needs a function.",
                    day=confirmed[0].display_name,
                )
            )

    # Who comes, and what there is to choose -----------------------------------

    def action_prepare(self):
        """Take who has no function yet, with a line for every function: pressing twice
        adds what is new."""
        for day in self:
            day.check_access("write")
            day._check_not_confirmed()
            if not day.function_ids:
                raise UserError(
                    self.env._("Choose the functions that there are to choose from.")
                )
            day._add_candidates()
            day._add_choices()

    def _add_candidates(self):
        self.ensure_one()
        enrolments = self.env["leerbedrijf.enrolment"].search(
            [
                ("cohort_id", "=", self.cohort_id.id),
                ("state", "in", MATCH_STATES),
                ("function_id", "=", False),
                ("id", "not in", self.candidate_ids.enrolment_id.ids),
            ],
            order="participant_name, id",
        )
        self.candidate_ids = [
            Command.create({"enrolment_id": enrolment.id}) for enrolment in enrolments
        ]

    def _add_choices(self):
        """A line for each person and function, with how well it fits and what stands
        in the way by now; those of functions that are no longer offered go."""
        self.ensure_one()
        functions, candidates = self.function_ids, self.candidate_ids
        choices = candidates.choice_ids
        gone = choices.function_id - functions
        choices.filtered(lambda choice: choice.function_id in gone).unlink()
        choices = choices.exists()
        judged = choices._judge(candidates.enrolment_id, functions)
        choices._update_judgement(judged)
        known = {(choice.candidate_id, choice.function_id) for choice in choices}
        # Superuser: how well it fits is no client's to fill in. Who may write this day
        # may write the lines of its people.
        choices.sudo().create(
            [
                {
                    "candidate_id": candidate.id,
                    "function_id": function.id,
                    **judged[candidate.enrolment_id.id, function.id],
                }
                for candidate in candidates
                for function in functions
                if (candidate, function) not in known
            ]
        )

    # Where the coordinator works ----------------------------------------------

    def action_view_board(self):
        """Who goes where, to drag."""
        return self._action_view(
            "leerbedrijf_core.selection_candidate_action",
            leerbedrijf_function_with_places=self.state != "confirmed",
        )

    def action_view_wishes(self):
        """What each person chooses, to type in one list."""
        return self._action_view(
            "leerbedrijf_core.selection_choice_action",
            group_by=["candidate_id"],
            leerbedrijf_choices_by="person",
        )

    def action_view_ratings(self):
        """What each employer says, to type in one list."""
        return self._action_view(
            "leerbedrijf_core.selection_choice_action",
            group_by=["function_id"],
            leerbedrijf_choices_by="function",
        )

    def _action_view(self, xml_id, **context):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(xml_id)
        return {
            **action,
            "display_name": f"{action['name']}: {self.display_name}",
            "domain": [("day_id", "=", self.id)],
            "context": {"default_day_id": self.id, **context},
        }
