from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import mute_logger

from .common_cohort import CohortCase


class TestTenancy(CohortCase):
    def test_the_owner_is_written_once_in_python(self):
        participant = self._new_participant()
        with self.assertRaisesRegex(UserError, "cannot change"):
            participant.company_id = self.municipality_b
        participant.company_id = self.municipality  # the same owner is no change

    def test_the_owner_is_written_once_in_the_database(self):
        participant = self._new_participant()
        participant.flush_recordset()
        with (
            self.assertRaises(CheckViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(
                "UPDATE leerbedrijf_participant SET company_id = %s WHERE id = %s",
                [self.municipality_b.id, participant.id],
            )

    def test_a_regional_record_belongs_to_a_member(self):
        with self.assertRaisesRegex(ValidationError, "not a member of the region"):
            self._new_template(company_id=self.leerbedrijf_x.id)

    def test_who_leaves_the_region_sees_nothing_of_it_at_once(self):
        env = self.as_role("account_manager", self.municipality_b)
        domain = [("id", "=", self.cohort.id)]
        self.assertTrue(env["leerbedrijf.cohort"].search(domain))
        self.region.company_ids -= self.municipality_b
        self.assertFalse(env["leerbedrijf.cohort"].search(domain))
        self.region.company_ids |= self.municipality_b
        self.assertTrue(env["leerbedrijf.cohort"].search(domain))
        self.municipality_b.leerbedrijf_region_ids = False
        self.assertFalse(env["leerbedrijf.cohort"].search(domain))

    def test_a_user_sees_the_own_region_only(self):
        env = self.as_role("account_manager", self.municipality_x)
        self.assertEqual(env["leerbedrijf.region"].search([]), self.region_x)

    def test_a_client_cannot_push_a_child_to_another_tenant(self):
        phase = self.cohort.phase_ids[0].with_env(self.as_role("coordinator"))
        phase.write({"region_id": self.region_x.id, "name": "Start"})
        self.assertEqual(phase.region_id, self.region)
        self.assertEqual(phase.name, "Start")

    def test_catalogue_is_the_platforms(self):
        for role in ("account_manager", "coordinator", "functional_admin"):
            with self.assertRaises(AccessError):
                self.route.with_env(self.as_role(role)).name = "Mine"
