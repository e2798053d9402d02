from odoo.exceptions import AccessError, UserError

from .common import LeerbedrijfCase


class TestUserCreate(LeerbedrijfCase):
    def _wizard(self, role="functional_admin", **values):
        return self.as_role(role)["leerbedrijf.user.create"].create(
            {
                "name": "Nienke de Boer",
                "login": "nienke@waterdam.example",
                "company_id": self.municipality_b.id,
                "role": "work_coach",
                **values,
            }
        )

    def test_a_functional_administrator_makes_a_user_of_the_region(self):
        self._wizard().action_create_user()
        user = self.env["res.users"].search([("login", "=", "nienke@waterdam.example")])
        self.assertEqual(user.company_ids, self.municipality_b)
        self.assertTrue(user.has_group("leerbedrijf_core.group_work_coach"))
        self.assertFalse(user.has_group("base.group_erp_manager"))
        self.assertFalse(user.has_group("leerbedrijf_core.group_functional_admin"))
        log = user.partner_id.message_ids.mapped("body")
        self.assertTrue(any("functional_admin" in body for body in log), log)
        self.assertEqual(
            user.action_id.id,
            self.env.ref("leerbedrijf_core.participant_action").id,
        )

    def test_another_regions_organisation_is_refused(self):
        wizard = self._wizard()
        wizard.sudo().company_id = self.municipality_x
        with self.assertRaises(AccessError):
            wizard.action_create_user()

    def test_a_login_in_use_is_a_clear_sentence(self):
        login = self.user("finance").login
        with self.assertRaisesRegex(UserError, "is in use already"):
            self._wizard(login=login).action_create_user()

    def test_a_login_that_is_no_address_is_a_clear_sentence(self):
        for login in ("   ", "nienke", "Nienke <nienke@waterdam.example>"):
            with (
                self.subTest(login=login),
                self.assertRaisesRegex(UserError, "is not an e-mail address"),
            ):
                self._wizard(login=login).action_create_user()

    def test_other_roles_make_no_users(self):
        with self.assertRaises(AccessError):
            self._wizard(role="coordinator")
