from datetime import timedelta

from odoo import models


class LeerbedrijfRegion(models.Model):
    """When the schools of a region are closed."""

    _inherit = "leerbedrijf.region"

    def _get_school_holidays(self, start, end):
        """The dates from `start` up to and including `end` without school: a set."""
        self.ensure_one()
        # Superuser: whoever plans in a region plans around its school holidays.
        holidays = (
            self.env["leerbedrijf.school.holiday"]
            .sudo()
            .search(
                [
                    ("region_id", "=", self.id),
                    ("date_from", "<=", end),
                    ("date_to", ">=", start),
                ]
            )
        )
        return {
            holiday.date_from + timedelta(n)
            for holiday in holidays
            for n in range((holiday.date_to - holiday.date_from).days + 1)
        }
