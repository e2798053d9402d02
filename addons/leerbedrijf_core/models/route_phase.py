from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..calc import phase_dates

PHASE_KINDS = [
    ("introduction", "Introduction"),
    ("training", "Training"),
    ("school", "School"),
    ("placement", "Practice placement"),
    ("work", "Work"),
    ("bbl", "BBL job"),
]
DURATION_UNITS = [("work_day", "Work days"), ("week", "Weeks"), ("month", "Months")]


class LeerbedrijfRoutePhase(models.Model):
    """A part of a route, undated. Code tests the kind, never the name."""

    _name = "leerbedrijf.route.phase"
    _description = "Phase of a route"
    _inherit = ["leerbedrijf.catalogue.mixin"]
    _order = "route_id, sequence, id"

    route_id = fields.Many2one(
        "leerbedrijf.route", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(PHASE_KINDS, required=True)
    after_phase_id = fields.Many2one(
        "leerbedrijf.route.phase",
        string="Starts after",
        domain="[('route_id', '=', route_id)]",
        index="btree_not_null",
        copy=False,
        help="Without one, the phase counts from the start of the cohort.",
    )
    offset = fields.Integer(help="How long after that the phase starts.")
    offset_unit = fields.Selection(DURATION_UNITS, required=True, default="month")
    duration = fields.Integer(required=True, default=1)
    duration_unit = fields.Selection(DURATION_UNITS, required=True, default="month")
    hours_per_week = fields.Float(string="Hours a week")
    days_per_week = fields.Float(string="Days a week")
    description = fields.Text(translate=True)

    _duration_positive = models.Constraint(
        "CHECK(duration > 0)", "A phase lasts at least one day, week or month."
    )
    _offset_not_negative = models.Constraint(
        'CHECK("offset" >= 0)', "A phase cannot start before what it waits for."
    )
    _hours_in_week = models.Constraint(
        "CHECK(hours_per_week BETWEEN 0 AND 40)",
        "The hours a week of a phase lie between 0 and 40.",
    )
    _days_in_week = models.Constraint(
        "CHECK(days_per_week BETWEEN 0 AND 5)",
        "The days a week of a phase lie between 0 and 5.",
    )

    @api.constrains("after_phase_id", "route_id")
    def _check_after_phase(self):
        if self._has_cycle("after_phase_id"):
            raise ValidationError(
                self.env._(
                    "These phases wait for each other. Let one of them count from the "
                    "start of the cohort."
                )
            )
        for phase in self.filtered("after_phase_id"):
            if phase.after_phase_id.route_id != phase.route_id:
                raise ValidationError(
                    self.env._(
                        "“%(phase)s” can only start after a phase of its own route.",
                        phase=phase.name,
                    )
                )

    @api.ondelete(at_uninstall=True)
    def _unlink_except_in_use(self):
        """Also when a sector addon is uninstalled: Odoo then keeps the record."""
        self.route_id._check_not_in_use()

    def _get_longest_span(self):
        """More time than these phases can take one after another, holidays included."""
        days = {"work_day": 2, "week": 7, "month": 31}
        return timedelta(
            days=phase_dates.LONGEST_CLOSURE_DAYS
            + sum(
                phase.offset * days[phase.offset_unit]
                + phase.duration * days[phase.duration_unit]
                for phase in self
            )
        )

    def _to_calc(self):
        """These phases as `calc.phase_dates` wants them."""
        return [
            phase_dates.Phase(
                key=phase.id,
                duration=phase.duration,
                duration_unit=phase.duration_unit,
                offset=phase.offset,
                offset_unit=phase.offset_unit,
                after=phase.after_phase_id.id or None,
            )
            for phase in self
        ]
