from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import take_turns
from .cohort import SEAT_STATES
from .enrolment import OPEN_STATES, PURPOSE_STATES

# Taking part already: one person is in one place at a time. Aftercare is light.
BUSY_STATES = ("accepted", "learning")


class LeerbedrijfEnrolment(models.Model):
    """The answer to a proposal: a seat, the waiting list, or neither, with the reason.

    Who is accepted is `_accept`, who waits `_wait`, who goes no further `_close`. The
    buttons ask what has to be asked first.
    """

    _inherit = "leerbedrijf.enrolment"

    waiting_position = fields.Integer(
        string="Number on the waiting list", compute="_compute_waiting_position"
    )
    other_proposals = fields.Text(
        string="Also elsewhere",
        compute="_compute_other_proposals",
        groups="leerbedrijf_core.group_work_coach",
        help="Shown to the person's own municipality alone.",
    )
    closing_reason_id = fields.Many2one(
        "leerbedrijf.enrolment.reason",
        string="Why not",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    closing_remark = fields.Text(string="Explanation", readonly=True, copy=False)
    closing_date = fields.Date(string="Answered on", readonly=True, copy=False)
    closing_user_id = fields.Many2one(
        "res.users", string="Answered by", readonly=True, copy=False
    )

    _waiting_idx = models.Index("(cohort_id, create_date, id) WHERE state = 'waiting'")

    @api.depends("state", "cohort_id")
    def _compute_waiting_position(self):
        # Superuser: everybody who waits counts, also the people of others; nothing of
        # them comes out but how many were there before.
        waiting = self.sudo().search(
            [("cohort_id", "in", self.cohort_id.ids), ("state", "=", "waiting")],
            order="create_date, id",
        )
        positions = {
            enrolment.id: number
            for queue in waiting.grouped("cohort_id").values()
            for number, enrolment in enumerate(queue, 1)
        }
        for enrolment in self:
            enrolment.waiting_position = positions.get(enrolment._origin.id, 0)

    @api.depends("participant_id", "state")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_other_proposals(self):
        labels = dict(self._fields["state"]._description_selection(self.env))
        for enrolment in self:
            # The user may read the person, or reads nothing of it here.
            person = enrolment.participant_id._origin.sudo(False)
            others = person._filtered_access("read").enrolment_ids.filtered(
                lambda other: other.state in PURPOSE_STATES
            )
            enrolment.other_proposals = "\n".join(
                f"{other.cohort_id.name} ({labels[other.state].lower()})"
                for other in others - enrolment._origin
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Who is proposed looks for a place (again); the coordinator hears of it."""
        enrolments = super().create(vals_list)
        people = enrolments.participant_id
        people.filtered(lambda person: not person.is_looking).is_looking = True
        if not self.env.su:
            enrolments._tell_coordinators()
        return enrolments

    def _without_system_columns(self, vals):
        vals = super()._without_system_columns(vals)
        if self.env.su:
            return vals
        return {k: v for k, v in vals.items() if not k.startswith("closing_")}

    def _set_state(self, state, **values):
        left = self.browse()
        if state not in SEAT_STATES:
            left = self.filtered(lambda enrolment: enrolment.state in SEAT_STATES)
        result = super()._set_state(state, **values)
        left.cohort_id._ask_for_next_in_line()
        return result

    # A seat ------------------------------------------------------------------

    def action_accept(self):
        """Take these candidates at once, or ask what has to be decided first: about
        criteria that are not met, or about whom to let wait."""
        self._check_state(*OPEN_STATES)
        self._check_is_leerbedrijf()
        if self._get_seated() != self or self._get_unsettled():
            return self._open_dialog(
                "leerbedrijf.enrolment.admission", self.env._("Accept")
            )
        return self._accept()

    def _accept(self, reason=None):
        """Give these candidates a seat and a plan of their own.

        Against a criterion only with a `reason`, which is kept with who decided, when
        and on what. Two coordinators who take the last seat at the same moment come
        one after the other, and the second is told that it is gone.
        """
        self.check_access("write")
        self._check_state(*OPEN_STATES)
        self._check_is_leerbedrijf()
        take_turns(self.cohort_id)
        # Superuser: the rows are only held, so that nobody seats the person elsewhere.
        take_turns(self.sudo().participant_id)
        self._check_seats()
        self._check_one_seat()
        self._set_state(
            "accepted",
            admission_date=fields.Date.context_today(self),
            admission_user_id=self.env.uid,
        )
        self._plan_phases()
        self._tell_coach_of_other_proposals()
        self._tell_coaches(
            lambda cohort, people: self.env._(
                "Accepted for “%(cohort)s”: %(people)s.", cohort=cohort, people=people
            )
        )

    def _get_seated(self):
        """Who of these has a seat if all are taken: the first who were proposed."""
        seated = self.browse()
        for cohort, candidates in self.grouped("cohort_id").items():
            free = max(cohort.capacity - cohort.seats_taken, 0)
            seated |= candidates.sorted(lambda e: (e.create_date, e.id))[:free]
        return self & seated

    def _count_waiting_longer(self):
        """{id: how many wait longer for a seat in the cohort, and are not of these}."""
        # Superuser: everybody who waits counts; a number says nothing of a person.
        waiting = self.sudo().search(
            [
                ("cohort_id", "in", self.cohort_id.ids),
                ("state", "=", "waiting"),
                ("id", "not in", self.ids),
            ]
        )
        queues = waiting.grouped("cohort_id")
        return {
            enrolment.id: sum(
                (other.create_date, other.id) < (enrolment.create_date, enrolment.id)
                for other in queues.get(enrolment.cohort_id, ())
            )
            for enrolment in self
        }

    def _check_one_seat(self):
        """Refuse a second seat for a person: the sentence does not say where the first
        is, because one leerwerkbedrijf does not learn of another."""
        for enrolment in self._get_with_other_seat():
            raise UserError(
                self.env._(
                    "%(name)s has a seat in another cohort. Ask the work coach to "
                    "settle first which of the two it becomes.",
                    name=enrolment.display_name,
                )
            )

    def _get_with_other_seat(self):
        """Whose person has a seat elsewhere, or would get a second one among these."""
        # Superuser: only whether there is another seat, of any leerwerkbedrijf.
        enrolments = self.sudo()
        groups = enrolments._read_group(
            [
                ("participant_id", "in", enrolments.participant_id.ids),
                ("state", "in", BUSY_STATES),
            ],
            ["participant_id"],
        )
        seated = {person.id for (person,) in groups}
        found = self.browse()
        for enrolment in enrolments:
            if enrolment.participant_id.id in seated:
                found |= enrolment.with_env(self.env)
            seated.add(enrolment.participant_id.id)
        return found

    def _tell_coach_of_other_proposals(self):
        """A to-do on the person, which the municipality alone sees."""
        # Superuser: the proposals to others, which stay unseen here.
        others = self.sudo().search(
            [
                ("participant_id", "in", self.sudo().participant_id.ids),
                ("state", "in", OPEN_STATES),
                ("id", "not in", self.ids),
            ]
        )
        accepted = self.sudo().grouped("participant_id")
        for person, proposals in others.grouped("participant_id").items():
            # Whoever proposed may have left.
            coaches = (person.work_coach_id | proposals.create_uid).filtered(
                lambda user, person=person: person._is_for(user.partner_id)
            )
            person.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=coaches[:1].id,
                summary=self.env._("Withdraw the other proposal"),
                note=self.env._(
                    "Accepted for %(cohort)s. Still open: %(others)s.",
                    cohort=accepted[person].cohort_id.name,
                    others=", ".join(proposals.cohort_id.mapped("name")),
                ),
            )

    # The waiting list --------------------------------------------------------

    def action_wait(self):
        """Put these candidates on the waiting list of their cohort."""
        self._wait()

    def _wait(self):
        """The leerwerkbedrijf goes on seeing who waits: the proposal still stands."""
        self._check_state("proposed")
        self._check_is_leerbedrijf()
        take_turns(self.cohort_id)
        for cohort, candidates in self.grouped("cohort_id").items():
            cohort._check_waiting_room(len(candidates))
        self._set_state("waiting")
        self._tell_coaches(
            lambda cohort, people: self.env._(
                "On the waiting list of “%(cohort)s”: %(people)s.",
                cohort=cohort,
                people=people,
            )
        )

    # No further --------------------------------------------------------------

    def action_refuse(self):
        """Ask why the leerwerkbedrijf does not take these candidates."""
        self._check_state(*OPEN_STATES)
        self._check_is_leerbedrijf()
        return self._open_dialog(
            "leerbedrijf.enrolment.closing",
            self.env._("Refuse"),
            default_is_refusal=True,
        )

    def action_withdraw(self):
        """Ask why these candidates withdraw, or are withdrawn."""
        self._check_can_withdraw()
        return self._open_dialog(
            "leerbedrijf.enrolment.closing", self.env._("Withdraw")
        )

    def _check_can_withdraw(self):
        self._check_state(*OPEN_STATES, "accepted")
        # Superuser: only whether something has begun.
        for enrolment in self.sudo():
            if (
                enrolment.placement_ids
                or enrolment.fallback_ids
                or enrolment.employee_id
            ):
                raise UserError(
                    self.env._(
                        "%(name)s has a placement, hours or a search for another place "
                        "already. End the enrolment with an outcome instead.",
                        name=enrolment.sudo(False).display_name,
                    )
                )

    def _close(self, reason, remark=None):
        """These candidates go no further; the leerwerkbedrijf loses sight of them.

        `reason` says who decides. The remark is for the other side, which is told as
        long as it may still read it.
        """
        self.check_access("write")
        if reason.kind == "refused":
            self._check_state(*OPEN_STATES)
            self._check_is_leerbedrijf()
        else:
            self._check_can_withdraw()
        if reason.kind == "municipality":
            self._check_is_municipality()
        self._tell_why(reason, remark)
        # Superuser: the plan of who was accepted, which nobody will follow.
        self.sudo().phase_ids.unlink()
        self._set_state(
            "refused" if reason.kind == "refused" else "withdrawn",
            closing_reason_id=reason.id,
            closing_remark=remark,
            closing_date=fields.Date.context_today(self),
            closing_user_id=self.env.uid,
        )
        if reason.ends_search:
            # A leerwerkbedrijf does not write in the file: there the coach decides.
            self.participant_id._filtered_access("write").is_looking = False

    def _check_is_municipality(self):
        if self.company_id - self.env.companies:
            raise UserError(
                self.env._(
                    "Only the municipality withdraws a proposal of its own. Choose "
                    "another reason."
                )
            )

    # Telling the other side --------------------------------------------------

    def _tell_why(self, reason, remark):
        for enrolment in self:
            if enrolment.company_id in self.env.companies:
                told = enrolment.cohort_id.coordinator_id
            else:
                told = enrolment.work_coach_id
            why = " – ".join(filter(None, [reason.name, remark]))
            enrolment._tell(self.env._("Does not go on: %(why)s", why=why), told)

    def _tell(self, body, colleague):
        """A message on this enrolment that reaches a colleague who may read it."""
        self.ensure_one()
        # Superuser: the contact of a colleague of the other side, to tell.
        partner = colleague.sudo().partner_id.filtered(self._is_for)
        return self.message_post(body=body, partner_ids=partner.ids)

    def _tell_of_group(self, get_colleague, get_sentence):
        """One message to each colleague on all of these enrolments that are theirs.

        On no record and by the codes of the people: it outlives their files.
        """
        for (colleague, cohort), theirs in self.grouped(
            lambda enrolment: (get_colleague(enrolment), enrolment.cohort_id)
        ).items():
            # Superuser: as for one enrolment.
            partner = colleague.sudo().partner_id.filtered(theirs[0]._is_for)
            if partner and colleague != self.env.user:
                people = ", ".join(theirs.mapped("participant_code"))
                self.env["mail.thread"].message_notify(
                    partner_ids=partner.ids,
                    subject=cohort.name,
                    body=get_sentence(cohort.name, people),
                )

    def _tell_coaches(self, get_sentence):
        self._tell_of_group(lambda enrolment: enrolment.work_coach_id, get_sentence)

    def _tell_coordinators(self):
        self._tell_of_group(
            lambda enrolment: enrolment.cohort_id.coordinator_id,
            lambda cohort, people: self.env._(
                "Proposed for “%(cohort)s”: %(people)s.", cohort=cohort, people=people
            ),
        )

    def _open_dialog(self, model, name, **context):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_enrolment_ids": [fields.Command.set(self.ids)],
                **context,
            },
        }
