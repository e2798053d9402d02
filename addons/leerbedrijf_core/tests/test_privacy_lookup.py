from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from .common_retention import CANARY, RetentionCase


class TestPrivacyLookup(RetentionCase):
    """Odoo's look-up of a person finds a participant and all that hangs on it."""

    def setUp(self):
        super().setUp()
        self.platform = new_test_user(
            self.env, "lookup", groups="leerbedrijf_core.group_platform_admin"
        )

    def _look_up(self, name, email):
        wizard = self.env["privacy.lookup.wizard"].with_user(self.platform)
        wizard = wizard.create({"name": name, "email": email})
        wizard.action_lookup()
        return wizard.line_ids

    def test_a_person_is_found_with_all_that_there_is(self):
        for name, email in (
            ("Nobody", self.person.email),
            (CANARY, "nobody@nowhere.example"),
        ):
            lines = self._look_up(name, email)
            found = {(line.res_model, line.res_id) for line in lines}
            employee = self.enrolment.sudo().employee_id
            for record in (
                self.person,
                self.enrolment,
                self.enrolment.placement_ids,
                employee,
                employee.version_id,
                employee.resource_id,
            ):
                self.assertIn((record._name, record.id), found)

    def test_others_are_not_found(self):
        other = self._new_person_of_the_past("Nachtegaal")
        lines = self._look_up("Nachtegaal", other.email)
        found = lines.filtered(lambda line: line.res_model == "leerbedrijf.enrolment")
        self.assertEqual(found.res_id, other.enrolment_ids.id)

    def test_the_platform_sees_the_code(self):
        lines = self._look_up(CANARY, self.person.email)
        line = lines.filtered(lambda x: x.res_model == "leerbedrijf.participant")
        self.assertEqual(line.res_name, self.person.code)

    def test_nobody_else_looks_up(self):
        env = self.as_role("functional_admin", self.municipality)
        with self.assertRaises(AccessError):
            env["privacy.lookup.wizard"].create({"name": CANARY, "email": "a@b.nl"})
