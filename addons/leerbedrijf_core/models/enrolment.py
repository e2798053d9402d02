from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools import linked_by

# As long as one of these lasts, the leerbedrijf has a purpose for knowing the person.
PURPOSE_STATES = ("proposed", "waiting", "accepted", "learning", "aftercare")
# Proposed, and no seat yet.
OPEN_STATES = ("proposed", "waiting")
# Closed before anything began: nobody took part.
DROPPED_STATES = ("refused", "withdrawn")


class LeerbedrijfEnrolment(models.Model):
    """A person in a cohort: proposed by the municipality, taught by the leerbedrijf.

    Carries both sides as columns. The rules read `access_leerbedrijf_id`, which follows
    the state and is empty as soon as the leerbedrijf's purpose has ended.
    """

    _name = "leerbedrijf.enrolment"
    _description = "Enrolment"
    _inherit = ["leerbedrijf.private.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date_start desc, id desc"
    _rec_name = "participant_name"
    _rec_names_search = ["participant_name", "participant_code"]
    _label_fields = ("participant_name", "participant_code")

    _tenancy_kind = "shared"
    # Another person or cohort would open another file to the leerbedrijf.
    _write_once_columns = (
        "company_id",
        "leerbedrijf_id",
        "participant_id",
        "cohort_id",
    )

    company_id = fields.Many2one(string="Municipality")
    participant_id = fields.Many2one(
        "leerbedrijf.participant",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    # The whitelist: what the leerbedrijf may know of the person, copied by the system.
    participant_name = fields.Char(
        string="Name", compute="_compute_participant_name", store=True
    )
    participant_code = fields.Char(
        related="participant_id.code", store=True, string="Code"
    )
    participant_email = fields.Char(
        string="E-mail", compute="_compute_participant_details", compute_sudo=True
    )
    participant_phone = fields.Char(
        string="Phone", compute="_compute_participant_details", compute_sudo=True
    )
    language_level = fields.Selection(
        selection=lambda self: self._selection_language_level(),
        string="Dutch language",
        compute="_compute_participant_details",
        compute_sudo=True,
    )
    work_coach_id = fields.Many2one(
        "res.users", compute="_compute_participant_details", compute_sudo=True
    )
    cohort_id = fields.Many2one(
        "leerbedrijf.cohort",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('step_code', '!=', 'closed')]",
    )
    leerbedrijf_id = fields.Many2one(
        "res.company",
        string="Leerwerkbedrijf",
        compute="_compute_leerbedrijf_id",
        store=True,
        precompute=True,
        index=True,
    )
    access_leerbedrijf_id = fields.Many2one(
        "res.company",
        string="Leerwerkbedrijf with access",
        compute="_compute_access_leerbedrijf_id",
        store=True,
        precompute=True,
        index=True,
    )
    state = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("waiting", "Waiting list"),
            ("accepted", "Accepted"),
            ("learning", "Learning in"),
            ("aftercare", "Aftercare"),
            ("ended", "Ended"),
            ("refused", "Refused"),
            ("withdrawn", "Withdrawn"),
        ],
        required=True,
        default="proposed",
        readonly=True,
        copy=False,
        index=True,
        group_expand=True,
    )
    phase_ids = fields.One2many(
        "leerbedrijf.enrolment.phase", "enrolment_id", string="Phases"
    )
    current_phase_id = fields.Many2one(
        "leerbedrijf.enrolment.phase",
        domain="[('enrolment_id', '=', id)]",
        index="btree_not_null",
        copy=False,
    )
    placement_ids = fields.One2many(
        "leerbedrijf.placement", "enrolment_id", string="Placements"
    )
    placement_count = fields.Integer(compute="_compute_placement_count")
    can_plan = fields.Boolean(compute="_compute_can_plan")
    employer_id = fields.Many2one(
        "res.partner",
        string="Intended employer",
        index="btree_not_null",
        domain="[('is_employer', '=', True)]",
    )
    date_start = fields.Date(string="Start")
    date_end = fields.Date(string="End")
    outcome_id = fields.Many2one("leerbedrijf.outcome", index="btree_not_null")
    motivation = fields.Text(
        string="Why this cohort",
        help="Shared with the coordinator of the leerwerkbedrijf.",
        groups="leerbedrijf_core.group_work_coach,leerbedrijf_core.group_coordinator",
    )

    # The board counts the seats of all cohorts of a region, also of those long ended.
    _cohort_state_idx = models.Index("(cohort_id, state)")
    _participant_once = models.UniqueIndex(
        "(participant_id, cohort_id) WHERE state NOT IN ('refused', 'withdrawn')",
        "This person is in this cohort already. Open the existing enrolment.",
    )
    _dates_in_order = models.Constraint(
        "CHECK(date_end >= date_start)", "An enrolment cannot end before it starts."
    )

    @api.model
    def _selection_language_level(self):
        levels = self.env["leerbedrijf.participant"]._fields["language_level"]
        return levels._description_selection(self.env)

    @api.depends("participant_id.name")
    def _compute_participant_name(self):
        for enrolment in self:
            enrolment.participant_name = enrolment._get_known_participant().name

    @api.depends(
        "participant_id.email",
        "participant_id.phone",
        "participant_id.language_level",
        "participant_id.work_coach_id",
    )
    def _compute_participant_details(self):
        for enrolment in self:
            participant = enrolment._get_known_participant()
            enrolment.participant_email = participant.email
            enrolment.participant_phone = participant.phone
            enrolment.language_level = participant.language_level
            enrolment.work_coach_id = participant.work_coach_id

    def _get_known_participant(self):
        """The person, for the whitelist; nobody on a form with somebody else's person.

        A saved enrolment was checked when it was made. On an unsaved form a client can
        fill in any person, and must not get the name back.
        """
        self.ensure_one()
        participant = self.participant_id
        if self == self._origin:
            return participant
        mine = participant._origin.sudo(False)._filtered_access("read")
        shown = self._origin.sudo(False)._filtered_access("read")
        # Superuser: whoever sees the enrolment sees its whitelist.
        return participant._origin & (mine.sudo() | shown.sudo().participant_id)

    @api.depends("access_leerbedrijf_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_can_plan(self):
        plans = self.env["leerbedrijf.enrolment.phase"].has_access("write")
        for enrolment in self:
            side = enrolment.access_leerbedrijf_id
            enrolment.can_plan = plans and side and side in self.env.companies

    @api.depends("placement_ids")
    def _compute_placement_count(self):
        for enrolment in self:
            enrolment.placement_count = len(enrolment.placement_ids)

    @api.depends("cohort_id")
    def _compute_leerbedrijf_id(self):
        for enrolment in self:
            enrolment.leerbedrijf_id = (
                enrolment.leerbedrijf_id or enrolment.cohort_id.company_id
            )

    @api.depends("state", "leerbedrijf_id")
    def _compute_access_leerbedrijf_id(self):
        for enrolment in self:
            has_purpose = enrolment.state in PURPOSE_STATES
            enrolment.access_leerbedrijf_id = has_purpose and enrolment.leerbedrijf_id

    def _get_stranger_label(self):
        return self.participant_code

    @api.constrains("cohort_id", "leerbedrijf_id", "company_id")
    def _check_region(self):
        for enrolment in self:
            cohort = enrolment.cohort_id
            # Superuser: membership of a region is no secret of a tenant.
            if enrolment.company_id not in cohort.region_id.sudo().company_ids:
                raise ValidationError(
                    self.env._(
                        "This cohort belongs to another region. Choose a cohort of "
                        "your own region."
                    )
                )

    @api.constrains("employer_id", "cohort_id")
    def _check_employer_region(self):
        for enrolment in self.filtered("employer_id"):
            if enrolment.employer_id.region_id != enrolment.cohort_id.region_id:
                raise ValidationError(
                    self.env._("Choose an employer of this cohort's region.")
                )

    @api.constrains("current_phase_id")
    def _check_current_phase(self):
        for enrolment in self:
            if enrolment.current_phase_id.enrolment_id - enrolment:
                raise ValidationError(
                    self.env._("Choose a phase of this enrolment's own plan.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        # First of all: the sentences of the constraints name the person.
        linked_by(self, "participant_id", vals_list).check_access("read")
        vals_list = [self._without_system_columns(vals) for vals in vals_list]
        if not self.env.su:
            # Whatever a client put in the context.
            vals_list = [{**vals, "state": "proposed"} for vals in vals_list]
        enrolments = super().create(vals_list)
        if not self.env.su:
            enrolments._check_cohort_open()
        return enrolments

    def _check_cohort_open(self):
        closed = self.cohort_id.filtered(lambda cohort: cohort.step_code == "closed")
        if closed:
            raise UserError(
                self.env._(
                    "“%(cohort)s” is closed. Choose a cohort that is still open.",
                    cohort=closed[0].name,
                )
            )

    def write(self, vals):
        return super().write(self._without_system_columns(vals))

    def _without_system_columns(self, vals):
        """Drop what follows from other fields and from the buttons: a client may not
        open its own access, nor answer its own proposal."""
        system = {
            "leerbedrijf_id",
            "access_leerbedrijf_id",
            "participant_name",
            "participant_code",
        }
        if not self.env.su:
            system.add("state")
        return {key: value for key, value in vals.items() if key not in system}

    def action_view_placements(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "leerbedrijf_core.placement_action"
        )
        return {
            **action,
            "domain": [("enrolment_id", "=", self.id)],
            "context": {"default_enrolment_id": self.id},
        }

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """What coach and coordinator write to each other is for who may write here: a
        work leader, who only reads the plan, does not read it."""
        if message_operation == "read":
            message_operation = "write"
        return super()._mail_get_operation_for_mail_message_operation(message_operation)

    # Way of an enrolment -----------------------------------------------------

    def _set_state(self, state, **values):
        self.check_access("write")
        # Superuser is the key to the state: our callers checked the way of it.
        self.sudo().write({"state": state, **values})
        if state not in PURPOSE_STATES:
            self._unsubscribe_strangers()

    def _unsubscribe_strangers(self):
        """Who lost sight of the person gets no more messages or activities about it."""
        # Superuser: the followers of the other side, who need not be told of this.
        for enrolment in self.sudo().with_context(allowed_company_ids=[]):
            users = enrolment.message_partner_ids.user_ids
            users |= enrolment.activity_ids.user_id
            strangers = users.filtered(
                lambda user, enrolment=enrolment: (
                    not enrolment.with_user(user).has_access("read")
                )
            )
            enrolment.message_unsubscribe(strangers.partner_id.ids)
            enrolment.activity_ids.filtered_domain(
                [("user_id", "in", strangers.ids)]
            ).unlink()

    def _check_state(self, *states):
        wrong = self.filtered(lambda enrolment: enrolment.state not in states)
        if wrong:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(name)s is “%(state)s”, so this cannot be done now.",
                    name=wrong[0].display_name,
                    state=labels[wrong[0].state],
                )
            )

    def action_start(self):
        """These participants begin with their first phase."""
        self._check_state("accepted")
        # For all of them at once: a slice, as below, reads its own record alone.
        self.phase_ids.fetch(["date_start"])
        self._set_state("learning")
        for enrolment in self:
            first = enrolment.phase_ids[:1]
            # Superuser: what the first phase asks was weighed when they were accepted.
            enrolment.sudo().write(
                {
                    "current_phase_id": first.id,
                    "date_start": enrolment.date_start
                    or first.date_start
                    or enrolment.cohort_id.date_start,
                }
            )

    def action_next_phase(self):
        """Move on to the phase that starts next."""
        self._check_state("learning")
        for enrolment in self:
            enrolment.current_phase_id = enrolment._get_next_phase()

    def _get_next_phase(self):
        later = self._get_later_phases()
        if not later:
            raise UserError(
                self.env._(
                    "%(name)s is in the last phase. Record an outcome and start "
                    "aftercare or end the enrolment.",
                    name=self.display_name,
                )
            )
        return later[0]

    def _get_later_phases(self):
        """The phases that begin after the current one, not those beside it."""
        self.ensure_one()
        current = self.current_phase_id
        if not current:
            return self.phase_ids
        return self.phase_ids.filtered(lambda p: p.date_start > current.date_start)

    def action_aftercare(self):
        """The participant has reached an outcome and keeps light guidance."""
        self._check_state("learning")
        self._check_outcome()
        self._set_state("aftercare")

    def action_end(self):
        """Close the enrolment: from now on the leerbedrijf no longer sees it."""
        self._check_state("accepted", "learning", "aftercare")
        self._check_outcome()
        cohort = self.cohort_id[:1]
        for enrolment in self:
            enrolment._set_state(
                "ended",
                date_end=enrolment.date_end or fields.Date.context_today(self),
            )
        return cohort.action_view_enrolments()

    def _check_outcome(self):
        for enrolment in self:
            if not enrolment.outcome_id:
                raise UserError(
                    self.env._(
                        "Choose the outcome for %(name)s first.",
                        name=enrolment.display_name,
                    )
                )

    def _check_is_leerbedrijf(self):
        if self.leerbedrijf_id - self.env.companies:
            raise UserError(
                self.env._(
                    "Only the leerwerkbedrijf that runs the cohort answers a proposal."
                )
            )

    def _check_seats(self):
        for cohort, proposals in self.grouped("cohort_id").items():
            if cohort.seats_taken + len(proposals) > cohort.capacity:
                raise UserError(
                    self.env._(
                        "“%(cohort)s” has %(free)s of %(capacity)s seats free. Enlarge "
                        "the capacity of the cohort or let the candidate wait.",
                        cohort=cohort.name,
                        free=max(cohort.capacity - cohort.seats_taken, 0),
                        capacity=cohort.capacity,
                    )
                )

    def _plan_phases(self):
        """Copy the cohort's phases, to be tailored to the person."""
        self.env["leerbedrijf.enrolment.phase"].create(
            [
                enrolment._prepare_enrolment_phase_values(phase)
                for enrolment in self
                for phase in enrolment.cohort_id.phase_ids
            ]
        )

    def _prepare_enrolment_phase_values(self, phase):
        """What a person's phase takes from the cohort's: a whitelist to extend."""
        self.ensure_one()
        return {
            "enrolment_id": self.id,
            "cohort_phase_id": phase.id,
            "name": phase.name,
            "kind": phase.kind,
            "date_start": phase.date_start,
            "date_end": phase.date_end,
            "hours_per_week": phase.hours_per_week,
        }
