from odoo import fields, models
from odoo.exceptions import UserError

from ..models.forecast import CERTAINTIES, REASONS
from ..tools import is_other_value

KEPT = (
    "function",
    "places",
    "hours_per_week",
    "date_from",
    "certainty",
    "reason",
    "reason_id",
)


class LeerbedrijfContactLogLine(models.TransientModel):
    """A future job in a conversation: it still holds, has changed, or is new."""

    _name = "leerbedrijf.contact.log.line"
    _description = "Future job in a conversation"

    _tenancy_kind = "regional"

    log_id = fields.Many2one(
        "leerbedrijf.contact.log",
        string="Conversation",
        required=True,
        ondelete="cascade",
    )
    forecast_id = fields.Many2one("leerbedrijf.forecast", string="Future job")
    holds = fields.Boolean(
        string="Still holds", help="The employer said so: the job is confirmed."
    )
    confirmed_on = fields.Date(related="forecast_id.confirmed_on")
    function = fields.Char(required=True)
    places = fields.Integer(required=True, default=1)
    hours_per_week = fields.Float(string="Hours a week", required=True, default=32)
    date_from = fields.Date(string="Start from", required=True)
    certainty = fields.Selection(CERTAINTIES, required=True, default="mentioned")
    reason = fields.Selection(
        REASONS, string="Why there is work", required=True, default="growth"
    )
    reason_id = fields.Many2one("leerbedrijf.forecast.reason", string="Why it lapsed")

    def _prepare_from(self, forecast):
        values = {
            name: forecast._fields[name].convert_to_write(forecast[name], forecast)
            for name in KEPT
        }
        return {**values, "forecast_id": forecast.id}

    def _apply(self):
        """Confirm, change and make the future jobs; what was left alone stays as it
        was."""
        new = []
        for line in self:
            line._check_reason()
            values = {
                name: line._fields[name].convert_to_write(line[name], line)
                for name in KEPT
            }
            if line.forecast_id:
                line._apply_to_forecast(values)
            else:
                new.append({**values, **line._get_confirmation()})
        self.env["leerbedrijf.forecast"].create(
            [{**values, "partner_id": self.log_id.partner_id.id} for values in new]
        )

    def _apply_to_forecast(self, values):
        forecast = self.forecast_id
        changed = {
            name: value
            for name, value in values.items()
            if is_other_value(forecast, name, value)
        }
        if changed or self.holds:
            forecast.write({**changed, **self._get_confirmation()})
            forecast._close_confirmation()

    def _get_confirmation(self):
        """Confirmed on the day of the conversation, unless it was later already."""
        days = filter(None, (self.log_id.date, self.forecast_id.confirmed_on))
        return {"confirmed_on": max(days)}

    def _check_reason(self):
        if self.certainty == "lapsed" and not self.reason_id:
            raise UserError(
                self.env._(
                    "Choose why “%(function)s” lapsed, in the last column of its line.",
                    function=self.function,
                )
            )
