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


class LeerbedrijfPhaseDesignMixin(models.AbstractModel):
    """A part of a design, undated: how long it takes and what it waits for.

    Who inherits it adds `after_phase_id`, of its own model. Code tests the kind, never
    the name.
    """

    _name = "leerbedrijf.phase.design.mixin"
    _description = "Phase of a design"
    _inherit = ["leerbedrijf.phase.entry.mixin"]

    # The many2one to the design that this is a phase of.
    _design_field = None

    sequence = fields.Integer(default=10)
    kind = fields.Selection(PHASE_KINDS, required=True)
    offset = fields.Integer(help="How long after that the phase starts.")
    offset_unit = fields.Selection(DURATION_UNITS, required=True, default="month")
    duration = fields.Integer(required=True, default=1)
    duration_unit = fields.Selection(DURATION_UNITS, required=True, default="month")
    hours_per_week = fields.Float(string="Hours a week", aggregator="avg")
    days_per_week = fields.Float(string="Days a week", aggregator="avg")

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

    @api.constrains(lambda self: ("after_phase_id", self._design_field))
    def _check_after_phase(self):
        if self._has_cycle("after_phase_id"):
            raise ValidationError(
                self.env._(
                    "These phases wait for each other. Let one of them count from the "
                    "start of the cohort."
                )
            )
        for phase in self.filtered("after_phase_id"):
            if phase.after_phase_id[self._design_field] != phase[self._design_field]:
                raise ValidationError(
                    self.env._(
                        "“%(phase)s” can only start after a phase of its own route.",
                        phase=phase.name,
                    )
                )

    def _prepare_design_values(self):
        """What a copy of this phase in another design takes from it: a whitelist."""
        self.ensure_one()
        return {
            "name": self.name,
            "kind": self.kind,
            "sequence": self.sequence,
            "offset": self.offset,
            "offset_unit": self.offset_unit,
            "duration": self.duration,
            "duration_unit": self.duration_unit,
            "hours_per_week": self.hours_per_week,
            "days_per_week": self.days_per_week,
            **self._prepare_entry_values(),
        }

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

    def _to_calc(self, is_school_day):
        """These phases as `calc.phase_dates` wants them.

        :param is_school_day: tells of a date whether there is school; a phase of
            school begins and ends on one
        """
        return [
            phase_dates.Phase(
                key=phase.id,
                duration=phase.duration,
                duration_unit=phase.duration_unit,
                offset=phase.offset,
                offset_unit=phase.offset_unit,
                after=phase.after_phase_id.id or None,
                is_work_day=is_school_day if phase.kind == "school" else None,
            )
            for phase in self
        ]
