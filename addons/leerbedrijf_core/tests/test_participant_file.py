import base64
import io
import json
import zipfile

from odoo.exceptions import AccessError
from odoo.tools import mute_logger
from odoo.tools.pdf import PdfFileReader

from .common_retention import CANARY, RetentionCase


class TestParticipantFile(RetentionCase):
    """A person gets all that is kept on her: to read, for a machine, and the files."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("nl_NL")

    def setUp(self):
        super().setUp()
        self.coach = self.as_role("work_coach")

    def _request(self, env=None):
        person = self.person.with_env(env or self.coach)
        action = person.action_make_file()
        return person.env[action["res_model"]].browse(action["res_id"])

    def _unzip(self, request):
        request = request.with_context(force_report_rendering=True)
        with mute_logger("odoo.addons.base.models.ir_actions_report"):
            return zipfile.ZipFile(io.BytesIO(base64.b64decode(request.content)))

    def test_the_archive_is_complete(self):
        archive = self._unzip(self._request())
        data = json.loads(archive.read("dossier.json"))
        tables = {section["table"] for section in data["sections"]}
        for table in (
            "leerbedrijf.participant",
            "leerbedrijf.enrolment",
            "leerbedrijf.enrolment.phase",
            "leerbedrijf.placement",
            "leerbedrijf.barrier",
            "leerbedrijf.language.level",
            "hr.employee",
            "hr.version",
            "hr.resume.line",
            "mail.message",
            "mail.activity",
            "calendar.event",
        ):
            self.assertIn(table, tables)
        files = [n for n in archive.namelist() if n.startswith("bestanden/")]
        self.assertEqual(len(files), 8)
        self.assertTrue(all(CANARY.encode() in archive.read(name) for name in files))

    def test_the_pdf_is_readable_dutch(self):
        pdf = PdfFileReader(
            io.BytesIO(self._unzip(self._request()).read("dossier.pdf"))
        )
        text = " ".join(page.extract_text() for page in pdf.pages)
        text = " ".join(text.split())
        for words in (
            CANARY,
            self.person.code,
            self.municipality.name,
            "Geboortedatum",
        ):
            self.assertIn(words, text)
        self.assertIn("Wie je dossier heeft geraadpleegd", text)
        self.assertIn("Participatiewet", text)

    def test_every_personal_model_is_in_it(self):
        """What is wiped at the end is what the person may see before it."""
        sections = self._request()._get_complete()._get_sections()
        tables = {section["model"] for section in sections}
        found = self.env["leerbedrijf.anonymiser"]._find_records(self.person)
        expected = {records._name for records in found if records}
        self.assertEqual(expected - tables, {"leerbedrijf.dossier.view"})

    def test_making_it_is_a_look(self):
        before = self.person.dossier_view_ids
        self._request()
        self.env.invalidate_all()
        self.assertEqual((self.person.dossier_view_ids - before).kind, "file")

    def test_nothing_of_it_is_kept(self):
        attachments = self.env["ir.attachment"].search_count([])
        self._unzip(self._request())
        self.assertEqual(self.env["ir.attachment"].search_count([]), attachments)

    def test_only_the_own_municipality_makes_it(self):
        request = self._request()
        for env in (
            self.as_role("work_coach", self.municipality_b),
            self.as_role("coordinator"),
            self.as_role("functional_admin", self.municipality),
        ):
            with self.assertRaises(AccessError):
                self._request(env)
            with self.assertRaises(AccessError):
                env["leerbedrijf.participant.file"].create(
                    {"participant_id": self.person.id}
                )
            with self.assertRaises(AccessError):
                request.with_env(env).read(["content"])

    def test_another_person_is_not_in_it(self):
        self._new_person_of_the_past("Nachtegaal")
        sections = self._request()._get_complete()._get_sections()
        self.assertNotIn("Nachtegaal", str(sections))
