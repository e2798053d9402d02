from collections import defaultdict

from xlsxwriter.utility import xl_col_to_name

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import split_every

BATCH = 1000  # pledges read at a time


class PledgesXlsx(models.AbstractModel):
    """All pledges and what came of them, for a steering group: numbers, no people.

    The first sheet adds up what was really promised; the second has every pledge, also
    of drafts. Totals are formulas, so that they follow a filter or a correction.
    Written row by row (constant_memory), and read in batches.
    """

    _name = "report.leerbedrijf_core.pledges_xlsx"
    _description = "Pledges and deliveries (XLSX)"
    _inherit = ["report.report_xlsx.abstract"]

    def get_workbook_options(self):
        return {
            **super().get_workbook_options(),
            "constant_memory": True,
            # What an employer is called is text, also “=1+1” or an address.
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        }

    def _get_objs_for_report(self, docids, data):
        """The pledges chosen, or all of the list's filter: with the user's rights."""
        domain = (data or {}).get("domain")
        if domain is not None:
            try:
                return self.env["leerbedrijf.pledge"].search(domain)
            except (TypeError, ValueError) as error:
                raise UserError(
                    self.env._("This filter cannot be read. Choose another one.")
                ) from error
        records = super()._get_objs_for_report(docids, data)
        records.check_access("read")
        return records

    def generate_xlsx_report(self, workbook, data, objs):
        styles = self._get_styles(workbook)
        totals = workbook.add_worksheet(self.env._("Totals"))
        pledges = workbook.add_worksheet(self.env._("Pledges"))
        # Sheets may be filled in any order: each has a file of its own.
        editions, employers = self._write_pledges(pledges, objs, styles)
        self._write_totals(totals, editions, employers, styles)

    def _get_styles(self, workbook):
        number = {"num_format": "0"}
        return {
            "title": workbook.add_format({"bold": True, "font_size": 14}),
            "head": workbook.add_format(
                {"bold": True, "bottom": 1, "bg_color": "#E8EEF4", "text_wrap": True}
            ),
            "text": None,
            "date": workbook.add_format({"num_format": "dd-mm-yyyy"}),
            "integer": workbook.add_format(number),
            "number": workbook.add_format({"num_format": "0.0"}),
            "percent": workbook.add_format({"num_format": "0%"}),
            "total": workbook.add_format({"bold": True, "top": 1}),
            "total_integer": workbook.add_format({"bold": True, "top": 1, **number}),
            "total_percent": workbook.add_format(
                {"bold": True, "top": 1, "num_format": "0%"}
            ),
        }

    # Sheet of pledges ---------------------------------------------------------------

    def _get_columns(self):
        """Title, width, key of the row, style: the sheet of pledges, in order."""
        return [
            (self.env._("Agreement"), 16, "agreement", "text"),
            (self.env._("Version"), 8, "version", "integer"),
            (self.env._("Title"), 34, "title", "text"),
            (self.env._("State"), 20, "state", "text"),
            (self.env._("Owner"), 28, "owner", "text"),
            (self.env._("Region"), 24, "region", "text"),
            (self.env._("Cohort"), 34, "cohort", "text"),
            (self.env._("Employer"), 34, "employer", "text"),
            (self.env._("Function"), 30, "function", "text"),
            (self.env._("Force"), 20, "force", "text"),
            (self.env._("Hours a week"), 10, "hours", "number"),
            (self.env._("Start from"), 12, "date_from", "date"),
            (self.env._("Start until"), 12, "date_to", "date"),
            (self.env._("Places"), 10, "places", "integer"),
            (self.env._("Delivered"), 11, "delivered", "integer"),
            (self.env._("Lapsed"), 11, "lapsed", "integer"),
            (self.env._("Still open"), 11, "open", "integer"),
        ]

    def _get_rows(self, pledges):
        """A dict for each pledge, a batch in memory at a time."""
        states = self._get_labels("leerbedrijf.agreement", "state")
        forces = self._get_labels("leerbedrijf.pledge", "force")
        for batch in split_every(BATCH, pledges.ids, pledges.browse):
            for pledge in batch:
                yield self._prepare_row(pledge, states, forces)
            batch.invalidate_recordset()

    def _prepare_row(self, pledge, states, forces):
        agreement = pledge.agreement_id
        # One version of an agreement promises: the sums count no place twice.
        is_promised = agreement.is_in_force
        # Before everybody has signed nothing is to be filled, after the end no more.
        is_running = is_promised and agreement.state == "signed"
        return {
            "agreement": agreement.name,
            "version": agreement.version,
            "title": agreement.title,
            "state": states.get(agreement.state),
            # Superuser: the name of a member of the region, which all may know.
            "owner": pledge.company_id.sudo().name,
            "region": pledge.region_id.name,
            "cohort": pledge.cohort_id.name,
            "employer": pledge.partner_id.name,
            "function": pledge.function,
            "force": forces.get(pledge.force),
            "hours": pledge.hours_per_week,
            "date_from": pledge.date_from,
            "date_to": pledge.date_to,
            "places": pledge.places,
            "delivered": pledge.delivered_places,
            "lapsed": pledge.lapsed_places if pledge.shows_delivery else 0,
            "open": pledge.open_places if is_running else 0,
            "is_promised": is_promised,
        }

    def _get_labels(self, model, field_name):
        field = self.env[model]._fields[field_name]
        return dict(field._description_selection(self.env))

    def _write_pledges(self, sheet, pledges, styles):
        """Write the pledges and return their sums per edition and per employer."""
        columns = self._get_columns()
        editions = defaultdict(lambda: [0, 0, 0, 0])
        employers = defaultdict(lambda: [0, 0, 0, 0])
        sums = dict.fromkeys(("places", "delivered", "lapsed", "open"), 0)
        sheet.freeze_panes(1, 0)
        self._write_head(sheet, 0, columns, styles)
        line = 0
        for line, row in enumerate(self._get_rows(pledges), 1):
            for number, (_title, _width, key, style) in enumerate(columns):
                self._write(sheet, line, number, row[key], styles[style])
            for key in sums:
                sums[key] += row[key]
            if row["is_promised"]:
                figures = (1, row["places"], row["delivered"], row["open"])
                edition = (row["cohort"] or "", row["force"])
                self._add(editions[edition], figures)
                self._add(employers[(*edition, row["employer"])], figures)
        sheet.autofilter(0, 0, max(line, 1), len(columns) - 1)
        self._write_sums(sheet, line + 1, columns, sums, styles)
        return editions, employers

    @staticmethod
    def _add(sums, figures):
        for number, figure in enumerate(figures):
            sums[number] += figure

    def _write_head(self, sheet, line, columns, styles):
        for number, (title, width, *_rest) in enumerate(columns):
            if width:
                sheet.set_column(number, number, width)
            sheet.write_string(line, number, title, styles["head"])

    def _write(self, sheet, line, number, value, style):
        """A number as a number, a date as a date, and all else as text."""
        if value is None or value is False or value == "":
            sheet.write_blank(line, number, None, style)
        elif isinstance(value, int | float):
            sheet.write_number(line, number, value, style)
        elif isinstance(value, str):
            sheet.write_string(line, number, value, style)
        else:
            sheet.write_datetime(line, number, value, style)

    def _write_sums(self, sheet, line, columns, sums, styles):
        """Sums below the list; of what a filter shows."""
        sheet.write_string(line, 0, self.env._("Total"), styles["total"])
        for number, (_title, _width, key, _style) in enumerate(columns[1:], 1):
            if key in sums:
                self._write_sum(sheet, line, number, 1, sums[key], styles)
            else:
                sheet.write_blank(line, number, None, styles["total"])

    def _write_sum(self, sheet, line, number, first, value, styles):
        letter = xl_col_to_name(number)
        formula = f"=SUBTOTAL(109,{letter}{first + 1}:{letter}{line})"
        if line == first:  # nothing above it
            formula = "=0"
        sheet.write_formula(line, number, formula, styles["total_integer"], value)

    # Sheet of totals ----------------------------------------------------------------

    def _get_total_columns(self):
        return [
            (self.env._("Cohort"), 36),
            (self.env._("Force"), 24),
            (self.env._("Employer"), 36),
            (self.env._("Pledges"), 10),
            (self.env._("Places"), 10),
            (self.env._("Delivered"), 11),
            (self.env._("Still open"), 11),
            (self.env._("Delivered of promised"), 13),
        ]

    def _write_totals(self, sheet, editions, employers, styles):
        """Per edition and force, and below it per employer as well."""
        sheet.freeze_panes(1, 0)
        self._write_head(sheet, 0, self._get_total_columns(), styles)
        everybody = self.env._("All employers")
        by_edition = [
            ((*key, everybody), sums) for key, sums in sorted(editions.items())
        ]
        line = self._write_block(sheet, 1, by_edition, styles)
        line += 1
        heads = self._get_total_columns()
        self._write_head(sheet, line, [(title, 0) for title, *_rest in heads], styles)
        first = line
        line = self._write_block(sheet, line + 1, sorted(employers.items()), styles)
        sheet.autofilter(first, 0, max(line - 2, first), len(heads) - 1)

    def _write_block(self, sheet, line, rows, styles):
        """Rows with their sums below; the first free line after it."""
        first = line
        for names, sums in rows:
            for number, name in enumerate(names):
                text = name or self.env._("Not yet for a cohort")
                sheet.write_string(line, number, text)
            for number, figure in enumerate(sums, 3):
                sheet.write_number(line, number, figure, styles["integer"])
            self._write_rate(sheet, line, sums, styles["percent"])
            line += 1
        sheet.write_string(line, 0, self.env._("Total"), styles["total"])
        for number in (1, 2):
            sheet.write_blank(line, number, None, styles["total"])
        totals = [sum(sums[x] for _names, sums in rows) for x in range(4)]
        for number, total in enumerate(totals, 3):
            self._write_sum(sheet, line, number, first, total, styles)
        self._write_rate(sheet, line, totals, styles["total_percent"])
        return line + 1

    def _write_rate(self, sheet, line, sums, style):
        _pledges, places, delivered, _open = sums
        row = line + 1
        sheet.write_formula(
            *(line, 7, f"=IF(E{row}=0,0,F{row}/E{row})", style),
            delivered / places if places else 0,
        )
