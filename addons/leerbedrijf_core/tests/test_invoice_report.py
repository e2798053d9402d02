import io
from datetime import date

from PyPDF2 import PdfReader

from odoo.tools import mute_logger

from .common_billing import BillingCase


class TestInvoiceReport(BillingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._new_hours(8)
        cls._new_hours(4.25, date(2026, 10, 6))
        cls._new_hours(7.33, date(2026, 10, 13), employee=cls.employees[1])
        cls._new_charge(50)

    def test_the_rows_of_a_line_add_up_to_the_cent(self):
        self.klus.tariff_ids.price_hour = 30.33
        move = self._make_invoices().move_ids
        [klus] = move._get_hours_specification()
        rows = klus["rows"]
        codes = self.enrolments.mapped("participant_code")
        self.assertEqual(
            [(row["week"], row["code"], row["hours"]) for row in rows],
            [("2026-41", codes[0], 12.25), ("2026-42", codes[1], 7.33)],
        )
        self.assertEqual(rows[0]["date_from"], date(2026, 10, 5))
        self.assertEqual(rows[0]["date_to"], date(2026, 10, 6))
        total = sum(row["amount"] for row in rows)
        self.assertAlmostEqual(total, klus["line"].price_subtotal, 6)

    def test_the_pdf_specifies_hours_by_code_and_never_by_name(self):
        move = self._make_invoices().move_ids
        move.action_post()
        text = self._get_pdf_text(move)
        flat = " ".join(text.split())
        for expected in (
            move.name,
            "Zorggroep Zonnehof",
            "Specification of hours",
            "Scan drawings",
            "Training contribution",
            "2026-41",
            "2026-42",
            self.enrolments[0].participant_code,
            "12.25",
            "19.58",
            "637.40",
        ):
            self.assertIn(expected, flat)
        self.assertNotIn("Secret", text)

    def test_an_invoice_without_hours_has_no_specification(self):
        move = self.as_role("finance")["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.employer.id,
                "invoice_date": "2026-11-01",
                "invoice_line_ids": [(0, 0, {"name": "Other", "price_unit": 10})],
            }
        )
        self.assertFalse(move._get_hours_specification())

    def _get_pdf_text(self, move):
        # No style sheets: the server, if there is one, waits for this very test.
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("report.url", "http://127.0.0.1:9")
        report = self.as_role("finance")["ir.actions.report"]
        with mute_logger("odoo.addons.base.models.ir_actions_report"):
            pdf, _kind = report.with_context(
                force_report_rendering=True
            )._render_qweb_pdf("account.account_invoices", move.ids)
        pages = PdfReader(io.BytesIO(pdf)).pages
        return "\n".join(page.extract_text() for page in pages)
