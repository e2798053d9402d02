import base64
import io
import zipfile
from datetime import date

import openpyxl

from odoo.exceptions import AccessError, UserError

from odoo.addons.queue_job.tests.common import trap_jobs

from .common import LeerbedrijfCase

EMPLOYER_HEAD = ["Name of the employer", "KvK number", "Branch number", "Town", "Phone"]
FORECAST_HEAD = [
    *("Name of the employer", "KvK number", "Branch number", "Function"),
    *("Places", "Hours a week", "Start from", "Start until"),
]
AUTUMN, WINTER = date(2027, 9, 1), date(2027, 12, 31)
LINDE = ["Zorghuis De Linde", "11111111", "000011111111", "Waterdam", "010 1"]
BEUK = ["Zorghuis De Beuk", "22222222", "000022222222", "Polderveen", None]


def job(employer, function="Helper", places=2, **values):
    """A row of the second sheet about an employer of the first."""
    row = [*employer[:3], function, places, 28, AUTUMN, WINTER]
    for number, value in values.items():
        row[int(number[1:])] = value
    return row


class EmployerImportCase(LeerbedrijfCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.as_role("account_manager")

    def _book(self, employers=(), forecasts=(), change=None):
        book = openpyxl.Workbook()
        book.active.append(EMPLOYER_HEAD)
        for row in employers:
            book.active.append(row)
        sheet = book.create_sheet("Second")
        sheet.append(FORECAST_HEAD)
        for row in forecasts:
            sheet.append(row)
        if change:
            change(book)
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    def _upload(self, content, env=None, name="employers.xlsx"):
        imports = (env or self.manager)["leerbedrijf.employer.import"]
        return imports.create({"file": base64.b64encode(content), "file_name": name})

    def _check(self, employers=(), forecasts=(), env=None, change=None):
        record = self._upload(self._book(employers, forecasts, change), env)
        record.action_check()
        return record

    def _import(self, *args, **kwargs):
        record = self._check(*args, **kwargs)
        record.action_import_good()
        return record

    def _find(self, name, region=None):
        return self.env["res.partner"].search(
            [
                ("name", "=", name),
                ("is_employer", "=", True),
                ("region_id", "=", (region or self.region).id),
            ]
        )

    def _results(self, record):
        return {row.number: row.result for row in record.row_ids}


class TestEmployerImport(EmployerImportCase):
    def test_employers_and_their_future_jobs(self):
        record = self._check([LINDE, BEUK], [job(LINDE), job(BEUK, "Cook", 1)])
        self.assertEqual(record.state, "checked")
        self.assertEqual(set(record.row_ids.mapped("result")), {"new"})
        self.assertFalse(self._find(LINDE[0]), "checking changes nothing")
        record.action_import_all()
        self.assertEqual((record.state, record.done_count), ("done", 4))
        linde = self._find(LINDE[0])
        self.assertEqual(
            (linde.company_registry, linde.branch_number, linde.city),
            ("11111111", "000011111111", "Waterdam"),
        )
        self.assertEqual(linde.account_manager_id, self.manager.user)
        forecast = linde.forecast_ids
        self.assertEqual(
            (forecast.function, forecast.places, forecast.hours_per_week),
            ("Helper", 2, 28),
        )
        self.assertEqual((forecast.date_from, forecast.date_to), (AUTUMN, WINTER))
        self.assertEqual(forecast.company_id, self.municipality)

    def test_twice_makes_nothing_twice(self):
        rows = ([LINDE, BEUK], [job(LINDE), job(BEUK)])
        self._import(*rows)
        again = self._import(*rows)
        self.assertEqual(set(again.row_ids.mapped("result")), {"same"})
        self.assertEqual(len(self._find(LINDE[0])), 1)
        self.assertEqual(len(self._find(BEUK[0]).forecast_ids), 1)

    def test_twice_without_numbers(self):
        linde = [LINDE[0], None, None, "Waterdam", None]
        self._import([linde], [job(linde)])
        self._import([linde], [job(linde)])
        self.assertEqual(len(self._find(LINDE[0])), 1)
        self.assertEqual(len(self._find(LINDE[0]).forecast_ids), 1)

    def test_what_is_there_is_updated_and_empty_cells_change_nothing(self):
        self._import([LINDE], [job(LINDE)])
        changed = [*LINDE[:3], None, "010 2"]
        record = self._check([changed], [job(LINDE, places=5)])
        self.assertEqual(set(record.row_ids.mapped("result")), {"update"})
        self.assertIn("010 1 → 010 2", record.row_ids[0].message)
        record.action_import_good()
        linde = self._find(LINDE[0])
        self.assertEqual((linde.phone, linde.city), ("010 2", "Waterdam"))
        self.assertEqual(linde.forecast_ids.places, 5)

    def test_contact_person_comes_along_once(self):
        head = [*EMPLOYER_HEAD, "Contact person", "E-mail of the contact person"]
        row = [*LINDE, "Anna de Wit", "anna@linde.example"]

        def add(book):
            for number, text in enumerate(head, 1):
                book.active.cell(1, number, text)

        self._import([row], change=add)
        self._import([row], change=add)
        contact = self._find(LINDE[0]).child_ids
        self.assertEqual(contact.mapped("name"), ["Anna de Wit"])
        self.assertEqual(contact.email, "anna@linde.example")
        self.assertEqual(contact.region_id, self.region)

    # Duplicates

    def test_another_branch_of_the_same_kvk_number_is_asked(self):
        self._import([LINDE])
        other = ["Zorghuis De Linde Oost", "11111111", "000011111112", "Waterdam", None]
        record = self._check([other], [job(other)])
        row = record.duplicate_row_ids
        self.assertIn("Zorghuis De Linde", row.message)
        self.assertEqual(row.partner_id, self._find(LINDE[0]))
        record.action_import_good()
        self.assertFalse(self._find(other[0]), "left out until somebody chooses")
        self.assertEqual((record.state, record.left_count), ("done", 2))
        record = self._check([other], [job(other)])
        record.duplicate_row_ids.choice = "new"
        record.action_import_good()
        self.assertEqual(len(self._find(other[0]).forecast_ids), 1)

    def test_alike_name_in_the_same_place_can_be_the_existing_one(self):
        self._import([LINDE])
        typed = ["Stichting Zorghuis de Lindde", None, None, "Waterdam", "010 9"]
        record = self._check([typed], [job(typed)])
        record.duplicate_row_ids.choice = "existing"
        record.action_import_good()
        self.assertFalse(self._find(typed[0]))
        linde = self._find(LINDE[0])
        self.assertEqual((linde.phone, len(linde.forecast_ids)), ("010 9", 1))

    def test_alike_name_elsewhere_is_another(self):
        self._import([LINDE])
        other = [LINDE[0], None, None, "Polderveen", None]
        self.assertEqual(self._results(self._check([other])), {2: "new"})

    def test_a_choice_for_all(self):
        self._import([LINDE])
        others = [
            [f"Zorghuis {x}", "11111111", f"00001111112{x}", "Waterdam", None]
            for x in range(3)
        ]
        record = self._check(others)
        self.assertEqual(record.duplicate_count, 3)
        record.undecided = "new"
        record.duplicate_row_ids[0].choice = "skip"
        record.action_import_good()
        self.assertEqual((record.done_count, record.left_count), (2, 1))

    def test_twice_in_the_file(self):
        record = self._check([LINDE, [*LINDE[:4], "010 2"]])
        self.assertEqual(self._results(record), {2: "new", 3: "error"})
        self.assertIn("row 2", record.error_row_ids.message)
        record = self._check([LINDE], [job(LINDE), job(LINDE, places=3)])
        self.assertEqual(len(record.error_row_ids), 1)

    # Errors

    def test_good_rows_or_nothing(self):
        wrong = ["Zorghuis Fout", "123", None, "Waterdam", None]
        record = self._check([LINDE, wrong], [job(LINDE), job(wrong)])
        self.assertEqual(record.error_count, 2)
        self.assertIn("8 digits", " ".join(record.error_row_ids.mapped("message")))
        with self.assertRaisesRegex(UserError, "2 rows have an error"):
            record.action_import_all()
        self.assertFalse(self._find(LINDE[0]))
        record.action_import_good()
        self.assertTrue(self._find(LINDE[0]))
        self.assertFalse(self._find(wrong[0]))

    def test_all_or_nothing_waits_for_a_choice(self):
        self._import([LINDE])
        other = ["Zorghuis Oost", "11111111", "000011111112", "Waterdam", None]
        record = self._check([other, BEUK])
        with self.assertRaisesRegex(UserError, "1 possible duplicates wait"):
            record.action_import_all()
        record.duplicate_row_ids.choice = "new"
        record.action_import_all()
        self.assertEqual(record.done_count, 2)

    def test_errors_come_back_and_go_in_again(self):
        wrong = ["Zorghuis Fout", "123", None, "Waterdam", None]
        record = self._check([LINDE, wrong], [job(LINDE, places=0)])
        record.action_import_good()
        book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(record.error_file)))
        employers, forecasts = book.worksheets
        head, row = employers.iter_rows(values_only=True)
        self.assertEqual(head[-1], "What is wrong")
        self.assertEqual((row[0], row[1]), ("Zorghuis Fout", "123"))
        self.assertIn("8 digits", row[-1])
        self.assertEqual(forecasts.max_row, 2)
        employers.cell(2, 2, "33333333")
        stream = io.BytesIO()
        book.save(stream)
        again = self._upload(stream.getvalue())
        again.action_check()
        again.action_import_good()
        self.assertTrue(self._find("Zorghuis Fout"))
        self.assertEqual(again.error_count, 1)

    def test_what_a_cell_may_hold(self):
        for change, words in (
            ({"_4": "many"}, "Places"),
            ({"_4": 2.5}, "whole number"),
            ({"_4": -1}, "more than 0"),
            ({"_5": 41}, "at most 40"),
            ({"_6": "next year"}, "must be a date"),
            ({"_6": 46000}, "must be a date"),
            ({"_6": None}, "is missing"),
            ({"_7": date(2027, 1, 1)}, "before the first"),
            ({"_0": "Nobody knows", "_1": None, "_2": None}, "not in your region"),
        ):
            record = self._check([LINDE], [job(LINDE, **change)])
            self.assertIn(words, record.error_row_ids.message, change)

    def test_dates_numbers_and_zeros_as_people_write_them(self):
        linde = ["Zorghuis De Linde", 1111111, 1111111, "Waterdam", 101234567]
        forecast = [*linde[:3], "Helper", "2", "28,5", "1-9-2027", "31/12/2027"]
        self._import([linde], [forecast])
        found = self._find(LINDE[0])
        self.assertEqual(
            (found.company_registry, found.branch_number, found.phone),
            ("01111111", "000001111111", "101234567"),
        )
        self.assertEqual(found.forecast_ids.hours_per_week, 28.5)
        self.assertEqual(found.forecast_ids.date_to, WINTER)

    # Limits of a region

    def test_another_region_is_neither_touched_nor_told(self):
        self._import([LINDE], env=self.as_role("account_manager", self.municipality_x))
        record = self._check([[*LINDE[:4], "010 9"]])
        row = record.row_ids
        self.assertEqual(
            (row.result, row.message, row.partner_id.id), ("new", "", False)
        )
        record.action_import_good()
        self.assertEqual(len(self._find(LINDE[0])), 1)
        self.assertEqual(self._find(LINDE[0], self.region_x).phone, "010 1")

    def test_the_region_is_ones_own(self):
        with self.assertRaises(UserError):
            self.manager["leerbedrijf.employer.import"].create(
                {"region_id": self.region_x.id}
            )

    def test_others_do_not_see_it(self):
        record = self._check([LINDE])
        colleague = self.as_role("account_manager", self.municipality_b)
        for records in (record, record.row_ids):
            with self.assertRaises(AccessError):
                records.with_env(colleague).read()
        with self.assertRaises(AccessError):
            self._upload(b"x", self.as_role("work_coach"))

    def test_a_row_that_a_client_changed_is_checked_again(self):
        record = self._check([LINDE])
        values = {"partner_id": self.employer_x.id, "result": "update"}
        with self.assertRaises(AccessError):
            record.row_ids.write(values)
        record.row_ids.sudo().write({**values, "is_done": False})
        record.row_ids.cells = {"name": "Zorghuis", "company_registry": "no number"}
        record.action_import_good()
        self.assertEqual(record.row_ids.result, "error")
        self.assertEqual(self.employer_x.company_registry, False)

    def test_somebody_else_was_first(self):
        record = self._check([LINDE], [job(LINDE)])
        self._import([LINDE], [job(LINDE)])
        record.action_import_all()
        self.assertEqual(len(self._find(LINDE[0])), 1)
        self.assertEqual(len(self._find(LINDE[0]).forecast_ids), 1)

    # In the background

    def test_many_rows_are_taken_over_by_jobs(self):
        parameter = self.env.ref(
            "leerbedrijf_core.parameter_employer_import_background"
        )
        parameter.value_ids.value = 5
        rows = [[f"Zorghuis {x}", None, None, f"Stad {x}", None] for x in range(8)]
        record = self._check(rows, [job(row) for row in rows])
        self.patch(type(record), "_batch_size", 5)
        with trap_jobs() as jobs:
            record.action_import_good()
            self.assertEqual(record.state, "running")
            self.assertEqual(self._upload(b"").running_id, record)
            for count in (5, 8, 13, 16):
                jobs.perform_enqueued_jobs()
                self.assertEqual(record.done_count, count)
            self.assertEqual(record.progress, 100)
            jobs.perform_enqueued_jobs()
        self.assertEqual(record.state, "done")
        self.assertEqual(len(self._find("Zorghuis 7").forecast_ids), 1)

    def test_a_failed_job_is_told(self):
        record = self._check([LINDE])
        record.state = "running"
        record._job_failed(exc_name="odoo.exceptions.UserError", exc_message="No room.")
        self.assertEqual(record.state, "checked")
        self.assertIn("No room.", record.problem)

    def test_the_last_resort_is_row_by_row(self):
        """What no check foresaw keeps the others from nothing."""
        self._import([LINDE])
        partner = self.env["res.partner"].create(
            {"name": "Elsewhere", "region_id": self.region.id, "is_company": False}
        )
        # A person with a branch number: no organisation, so not looked at.
        partner.branch_number = BEUK[2]
        record = self._import([BEUK, ["Zorghuis Es", None, None, "Waterdam", None]])
        self.assertEqual(record.error_row_ids.name, BEUK[0])
        self.assertTrue(self._find("Zorghuis Es"))


