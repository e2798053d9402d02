from odoo import api, models
from odoo.exceptions import UserError

LARGEST_INTEGER = 2**31 - 1  # what a column of PostgreSQL's type int4 holds
LARGEST_NUMBER = 1e12  # more than any amount, rate or number of hours here


class LeerbedrijfBoundedMixin(models.AbstractModel):
    """Numbers and texts that no column can hold get a sentence, not a server error."""

    _name = "leerbedrijf.bounded.mixin"
    _description = "Record that refuses impossible values"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_bounds(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_bounds(vals)
        return super().write(vals)

    def _check_bounds(self, vals):
        for name, value in vals.items():
            if not self._is_possible(name, value):
                raise UserError(
                    self.env._(
                        "“%(field)s” holds a value that is too large or that cannot be "
                        "kept. Correct it.",
                        field=self._fields[name]._description_string(self.env),
                    )
                )

    def _is_possible(self, name, value):
        field = self._fields.get(name)
        if isinstance(value, str):
            return "\0" not in value
        if field is None or isinstance(value, bool):
            return True
        if field.type == "integer" and isinstance(value, int | float):
            return abs(value) <= LARGEST_INTEGER
        if field.type in ("float", "monetary") and isinstance(value, int | float):
            return abs(value) <= LARGEST_NUMBER  # not a number is refused as well
        return True
