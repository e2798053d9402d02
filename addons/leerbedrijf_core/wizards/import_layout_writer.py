import io
from datetime import date

import xlsxwriter

from odoo import api, models

DATE_STYLE = "dd-mm-yyyy"
NUMBER_STYLES = ("date", "integer", "number")
VALIDATED_ROWS = 2000  # how far down the drop-downs of the template go


class ImportLayoutWriter(models.AbstractModel):
    """Makes the template, and the list of errors in the same form."""

    _inherit = "leerbedrijf.import.layout"

    @api.model
    def _make_template(self):
        """An .xlsx file with an example, drop-downs and an explanation."""
        buffer = io.BytesIO()
        book = xlsxwriter.Workbook(buffer, {"in_memory": True})
        lists = self._get_lists()
        for sheet, title in self._get_sheet_titles().items():
            self._write_template_sheet(book, sheet, title, lists)
        self._write_explanation(book)
        self._write_lists(book, lists)
        book.close()
        return buffer.getvalue()

    @api.model
    def _get_lists(self):
        """Kind of choice → (number of its column on the sheet of choices, labels)."""
        return {
            kind: (number, list(self._get_choices(kind)))
            for number, kind in enumerate(self._get_choice_kinds())
        }

    @api.model
    def _write_template_sheet(self, book, sheet, title, lists):
        page = book.add_worksheet(title)
        styles = self._get_styles(book)
        columns = self._get_columns(sheet)
        self._write_head(page, columns, styles)
        for number, column in enumerate(columns):
            # Text keeps the zeros in front of a number of the trade register.
            style = column.kind if column.kind in NUMBER_STYLES else "text"
            page.set_column(number, number, column.width, styles.get(style))
            self._write_cell(page, 1, number, column.example, styles, example=True)
            labels = lists.get(column.kind)
            if labels and labels[1] and not column.is_multiple:
                source = self._get_list_range(*labels)
                page.data_validation(
                    *(1, number, VALIDATED_ROWS, number),
                    {
                        "validate": "list",
                        "source": source,
                        "error_title": column.label,
                        "error_message": self.env._("Choose from the list."),
                    },
                )

    @api.model
    def _get_list_range(self, number, labels):
        letter = xlsxwriter.utility.xl_col_to_name(number, col_abs=True)
        title = self.env._("Choices")
        return f"='{title}'!{letter}$1:{letter}${len(labels)}"

    @api.model
    def _write_lists(self, book, lists):
        """A drop-down's own list may be 255 characters long, a range any length."""
        page = book.add_worksheet(self.env._("Choices"))
        page.hide()
        for number, labels in lists.values():
            for row, label in enumerate(labels):
                page.write_string(row, number, label)

    @api.model
    def _write_explanation(self, book):
        page = book.add_worksheet(self.env._("Explanation"))
        styles = self._get_styles(book)
        page.set_column(0, 0, 30)
        page.set_column(1, 1, 12)
        page.set_column(2, 2, 80, styles["wrap"])
        row = 0
        for line in self._get_explanation():
            page.merge_range(row, 0, row, 2, line, styles["wrap"])
            page.set_row(row, 32)
            row += 1
        for sheet, title in self._get_sheet_titles().items():
            row += 1
            page.write_string(row, 0, title, styles["head"])
            page.write_string(row, 1, self.env._("Required"), styles["head"])
            page.write_string(row, 2, self.env._("What to fill in"), styles["head"])
            for column in self._get_columns(sheet):
                row += 1
                page.write_string(row, 0, column.label)
                page.write_string(row, 1, self.env._("yes") if column.required else "")
                page.write_string(row, 2, column.help)
            row += 1

    @api.model
    def _make_error_file(self, rows):
        """The rows as they came, each with what is wrong, to correct and import."""
        buffer = io.BytesIO()
        book = xlsxwriter.Workbook(buffer, {"in_memory": True})
        styles = self._get_styles(book)
        for sheet, title in self._get_sheet_titles().items():
            columns = self._get_columns(sheet)
            own = rows.filtered(lambda row, sheet=sheet: row.sheet == sheet)
            page = book.add_worksheet(title)
            self._write_head(page, columns, styles)
            for number, column in enumerate(columns):
                page.set_column(number, number, column.width)
            last = len(columns)
            page.set_column(last, last, 70, styles["wrap"])
            page.write_string(0, last, self.env._("What is wrong"), styles["head"])
            for line, row in enumerate(own, 1):
                for number, column in enumerate(columns):
                    cell = row.cells.get(column.key)
                    self._write_cell(page, line, number, cell, styles)
                page.write_string(line, last, row.message or "", styles["wrap"])
        book.close()
        return buffer.getvalue()

    @api.model
    def _get_styles(self, book):
        return {
            "head": book.add_format(
                {"bold": True, "bottom": 1, "bg_color": "#E8EEF4", "valign": "top"}
            ),
            "text": book.add_format({"num_format": "@"}),
            "date": book.add_format({"num_format": DATE_STYLE}),
            "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
            "example": book.add_format({"italic": True, "font_color": "#808080"}),
            "example_date": book.add_format(
                {"italic": True, "font_color": "#808080", "num_format": DATE_STYLE}
            ),
        }

    @api.model
    def _write_head(self, page, columns, styles):
        page.freeze_panes(1, 1)
        for number, column in enumerate(columns):
            label = f"{column.label} *" if column.required else column.label
            page.write_string(0, number, label, styles["head"])

    @api.model
    def _write_cell(self, page, line, number, value, styles, example=False):
        """Text as text, also when it begins with = + - or @: nothing calculates."""
        style = styles["example"] if example else None
        if isinstance(value, date):
            page.write_datetime(line, number, value, styles["example_date"])
        elif isinstance(value, int | float) and not isinstance(value, bool):
            page.write_number(line, number, value, style)
        elif value is not None and not isinstance(value, list):
            page.write_string(line, number, str(value), style)
