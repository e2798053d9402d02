from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..calc.occupancy import Stay, days_meet, occupancy, overfull
from ..tools import format_number
from .cohort_slot_planning import GROUP_KINDS
from .enrolment import PURPOSE_STATES

HOURS_IN_WEEK = 40


class LeerbedrijfPlacement(models.Model):
    """At which place to learn somebody is, on which parts of the week, and what does
    not fit there.

    A signal advises: the planner sees it before saving and may go on.
    """

    _inherit = "leerbedrijf.placement"

    workplace_id = fields.Many2one(
        "leerbedrijf.workplace",
        string="Place to learn",
        index="btree_not_null",
        ondelete="restrict",
    )
    partner_id = fields.Many2one(
        compute="_compute_partner_id", store=True, readonly=False, precompute=True
    )
    day_part_ids = fields.Many2many(
        "leerbedrijf.day.part",
        "leerbedrijf_placement_day_part_rel",
        string="Parts of the week",
        help="When the participant is there. Empty: not known, so it counts all week.",
    )
    problem = fields.Text(string="Signal", compute="_compute_problem")

    @api.depends("workplace_id")
    def _compute_partner_id(self):
        for placement in self:
            placement.partner_id = (
                placement.workplace_id.partner_id or placement.partner_id
            )

    @api.onchange("partner_id")
    def _onchange_partner_id(self):
        """Another organisation has other places to learn."""
        if self.workplace_id.partner_id != self.partner_id:
            self.workplace_id = False

    @api.onchange("workplace_id")
    def _onchange_workplace_id(self):
        self.supervisor = self.workplace_id.supervisor or self.supervisor

    @api.constrains("workplace_id", "partner_id")
    def _check_workplace(self):
        for placement in self.filtered("workplace_id"):
            # Superuser: a place of another region is compared, not shown.
            if placement.workplace_id.sudo().partner_id != placement.partner_id:
                raise ValidationError(
                    self.env._("Choose a place to learn of the same organisation.")
                )

    def _to_stays(self):
        """When these people are there, for the calculation. Who left the route no
        longer takes up a seat."""
        stays = (placement._to_stay() for placement in self)
        return [stay for stay in stays if stay]

    def _to_stay(self):
        enrolment = self.enrolment_id
        ends = [self.date_end]
        if enrolment.state not in PURPOSE_STATES:
            ends.append(enrolment.date_end)
        end = min(filter(None, ends), default=None)
        if not self.date_start or (enrolment.state not in PURPOSE_STATES and not end):
            return None
        return Stay(self.date_start, end, frozenset(self.day_part_ids._origin.ids))

    @api.depends(
        *("enrolment_id", "date_start", "date_end", "day_part_ids", "hours_per_week"),
        *("workplace_id.occupancy", "workplace_id.seats", "workplace_id.day_part_ids"),
        *("workplace_id.date_from", "workplace_id.date_until"),
    )
    @api.depends_context("uid", "allowed_company_ids", "lang")
    def _compute_problem(self):
        """Everything that does not fit, a sentence a line."""
        at_workplaces = self._get_others_at_workplaces()
        of_people = self._get_others_of_people()
        for placement in self:
            problems = [
                *placement._get_workplace_problems(at_workplaces),
                *placement._get_person_problems(of_people),
                *placement._get_school_problems(),
            ]
            placement.problem = "\n".join(problems)

    # The workplace

    def _get_others_at_workplaces(self):
        """Id of a workplace → all placements there."""
        # Superuser: how many are there counts, also whom this user does not see; only
        # a number comes out.
        placements = self.sudo().search([("workplace_id", "in", self.workplace_id.ids)])
        return placements.grouped(lambda other: other.workplace_id.id)

    def _get_workplace_problems(self, at_workplaces):
        """Too many people from today on, or not on these days or parts of the week."""
        today = fields.Date.context_today(self)
        workplace = self.workplace_id._origin
        stay = self._to_stay()
        if not workplace or not stay:
            return []
        # Superuser: of who else is there, only how many.
        others = at_workplaces.get(workplace.id, self.browse()) - self._origin.sudo()
        periods = overfull(occupancy([*others._to_stays(), stay]), workplace.seats)
        problems = [
            self.env._(
                "%(workplace)s: %(problem)s.",
                workplace=workplace.name,
                problem=workplace._describe_period(period),
            )
            for period in periods
            if days_meet(stay, period) and (period.end or today) >= today
        ]
        return problems + workplace._get_closed_problems(stay, self.day_part_ids)

    # The person

    def _get_school_problems(self):
        """When the group of the cohort has a lesson or a meeting."""
        lines = self.enrolment_id.cohort_id.slot_ids.filtered(
            lambda line: line.kind in GROUP_KINDS
        )
        stay = self._to_stay()
        return [
            self.env._(
                "At the same time as “%(line)s” of the cohort: %(parts)s.",
                line=line.name,
                parts=", ".join(shared.mapped("name")),
            )
            for line in lines
            if (shared := line.day_part_ids & self.day_part_ids._origin)
            and stay
            and days_meet(stay, Stay(line.date_start, line.date_end))
        ]

    def _get_others_of_people(self):
        """Id of a participant → the placements of this person that the user sees."""
        enrolments = self.enrolment_id._origin.sudo(False)._filtered_access("read")
        people = enrolments.participant_id.ids
        placements = self.sudo(False).search(
            [("enrolment_id.participant_id", "in", people)]
        )
        return placements.grouped(lambda other: other.enrolment_id.participant_id.id)

    def _get_person_problems(self, of_people):
        """Somewhere else at the same time."""
        stay = self._to_stay()
        if not stay:
            return []
        others = of_people.get(self.enrolment_id.participant_id._origin.id, ())
        problems = (
            self._get_meeting_problem(other)
            for other in others
            if other != self._origin
            and (other_stay := other._to_stay())
            and days_meet(stay, other_stay)
        )
        return [problem for problem in problems if problem]

    def _get_meeting_problem(self, other):
        """What is wrong with this placement and one of the same person and days; the
        hours tell as long as the parts of the week are not known."""
        shared = self.day_part_ids._origin & other.day_part_ids
        hours = self.hours_per_week + other.hours_per_week
        values = {"partner": other.partner_id.name}
        if shared:
            return self.env._(
                "At the same time at %(partner)s: %(parts)s.",
                parts=", ".join(shared.mapped("name")),
                **values,
            )
        if not (self.day_part_ids and other.day_part_ids) and hours > HOURS_IN_WEEK:
            return self.env._(
                "Together with %(partner)s %(hours)s hours a week.",
                hours=format_number(self.env, hours),
                **values,
            )
        return None
