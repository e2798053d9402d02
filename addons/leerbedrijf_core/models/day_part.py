from odoo import fields, models


class LeerbedrijfDayPart(models.Model):
    """A morning, afternoon or evening of the week: when somebody can work or learn."""

    _name = "leerbedrijf.day.part"
    _description = "Part of the week"
    _inherit = ["leerbedrijf.catalogue.mixin"]

    weekday = fields.Selection(
        [
            ("0", "Monday"),
            ("1", "Tuesday"),
            ("2", "Wednesday"),
            ("3", "Thursday"),
            ("4", "Friday"),
            ("5", "Saturday"),
            ("6", "Sunday"),
        ],
        string="Day of the week",
        required=True,
        default="0",
        help="As Python counts them: Monday is 0.",
    )
