"""What an employer reads in a document that came out of the product."""

from pathlib import Path

from openpyxl import load_workbook
from pypdf import PdfReader


def pdf_text(path: Path) -> str:
    """The words of a PDF, in one line."""
    assert path.read_bytes().startswith(b"%PDF"), f"{path.name} is no PDF"
    pages = [page.extract_text() for page in PdfReader(path).pages]
    return " ".join(" ".join(pages).split())


def sheet_rows(path: Path) -> list[dict]:
    """The rows of an Excel file's first sheet, by the heads of their columns."""
    heads, *rows = load_workbook(path).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]
