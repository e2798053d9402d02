from odoo import models


class InvoiceHoursXlsx(models.AbstractModel):
    """The hours behind invoices as a sheet each, for the employer's own records.

    The same rows as on the PDF: a person's code, never the name.
    """

    _name = "report.leerbedrijf_core.invoice_hours_xlsx"
    _description = "Specification of hours (XLSX)"
    _inherit = ["report.report_xlsx.abstract"]

    def generate_xlsx_report(self, workbook, data, objs):
        formats = {
            "head": workbook.add_format({"bold": True, "bottom": 1}),
            "text": workbook.add_format(),
            "date": workbook.add_format({"num_format": "dd-mm-yyyy"}),
            "hours": workbook.add_format({"num_format": "0.00"}),
            "money": workbook.add_format({"num_format": "#,##0.00"}),
        }
        for number, move in enumerate(objs, 1):
            # Drafts have no number yet. No slash, at most 31 characters, each once.
            name = (move.name or f"{number}").replace("/", "-")[:31]
            self._write_sheet(workbook.add_worksheet(name), move, formats)

    def _write_sheet(self, sheet, move, formats):
        columns = self._get_columns()
        sheet.freeze_panes(1, 0)
        for column, (title, width, *_rest) in enumerate(columns):
            sheet.set_column(column, column, width)
            sheet.write(0, column, title, formats["head"])
        number = 0
        for klus in move._get_hours_specification():
            for row in klus["rows"]:
                number += 1
                values = {"klus": klus["line"].name, **row}
                values["tariff"] = klus["line"].price_unit
                for column, (_title, _width, key, style) in enumerate(columns):
                    sheet.write(number, column, values[key], formats[style])

    def _get_columns(self):
        """Title, width, key of the row, format: what the sheet shows, in order."""
        return [
            (self.env._("Klus"), 50, "klus", "text"),
            (self.env._("Week"), 10, "week", "text"),
            (self.env._("From"), 12, "date_from", "date"),
            (self.env._("Until"), 12, "date_to", "date"),
            (self.env._("Person"), 12, "code", "text"),
            (self.env._("Hours"), 10, "hours", "hours"),
            (self.env._("Tariff"), 10, "tariff", "money"),
            (self.env._("Amount"), 12, "amount", "money"),
        ]
