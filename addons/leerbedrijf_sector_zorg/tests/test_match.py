from odoo.fields import Command

from odoo.addons.leerbedrijf_core.tests.common import LeerbedrijfCase

from .common import new_cohort


class TestMatch(LeerbedrijfCase):
    """In care the match waits for the language test."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cohort = new_cohort(cls, date_start="2026-09-07")

    def enrol(self, name, language_level=False, cohort=None):
        participant = self.env["leerbedrijf.participant"].create(
            {
                "name": name,
                "company_id": self.municipality.id,
                "language_level": language_level,
            }
        )
        enrolment = self.env["leerbedrijf.enrolment"].create(
            {
                "participant_id": participant.id,
                "company_id": self.municipality.id,
                "cohort_id": (cohort or self.cohort).id,
            }
        )
        enrolment.with_env(self.as_role("coordinator")).action_accept()
        return enrolment

    def missing(self, cohort=None, role="coordinator"):
        cohort = (cohort or self.cohort).with_env(self.as_role(role))
        return " ".join(cohort._get_missing_match())

    def test_untested_participants_are_counted(self):
        self.enrol("Amina Yusuf", "a2")
        self.enrol("Piet Dekker")
        self.enrol("Sara Haddad")
        self.assertIn("language test: 2 to go", self.missing())

    def test_a_measured_level_is_a_test_done(self):
        person = self.enrol("Piet Dekker").participant_id
        self.env["leerbedrijf.language.level"].create(
            {"participant_id": person.id, "skill": "speaking", "level": "b1"}
        )
        self.assertNotIn("language test", self.missing())
        self.assertNotIn("language test", self.missing(role="account_manager"))

    def test_account_manager_reads_the_number_and_not_the_people(self):
        self.enrol("Piet Dekker")
        self.assertIn("language test: 1 to go", self.missing(role="account_manager"))

    def test_nothing_is_missing_when_everybody_has_been_tested(self):
        self.enrol("Amina Yusuf", "a2")
        self.assertNotIn("language test", self.missing())

    def test_other_sectors_do_not_ask_for_it(self):
        sector = self.env["leerbedrijf.sector"].create(
            {"name": "Techniek", "code": "test_techniek"}
        )
        route = self.env["leerbedrijf.route"].create(
            {
                "name": "Leerbedrijf Techniek",
                "code": "test_techniek",
                "sector_id": sector.id,
                "duration_months": 6,
                "phase_ids": [
                    Command.create({"name": "Werkplaats", "kind": "placement"})
                ],
            }
        )
        cohort = new_cohort(self, route, date_start="2026-09-07")
        self.enrol("Piet Dekker", cohort=cohort)
        self.assertNotIn("language test", self.missing(cohort))