class TestEmployerImportFiles(EmployerImportCase):
    """Files of which somebody thought, or did not."""

    def _refusal(self, content):
        record = self._upload(content)
        with self.assertRaises(UserError) as caught:
            record.action_check()
        self.assertEqual(record.state, "upload")
        return str(caught.exception)

    def test_template_is_understood_and_its_example_skipped(self):
        record = self._upload(b"")
        content = base64.b64decode(record.template)
        book = openpyxl.load_workbook(io.BytesIO(content))
        self.assertEqual(len(book.worksheets), 4)
        employers, forecasts = book.worksheets[:2]
        self.assertEqual(len(employers.data_validations.dataValidation), 1)
        self.assertEqual(len(forecasts.data_validations.dataValidation), 2)
        self.assertIn("nothing", self._refusal(content))
        employers.append(["Zorghuis De Linde", "11111111"])
        stream = io.BytesIO()
        book.save(stream)
        record = self._upload(stream.getvalue())
        record.action_check()
        self.assertEqual(self._results(record), {3: "new"})

    def test_no_spreadsheet(self):
        package = io.BytesIO()
        with zipfile.ZipFile(package, "w") as archive:
            archive.writestr("word/document.xml", "<x/>")
        good = self._book([LINDE])
        for content, words in (
            (b"", "Choose a file first"),
            (b"%PDF-1.4 hello", "columns of the template"),
            (bytes(range(256)) * 20, "Choose a spreadsheet"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 encrypted", "password"),
            (package.getvalue(), "Choose a spreadsheet"),
            (b"PK\x03\x04 not really", "damaged"),
            (good[: len(good) // 2], "damaged"),
            (self._book(change=lambda book: book.active.delete_rows(1)), "nothing"),
            (self._book([]), "nothing"),
        ):
            self.assertIn(words, self._refusal(content), content[:20])

    def test_too_large(self):
        self.assertIn("5 MB", self._refusal(b"x" * (5 * 1024 * 1024 + 1)))

    def test_zip_bomb(self):
        stream = io.BytesIO(self._book([LINDE]))
        with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/media/image.png", b"\0" * (60 * 1024 * 1024))
        self.assertLess(len(stream.getvalue()), 100_000)
        self.assertIn("too large", self._refusal(stream.getvalue()))

    def test_entities(self):
        parts = zipfile.ZipFile(io.BytesIO(self._book([LINDE])))
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            for part in parts.namelist():
                text = parts.read(part)
                if part == "xl/workbook.xml":
                    text = b'<!DOCTYPE x [<!ENTITY a "b">]>' + text
                archive.writestr(part, text)
        self.assertIn("damaged", self._refusal(stream.getvalue()))

    def test_too_many_rows(self):
        parameter = self.env.ref("leerbedrijf_core.parameter_employer_import_rows")
        parameter.value_ids.value = 10
        rows = [[f"Zorghuis {x}"] for x in range(11)]
        self.assertIn("at most 10", self._refusal(self._book(rows)))

    def test_formulas_are_told_and_not_calculated(self):
        row = ["=1+1", "11111111", None, "Waterdam", None]
        record = self._check([row, LINDE])
        self.assertIn("formula", record.error_row_ids.message)
        record.action_import_good()
        self.assertFalse(self._find("=1+1"))

    def test_text_that_looks_like_a_formula_stays_text(self):
        def as_text(book):
            book.active.cell(2, 1).data_type = "s"

        name = "=Werk&Co"
        self._import([[name, None, None, "Waterdam", None]], change=as_text)
        self.assertTrue(self._find(name))
        record = self._check([[name, "123", None, "Waterdam", None]], change=as_text)
        book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(record.error_file)))
        self.assertEqual(book.worksheets[0].cell(2, 1).data_type, "s")

    def test_merged_cells_are_missing_cells(self):
        def merge(book):
            book.active.merge_cells("A2:A3")

        record = self._check([LINDE, BEUK], change=merge)
        self.assertEqual(self._results(record), {2: "new", 3: "error"})
        self.assertIn("is missing", record.error_row_ids.message)

    def test_a_title_above_and_columns_in_another_order(self):
        def change(book):
            book.active.insert_rows(1, 3)
            book.active["A1"] = "Our employers"

        record = self._check([LINDE], change=change)
        self.assertEqual(self._results(record), {5: "new"})

    def test_a_hundred_thousand_empty_rows(self):
        def far(book):
            book.active.cell(100_000, 1, "Zorghuis Ver")
            book.active.cell(100_000, 4, "Waterdam")

        self.assertEqual(
            self._results(self._check([LINDE], change=far)), {2: "new", 100_000: "new"}
        )

        def beyond(book):
            book.active.cell(1_000_000, 1, "Zorghuis Ver")

        self.assertIn("empty rows", self._refusal(self._book([LINDE], change=beyond)))

    def test_endless_names_and_numbers(self):
        long = ["Z" * 5000, "11111111", None, "Waterdam", None]
        big = ["Zorghuis Groot", 10**300, float("1e300"), "Waterdam", None]
        record = self._check([long, big])
        self.assertEqual(self._results(record), {2: "error", 3: "error"})
        self.assertIn("200 characters", record.row_ids.sorted("number")[0].message)

    def test_csv(self):
        lines = [
            "Name of the employer;KvK number;Town",
            "Zorghuis De Linde;11111111;Waterdam",
            'Zorghuis "Het Café";22222222;Waterdam',
        ]
        for encoding in ("utf-8", "utf-8-sig", "cp1252"):
            record = self._upload("\r\n".join(lines).encode(encoding), name="e.csv")
            record.action_check()
            self.assertEqual(self._results(record), {2: "new", 3: "new"})
        record.action_import_good()
        self.assertTrue(self._find('Zorghuis "Het Café"'))

    def test_characters_that_cannot_be_kept(self):
        text = "Name of the employer;Town\nZorgh\x00uis\x07 \u202eLinde;Waterdam"
        record = self._upload(text.encode(), name="e.csv")
        record.action_check()
        record.action_import_good()
        self.assertTrue(self._find("Zorghuis Linde"))
