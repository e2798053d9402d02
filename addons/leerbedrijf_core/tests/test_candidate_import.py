import base64
import io
from datetime import date, timedelta

import openpyxl

from odoo.exceptions import AccessError, UserError

from .common_cohort import CohortCase

HEAD = [
    *("Name", "Client number", "Date of birth", "E-mail", "Phone", "Postcode", "Town"),
    *("Dutch language", "Hours wanted", "Can come", "Motivation", "Interests"),
    "Work coach",
]
BIRTHDAY = date(1985, 12, 31)


def person(name="Łucja d'Angelo-Çelik", number="4711", birthdate=BIRTHDAY, **values):
    row = dict.fromkeys(HEAD)
    row.update({"Name": name, "Client number": number, "Date of birth": birthdate})
    row.update({head.replace("_", " "): value for head, value in values.items()})
    assert len(row) == len(HEAD), "no such column"
    return list(row.values())


class TestCandidateImport(CohortCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.coach = cls.as_role("work_coach")

    def _book(self, rows):
        book = openpyxl.Workbook()
        for row in (HEAD, *rows):
            book.active.append(row)
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    def _upload(self, content, env=None, name="candidates.xlsx"):
        imports = (env or self.coach)["leerbedrijf.candidate.import"]
        return imports.create({"file": base64.b64encode(content), "file_name": name})

    def _check(self, *rows, env=None):
        record = self._upload(self._book(rows), env)
        record.action_check()
        return record

    def _results(self, record):
        return record.row_ids.sorted("number").mapped("result")

    def _messages(self, record):
        return " ".join(filter(None, record.row_ids.mapped("message")))

    def _find(self, name, company=None):
        company = company or self.municipality
        return self.env["leerbedrijf.participant"].search(
            [("name", "=", name), ("company_id", "=", company.id)]
        )

    def test_everything_of_a_candidate(self):
        colleague = self.coach.user.copy({"login": "jan@waterdam.example"})
        record = self._check(
            person(
                **{
                    "E-mail": "lucja@example.nl",
                    "Phone": 612345678,  # Excel took it for a number
                    "Postcode": "1234ab",
                    "Town": "Waterdam",
                    "Dutch language": "A2",
                    "Hours wanted": 24,
                    "Can come": "Monday morning; Tuesday afternoon",
                    "Motivation": "Wants to care\nfor people",
                    "Interests": "=cmd|' /C calc'!A0",
                    "Work coach": "jan@waterdam.example",
                }
            )
        )
        self.assertEqual(record.row_ids.result, "error", "a formula")
        record = self._check(
            person(
                **{
                    "E-mail": "lucja@example.nl",
                    "Phone": 612345678,
                    "Postcode": "1234ab",
                    "Town": "Waterdam",
                    "Dutch language": "A2",
                    "Hours wanted": 24,
                    "Can come": "Monday morning; Tuesday afternoon",
                    "Motivation": "Wants to care\nfor people",
                    "Work coach": "jan@waterdam.example",
                }
            )
        )
        self.assertEqual(self._results(record), ["new"], self._messages(record))
        self.assertFalse(record.file, "the file is not kept")
        self.assertFalse(self._find("Łucja d'Angelo-Çelik"), "not before it is asked")
        record.action_import_all()
        found = self._find("Łucja d'Angelo-Çelik")
        self.assertEqual(
            (found.client_number, found.birthdate, found.email, found.phone),
            ("4711", BIRTHDAY, "lucja@example.nl", "0612345678"),
        )
        self.assertEqual(
            (found.zip, found.city, found.language_level, found.hours_wanted),
            ("1234 AB", "Waterdam", "a2", 24),
        )
        self.assertEqual(
            found.day_part_ids.mapped("name"), ["Monday morning", "Tuesday afternoon"]
        )
        self.assertEqual(found.motivation, "Wants to care\nfor people")
        self.assertEqual(found.work_coach_id, colleague)
        self.assertFalse(any(record.row_ids.mapped("cells")), "no data stay behind")

    def test_without_a_coach_it_is_oneself(self):
        self._check(person()).action_import_good()
        found = self._find("Łucja d'Angelo-Çelik")
        self.assertEqual(found.work_coach_id, self.coach.user)

    def test_what_is_wrong_is_told_row_by_row(self):
        tomorrow = date.today() + timedelta(days=2)
        record = self._check(
            person("No date", "1", "31-13-1985"),
            person("Not yet born", "2", tomorrow),
            person("Mail", "3", **{"E-mail": "no mail"}),
            person("Postcode", "4", Postcode="0123"),
            person("Level", "5", **{"Dutch language": "C7"}),
            person("Days", "6", **{"Can come": "Monday morning; Someday"}),
            person("Coach", "7", **{"Work coach": "Somebody else"}),
            person("Hours", "8", **{"Hours wanted": 99}),
            person(None, "9"),
            person("x" * 201, "10"),
            person("Good", "11"),
        )
        self.assertEqual(self._results(record), ["error"] * 10 + ["new"])
        self.assertTrue(all(record.error_row_ids.mapped("message")))
        self.assertIn("as in 31-12-1985", self._messages(record))
        with self.assertRaises(UserError):
            record.action_import_all()
        self.assertFalse(self._find("Good"))
        record.action_import_good()
        self.assertTrue(self._find("Good"))
        self.assertEqual((record.done_count, record.left_count), (1, 10))

    def test_twice_in_the_file(self):
        record = self._check(
            person("Anna Bos", "1"),
            person("Bert Vos", "1", date(1990, 1, 1)),
            person("ANNA  BOS", None),
        )
        self.assertEqual(self._results(record), ["new", "error", "error"])
        self.assertIn("candidate of row 2", self._messages(record))

    def test_known_by_number_is_updated_and_empty_cells_change_nothing(self):
        known = self._new_participant(
            "Anna Bos", client_number="1", birthdate=BIRTHDAY, city="Waterdam"
        )
        row = person("Anna Bos-Vermeer", "1", Phone="06 1")
        record = self._check(row)
        self.assertEqual(self._results(record), ["update"])
        self.assertEqual(record.row_ids.message, "Phone")
        self.assertEqual(record.row_ids.participant_id, known)
        record.action_import_good()
        self.assertEqual(
            (known.name, known.phone, known.city), ("Anna Bos", "06 1", "Waterdam")
        )
        self.assertEqual(self._results(self._check(row)), ["same"])

    def test_known_can_be_left(self):
        known = self._new_participant("Anna Bos", client_number="1")
        record = self._check(person("Anna Bos", "1"), person("Bert Vos", "2"))
        record.known = "skip"
        record.action_import_good()
        self.assertFalse(known.birthdate)
        self.assertEqual((record.done_count, record.left_count), (1, 1))
        self.assertIn("Left as it is", self._messages(record))

    def test_a_number_of_somebody_else(self):
        self._new_participant("Anna Bos", client_number="1", birthdate="1970-01-01")
        self._new_participant("Bert Vos", client_number="2")
        record = self._check(person("Carla Dam", "1"), person("Dirk Es", "2"))
        self.assertEqual(self._results(record), ["error"] * 2)
        self.assertIn("number is of Anna Bos", self._messages(record))

    def test_an_archived_file(self):
        known = self._new_participant("Anna Bos", client_number="1")
        known.active = False
        record = self._check(person("Anna Bos", "1"))
        self.assertEqual(self._results(record), ["error"])
        self.assertIn("archived", self._messages(record))

    def test_possible_duplicates_wait_for_a_choice(self):
        rows = []
        for number, name in enumerate(("Anna Bos", "Bert Vos", "Carla Dam", "Dirk Es")):
            self._new_participant(name, birthdate=BIRTHDAY - timedelta(days=number))
            day = BIRTHDAY - timedelta(days=number)
            rows.append(person(name, str(number), day))
        record = self._check(*rows)
        self.assertEqual(self._results(record), ["duplicate"] * 4)
        self.assertIn("born on this day", record.row_ids[0].message)
        with self.assertRaises(UserError):
            record.action_import_all()
        existing, new, skip, _undecided = record.row_ids.sorted("number")
        existing.choice, new.choice, skip.choice = "existing", "new", "skip"
        record.action_import_good()
        self.assertEqual(self._find("Anna Bos").client_number, "0")
        self.assertEqual(len(self._find("Bert Vos")), 2)
        self.assertFalse(self._find("Carla Dam").client_number)
        self.assertFalse(self._find("Dirk Es").client_number)

    def test_an_address_that_is_known_waits_for_a_choice(self):
        self._new_participant("Anna Bos", email="anna@example.com")
        self._new_participant("Bo", self.municipality_b, email="bo@example.com")
        record = self._check(
            person("A. Vos", None, None, **{"E-mail": "Anna@example.com"}),
            person("B. Dam", None, None, **{"E-mail": "bo@example.com"}),
        )
        self.assertEqual(self._results(record), ["duplicate", "new"])
        self.assertIn("has this e-mail address", record.row_ids[0].message)

    def test_another_municipality_is_neither_touched_nor_told(self):
        other = self._new_participant(
            "Anna Bos", self.municipality_b, client_number="1", birthdate=BIRTHDAY
        )
        record = self._check(person("Anna Bos", "1", Phone="06 1"))
        self.assertEqual(self._results(record), ["new"])
        record.action_import_good()
        self.assertFalse(other.phone)
        self.assertTrue(self._find("Anna Bos"))
        stranger = self.as_role("work_coach", self.municipality_b)
        with self.assertRaises(AccessError):
            record.with_env(stranger).row_ids.mapped("name")
        for role in ("account_manager", "coordinator"):
            with self.assertRaises(AccessError):
                self.as_role(role)["leerbedrijf.candidate.import"].create({})

    def test_a_form_for_another_municipality(self):
        record = self._check(person("Anna Bos", "1"))
        # As a client that lies would have it.
        record.sudo().company_id = self.municipality_b
        with self.assertRaises(UserError):
            record.action_import_all()
        self.env.invalidate_all()
        self.assertFalse(self._find("Anna Bos", self.municipality_b))

    def test_a_coach_of_another_municipality_is_none(self):
        self.user("work_coach", self.municipality_b)
        record = self._check(
            person(**{"Work coach": f"work_coach_{self.municipality_b.id}"})
        )
        self.assertEqual(self._results(record), ["error"])

    def test_a_row_that_a_client_changed_is_checked_again(self):
        record = self._check(person("No mail", "1", **{"E-mail": "x"}))
        record.row_ids.result = "new"
        record.action_import_good()
        self.assertFalse(self._find("No mail"))

    def test_somebody_else_was_first(self):
        record = self._check(person("Anna Bos", "1"), person("Bert Vos", "2"))
        self._new_participant("Anna Bos", client_number="1", birthdate=BIRTHDAY)
        record.action_import_good()
        self.assertEqual(len(self._find("Anna Bos")), 1)

    def test_template_and_errors_go_in_again(self):
        record = self.coach["leerbedrijf.candidate.import"].create({})
        self.assertIn("field=template", record.action_download_template()["url"])
        template = base64.b64decode(record.with_context(bin_size=False).template)
        book = openpyxl.load_workbook(io.BytesIO(template))
        sheet = book.worksheets[0]
        self.assertEqual(sheet.cell(1, 1).value, "Name *")
        with self.assertRaisesRegex(UserError, "nothing in the file"):
            self._upload(template).action_check()
        sheet.append(person("@SUM(1+1)", "1", "wrong"))
        stream = io.BytesIO()
        book.save(stream)
        record = self._upload(stream.getvalue())
        record.action_check()
        self.assertEqual(self._results(record), ["error"])
        errors = openpyxl.load_workbook(
            io.BytesIO(base64.b64decode(record.with_context(bin_size=False).error_file))
        )
        cell = errors.worksheets[0].cell(2, 1)
        self.assertEqual((cell.value, cell.data_type), ("@SUM(1+1)", "s"))

    def test_no_spreadsheet(self):
        for content, sentence in (
            (b"%PDF-1.7 x", "columns of the template"),
            (b"PK\x03\x04 broken", "damaged"),
            (self._book([])[:200], "damaged"),
        ):
            with self.assertRaisesRegex(UserError, sentence):
                self._upload(content).action_check()
        with self.assertRaisesRegex(UserError, "Choose a file"):
            self.coach["leerbedrijf.candidate.import"].create({}).action_check()

    def test_queries_hardly_grow_with_the_rows(self):
        """New numbers are drawn one by one, all else is asked at once."""
        counts = []
        for size in (5, 50):
            rows = [
                person(f"Anna {n}", f"{size}-{n}", BIRTHDAY - timedelta(size + n))
                for n in range(size)
            ]
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            record = self._check(*rows)
            record.action_import_all()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(record.done_count, size)
        self.assertLess(counts[1], counts[0] + 2.2 * 45 + 12)
