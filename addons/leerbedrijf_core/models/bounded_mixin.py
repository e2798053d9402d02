from odoo import api, models, tools
from odoo.exceptions import UserError

from ..tools import without_defaults

LARGEST_INTEGER = 2**31 - 1  # what a column of PostgreSQL's type int4 holds
LARGEST_NUMBER = 1e12  # more than any amount, rate or number of hours here


class LeerbedrijfBoundedMixin(models.AbstractModel):
    """Numbers and texts that no column can hold get a sentence, not a server error.

    What is computed or read-only is no client's to fill in, neither by a value nor by a
    default in the context: who sees what, what counts and what was signed rests on it.
    """

    _name = "leerbedrijf.bounded.mixin"
    _description = "Record that refuses impossible values"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_bounds(vals)
        if self.env.su or self._transient:
            return super().create(vals_list)
        readonly, computed = self._get_columns_of_nobody()
        cleaned = without_defaults(self, readonly)
        return super(LeerbedrijfBoundedMixin, cleaned).create(
            [_without(vals, computed) for vals in vals_list]
        )

    def write(self, vals):
        self._check_bounds(vals)
        if not self.env.su and not self._transient:
            vals = _without(vals, self._get_columns_of_nobody()[1])
        return super().write(vals)

    @tools.ormcache()
    def _get_columns_of_nobody(self):
        """The stored fields that are read-only, and those of them that are computed."""
        readonly = {f for f in self._fields.values() if f.store and f.readonly}
        return (
            frozenset(field.name for field in readonly),
            frozenset(field.name for field in readonly if field.compute),
        )

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


def _without(vals, names):
    return {name: value for name, value in vals.items() if name not in names}
