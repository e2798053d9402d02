import doctest

from hypothesis import given
from hypothesis import strategies as st

from odoo.exceptions import AccessError, UserError, ValidationError

from ..calc import postcode, travel
from .common_cohort import CohortCase

degrees = st.builds(travel.Position, st.floats(50.5, 53.7), st.floats(3.2, 7.3))
speeds = st.builds(travel.Speed, st.floats(3, 130), st.floats(1, 2), st.floats(0, 30))


class TestTravel(CohortCase):
    """Minutes for the leerwerkbedrijf, the postcode for the municipality alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.areas = cls.env["leerbedrijf.postcode.area"].create(
            [
                {"name": "1234", "latitude": 52.5, "longitude": 5.0},
                {"name": "1235", "latitude": 52.5, "longitude": 5.1},
            ]
        )
        cls.bicycle = cls.env.ref("leerbedrijf_core.travel_means_bicycle")
        cls.car = cls.env.ref("leerbedrijf_core.travel_means_car")
        cls.car.write({"speed": 40, "detour": 1.4, "fixed_minutes": 7})
        cls.person = cls._new_participant(
            zip="1235ab", travel_means_ids=cls.bicycle.ids, travel_minutes=30
        )
        cls.enrolment = cls._propose(cls.person)
        cls.coordinator = cls.as_role("coordinator")

    def _overrule(self, env=None, **values):
        return (env or self.coordinator)["leerbedrijf.travel.time"].create(
            {
                "enrolment_id": self.enrolment.id,
                "partner_id": self.employer.id,
                "minutes": 20,
                "reason": "Rides along with a colleague",
                **values,
            }
        )

    def test_the_best_means_counts(self):
        # 6.77 km as the crow flies; times 1.3 at 15 km/h and 3 minutes more
        self.assertEqual(self.enrolment._get_travel_minutes(self.employer), 40)
        self.person.travel_means_ids |= self.car
        self.assertEqual(self.enrolment._get_travel_minutes(self.employer), 25)

    def test_what_is_unknown_is_none(self):
        without = self._new_employer("Nowhere", zip=False)
        abroad = self._new_employer("Elsewhere", zip="9999 ZZ")
        found = self.enrolment._get_travel_minutes_by(self.employer | without | abroad)
        self.assertEqual(
            {partner: minutes for (_enrolment, partner), minutes in found.items()},
            {self.employer: 40, without: None, abroad: None},
        )
        self.person.zip = False
        self.assertIsNone(self.enrolment._get_travel_minutes(self.employer))

    def test_for_a_group_it_takes_no_more_questions(self):
        employers = self.employer
        enrolments = self.enrolment
        for number in range(10):
            employers |= self._new_employer(f"Employer {number}")
            person = self._new_participant(
                f"Person {number}", zip="1234", travel_means_ids=self.bicycle.ids
            )
            enrolments |= self._propose(person)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(8):
            found = enrolments._get_travel_minutes_by(employers)
        self.assertEqual(len(found), 121)
        self.assertTrue(all(found.values()))

    def test_the_coordinator_reads_minutes_and_no_postcode(self):
        seen = self.enrolment.with_env(self.coordinator)
        seen.employer_id = self.employer
        self.assertEqual(
            seen.travel_note,
            "To Zorggroep Zonnehof: about 40 minutes, bicycle (estimate) – more than "
            "the 30 that are possible",
        )
        self.person.travel_minutes = 45
        self.assertIn("at most 45 are possible", seen.travel_note)
        with self.assertRaises(AccessError):
            seen.participant_id.read(["zip"])
        self.assertNotIn("1235", str(seen.read()))
        self.person.zip = False
        self.assertIn("has not filled in a postcode", seen.travel_note)

    def test_both_sides_overrule_with_a_reason(self):
        line = self._overrule()
        self.assertEqual(self.enrolment._get_travel_minutes(self.employer), 20)
        self.enrolment.employer_id = self.employer
        self.assertIn("20 minutes (written down", self.enrolment.travel_note)
        line.with_env(self.as_role("work_coach")).minutes = 25
        self.assertEqual(self.enrolment._get_travel_minutes(self.employer), 25)
        with self.assert_refused("once"):
            self._overrule()
        for minutes in (0, 999):
            with self.assert_refused("minutes_sane"):
                line.minutes = minutes
        with self.assertRaisesRegex(ValidationError, "of this cohort's region"):
            self._overrule(self.env, partner_id=self.employer_x.id)

    def test_others_neither_read_nor_overrule(self):
        line = self._overrule()
        for role, company in (
            ("work_coach", self.municipality_b),
            ("coordinator", self.leerbedrijf_x),
            ("account_manager", self.municipality),
        ):
            env = self.as_role(role, company)
            with self.assertRaises(AccessError):
                line.with_env(env).read(["minutes"])
            with self.assertRaises(AccessError):
                self._overrule(env)
        with self.assertRaises(AccessError):
            line.with_env(self.as_role("work_leader")).minutes = 1
        self._refuse(self.enrolment)
        with self.assertRaises(AccessError):
            line.with_env(self.coordinator).read(["minutes"])

    def test_a_postcode_is_checked_and_written_in_one_way(self):
        self.assertEqual(self.person.zip, "1235 AB")
        coach = self.person.with_env(self.as_role("work_coach"))
        coach.zip = "1234"
        self.assertEqual(coach.zip, "1234")
        for wrong in ("12345", "0123 AB", "1234 SS", "Delft"):
            with self.assertRaisesRegex(UserError, "no Dutch postcode"):
                coach.zip = wrong

    # The table --------------------------------------------------------------------

    def _load(self, rows):
        names = ["name", "place", "latitude", "longitude"]
        return self.env["leerbedrijf.postcode.area"].load(names, rows)

    def test_a_newer_table_replaces(self):
        result = self._load(
            [["1234", "Town", "52.6", "5.2"], ["1299", "Village", "52.7", "5.3"]]
        )
        self.assertFalse(result["messages"])
        self.assertEqual(self.areas[0].latitude, 52.6)
        self.assertTrue(self.areas.search([("name", "=", "1299")]))

    def test_a_wrong_row_is_named(self):
        for row, sentence in (
            (["123", "Town", "52.6", "5.2"], "four digits"),
            (["1298", "Town", "5.2", "52.6"], "swapped"),
        ):
            result = self._load([["1297", "Town", "52.6", "5.2"], row])
            self.assertFalse(result["ids"])
            self.assertEqual(result["messages"][-1]["rows"]["from"], 1)
            self.assertIn(sentence, result["messages"][-1]["message"])

    def test_only_the_platform_changes_it(self):
        for role in ("coordinator", "work_coach", "functional_admin"):
            areas = self.areas.with_env(self.as_role(role))
            self.assertTrue(areas.mapped("latitude"))
            with self.assertRaises(AccessError):
                areas[0].latitude = 52.1

    # The calculation --------------------------------------------------------------

    def test_doctests(self):
        for module in (postcode, travel):
            self.assertFalse(doctest.testmod(module).failed)

    @given(degrees, degrees, speeds)
    def test_there_is_as_far_as_back(self, start, end, speed):
        there = travel.minutes(start, end, speed)
        self.assertEqual(there, travel.minutes(end, start, speed))
        self.assertGreater(there, 0)
        self.assertEqual(there % 5, 0)

    @given(degrees, degrees, speeds, st.floats(1, 50))
    def test_faster_is_never_longer(self, start, end, speed, more):
        faster = travel.Speed(
            speed.km_per_hour + more, speed.detour, speed.fixed_minutes
        )
        self.assertLessEqual(
            travel.minutes(start, end, faster), travel.minutes(start, end, speed)
        )

    @given(st.text())
    def test_any_text_is_a_postcode_or_none(self, text):
        found = postcode.normalise(text)
        if found:
            self.assertEqual(postcode.normalise(found), found)
            self.assertRegex(found, r"^[1-9]\d{3}( [A-Z]{2})?$")
