import io

from PyPDF2 import PdfReader

from odoo.tools import mute_logger


def print_pdf(case, records, report_name):
    """The text of each page of a PDF, made with the wkhtmltopdf of the machine."""
    report = records.env["ir.actions.report"].with_context(force_report_rendering=True)
    # Without a web server the style sheets are missing, which it reports.
    with mute_logger("odoo.addons.base.models.ir_actions_report"):
        pdf, kind = report._render_qweb_pdf(report_name, records.ids)
    case.assertEqual(kind, "pdf")
    pages = PdfReader(io.BytesIO(pdf)).pages
    return [" ".join(page.extract_text().split()) for page in pages]
