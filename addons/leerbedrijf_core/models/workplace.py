from datetime import date

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..calc import occupancy


class LeerbedrijfWorkplace(models.Model):
    """A place to learn, at an employer or at the leerbedrijf: a Leerhome, a ward, a
    depot, a neighbourhood.

    The region plans with it. How many people are there and when is a number, counted
    from placements; who they are is for who may see the placement.
    """

    _name = "leerbedrijf.workplace"
    _description = "Place to learn"
    _inherit = ["leerbedrijf.employer.mixin"]
    _order = "partner_id, level, name, id"
    _rec_names_search = ["name", "partner_id"]
    _label_fields = ("name", "partner_id.name")

    name = fields.Char(
        required=True, help="What it is called there: a ward, a depot, a room."
    )
    active = fields.Boolean(default=True)
    partner_id = fields.Many2one(string="Organisation", domain="[]")
    level = fields.Selection(
        [
            ("1", "1 – Sheltered"),
            ("2", "2 – Sheltered, with real customers or residents"),
            ("3", "3 – At the employer, with much guidance"),
            ("4", "4 – As in the regular job"),
        ],
        string="How much it asks",
        required=True,
        default="1",
        index=True,
        help="A chain of places leads from sheltered to regular.",
    )
    seats = fields.Integer(
        required=True,
        default=1,
        help="How many people can learn there at the same time.",
    )
    day_part_ids = fields.Many2many(
        "leerbedrijf.day.part",
        "leerbedrijf_workplace_day_part_rel",
        string="Parts of the week",
        help="When people can learn there. Empty: all week.",
    )
    supervisor = fields.Char(
        string="Daily supervisor",
        help="A colleague of the workplace who guides every day, not a participant.",
    )
    date_from = fields.Date(string="From")
    date_until = fields.Date(string="Until")
    note = fields.Text(
        string="Notes", help="The whole region reads this: name no participants."
    )
    placement_ids = fields.One2many("leerbedrijf.placement", "workplace_id")
    occupancy = fields.Json(
        string="Periods with people",
        compute="_compute_occupancy",
        store=True,
        help="From, until and how many people, in order.",
    )
    people_now = fields.Integer(string="People now", compute="_compute_people_now")
    overfull_until = fields.Date(
        string="Last day that is too full",
        compute="_compute_overfull_until",
        store=True,
        index="btree_not_null",
        help="The last day with too many people; far away if there is no end to it.",
    )
    problem = fields.Text(string="Signal", compute="_compute_problem")
    is_overfull = fields.Boolean(
        string="Too full", compute="_compute_problem", search="_search_is_overfull"
    )

    _seats_positive = models.Constraint(
        "CHECK(seats > 0)", "A place to learn has room for at least one person."
    )
    _dates_in_order = models.Constraint(
        "CHECK(date_until >= date_from)",
        "A place to learn cannot end before it starts.",
    )

    def _get_label(self):
        return f"{self.partner_id.name} – {self.name}"

    @api.depends(
        "placement_ids.date_start",
        "placement_ids.date_end",
        "placement_ids.day_part_ids",
        "placement_ids.enrolment_id.state",
        "placement_ids.enrolment_id.date_end",
    )
    def _compute_occupancy(self):
        """Numbers only, for the whole region; computed as superuser because nobody sees
        all placements of a workplace."""
        for workplace in self:
            workplace.occupancy = [
                {
                    "start": fields.Date.to_string(period.start),
                    "end": period.end and fields.Date.to_string(period.end),
                    "people": period.people,
                }
                for period in occupancy.occupancy(workplace.placement_ids._to_stays())
            ]

    @api.depends("occupancy", "seats")
    def _compute_overfull_until(self):
        for workplace in self:
            overfull = workplace._get_overfull_periods()
            workplace.overfull_until = overfull and (overfull[-1].end or date.max)

    @api.depends("occupancy")
    @api.depends_context("tz")
    def _compute_people_now(self):
        today = fields.Date.context_today(self)
        for workplace in self:
            workplace.people_now = sum(
                period.people
                for period in workplace._get_periods()
                if period.start <= today <= (period.end or today)
            )

    def _get_overfull_periods(self):
        """The periods with more people than places, also those long past."""
        return occupancy.overfull(self._get_periods(), self.seats)

    def _get_periods(self):
        """The stored occupancy as the calculation knows it."""
        self.ensure_one()
        return [
            occupancy.Period(
                fields.Date.to_date(period["start"]),
                fields.Date.to_date(period["end"]),
                period["people"],
            )
            for period in self.occupancy or []
        ]

    @api.depends("occupancy", "seats")
    @api.depends_context("lang", "tz")
    def _compute_problem(self):
        today = fields.Date.context_today(self)
        for workplace in self:
            workplace.problem = "\n".join(
                workplace._describe_period(period)
                for period in workplace._get_overfull_periods()
                if not period.end or period.end >= today
            )
            workplace.is_overfull = bool(workplace.problem)

    def _search_is_overfull(self, operator, value):
        if operator != "in":
            return NotImplemented
        overfull = Domain("overfull_until", ">=", fields.Date.context_today(self))
        return Domain.OR(overfull if is_full else ~overfull for is_full in value)

    def _describe_period(self, period):
        """How many people for how many places, and when."""
        self.ensure_one()
        values = {
            "people": period.people,
            "seats": self.seats,
            "start": self._format_day(period.start),
        }
        if not period.end:
            return self.env._(
                "%(people)s people, room for %(seats)s, from %(start)s", **values
            )
        if period.end == period.start:
            return self.env._(
                "%(people)s people, room for %(seats)s, on %(start)s", **values
            )
        return self.env._(
            "%(people)s people, room for %(seats)s, from %(start)s until %(end)s",
            end=self._format_day(period.end),
            **values,
        )

    def _get_closed_problems(self, stay, day_parts):
        """What of these days and parts of the week lies outside its own."""
        self.ensure_one()
        problems = []
        if (self.date_from and stay.start < self.date_from) or (
            self.date_until and (stay.end or date.max) > self.date_until
        ):
            problems.append(self._describe_dates())
        closed = day_parts._origin - self.day_part_ids
        if self.day_part_ids and closed:
            problems.append(
                self.env._(
                    "%(workplace)s does not take people on: %(parts)s.",
                    workplace=self.name,
                    parts=", ".join(closed.mapped("name")),
                )
            )
        return problems

    def _describe_dates(self):
        values = {
            "workplace": self.name,
            "start": self.date_from and self._format_day(self.date_from),
            "end": self.date_until and self._format_day(self.date_until),
        }
        if not self.date_until:
            return self.env._("%(workplace)s is available from %(start)s.", **values)
        if not self.date_from:
            return self.env._("%(workplace)s is available until %(end)s.", **values)
        return self.env._(
            "%(workplace)s is available from %(start)s until %(end)s.", **values
        )

    def _format_day(self, day):
        return format_date(self.env, day, date_format="d MMMM y")

    def action_view_placements(self):
        """Who is there, as far as the user may see them."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "leerbedrijf_core.placement_action"
        )
        return {
            **action,
            "domain": [("workplace_id", "=", self.id)],
            "context": {"default_workplace_id": self.id, "search_default_now": 1},
        }

    def action_view_planning(self):
        """How full it is, month by month."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "leerbedrijf_core.planning_workplace_action"
        )
        return {**action, "domain": [("workplace_id", "=", self.id)], "context": {}}
