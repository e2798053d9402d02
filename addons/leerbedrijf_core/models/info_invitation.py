from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .enrolment import DROPPED_STATES


class LeerbedrijfInfoInvitation(models.Model):
    """A candidate who is invited to an information meeting, and what came of it.

    The municipality of the person makes it. The organiser needs a list of names at the
    door: it sees name and answer, and nothing of the file, until some days after the
    meeting (`access_leerbedrijf_id`, as on an enrolment).
    """

    _name = "leerbedrijf.info.invitation"
    _description = "Invitation to an information meeting"
    _inherit = ["leerbedrijf.participant.child.mixin", "leerbedrijf.mailed.mixin"]
    _order = "participant_name, id"
    _rec_name = "participant_name"
    _label_fields = ("participant_name", "participant_code")

    _tenancy_kind = "shared"
    _tenant_columns = ("company_id", "leerbedrijf_id", "access_leerbedrijf_id")
    _write_once_columns = ("participant_id", "meeting_id")
    # A look of the organiser at the reason is a look at the person.
    _dossier_fields = frozenset({"outcome_reason"})
    _is_deleted_with_person = True

    meeting_id = fields.Many2one(
        "leerbedrijf.info.meeting",
        required=True,
        index=True,
        ondelete="restrict",
    )
    start = fields.Datetime(related="meeting_id.start")
    # The whitelist of the organiser, copied by the system.
    participant_name = fields.Char(
        string="Name", compute="_compute_participant_name", store=True
    )
    participant_code = fields.Char(
        related="participant_id.code", store=True, string="Code"
    )
    leerbedrijf_id = fields.Many2one(
        related="meeting_id.company_id",
        string="Organiser",
        store=True,
        index=True,
        precompute=True,
    )
    access_leerbedrijf_id = fields.Many2one(
        "res.company",
        string="Organiser with access",
        compute="_compute_access_leerbedrijf_id",
        store=True,
        precompute=True,
        index=True,
    )
    state = fields.Selection(
        [
            ("invited", "Invited"),
            ("coming", "Will come"),
            ("not_coming", "Not coming"),
            ("attended", "Attended"),
            ("absent", "Absent"),
        ],
        required=True,
        default="invited",
        index=True,
        group_expand=True,
    )
    outcome = fields.Selection(
        [
            ("wants", "Wants to go on"),
            ("thinks", "Thinks about it"),
            ("no", "Does not want it"),
        ],
    )
    outcome_reason = fields.Char(
        string="Why", help="In the person's own words; nothing medical."
    )
    can_propose = fields.Boolean(compute="_compute_can_propose")
    is_door_open = fields.Boolean(compute="_compute_is_door_open")

    _once = models.Constraint(
        "UNIQUE(meeting_id, participant_id)",
        "This person has been invited to this meeting already.",
    )

    def _get_stranger_label(self):
        return self.participant_code

    @api.depends("participant_id.name")
    def _compute_participant_name(self):
        for invitation in self:
            person = invitation.participant_id
            if invitation != invitation._origin:
                # On an unsaved form a client can fill in any person.
                person = person._origin.sudo(False)._filtered_access("read")
            # Superuser: whoever sees the invitation sees the name.
            invitation.participant_name = person.sudo().name

    @api.depends("leerbedrijf_id", "meeting_id.closes_on")
    def _compute_access_leerbedrijf_id(self):
        today = fields.Date.context_today(self)
        for invitation in self:
            closes_on = invitation.meeting_id.closes_on
            is_open = closes_on and closes_on >= today
            invitation.access_leerbedrijf_id = is_open and invitation.leerbedrijf_id

    @api.depends("outcome", "meeting_id.cohort_id", "participant_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_can_propose(self):
        """Who wants to go on and is not in the meeting's cohort yet."""
        own = self.participant_id._filtered_access("read")
        enrolments = self.env["leerbedrijf.enrolment"]._read_group(
            [
                ("participant_id", "in", own.ids),
                ("cohort_id", "in", self.meeting_id.cohort_id.ids),
                ("state", "not in", DROPPED_STATES),
            ],
            ["participant_id", "cohort_id"],
        )
        for invitation in self:
            person, cohort = invitation.participant_id, invitation.meeting_id.cohort_id
            invitation.can_propose = (
                invitation.outcome == "wants"
                and person in own
                and (person, cohort) not in enrolments
            )

    @api.depends("meeting_id.start")
    def _compute_is_door_open(self):
        """From the day of the meeting: before it one answers whether one will come."""
        today = fields.Date.context_today(self)
        for invitation in self:
            start = invitation.meeting_id.start
            invitation.is_door_open = bool(start) and start.date() <= today

    @api.constrains("meeting_id", "company_id")
    def _check_region(self):
        for invitation in self:
            # Superuser: membership of a region is no secret of a tenant.
            members = invitation.meeting_id.region_id.sudo().company_ids
            if invitation.company_id not in members:
                raise ValidationError(
                    self.env._("Choose a meeting of your own organisation's region.")
                )

    @api.model
    def _cron_close_access(self):
        """Every day: the organiser loses sight of who was invited long enough ago."""
        over = self.search(
            [
                ("access_leerbedrijf_id", "!=", False),
                ("meeting_id.closes_on", "<", fields.Date.context_today(self)),
            ]
        )
        self.env.add_to_compute(self._fields["access_leerbedrijf_id"], over)

    # At the door ------------------------------------------------------------------

    def action_coming(self):
        self._set_state("coming")

    def action_not_coming(self):
        self._set_state("not_coming")

    def action_attended(self):
        self._set_state("attended")

    def action_absent(self):
        self._set_state("absent")

    def _set_state(self, state):
        self.state = state

    def action_propose(self):
        """The proposal to the cohort that the meeting was about."""
        self.ensure_one()
        self.participant_id.check_access("read")
        action = self.participant_id.action_propose()
        context = {
            **action["context"],
            "default_cohort_id": self.meeting_id.cohort_id.id,
            "default_motivation": self.outcome_reason,
        }
        return {**action, "context": context}

    # Mail -------------------------------------------------------------------------

    def _check_can_mail(self):
        late = self.meeting_id.filtered("is_over")
        if late:
            raise UserError(
                self.env._(
                    "“%(meeting)s” has taken place: an invitation or a reminder comes "
                    "too late.",
                    meeting=late[0].name,
                )
            )
