from odoo import fields, models


class CalendarEvent(models.Model):
    """The appointment of the host of an information meeting: it goes with it."""

    _inherit = "calendar.event"

    info_meeting_id = fields.Many2one(
        "leerbedrijf.info.meeting", index="btree_not_null", ondelete="cascade"
    )
