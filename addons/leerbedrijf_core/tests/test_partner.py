from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Date
from odoo.tests import Form

from .common import LeerbedrijfCase


class TestPartner(LeerbedrijfCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.as_role("account_manager")
        cls.mine = cls.employer.with_env(cls.manager)

    def _new_by_manager(self, **values):
        return self.manager["res.partner"].create({"name": "Bakker Bos", **values})

    def test_contact_of_a_tenant_gets_its_region(self):
        self.assertEqual(self._new_by_manager().region_id, self.region)

    def test_contact_of_a_tenant_without_region_gets_its_company(self):
        self.region.company_ids -= self.municipality
        partner = self._new_by_manager()
        self.assertFalse(partner.region_id)
        self.assertEqual(partner.company_id, self.municipality)

    def test_contact_with_company_keeps_it(self):
        partner = self._new_by_manager(company_id=self.municipality.id)
        self.assertFalse(partner.region_id)

    def test_superuser_work_for_a_tenant_makes_no_bare_contact(self):
        partner = self.manager["res.partner"].sudo().create({"name": "By e-mail"})
        self.assertEqual(partner.region_id, self.region)

    def test_context_of_a_client_makes_no_bare_contact(self):
        Partner = self.manager["res.partner"].with_context(leerbedrijf_user_contact=1)
        self.assertEqual(Partner.create({"name": "Trick"}).region_id, self.region)

    def test_contact_of_a_user_stays_without_region(self):
        self.assertFalse(self.manager.user.partner_id.region_id)
        user = (
            self.as_role("functional_admin")["res.users"]
            .sudo()
            .create({"name": "New colleague", "login": "new_colleague"})
        )
        self.assertFalse(user.partner_id.region_id)
        self.assertFalse(user.partner_id.company_id)

    def test_child_inherits_region(self):
        child = self._new_by_manager(parent_id=self.mine.id, region_id=False)
        self.assertEqual(child.region_id, self.region)

    def test_children_follow_region_of_parent(self):
        parent = self.env["res.partner"].create(
            {
                "name": "Holding",
                "is_company": True,
                "child_ids": [
                    Command.create({"name": "Contact"}),
                    Command.create({"name": "Former contact", "active": False}),
                ],
            }
        )
        children = parent.with_context(active_test=False).search(
            [("parent_id", "=", parent.id)]
        )
        self.assertEqual(len(children), 2)
        self.assertFalse(children.region_id)
        parent.region_id = self.region
        self.assertEqual(children.mapped("region_id"), self.region)
        self.assertTrue(all(child.region_id for child in children))

    def test_child_joins_region_of_new_parent(self):
        child = self.env["res.partner"].create({"name": "Loose"})
        child.parent_id = self.employer
        self.assertEqual(child.region_id, self.region)

    def test_region_with_child_of_other_region_is_refused(self):
        parent = self.env["res.partner"].create({"name": "National", "is_company": 1})
        self._new_employer("Branch", parent_id=parent.id)
        with self.assertRaisesRegex(ValidationError, "contact of its own"):
            parent.region_id = self.region_x

    def test_region_cannot_become_another_tenants(self):
        with self.assertRaisesRegex(UserError, "region of your own organisation"):
            self.mine.region_id = self.region_x
        with self.assertRaisesRegex(UserError, "region of your own organisation"):
            self._new_by_manager(region_id=self.region_x.id)

    def test_region_cannot_be_emptied(self):
        with self.assertRaisesRegex(UserError, "visible to every region"):
            self.mine.region_id = False

    def test_company_cannot_be_emptied(self):
        partner = self._new_by_manager(company_id=self.municipality.id)
        with self.assertRaisesRegex(UserError, "visible to every region"):
            partner.company_id = False

    def test_other_region_sees_nothing(self):
        found = self.manager["res.partner"].search([("is_employer", "=", True)])
        self.assertEqual(found, self.employer)
        with self.assertRaises(AccessError):
            self.employer_x.with_env(self.manager).check_access("read")

    def test_leaving_the_region_hides_its_employers_at_once(self):
        self.assertTrue(self.mine.has_access("read"))
        self.region.company_ids -= self.municipality
        self.assertFalse(self.mine.has_access("read"))

    def test_portal_user_reads_own_contact(self):
        portal = self.env["res.users"].create(
            {
                "name": "Anna",
                "login": "anna_portal",
                "partner_id": self.env["res.partner"]
                .create({"name": "Anna", "parent_id": self.employer.id})
                .id,
                "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
            }
        )
        self.assertTrue(self.employer.with_user(portal).has_access("read"))
        self.assertEqual(
            self.employer.with_user(portal).read(["name"])[0]["id"], self.employer.id
        )
        self.assertFalse(self.employer_x.with_user(portal).has_access("read"))

    def test_numbers_lose_their_spaces(self):
        self.mine.write(
            {"company_registry": "1234 5678", "branch_number": "0000 1234 5678"}
        )
        self.assertEqual(self.mine.company_registry, "12345678")
        self.assertEqual(self.mine.branch_number, "000012345678")

    def test_wrong_kvk_number(self):
        for number in ("1234567", "123456789", "1234567A"):
            with (
                self.subTest(number),
                self.assertRaisesRegex(ValidationError, "must be 8 digits"),
            ):
                self.mine.company_registry = number

    def test_wrong_branch_number(self):
        for number in ("1234", "00001234567X"):
            with (
                self.subTest(number),
                self.assertRaisesRegex(ValidationError, "must be 12 digits"),
            ):
                self.mine.branch_number = number

    def test_foreign_employer_has_its_own_numbers(self):
        belgian = self._new_employer(
            "Zorg Kempen",
            country_id=self.env.ref("base.be").id,
            company_registry="0477472701",
        )
        self.assertEqual(belgian.company_registry, "0477472701")

    def test_branch_number_is_unique_in_a_region(self):
        self.employer.branch_number = "000012345678"
        # Another region may know the same establishment.
        self.employer_x.branch_number = "000012345678"
        with self.assertRaisesRegex(ValidationError, "Zorggroep Zonnehof has"):
            self._new_by_manager(branch_number="000012345678", is_company=True)

    def test_branch_number_of_an_archived_contact_is_free(self):
        self.employer.write({"branch_number": "000012345678", "active": False})
        self.assertTrue(self._new_by_manager(branch_number="000012345678"))

    def test_duplicate_warning_names_nobody_of_another_region(self):
        self.employer_x.company_registry = "87654321"
        self.mine.company_registry = "87654321"
        self.assertFalse(self.mine.same_company_registry_partner_id)
        other = self._new_by_manager(is_company=True, company_registry="87654321")
        self.assertEqual(other.same_company_registry_partner_id, self.mine)

    def test_last_contact_date(self):
        today = Date.context_today(self.mine)
        Moment = self.manager["leerbedrijf.contact.moment"]
        moments = Moment.create(
            [
                {
                    "partner_id": self.employer.id,
                    "summary": "Talked",
                    "date": today - timedelta(days),
                }
                for days in (10, 100)
            ]
        )
        self.assertEqual(self.mine.last_contact_date, today - timedelta(10))
        self.assertEqual(self.mine.contact_moment_count, 2)
        moments[0].unlink()
        self.assertEqual(self.mine.last_contact_date, today - timedelta(100))

    def test_employer_form_has_its_defaults(self):
        Partner = self.manager["res.partner"].with_context(
            default_is_employer=True, default_is_company=True
        )
        with Form(Partner, "base.view_partner_form") as form:
            form.name = "Zorggroep West"
            self.assertEqual(form.region_id, self.region)
            self.assertEqual(form.account_manager_id, self.manager.user)
            with form.child_ids.new() as child:
                child.name = "Fatima"
        employer = form.save()
        self.assertTrue(employer.is_employer)
        self.assertEqual(employer.child_ids.region_id, self.region)
        self.assertFalse(employer.child_ids.is_employer)

    def test_a_new_employer_speaks_the_language_of_who_makes_it(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        self.env["ir.default"].set("res.partner", "lang", "en_US")
        partners = self.as_role("account_manager")["res.partner"].with_context(
            lang="nl_NL", default_is_employer=True, default_is_company=True
        )
        self.assertEqual(partners.create({"name": "Zorgcentrum"}).lang, "nl_NL")
