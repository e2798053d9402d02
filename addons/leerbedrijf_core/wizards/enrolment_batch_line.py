from odoo import api, fields, models
from odoo.tools.misc import format_date

from ..tools import format_number

MOST_HOURS = 40  # a week, as the placement and the phase have it


class LeerbedrijfEnrolmentBatchLine(models.TransientModel):
    """One participant of a group, with a placement of the own where that differs."""

    _name = "leerbedrijf.enrolment.batch.line"
    _description = "One of many participants"
    _inherit = ["leerbedrijf.batch.line.mixin"]
    _tenancy_kind = "shared"
    _record_field = "enrolment_id"

    batch_id = fields.Many2one(
        "leerbedrijf.enrolment.batch", required=True, index=True, ondelete="cascade"
    )
    enrolment_id = fields.Many2one(
        "leerbedrijf.enrolment", string="Name", required=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="enrolment_id.company_id", string="Municipality", related_sudo=False
    )
    cohort_id = fields.Many2one(related="enrolment_id.cohort_id", related_sudo=False)
    current_phase_id = fields.Many2one(
        related="enrolment_id.current_phase_id", related_sudo=False
    )
    employer_id = fields.Many2one(
        related="enrolment_id.employer_id",
        string="Intended employer",
        related_sudo=False,
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Workplace",
        compute="_compute_partner_id",
        store=True,
        readonly=False,
        domain="[('is_employer', '=', True)]",
    )
    date_start = fields.Date(
        string="Start", compute="_compute_date_start", store=True, readonly=False
    )
    date_end = fields.Date(
        string="End", compute="_compute_date_end", store=True, readonly=False
    )
    hours_per_week = fields.Float(
        string="Hours a week",
        compute="_compute_hours_per_week",
        store=True,
        readonly=False,
    )
    supervisor = fields.Char(compute="_compute_supervisor", store=True, readonly=False)

    # A column each: a change of one on the form does not undo the others of a line.
    @api.depends("batch_id.partner_id")
    def _compute_partner_id(self):
        self._take_over("partner_id")

    @api.depends("batch_id.date_start")
    def _compute_date_start(self):
        self._take_over("date_start")

    @api.depends("batch_id.date_end")
    def _compute_date_end(self):
        self._take_over("date_end")

    @api.depends("batch_id.hours_per_week")
    def _compute_hours_per_week(self):
        self._take_over("hours_per_week")

    @api.depends("batch_id.supervisor")
    def _compute_supervisor(self):
        self._take_over("supervisor")

    def _take_over(self, name):
        for line in self:
            line[name] = line.batch_id[name]

    @api.depends(
        *("enrolment_id", "is_included", "partner_id", "date_start", "date_end"),
        *("hours_per_week", "batch_id.kind", "batch_id.cohort_phase_id"),
        *("batch_id.employer_id", "batch_id.line_ids.is_included"),
        "enrolment_id.state",
    )
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_finding(self):
        return super()._compute_finding()

    def _find_placement_hindrance(self):
        """What is wrong with a placement, and what a person does in the same weeks."""
        others = self._get_other_placements()
        for line in self:
            wrong = line.partner_id and line._get_placement_error()
            if wrong:
                yield line, "blocked", wrong
            elif not line.partner_id:
                yield line, "blocked", self.env._("Choose the workplace.")
            else:
                yield from line._find_overlap(others.get(line.enrolment_id, ()))

    def _get_placement_error(self):
        if self.partner_id.region_id != self.enrolment_id.cohort_id.region_id:
            return self.env._("This workplace is in another region.")
        if not self.date_start:
            return self.env._("Fill in the start.")
        if self.date_end and self.date_end < self.date_start:
            return self.env._("The end lies before the start.")
        if not 0 < self.hours_per_week <= MOST_HOURS:
            return self.env._(
                "The hours a week lie between 0 and %(most)s.", most=MOST_HOURS
            )
        return None

    def _get_other_placements(self):
        """Enrolment → its placements, for all lines in one query."""
        placements = self.env["leerbedrijf.placement"].search(
            [("enrolment_id", "in", self.enrolment_id._origin.ids)],
            order="date_start, id",
        )
        return placements.grouped("enrolment_id")

    def _find_overlap(self, placements):
        """What runs in the same period; above the hours of a week asks attention."""
        running = [x for x in placements if self._is_beside(x)]
        if not running:
            return
        hours = self.hours_per_week + sum(x.hours_per_week for x in running)
        sentence = self.env._(
            "Also at %(places)s.", places=", ".join(map(self._describe, running))
        )
        if hours > MOST_HOURS:
            sentence += " " + self.env._(
                "Together %(hours)s hours a week.", hours=format_number(self.env, hours)
            )
        yield self, "attention" if hours > MOST_HOURS else "ready", sentence

    def _is_beside(self, placement):
        begins_in_time = not self.date_end or placement.date_start <= self.date_end
        ends = placement.date_end
        return begins_in_time and (not ends or ends >= self.date_start)

    def _describe(self, placement):
        hours = format_number(self.env, placement.hours_per_week)
        if not placement.date_end:
            return self.env._(
                "%(place)s (%(hours)s hours)",
                place=placement.partner_id.name,
                hours=hours,
            )
        return self.env._(
            "%(place)s (%(hours)s hours, until %(date)s)",
            place=placement.partner_id.name,
            hours=hours,
            date=format_date(self.env, placement.date_end),
        )

    def _prepare_placement_values(self):
        self.ensure_one()
        return {
            "enrolment_id": self.enrolment_id.id,
            "partner_id": self.partner_id.id,
            "kind": self.batch_id.placement_kind,
            "date_start": self.date_start,
            "date_end": self.date_end,
            "hours_per_week": self.hours_per_week,
            "supervisor": self.supervisor,
        }
