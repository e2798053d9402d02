import base64
from datetime import date, datetime

from psycopg2 import DataError, IntegrityError

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import split_every

from ..calc import spreadsheet
from .import_row_mixin import CHOICES, PRIORITIES

DATA_ERRORS = (UserError, IntegrityError, DataError)
MEGABYTE = 1024 * 1024
STORED_ROWS = 500  # at a time


class ImportMixin(models.AbstractModel):
    """Many records at once from a spreadsheet: checked row by row, then taken over.

    What the file says is kept as it came, a row each; what becomes of it is worked out
    from the rows and the database anew at every step, so that a list that was checked
    yesterday, or changed by somebody, is never believed.

    An import declares `row_ids`, `error_row_ids` and `duplicate_row_ids`, of a model
    with `leerbedrijf.import.row.mixin`, and says what it locks (`_lock`) and how the
    rows are planned (`_plan`).
    """

    _name = "leerbedrijf.import.mixin"
    _description = "Import of a spreadsheet"

    _layout_model = ""  # with leerbedrijf.import.layout
    _limit_prefix = ""  # of the norms with the largest file and the most rows

    state = fields.Selection(
        [
            ("upload", "Choose the file"),
            ("checked", "Check"),
            ("running", "Being taken over"),
            ("done", "Done"),
        ],
        default="upload",
        required=True,
        readonly=True,
    )
    file = fields.Binary(string="Spreadsheet", attachment=False)
    file_name = fields.Char()
    template = fields.Binary(compute="_compute_template")
    error_file = fields.Binary(compute="_compute_error_file")
    undecided = fields.Selection(
        CHOICES,
        string="Where you chose nothing",
        default="skip",
        required=True,
        help="What becomes of possible duplicates without a choice of their own.",
    )
    row_count = fields.Integer(compute="_compute_counts", string="Rows")
    error_count = fields.Integer(compute="_compute_counts", string="With an error")
    duplicate_count = fields.Integer(
        compute="_compute_counts", string="Possible duplicates"
    )
    new_count = fields.Integer(compute="_compute_counts", string="New")
    update_count = fields.Integer(compute="_compute_counts", string="To update")
    same_count = fields.Integer(compute="_compute_counts", string="Nothing to change")
    done_count = fields.Integer(compute="_compute_counts", string="Taken over")
    left_count = fields.Integer(compute="_compute_counts", string="Not taken over")
    progress = fields.Float(compute="_compute_counts")
    problem = fields.Text(readonly=True)

    def _lock(self):
        """One import at a time: the second sees what the first has made."""
        raise NotImplementedError

    def _plan(self):
        """Lists of entries and the method that takes them over, in their order."""
        raise NotImplementedError

    def _get_title(self):
        """How the import is called before it has a file."""
        raise NotImplementedError

    def _get_file_names(self):
        """Of the template, and of the list of what was not imported."""
        raise NotImplementedError

    @api.depends("row_ids.result", "row_ids.is_done")
    def _compute_counts(self):
        groups = self.row_ids._read_group(
            [("import_id", "in", self.ids)],
            ["import_id", "result", "is_done"],
            ["__count"],
        )
        for record in self:
            own = [g[1:] for g in groups if g[0] == record._origin]
            for result in PRIORITIES:
                record[f"{result}_count"] = sum(g[2] for g in own if g[0] == result)
            record.row_count = sum(g[2] for g in own)
            record.done_count = sum(g[2] for g in own if g[1])
            record.left_count = record.row_count - record.done_count
            good = record.row_count - record.error_count
            record.progress = 100 * record.done_count / good if good else 100

    @api.depends("file_name")
    def _compute_display_name(self):
        for record in self:
            record.display_name = record.file_name or record._get_title()

    # Files --------------------------------------------------------------------------

    def _get_layout(self):
        return self.env[self._layout_model]

    def _compute_template(self):
        self.template = base64.b64encode(self._get_layout()._make_template())

    def _compute_error_file(self):
        for record in self:
            rows = record.row_ids.filtered(lambda x: not x.is_done)
            if record.state == "checked":
                rows = record.error_row_ids
            content = record._get_layout()._make_error_file(rows)
            record.error_file = base64.b64encode(content)

    def action_download_template(self):
        """An empty spreadsheet with all columns and their explanation."""
        self.ensure_one()
        return self._download("template", self._get_file_names()[0])

    def action_download_errors(self):
        """The rows that were not or will not be taken over, and why."""
        self.ensure_one()
        return self._download("error_file", self._get_file_names()[1])

    def _download(self, name, file_name):
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content?model={self._name}&id={self.id}&field={name}"
            f"&download=true&filename={file_name}.xlsx&mimetype=application/"
            "vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "target": "self",
        }

    # Checking -----------------------------------------------------------------------

    def action_check(self):
        """Read the file, keep its rows and say of each what is wrong or will happen.

        :raises UserError: with what to do, if the file cannot be used
        """
        self.ensure_one()
        self._check_state("upload")
        if not self.file:
            raise UserError(self.env._("Choose a file first."))
        rows = self._read_rows()
        self.row_ids.unlink()
        for batch in split_every(STORED_ROWS, rows, list):
            self.row_ids.create(batch)
        self._show_plan()
        # What the rows do not need is not kept.
        self.write({"state": "checked", "file": False, "problem": False})
        return True

    def action_restart(self):
        """Choose another file, for instance the corrected one."""
        self.ensure_one()
        self._check_state("checked", "done")
        self.row_ids.unlink()
        self.write({"state": "upload", "file": False, "problem": False})
        return True

    def _check_state(self, *states):
        if self.state not in states:
            raise UserError(
                self.env._("This import has gone on meanwhile. Reload the page.")
            )

    def _get_limit(self, name):
        parameter = self.env["leerbedrijf.parameter"]
        return int(parameter._get(f"{self._limit_prefix}_{name}"))

    def _read_rows(self):
        layout = self._get_layout()
        content = base64.b64decode(self.with_context(bin_size=False).file or b"")
        try:
            sheets = spreadsheet.read(
                content,
                self._get_limit("megabytes") * MEGABYTE,
                self._get_limit("rows"),
            )
        except spreadsheet.Unreadable as error:
            raise UserError(self._get_unreadable_message(error.code)) from error
        found, known = layout._find_rows(sheets)
        if not found:
            raise UserError(self._get_unreadable_message("empty" if known else "heads"))
        return [
            {
                "import_id": self.id,
                "sheet": sheet,
                "number": number,
                "name": str(cells.get("name") or "")[:200],
                "cells": {key: self._to_json(cell) for key, cell in cells.items()},
            }
            for sheet, number, cells in found
        ]

    @staticmethod
    def _to_json(cell):
        if cell is spreadsheet.FORMULA:
            return ["formula"]
        if isinstance(cell, date | datetime):
            return cell.isoformat()[:10]
        return cell if isinstance(cell, str | int | float) else str(cell)

    def _get_unreadable_message(self, code):
        messages = {
            "empty": self.env._(
                "There is nothing in the file to import. Fill in the template."
            ),
            "large": self.env._(
                "The file is too large: at most %(megabytes)s MB. Remove pictures and "
                "other sheets, or divide it.",
                megabytes=self._get_limit("megabytes"),
            ),
            "rows": self.env._(
                "The file has too many rows: at most %(rows)s can be imported at a "
                "time. Remove empty rows below the list, or divide the file.",
                rows=self._get_limit("rows"),
            ),
            "locked": self.env._(
                "The file has a password or is of an old kind (.xls). Open it in your "
                "spreadsheet program and save it as .xlsx without a password."
            ),
            "broken": self.env._(
                "The file is damaged and cannot be read. Open it in your spreadsheet "
                "program, save it as .xlsx and try again."
            ),
            "wrong": self.env._(
                "Choose a spreadsheet: a file that ends with .xlsx or .csv."
            ),
            "heads": self.env._(
                "The columns of the template are not in this file. Download the "
                "template, and keep the heads of its columns."
            ),
        }
        return messages[code]

    def _show_plan(self):
        """Write on the rows what will become of them."""
        for entries, _take_over in self._plan():
            for entry in entries:
                # Superuser: the base looks up every link that a client writes, a query
                # a row; these the user's own search has found.
                entry.row.sudo().write(
                    {
                        "result": entry.result,
                        "message": entry.message,
                        "priority": PRIORITIES[entry.result],
                        **entry.row._prepare_found_values(entry),
                    }
                )

    # Taking over --------------------------------------------------------------------

    def action_import_good(self):
        """Take over the rows without an error; the others stay on the list."""
        self.ensure_one()
        self._check_state("checked")
        return self._start(strict=False)

    def action_import_all(self):
        """Take over all rows, or none.

        :raises UserError: if a row has an error or waits for a choice
        """
        self.ensure_one()
        self._check_state("checked")
        return self._start(strict=True)

    def _start(self, strict):
        self.check_access("write")
        self.problem = False
        self._check_strict(strict)
        self._take_all(strict)
        return True

    def _take_all(self, strict):
        while self._take_batch(strict, None):
            continue

    def _check_strict(self, strict):
        """What can be known before a job starts."""
        if not strict:
            return
        waiting = self.duplicate_row_ids.filtered(lambda x: not x.choice)
        waiting = waiting if self.undecided == "skip" else waiting.browse()
        if self.error_row_ids or waiting:
            raise UserError(
                self.env._(
                    "Nothing was taken over: %(errors)s rows have an error and "
                    "%(waiting)s possible duplicates wait for your choice. Correct the "
                    "file, choose, or take over the good rows only.",
                    errors=len(self.error_row_ids),
                    waiting=len(waiting),
                )
            )

    def _take_batch(self, strict, limit):
        """Take over the next rows of the plan. Whether there may be more."""
        self._lock()
        plan = self._plan()
        planned = [entry for entries, _take_over in plan for entry in entries]
        if strict:
            self._check_plan(planned)
        for entries, take_over in plan:
            due = [entry for entry in entries if self._is_due(entry)][:limit]
            if due:
                self._take_over(take_over, due, strict)
                return True
        self._finish(planned)
        return False

    def _check_plan(self, entries):
        """Once more under the lock: somebody may have changed something meanwhile."""
        wrong = [x for x in entries if x.problems and not x.row.is_done]
        if wrong:
            raise UserError(
                self.env._(
                    "Nothing was taken over. Row %(number)s: %(problem)s",
                    number=wrong[0].row.number,
                    problem=wrong[0].message,
                )
            )

    def _is_due(self, entry):
        """Whether a row is to be taken over; sets what becomes of a duplicate."""
        if entry.problems or entry.row.is_done or entry.row.result == "error":
            return False
        if entry.result != "duplicate":
            return True
        if entry.row.result != "duplicate":
            return False  # it appeared after the user looked
        choice = entry.row.choice or self.undecided
        if choice == "new":
            entry.found, entry.changes = None, {}
        return choice != "skip"

    def _take_over(self, take_over, entries, strict):
        """All at once; if one is refused and good rows count, one by one."""
        before = [(entry, entry.found, entry.changes) for entry in entries]
        try:
            with self.env.cr.savepoint():
                take_over(entries)
                self.env.flush_all()
        except DATA_ERRORS:
            if strict:
                raise
            for entry, found, changes in before:
                entry.found, entry.changes = found, changes
                self._take_over_alone(take_over, entry)

    def _take_over_alone(self, take_over, entry):
        try:
            with self.env.cr.savepoint():
                take_over([entry])
                self.env.flush_all()
        except UserError as error:
            self._set_error(entry.row, str(error))
        except DATA_ERRORS:
            self._set_error(
                entry.row,
                self.env._("This cannot be kept. Look whether it is there already."),
            )

    def _set_error(self, row, message):
        row.write(
            {"result": "error", "priority": PRIORITIES["error"], "message": message}
        )

    def _finish(self, entries):
        """Say of what is left why it is."""
        for entry in entries:
            row = entry.row
            if row.is_done or row.result in ("error", "duplicate"):
                continue
            if entry.problems:
                self._set_error(row, entry.message)
            else:
                row.message = self._get_left_message(entry)
        self.state = "done"

    def _get_left_message(self, entry):
        """Why a row without an error was left out."""
        return self.env._("Changed since you looked. Check the file once more.")
