from datetime import datetime
from io import BytesIO

from openpyxl import load_workbook

from odoo.exceptions import AccessError
from odoo.fields import Command

from .common_agreement import AgreementCase


class TestPledgesXlsx(AgreementCase):
    """The workbook for a steering group, against the database."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.odd = cls._new_employer("=1+1 Zorghuis")
        cls.other = cls._new_agreement(
            title="More jobs",
            pledge_ids=[
                Command.create(
                    cls._pledge_values(
                        partner_id=cls.odd.id, force="guarantee", places=3
                    )
                ),
                Command.create(cls._pledge_values(places=2)),
            ],
        )
        cls.manager["leerbedrijf.signatory"].create(
            {
                "agreement_id": cls.other.id,
                "partner_id": cls.odd.id,
                "role": "employer",
                "signer_name": "Bea Smit",
            }
        )
        cls.pledges = (cls.agreement | cls.other).pledge_ids
        cls.pledges.cohort_id = cls.cohort
        cls._sign_by_all(cls.other)

    def _read(self, env, name, docids=None, data=None):
        content, _kind = env["ir.actions.report"]._render_xlsx(
            f"leerbedrijf_core.{name}", docids, data or {}
        )
        return load_workbook(BytesIO(content))

    def _rows(self, sheet):
        head, *rows = sheet.iter_rows(values_only=True)
        return [dict(zip(head, row, strict=True)) for row in rows]

    def test_every_pledge_with_real_numbers_and_dates(self):
        book = self._read(self.manager, "pledges_xlsx_report", self.pledges.ids)
        *rows, total = self._rows(book["Pledges"])
        self.assertEqual(len(rows), 3)
        for row, pledge in zip(rows, self.pledges, strict=True):
            self.assertEqual(
                (row["Agreement"], row["Employer"], row["Cohort"]),
                (
                    pledge.agreement_id.name,
                    pledge.partner_id.name,
                    pledge.cohort_id.name,
                ),
            )
            self.assertEqual(
                (row["Places"], row["Delivered"], row["Hours a week"]),
                (pledge.places, pledge.delivered_places, 24),
            )
            self.assertEqual(row["Start from"], datetime(2027, 9, 1))
        # A draft promises nothing.
        self.assertEqual([row["Still open"] for row in rows], [0, 3, 2])
        self.assertEqual(total["Places"], "=SUBTOTAL(109,N2:N4)")

    def test_of_what_has_ended_nothing_is_open(self):
        self.other.action_end()
        book = self._read(self.manager, "pledges_xlsx_report", self.pledges.ids)
        rows = self._rows(book["Pledges"])[:3]
        self.assertEqual([row["Still open"] for row in rows], [0, 0, 0])
        self.assertEqual(book["Totals"].cell(2, 5).value, 2, "it was promised")

    def test_a_place_counts_in_one_version(self):
        self.other.action_amend()
        amendment = self.other.next_ids
        pledges = self.pledges | amendment.pledge_ids.with_env(self.pledges.env)
        amendment.amendment_reason = "More residents."
        amendment.action_send()
        book = self._read(self.manager, "pledges_xlsx_report", pledges.ids)
        self.assertEqual(
            {r["Version"] for r in self._rows(book["Pledges"])[:5]}, {1, 2}
        )
        self.assertEqual(book["Totals"].cell(2, 5).value, 2, "once, not twice")

    def test_what_was_delivered_is_counted(self):
        pledge = self.pledges[2]
        self._deliver(pledge)
        book = self._read(self.manager, "pledges_xlsx_report", self.pledges.ids)
        row = self._rows(book["Pledges"])[2]
        self.assertEqual((row["Delivered"], row["Still open"]), (1, 1))
        text = str([list(s.iter_rows(values_only=True)) for s in book.worksheets])
        self.assertNotIn("Secret Name", text)

    def _deliver(self, pledge):
        enrolment = self._propose(self._new_participant("Secret Name"))
        enrolment.sudo().write({"state": "accepted"})
        self.env["leerbedrijf.placement"].create(
            {
                "enrolment_id": enrolment.id,
                "partner_id": pledge.partner_id.id,
                "kind": "regular_job",
                "hours_per_week": 24,
                "pledge_id": pledge.id,
            }
        )

    def test_totals_are_of_what_was_promised(self):
        book = self._read(self.manager, "pledges_xlsx_report", self.pledges.ids)
        rows = list(book["Totals"].iter_rows(min_row=2, values_only=True))
        name = self.cohort.name
        self.assertEqual(rows[0][:7], (name, "Intention", "All employers", 1, 2, 0, 2))
        self.assertEqual(rows[1][3:7], (1, 3, 0, 3))
        self.assertEqual(rows[2][0], "Total")
        self.assertEqual(rows[2][4], "=SUBTOTAL(109,E2:E3)")
        employers = {row[2] for row in rows[5:7]}
        self.assertEqual(employers, {"=1+1 Zorghuis", self.employer.name})

    def test_text_is_text(self):
        book = self._read(self.manager, "pledges_xlsx_report", self.pledges.ids)
        cells = [c for row in book["Pledges"].iter_rows() for c in row]
        odd = [cell for cell in cells if cell.value == "=1+1 Zorghuis"]
        self.assertEqual([cell.data_type for cell in odd], ["s"])
        sheet = book["Pledges"]
        self.assertEqual(sheet.freeze_panes, "A2")
        self.assertEqual(sheet.auto_filter.ref, "A1:Q4")
        self.assertGreater(sheet.column_dimensions["G"].width, 30)

    def test_of_a_cohort(self):
        book = self._read(self.manager, "cohort_pledges_xlsx_report", self.cohort.ids)
        self.assertEqual(len(self._rows(book["Pledges"])), 4)

    def test_of_the_filter_of_the_list(self):
        pledges = self.manager["leerbedrijf.pledge"].with_context(
            active_domain=[
                ["force", "=", "guarantee"],
                ["cohort_id", "=", self.cohort.id],
            ]
        )
        action = pledges.action_all_in_excel()
        book = self._read(self.manager, "pledges_xlsx_report", data=action["data"])
        self.assertEqual(len(self._rows(book["Pledges"])), 2)
        chosen = self.pledges[:1].with_env(self.manager).action_all_in_excel()
        book = self._read(self.manager, "pledges_xlsx_report", data=chosen["data"])
        self.assertEqual(len(self._rows(book["Pledges"])), 2)

    def test_nothing(self):
        data = {"domain": [["id", "=", 0]]}
        book = self._read(self.manager, "pledges_xlsx_report", data=data)
        self.assertEqual(self._rows(book["Pledges"])[0]["Places"], "=0")

    def test_another_region_sees_nothing(self):
        book = self._read(self.manager_x, "pledges_xlsx_report", data={"domain": []})
        mine = self.manager_x["leerbedrijf.pledge"].search_count([])
        self.assertEqual(len(self._rows(book["Pledges"])), mine + 1)
        with self.assertRaises(AccessError):
            self._read(self.manager_x, "pledges_xlsx_report", self.pledges.ids)

    def test_number_of_queries_does_not_follow_the_pledges(self):
        def count(pledges):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._read(self.manager, "pledges_xlsx_report", pledges.ids)
            return self.env.cr.sql_log_count - before

        self._new_agreement(
            pledge_ids=[Command.create(self._pledge_values()) for _x in range(60)]
        )
        pledges = self.env["leerbedrijf.pledge"].search([], order="id desc", limit=50)
        count(pledges)
        self.assertLessEqual(count(pledges), count(pledges[:5]) + 5)
