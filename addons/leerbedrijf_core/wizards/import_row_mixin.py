from dataclasses import dataclass, field

from odoo import fields, models

# What becomes of a row, and what asks for attention first.
PRIORITIES = {"error": 1, "duplicate": 2, "update": 3, "new": 4, "same": 5}
CHOICES = [
    ("existing", "Use the existing one"),
    ("new", "Make a new one"),
    ("skip", "Leave out"),
]


@dataclass
class Entry:
    """What becomes of a row: worked out anew before every step, from the row alone."""

    row: models.BaseModel
    values: dict
    problems: list
    result: str = "error"
    message: str = ""
    found: models.BaseModel = None  # the record that is there
    changes: dict = field(default_factory=dict)


class ImportRowMixin(models.AbstractModel):
    """A row of an uploaded spreadsheet, and what becomes of it.

    A row model declares `import_id` and `sheet`, and which record a row has found.
    """

    _name = "leerbedrijf.import.row.mixin"
    _description = "Row of an import"
    _order = "priority, sheet, number"
    _rec_name = "name"

    number = fields.Integer(string="Row", help="In the file, as Excel numbers it.")
    name = fields.Char()
    cells = fields.Json()
    result = fields.Selection(
        [
            ("error", "Error"),
            ("duplicate", "Possible duplicate"),
            ("new", "New"),
            ("update", "Will be updated"),
            ("same", "Nothing to change"),
        ]
    )
    message = fields.Text(string="What and why")
    priority = fields.Integer(help="What asks for attention comes first.")
    choice = fields.Selection(CHOICES, string="Your choice")
    is_done = fields.Boolean(string="Taken over")

    def _prepare_found_values(self, entry):
        """The columns of a row that say which record it has found."""
        raise NotImplementedError

    def _set_done(self, **values):
        # Superuser: the base looks up every link that a client writes, a query a row;
        # this one the user has just made or found.
        self.sudo().write({"is_done": True, **values})

    def _read_entries(self, layout, entry_class=Entry):
        """Sheet → an entry for each of its rows, with what its cells say."""
        choices = layout._get_known_choices()
        entries = {}
        for sheet in layout._get_sheet_titles():
            columns = layout._get_columns(sheet)
            entries[sheet] = [
                entry_class(
                    row, *layout._parse(columns, dict(row.cells or {}), choices)
                )
                for row in self.sorted("number")
                if row.sheet == sheet
            ]
        return entries

    def _get_changes(self, record, values, names):
        return {
            name: values[name]
            for name in names
            if values.get(name)
            and values[name]
            != record._fields[name].convert_to_write(record[name], record)
        }

    def _get_changes_message(self, record, changes):
        """For example: Phone: 015 1 → 015 2."""
        parts = []
        for name, value in changes.items():
            model_field = record._fields[name]
            label = model_field._description_string(self.env)
            if model_field.type in ("boolean", "selection", "many2one"):
                parts.append(label)
            else:
                parts.append(f"{label}: {record[name] or '–'} → {str(value)[:60]}")
        return "; ".join(parts)
