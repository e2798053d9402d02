import io
import re
from collections import OrderedDict

from PyPDF2 import PdfReader, PdfWriter
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from odoo import api, models
from odoo.modules import module
from odoo.tools import config

from odoo.addons.base.models.ir_actions_report import _wkhtml

# What a template puts where the patched build of wkhtmltopdf fills in the number.
PAGE_NUMBER = re.compile(r'class="(?:[^"]* )?topage[ "]')
BODY_LANG = re.compile(r'data-oe-lang="(\w+)"')


class IrActionsReport(models.Model):
    """Complete documents with Debian's wkhtmltopdf, which lacks the patched Qt.

    It takes one document a run and prints no footers, so documents are made one by one
    and page numbers are stamped afterwards. With the patched build nothing changes.
    """

    _inherit = "ir.actions.report"

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        if _wkhtml().is_patched_qt or len(set(res_ids or ())) < 2:
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids)
        streams = OrderedDict()
        for res_id in res_ids:
            streams.update(
                super()._render_qweb_pdf_prepare_streams(
                    report_ref, dict(data or {}), [res_id]
                )
            )
        return streams

    def _get_report_url(self, layout=None):
        """Style sheets come from this very server, unless `report.url` says otherwise:
        the public address may be wrong (first start) or not reachable from here."""
        # Superuser: a technical parameter, not shown to anybody.
        chosen = self.env["ir.config_parameter"].sudo().get_param("report.url")
        # In a test the server waits for the test, which would wait for the server.
        if chosen or module.current_test or not config["http_enable"]:
            return super()._get_report_url(layout=layout)
        return f"http://127.0.0.1:{config['http_port']}"

    @api.model
    def _run_wkhtmltopdf(self, bodies, *args, footer=None, **kwargs):
        pdf = super()._run_wkhtmltopdf(bodies, *args, footer=footer, **kwargs)
        if _wkhtml().is_patched_qt or not PAGE_NUMBER.search(footer or ""):
            return pdf
        lang = BODY_LANG.search("".join(bodies))
        report = self.with_context(lang=lang.group(1)) if lang else self
        return report._stamp_page_numbers(pdf)

    @api.model
    def _stamp_page_numbers(self, pdf):
        """The PDF with “Page x of y” in the margin below each page."""
        reader = PdfReader(io.BytesIO(pdf))
        writer = PdfWriter()
        for number, page in enumerate(reader.pages, start=1):
            text = self.env._(
                "Page %(number)s of %(total)s", number=number, total=len(reader.pages)
            )
            page.merge_page(self._text_below_page(page, text))
            writer.add_page(page)
        stream = io.BytesIO()
        writer.write(stream)
        return stream.getvalue()

    @api.model
    def _text_below_page(self, page, text):
        """A transparent page of the same size with the text in its lower right."""
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        stream = io.BytesIO()
        canvas = Canvas(stream, pagesize=(width, height))
        canvas.setFont("Helvetica", 8)
        canvas.setFillGray(0.4)
        canvas.drawRightString(width - 15 * mm, 9 * mm, text)
        canvas.save()
        return PdfReader(stream).pages[0]
