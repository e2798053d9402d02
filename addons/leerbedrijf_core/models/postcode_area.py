from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..calc import travel


class LeerbedrijfPostcodeArea(models.Model):
    """Where a postcode area lies: its four digits and the middle of it.

    The platform administrator imports the table with Odoo's own import; a newer table
    replaces what is known of an area.
    """

    _name = "leerbedrijf.postcode.area"
    _description = "Postcode area"
    _inherit = ["leerbedrijf.bounded.mixin"]
    _order = "name"

    _tenancy_kind = "catalogue"

    name = fields.Char(
        string="Postcode", size=4, required=True, help="The four digits."
    )
    place = fields.Char()
    latitude = fields.Float(
        digits=(8, 5), required=True, help="Degrees north, with a point: 52.01152."
    )
    longitude = fields.Float(
        digits=(8, 5), required=True, help="Degrees east, with a point: 4.35710."
    )

    _name_once = models.Constraint(
        "UNIQUE(name)", "This postcode area is in the table already."
    )

    @api.constrains("name", "latitude", "longitude")
    def _check_in_the_netherlands(self):
        for area in self:
            if not (len(area.name) == 4 and area.name.isdecimal()):
                raise ValidationError(
                    self.env._(
                        "“%(name)s” is no postcode area: fill in the four digits.",
                        name=area.name,
                    )
                )
            if not (50 < area.latitude < 54 and 3 < area.longitude < 8):
                raise ValidationError(
                    self.env._(
                        "Postcode area %(name)s does not lie in the Netherlands like "
                        "this: the latitude is between 50 and 54, the longitude "
                        "between 3 and 8. Are the two columns swapped?",
                        name=area.name,
                    )
                )

    @api.model
    def load(self, fields, data):
        """Import a table; a row of an area that is known replaces it."""
        if "name" in fields and not {"id", ".id"} & set(fields):
            column = fields.index("name")
            known = self.search([("name", "in", [row[column] for row in data])])
            ids = {area.name: str(area.id) for area in known}
            fields = [*fields, ".id"]
            data = [[*row, ids.get(row[column], "")] for row in data]
        return super().load(fields, data)

    @api.model
    def _get_positions(self, names):
        """Four digits → where that lies, of the areas that are in the table."""
        areas = self.search_fetch(
            [("name", "in", list(names))], ["name", "latitude", "longitude"]
        )
        return {
            area.name: travel.Position(area.latitude, area.longitude) for area in areas
        }
