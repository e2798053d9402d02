from odoo import fields, models

from ..calc import travel


class LeerbedrijfTravelMeans(models.Model):
    """How somebody gets to work: on foot, by bicycle, by bus; and how fast that is."""

    _name = "leerbedrijf.travel.means"
    _description = "Means of travel"
    _inherit = ["leerbedrijf.catalogue.mixin"]

    speed = fields.Float(
        string="Speed (km/h)",
        digits=(5, 1),
        required=True,
        default=15,
        help="On the way, stops and traffic lights included. An assumption: correct "
        "it when estimates turn out wrong.",
    )
    detour = fields.Float(
        digits=(4, 2),
        required=True,
        default=1.3,
        help="How many times longer the way is than a straight line.",
    )
    fixed_minutes = fields.Integer(
        string="Extra minutes",
        help="What every trip takes: to the stop and waiting, or parking.",
    )

    _speed_sane = models.Constraint(
        "CHECK(speed BETWEEN 1 AND 150 AND detour BETWEEN 1 AND 5"
        " AND fixed_minutes BETWEEN 0 AND 120)",
        "Fill in a speed of 1 to 150 km/h, a detour of 1 to 5 and 0 to 120 minutes.",
    )

    def _to_calc(self):
        self.ensure_one()
        return travel.Speed(self.speed, self.detour, self.fixed_minutes)
