from odoo.tests import HttpCase
from odoo.tools import mute_logger

from .common_cohort import CohortCase

PLEDGES = "/report/xlsx/leerbedrijf_core.pledges_xlsx"
FILE = "/report/html/leerbedrijf_core.participant_file_document"


class TestReportAddress(CohortCase, HttpCase):
    """The addresses of documents answer a question that makes no sense in words."""

    def setUp(self):
        super().setUp()
        self.coach = self.as_role("work_coach")
        manager = self.as_role("account_manager").user
        manager.password = manager.login
        self.authenticate(manager.login, manager.login)

    @mute_logger("odoo.http")
    def _ask(self, address):
        return self.url_open(address).status_code

    def test_a_workbook_with_odd_options_or_ids(self):
        self.assertEqual(self._ask(f'{PLEDGES}?options={{"domain":[]}}'), 200)
        for address in (
            f"{PLEDGES}?options=nonsense",
            f"{PLEDGES}?options=[1]",
            f"{PLEDGES}/1?context=5",
            f"{PLEDGES}/abc",
            f"{PLEDGES}/1,x",
            f"{PLEDGES}/99999999999999999999",
        ):
            with self.subTest(address):
                self.assertEqual(self._ask(address), 400)
        for address in (f"{PLEDGES}/999999999", "/report/pdf/leerbedrijf_core.no/1"):
            with self.subTest(address):
                self.assertEqual(self._ask(address), 404)

    def test_a_document_of_whom_one_may_not_read(self):
        person = self._new_participant()
        request = self.coach["leerbedrijf.participant.file"].create(
            {"participant_id": person.id}
        )
        self.assertEqual(self._ask(f"{FILE}/{request.id}"), 403)
