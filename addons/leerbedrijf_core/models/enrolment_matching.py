from odoo import SUPERUSER_ID, api, fields, models

from ..tools import format_number
from .enrolment import PURPOSE_STATES
from .fallback import STATES_WITH_A_PLACE_TO_LOSE


class LeerbedrijfEnrolment(models.Model):
    """The function of a match, and what stands in the way of one."""

    _inherit = "leerbedrijf.enrolment"

    function_id = fields.Many2one(
        "leerbedrijf.function",
        string="Matched to",
        index="btree_not_null",
        ondelete="restrict",
        readonly=True,
        copy=False,
        help="Recorded when a selection day is confirmed.",
    )
    is_matched_elsewhere = fields.Boolean(
        string="Match in another cohort",
        compute="_compute_is_matched_elsewhere",
        compute_sudo=True,
        help="In which one is for the work coach to tell.",
    )

    def _without_system_columns(self, vals):
        """A match comes from a selection day alone."""
        vals = super()._without_system_columns(vals)
        if not self.env.su:
            vals.pop("function_id", None)
        return vals

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_is_matched_elsewhere(self):
        """Of enrolments that the user sees: on a form a client can fill in any."""
        # Superuser: whether there is another match, not where.
        shown = self._origin.sudo(False)._filtered_access("read").sudo()
        groups = self.env["leerbedrijf.enrolment"]._read_group(
            [
                ("participant_id", "in", shown.participant_id.ids),
                ("function_id", "!=", False),
                ("state", "in", PURPOSE_STATES),
            ],
            ["participant_id"],
            ["id:recordset"],
        )
        matches = dict(groups)
        for enrolment in self:
            seen = enrolment._origin & shown
            found = matches.get(seen.participant_id, self.browse())
            enrolment.is_matched_elsewhere = bool(found - seen)

    # What stands in the way -----------------------------------------------------

    def _get_limits(self, functions, matches):
        """{(id of the enrolment, id of the function): sentences}: the hours, days,
        journey or certificate for which it cannot be. What is not known is no limit.
        `matches` is what `_get_skill_matches` gives for these functions."""
        minutes = self._get_travel_minutes_by(functions.partner_id)
        hours = {
            (wanted, asked): self._get_hours_limits(wanted, asked)
            for wanted in set(self.mapped("hours_wanted"))
            for asked in set(functions.mapped("hours_per_week"))
        }
        return {
            (enrolment.id, function.id): [
                *hours[enrolment.hours_wanted, function.hours_per_week],
                *enrolment._get_day_limits(function),
                *enrolment._get_travel_limits(minutes[enrolment, function.partner_id]),
                *enrolment._get_certificate_limits(matches[enrolment.id, function.id]),
            ]
            for enrolment in self
            for function in functions
        }

    @api.model
    def _get_hours_limits(self, wanted, asked):
        if not wanted or asked <= wanted:
            return []
        return [
            self.env._(
                "%(asked)s hours a week; this person can work %(wanted)s.",
                asked=format_number(self.env, asked),
                wanted=format_number(self.env, wanted),
            )
        ]

    def _get_day_limits(self, function):
        missing = function.day_part_ids - self.day_part_ids
        if not self.day_part_ids or not missing:
            return []
        return [
            self.env._(
                "Cannot come on: %(days)s.", days=", ".join(missing.mapped("name"))
            )
        ]

    def _get_travel_limits(self, minutes):
        # Superuser: how long somebody travels at most says nothing of where from.
        most = self._get_known_participant().sudo().travel_minutes
        if not most or minutes is None or minutes <= most:
            return []
        return [
            self.env._(
                "%(minutes)s minutes of travel; at most %(most)s are possible.",
                minutes=minutes,
                most=most,
            )
        ]

    def _get_certificate_limits(self, match):
        if not match.blocking:
            return []
        skills = self.env["hr.skill"].browse([j.skill for j in match.blocking])
        return [
            self.env._(
                "Without %(certificates)s, which the route does not teach.",
                certificates=", ".join(skills.mapped("name")),
            )
        ]

    # The match ------------------------------------------------------------------

    def _set_function(self, function):
        self.check_access("write")
        # Superuser is the key to the match: our caller checked the way of it.
        self.sudo().write(
            {"function_id": function.id, "employer_id": function.partner_id.id}
        )
        function._forget_matched()

    def _tell_other_cohorts(self):
        """Who is matched here may be proposed elsewhere: its coordinator should ask.

        Written by the system: the other leerbedrijf does not learn who matched the
        person, nor where.
        """
        # Superuser: the proposals to others are not the coordinator's to see.
        people = self.sudo().participant_id
        others = self.with_user(SUPERUSER_ID).search(
            [
                ("participant_id", "in", people.ids),
                ("id", "not in", self.ids),
                ("state", "in", PURPOSE_STATES),
            ]
        )
        for other in others:
            coordinator = other.cohort_id.coordinator_id
            asked = other.with_user(coordinator).with_context(allowed_company_ids=[])
            if coordinator and asked.has_access("read"):
                other.activity_schedule(
                    "mail.mail_activity_data_todo",
                    user_id=coordinator.id,
                    summary=self.env._("Has found a match in another cohort"),
                    note=self.env._(
                        "Ask the work coach whether this enrolment still stands."
                    ),
                )

    def _lose_function(self):
        """The employer withdrew what these people were matched to: they have none
        again, and for who takes part another place is looked for. System code."""
        takes_part = self.filtered(lambda e: e.state in STATES_WITH_A_PLACE_TO_LOSE)
        self.env["leerbedrijf.fallback"].create(
            [
                {
                    "enrolment_id": enrolment.id,
                    "employer_id": enrolment.function_id.partner_id.id,
                    # for the municipality to fill in
                    "town": False,
                }
                for enrolment in takes_part.filtered(lambda e: not e.is_without_place)
            ]
        )
        self._break_off_match()

    def _break_off_match(self):
        """The employer of these matches cannot deliver. System code."""
        for enrolment in self.filtered("function_id"):
            function = enrolment.function_id
            enrolment._tell(
                self.env._(
                    "The match with %(function)s is off: the employer cannot deliver.",
                    function=function.display_name,
                ),
                enrolment.work_coach_id,
            )
            lost = enrolment.employer_id == function.partner_id
            enrolment.write(
                {
                    "function_id": False,
                    "employer_id": not lost and enrolment.employer_id.id,
                }
            )
            function._forget_matched()
