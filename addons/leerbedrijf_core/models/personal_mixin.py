from odoo import models
from odoo.tools import SQL

# Types that can name a person. A field of one of these that nobody declared is wiped.
TEXT_TYPES = ("char", "text", "html", "json", "properties", "binary")
# In `_get_wiped_fields`: the code of the participant in the place of a name.
CODE = object()


class LeerbedrijfPersonalMixin(models.AbstractModel):
    """What holds data of a participant, and what becomes of it after the term.

    A model says which way leads to the participant, which fields are wiped (and what
    replaces them) and which stay, with the reason. A test asks it for every stored
    field that is no number, yes/no or link; who adds one says what becomes of it. At
    the end of the term a text that nobody declared, of an addon that was installed
    later, is wiped as well.
    """

    _name = "leerbedrijf.personal.mixin"
    _description = "Record with data of a participant"

    # From this model to leerbedrijf.participant; empty for the participant itself.
    _person_path = ""
    # Whether the records are deleted instead of wiped: nothing of them stays true.
    _is_deleted_with_person = False

    def _get_wiped_fields(self):
        """Field → what replaces it: None, a value, or CODE. Extend with super()."""
        return {}

    def _get_kept_fields(self):
        """Field → why it may stay. Extend with super()."""
        return {}

    def _find_of_people(self, participants):
        """The records of this model about these participants, with all that is
        archived; for system code."""
        path = self._person_path or "id"
        return self.with_context(active_test=False).search(
            [(path, "in", participants.ids)], order="id"
        )

    def _get_person(self):
        """The participant of each of these records."""
        return self.mapped(self._person_path) if self._person_path else self

    def _wipe(self):
        """One statement for all: no tracking, no message, no recomputation."""
        if self._is_deleted_with_person:
            self.env.cr.execute(
                SQL(
                    "DELETE FROM %s WHERE id = ANY(%s)",
                    SQL.identifier(self._table),
                    self.ids,
                )
            )
        else:
            self._replace_personal_data()

    def _replace_personal_data(self):
        values = self._get_replacements()
        pairs = [(record.id, record._get_person().code) for record in self]
        if not values or not pairs:
            return
        ids, codes = zip(*pairs, strict=True)
        assignments = [
            SQL(
                "%s = %s",
                SQL.identifier(name),
                SQL("person.code") if value is CODE else value,
            )
            for name, value in values.items()
        ]
        self.env.cr.execute(
            SQL(
                """
                UPDATE %(table)s AS record SET %(assignments)s
                  FROM unnest(%(ids)s::int[], %(codes)s::varchar[]) AS person(id, code)
                 WHERE record.id = person.id
                """,
                table=SQL.identifier(self._table),
                assignments=SQL(", ").join(assignments),
                ids=list(ids),
                codes=list(codes),
            )
        )

    def _get_replacements(self):
        """Column → what replaces it, with the texts that nobody declared."""
        values = {
            name: value
            for name, value in self._get_wiped_fields().items()
            if self._is_column(name)
        }
        for name in self._get_undeclared_texts():
            field = self._fields[name]
            values[name] = CODE if field.required else None
        return values

    def _is_column(self, name):
        field = self._fields[name]
        return field.store and field.column_type and not field.inherited

    def _get_undeclared_texts(self):
        declared = self._get_wiped_fields() | self._get_kept_fields()
        return [
            name
            for name, field in self._fields.items()
            if self._is_column(name)
            and field.type in TEXT_TYPES
            and name not in declared
        ]
