import re
from datetime import datetime

from odoo import api, models

from ..calc.names import plain

LOOK_FOR_HEAD = 10  # rows: people put a title above their columns
DATE_FORMATS = ("%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d-%m-%y")


class ImportLayoutReader(models.AbstractModel):
    """Reads the cells of a spreadsheet into values, or says what is wrong with them."""

    _inherit = "leerbedrijf.import.layout"

    @api.model
    def _find_rows(self, sheets):
        """The rows of `calc.spreadsheet` sheets that are ours: (sheet, number, cells),
        with a dict of cells by the key of their column."""
        heads = self._get_heads()
        examples = {x._get_example_name() for x in self._get_languages()}
        found, known = [], set()
        for sheet in sheets:
            name, start, keys = self._find_head(sheet.rows, heads)
            if not name:
                continue
            known.add(name)
            for number, cells in sheet.rows[start:]:
                values = {
                    key: cell
                    for key, cell in zip(keys, cells, strict=False)
                    if key and cell is not None
                }
                if values and values.get("name") not in examples:
                    found.append((name, number, values))
        return found, known

    @api.model
    def _get_heads(self):
        """Per sheet: plain head in any language → key; only the required make sure
        which sheet it is."""
        return {
            sheet: {
                plain(column.label): column
                for layout in self._get_languages()
                for column in layout._get_columns(sheet)
            }
            for sheet in reversed(self._get_sheet_titles())
        }

    @api.model
    def _find_head(self, rows, heads):
        """The sheet that a row of heads belongs to, where its data start, and the keys
        of its columns."""
        for position, (_number, cells) in enumerate(rows[:LOOK_FOR_HEAD]):
            words = [plain(cell) if isinstance(cell, str) else "" for cell in cells]
            for sheet, columns in heads.items():
                needed = {x.key for x in columns.values() if x.required}
                keys = [columns[w].key if w in columns else None for w in words]
                # The explanation names columns as well, each on a row of its own.
                if needed <= set(keys) and len(set(keys) - {None}) > 1:
                    return sheet, position + 1, keys
        return None, 0, []

    @api.model
    def _parse(self, columns, cells, choices):
        """The values of a row as fields want them, and sentences on what is wrong."""
        values, problems = {}, []
        for column in columns:
            cell = cells.get(column.key)
            if cell is None:
                if column.required:
                    problems.append(
                        self.env._("“%(column)s” is missing.", column=column.label)
                    )
                continue
            value, problem = self._parse_cell(column, cell, choices)
            if problem:
                problems.append(problem)
            else:
                values[column.key] = value
        return values, problems

    @api.model
    def _parse_cell(self, column, cell, choices):
        if isinstance(cell, list):  # how a formula is kept in a row
            return None, self.env._(
                "“%(column)s” holds a formula. Paste its value instead.",
                column=column.label,
            )
        if column.kind in choices:
            parse = self._parse_choices if column.is_multiple else self._parse_choice
            return parse(column, cell, choices[column.kind])
        parse = getattr(self, f"_parse_{column.kind}")
        return parse(column, cell)

    @api.model
    def _parse_choice(self, column, cell, labels):
        value = labels.get(plain(str(cell)))
        if value:
            return value, None
        return None, self.env._(
            "“%(cell)s” is none of the choices of “%(column)s”: %(choices)s.",
            cell=str(cell)[:50],
            column=column.label,
            choices=", ".join(self._get_choices(column.kind)),
        )

    @api.model
    def _parse_choices(self, column, cell, labels):
        """Several choices; one that is not known makes the cell wrong."""
        values = []
        for word in filter(str.strip, re.split(r"[;,\n]", str(cell))):
            value, problem = self._parse_choice(column, word.strip(), labels)
            if problem:
                return None, problem
            values.append(value)
        return values, None

    @api.model
    def _parse_text(self, column, cell):
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        text = str(cell).strip()
        if not column.is_long:
            text = " ".join(text.split())
        if len(text) > column.limit:
            return None, self.env._(
                "“%(column)s” is longer than %(limit)s characters. Shorten it.",
                column=column.label,
                limit=column.limit,
            )
        return text, None

    @api.model
    def _parse_email(self, column, cell):
        if re.fullmatch(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]+\.[^@\s,;<>\"]+", str(cell)):
            return self._parse_text(column, cell)
        return None, self.env._(
            "“%(cell)s” is not an e-mail address.", cell=str(cell)[:50]
        )

    @api.model
    def _parse_digits(self, column, cell, length):
        """Excel drops the zeros in front of what it takes for a number."""
        if isinstance(cell, int | float) and 0 < cell == int(cell):
            cell = str(int(cell)).zfill(length)
        digits = re.sub(r"[\s.]", "", str(cell))
        if re.fullmatch(rf"[0-9]{{{length}}}", digits):
            return digits, None
        return None, self.env._(
            "“%(column)s” must be %(length)s digits; “%(cell)s” is not.",
            column=column.label,
            length=length,
            cell=str(cell)[:30],
        )

    @api.model
    def _parse_number(self, column, cell):
        if isinstance(cell, str):
            text = cell.replace(",", ".").strip()
            cell = float(text) if re.fullmatch(r"\d{1,6}(\.\d{1,6})?", text) else None
        is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
        if is_number and 0 < cell <= column.limit:
            return cell, None
        return None, self.env._(
            "“%(column)s” must be a number of more than 0 and at most %(limit)s.",
            column=column.label,
            limit=column.limit,
        )

    @api.model
    def _parse_integer(self, column, cell):
        value, problem = self._parse_number(column, cell)
        if problem or value == int(value):
            return value and int(value), problem
        return None, self.env._(
            "“%(column)s” must be a whole number.", column=column.label
        )

    @api.model
    def _parse_date(self, column, cell):
        for style in DATE_FORMATS:
            try:
                value = datetime.strptime(str(cell)[:10], style).date()
            except ValueError:
                continue
            if column.earliest <= value <= column.latest:
                return value, None
        return None, self.env._(
            "“%(column)s” must be a date as in %(example)s; “%(cell)s” is not.",
            column=column.label,
            example=column.example.strftime("%d-%m-%Y"),
            cell=str(cell)[:30],
        )
