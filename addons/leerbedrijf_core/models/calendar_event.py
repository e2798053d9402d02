from odoo import api, fields, models


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
            model = self.env.registry.get(event.res_model)
            kind = getattr(model, "_tenancy_kind", None)
            event.about_person = kind in ("private", "shared")
