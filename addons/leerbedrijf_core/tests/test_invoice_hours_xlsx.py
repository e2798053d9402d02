from io import BytesIO

from openpyxl import load_workbook

from .common_billing import BillingCase


class TestInvoiceHoursXlsx(BillingCase):
    def test_the_sheet_adds_up_to_the_invoice_and_names_nobody(self):
        for employee, hours in zip(self.employees, (8, 6, 4), strict=True):
            self._new_hours(hours, employee=employee)
        move = self._make_invoices().move_ids
        report = self.as_role("finance")["ir.actions.report"]
        content, extension = report._render_xlsx(
            "leerbedrijf_core.invoice_hours_report", move.ids, {}
        )
        self.assertEqual(extension, "xlsx")
        sheet = load_workbook(BytesIO(content)).active
        head, *rows = sheet.iter_rows(values_only=True)
        self.assertEqual(head[4:8], ("Person", "Hours", "Tariff", "Amount"))
        self.assertEqual(sum(row[5] for row in rows), 18)
        self.assertAlmostEqual(sum(row[7] for row in rows), move.amount_untaxed)
        self.assertEqual(
            {row[4] for row in rows}, set(self.enrolments.mapped("participant_code"))
        )
        self.assertNotIn("Secret Name", str(rows))
