"""Reads the spreadsheet of somebody else, who may mean no good: no database.

Odoo's own reader (base_import) loads a whole workbook into memory and one sheet of it;
this one looks first whether the file is what it says and how large it is unpacked, and
then streams it.
"""

import csv
import io
import math
import re
import warnings
import zipfile
from dataclasses import dataclass, field

import openpyxl

ZIP = b"PK\x03\x04"
# Old .xls, and .xlsx behind a password, which is a container of the same kind.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_PARTS = 500  # files inside one .xlsx; ours has about 15
MOST_COLUMNS = 60
MOST_LINES = 200_000  # rows, empty ones too
LONGEST = 6000  # characters of a cell that are kept
# What no column of a database or no screen shows.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u2028-\u202e\ufeff\ufffe]")


class Unreadable(Exception):
    """The file cannot be used; `code` says why, a caller makes the sentence."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


class Formula:
    """A cell with a formula or an error instead of a value."""


FORMULA = Formula()


@dataclass
class Sheet:
    """The rows of a sheet that are not empty: (number in the file, cells)."""

    title: str
    rows: list = field(default_factory=list)


def read(content, most_bytes, most_rows):
    """The sheets of an .xlsx or .csv file.

    `most_bytes`: how large it may be, unpacked ten times as large; `most_rows`: how
    many rows with something in them all sheets may have together.
    """
    if not content:
        raise Unreadable("empty")
    if len(content) > most_bytes:
        raise Unreadable("large")
    if content.startswith(OLE):
        raise Unreadable("locked")
    if not content.startswith(ZIP):
        return [_read_csv(content, most_rows)]
    _check_package(content, most_bytes * 10)
    try:
        with warnings.catch_warnings():
            # About decorations that it does not know: no news for anybody.
            warnings.simplefilter("ignore")
            return _read_workbook(content, most_rows)
    except Unreadable:
        raise
    # The library raises whatever a damaged file leads to.
    except Exception as error:  # pylint: disable=broad-exception-caught
        raise Unreadable("broken") from error


def _check_package(content, most_bytes):
    """Refuse a zip bomb, a damaged package, another kind of one, and entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            # A size that is a lie is found below: reading stops there and then the
            # checksum is wrong.
            size = sum(part.file_size for part in parts)
            if len(parts) > MOST_PARTS or size > most_bytes:
                raise Unreadable("large")
            if "xl/workbook.xml" not in package.namelist():
                raise Unreadable("wrong")
            for part in parts:
                if b"<!DOCTYPE" in package.read(part):
                    raise Unreadable("broken")
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError) as error:
        raise Unreadable("broken") from error
    except RuntimeError as error:  # a part behind a password
        raise Unreadable("locked") from error
    except ValueError as error:
        raise Unreadable("broken") from error


def _read_workbook(content, most_rows):
    # read_only: a row at a time. Formulas are not calculated here, and what they once
    # gave may be old: they are told, not taken.
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False)
    sheets, kept, lines = [], 0, 0
    for worksheet in book.worksheets:
        sheet = Sheet(worksheet.title)
        # What a file says of its own size may be wrong.
        worksheet.reset_dimensions()
        for number, cells in enumerate(worksheet.iter_rows(max_col=MOST_COLUMNS), 1):
            lines += 1
            values = [_value(cell) for cell in cells]
            if any(value is not None for value in values):
                sheet.rows.append((number, values))
                kept += 1
            if kept > most_rows or lines > MOST_LINES:
                raise Unreadable("rows")
        sheets.append(sheet)
    return sheets


def _value(cell):
    if cell.data_type in ("f", "e"):
        return FORMULA
    return clean(cell.value)


def clean(value):
    """A value without what cannot be seen; nothing at all is None.

    >>> clean(" a\\x00b "), clean("  "), clean(3)
    ('ab', None, 3)
    """
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if not isinstance(value, str):
        return value
    return CONTROL.sub("", value[:LONGEST]).strip() or None


def _read_csv(content, most_rows):
    text = _decode(content)
    head = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(";,\t", key=head.count)
    sheet = Sheet("")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, cells in enumerate(reader, 1):
            values = [clean(cell) for cell in cells[:MOST_COLUMNS]]
            if any(values):
                sheet.rows.append((number, values))
            if len(sheet.rows) > most_rows or number > MOST_LINES:
                raise Unreadable("rows")
    except csv.Error as error:
        raise Unreadable("wrong") from error
    if not sheet.rows:
        raise Unreadable("empty")
    return sheet


def _decode(content):
    """As Excel writes it: UTF-8 with or without a mark, or the old Western set."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("wrong")
