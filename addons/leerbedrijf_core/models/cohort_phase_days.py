from datetime import timedelta

from odoo import api, fields, models


class LeerbedrijfCohortPhase(models.Model):
    """What the days of a phase come to: days off within it, and on its borders."""

    _inherit = "leerbedrijf.cohort.phase"

    work_day_count = fields.Integer(
        compute="_compute_work_days",
        string="Work days",
        help="Without weekends and days off of the organisation; for a phase of school "
        "without school holidays.",
    )
    date_signal = fields.Char(
        compute="_compute_work_days", string="To look at", help="It never blocks."
    )

    @api.depends("date_start", "date_end", "kind", "cohort_id")
    def _compute_work_days(self):
        dated = self.filtered(
            lambda p: p.date_start and p.date_end and p.date_start <= p.date_end
        )
        self.work_day_count = 0
        self.date_signal = False
        for cohort, phases in dated.grouped("cohort_id").items():
            start = min(phases.mapped("date_start"))
            end = max(phases.mapped("date_end"))
            works = cohort._get_work_day_test(start, end)
            holidays = cohort.region_id._get_school_holidays(start, end)
            for phase in phases:
                closed = holidays if phase.kind == "school" else set()
                phase._count_work_days(works, closed)

    def _count_work_days(self, works, closed):
        length = (self.date_end - self.date_start).days + 1
        days = [self.date_start + timedelta(n) for n in range(length)]
        worked = {day for day in days if works(day) and day not in closed}
        self.work_day_count = len(worked)
        if not worked:
            self.date_signal = self.env._("No work day in this phase")
        elif self.date_start not in worked:
            self.date_signal = self.env._("Starts on a day off")
        elif self.date_end not in worked:
            self.date_signal = self.env._("Ends on a day off")
