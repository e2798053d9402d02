import doctest
from datetime import date

from odoo.tests import Form

from ..calc import names
from .common_cohort import CohortCase

BORN = date(1989, 9, 22)


class TestParticipantDuplicate(CohortCase):
    """Who types a new person is shown who is probably known already."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.coach = cls.as_role("work_coach")
        cls.known = cls._new_participant(
            "Dilnoza Karimova", client_number="ZD-20303", birthdate=BORN
        )

    def _note(self, env=None, **values):
        form = Form((env or self.coach)["leerbedrijf.participant"])
        for name, value in values.items():
            form[name] = value
        return str(form.duplicate_note or "")

    def test_doctests(self):
        self.assertFalse(doctest.testmod(names).failed)

    def test_the_same_client_number(self):
        note = self._note(name="Somebody", client_number=" ZD-20303 ")
        self.assertIn("has this client number", note)
        self.assertIn(self.known.code, note)
        self.assertIn(f"/odoo/deelnemers/{self.known.id}", note)

    def test_the_same_day_and_a_similar_name(self):
        for name in ("Karimova, Dilnosa", "D. Karimova", "dilnoza KÁRIMOVA"):
            note = self._note(name=name, birthdate=BORN)
            self.assertIn("was born on this day", note, name)
        self.assertFalse(self._note(name="Rahma Osman", birthdate=BORN))

    def test_the_same_name_while_a_birthday_is_not_known(self):
        self.assertIn("the same name", self._note(name="dilnoza karimova"))
        self.assertFalse(
            self._note(name="Dilnoza Karimova", birthdate=date(1970, 1, 1))
        )
        self.assertFalse(self._note(name="%"))

    def test_whoever_was_archived_shows_as_well(self):
        self.known.active = False
        note = self._note(name="Somebody", client_number="ZD-20303")
        self.assertIn("archived", note)

    def test_a_name_is_text(self):
        self.known.name = "<script>alert(1)</script>"
        note = self._note(name="Somebody", client_number="ZD-20303")
        self.assertNotIn("<script>", note)
        self.assertIn("alert(1)", note)

    def test_another_municipality_is_told_nothing(self):
        values = {
            "name": self.known.name,
            "client_number": self.known.client_number,
            "birthdate": BORN,
        }
        for company in (self.municipality_b, self.municipality_x, self.leerbedrijf):
            env = self.as_role("work_coach", company)
            self.assertFalse(self._note(env, **values))
            # Nor with the owner filled in by hand.
            values_ = {**values, "company_id": self.municipality.id}
            forged = env["leerbedrijf.participant"].new(values_)
            self.assertFalse(forged._get_duplicate_lines())

    def test_a_saved_person_is_no_duplicate_of_itself(self):
        self.assertFalse(self.known.with_env(self.coach).duplicate_note)

    def test_the_same_number_twice_is_refused(self):
        with self.assert_refused("client_number_uniq"):
            self._new_participant("Again", client_number="ZD-20303")
        self._new_participant(
            "Elsewhere", self.municipality_b, client_number="ZD-20303"
        )
