from odoo import api, fields, models
from odoo.exceptions import ValidationError


class LeerbedrijfSchoolHoliday(models.Model):
    """A holiday of the schools of a region: no lessons, but work goes on."""

    _name = "leerbedrijf.school.holiday"
    _description = "School holiday"
    _inherit = ["leerbedrijf.regional.mixin"]
    _order = "date_from, id"

    name = fields.Char(required=True)
    date_from = fields.Date(string="First day", required=True, index=True)
    date_to = fields.Date(string="Last day", required=True)

    _dates_in_order = models.Constraint(
        "CHECK(date_to >= date_from)", "A holiday cannot end before it starts."
    )

    @api.constrains("date_from", "date_to")
    def _check_length(self):
        """A typing error in a year would leave a route without school."""
        for holiday in self:
            if (holiday.date_to - holiday.date_from).days > 100:
                raise ValidationError(
                    self.env._(
                        "“%(holiday)s” lasts longer than a hundred days. Correct the "
                        "dates.",
                        holiday=holiday.name,
                    )
                )
