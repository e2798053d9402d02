from odoo import api, fields, models

from ..tools import is_private


class CalendarEvent(models.Model):
    """An appointment about a person is for who takes part in it."""

    _inherit = "calendar.event"

    about_person = fields.Boolean(
        compute="_compute_about_person",
        store=True,
        help="Only who takes part sees this appointment: it is about a person.",
    )

    @api.depends("res_model")
    def _compute_about_person(self):
        for event in self:
            event.about_person = is_private(self.env.registry.get(event.res_model))
