from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..calc import postcode


class LeerbedrijfParticipant(models.Model):
    """Where a person travels from. For the municipality alone: the leerwerkbedrijf
    gets minutes, never the postcode."""

    _inherit = "leerbedrijf.participant"

    zip = fields.Char(
        string="Postcode",
        help="For the travel time. The four digits are enough, for instance of who "
        "has no address.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_postcode(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._with_postcode(vals))

    @api.onchange("zip")
    def _onchange_zip(self):
        self.zip = postcode.normalise(self.zip) or self.zip

    @api.model
    def _with_postcode(self, vals):
        """As a postcode is written; the constraint refuses what is none."""
        if not vals.get("zip"):
            return vals
        return {**vals, "zip": postcode.normalise(vals["zip"]) or vals["zip"]}

    @api.constrains("zip")
    def _check_zip(self):
        for person in self.filtered("zip"):
            if not postcode.normalise(person.zip):
                raise ValidationError(
                    self.env._(
                        "“%(zip)s” is no Dutch postcode. Fill it in as 1234 AB, or the "
                        "four digits alone.",
                        zip=person.zip,
                    )
                )

    def _get_wiped_fields(self):
        return super()._get_wiped_fields() | {"zip": None}
