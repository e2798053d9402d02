from odoo import api, fields, models
from odoo.fields import Domain

from .enrolment import PURPOSE_STATES


class LeerbedrijfCohort(models.Model):
    """What does not fit in the planning of a cohort: rooms that another group has at
    the same time, and workplaces with more people than places."""

    _inherit = "leerbedrijf.cohort"

    planning_signal_count = fields.Integer(
        string="Signals in the planning", compute="_compute_planning_signal_count"
    )

    @api.depends(
        "slot_ids.problem",
        "enrolment_ids.placement_ids.workplace_id",
        "enrolment_ids.state",
    )
    def _compute_planning_signal_count(self):
        clashes = self.slot_ids._get_clashes()
        overfull = self._count_overfull_workplaces()
        for cohort in self:
            cohort.planning_signal_count = overfull.get(cohort._origin.id, 0) + sum(
                bool(clashes[slot_id]) for slot_id in cohort.slot_ids.ids
            )

    def _count_overfull_workplaces(self):
        """Id of a cohort → at how many workplaces that are too full it has people: not
        who ended or withdrew, whose placement may have no end."""
        today = fields.Date.context_today(self)
        domain = (
            Domain("cohort_id", "in", self.ids)
            & Domain("workplace_id.is_overfull", "=", True)
            & Domain("enrolment_id.state", "in", PURPOSE_STATES)
            & (Domain("date_end", "=", False) | Domain("date_end", ">=", today))
        )
        # Superuser: as for the seats, a number says nothing about a person.
        placements = self.env["leerbedrijf.placement"].sudo()
        groups = placements._read_group(
            domain, ["cohort_id"], ["workplace_id:count_distinct"]
        )
        return {cohort.id: count for cohort, count in groups}

    def _get_missing_route(self):
        return super()._get_missing_route() + self._get_planning_signals()

    def _get_planning_signals(self):
        """A matter of the plan, which is made in this step."""
        if not self.planning_signal_count:
            return []
        return [
            self.env._(
                "Signals in the planning: %(number)s (a room or a place to learn that "
                "is taken twice).",
                number=self.planning_signal_count,
            )
        ]

    def action_view_planning(self):
        self.ensure_one()
        return self._action_view(
            "leerbedrijf_core.planning_calendar_action",
            [("cohort_id", "=", self.id)],
            initial_date=fields.Date.to_string(
                max(self.date_start, fields.Date.context_today(self))
            ),
        )
