from contextlib import contextmanager

from psycopg2 import IntegrityError

from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

ROLES = (
    "account_manager",
    "work_coach",
    "work_leader",
    "coordinator",
    "finance",
    "functional_admin",
)


@tagged("post_install", "-at_install", "standard")
class LeerbedrijfCase(TransactionCase):
    """Two regions: in the first two municipalities and a leerbedrijf, one of each in
    the second. A user of a role and a company comes from `user(role, company)`."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        # new_test_user takes the log-in for a password: shorter than ours may be
        cls.env["ir.config_parameter"].set_param("auth_password_policy.minlength", 0)
        cls.municipality = cls._new_company("Gemeente Waterdam", "municipality")
        cls.municipality_b = cls._new_company("Gemeente Polderveen", "municipality")
        cls.leerbedrijf = cls._new_company("Leerwerkbedrijf De Brug", "leerbedrijf")
        cls.municipality_x = cls._new_company("Gemeente Heuvelrode", "municipality")
        cls.leerbedrijf_x = cls._new_company("Leerwerkbedrijf Zuid", "leerbedrijf")
        cls.region = cls._new_region(
            "Regio Noord", cls.municipality | cls.municipality_b | cls.leerbedrijf
        )
        cls.region_x = cls._new_region(
            "Regio Zuid", cls.municipality_x | cls.leerbedrijf_x
        )
        cls.employer = cls._new_employer("Zorggroep Zonnehof")
        cls.employer_x = cls._new_employer("Thuiszorg Zuid", cls.region_x)
        cls._users = {}

    @classmethod
    def _new_company(cls, name, role):
        return cls.env["res.company"].create(
            {
                "name": name,
                "leerbedrijf_role": role,
                "country_id": cls.env.ref("base.nl").id,
                "currency_id": cls.env.ref("base.EUR").id,
            }
        )

    @classmethod
    def _new_region(cls, name, companies):
        return cls.env["leerbedrijf.region"].create(
            {"name": name, "code": name, "company_ids": companies.ids}
        )

    @classmethod
    def _new_employer(cls, name, region=None, **values):
        return cls.env["res.partner"].create(
            {
                "name": name,
                "is_company": True,
                "is_employer": True,
                "region_id": (region or cls.region).id,
                "street": "Dorpsstraat 1",
                "zip": "1234 AB",
                "city": "Waterdam",
                "country_id": cls.env.ref("base.nl").id,
                **values,
            }
        )

    @classmethod
    def user(cls, role, company=None):
        """The user of `role` (a name of ROLES) who works for `company` alone."""
        company = company or (
            cls.municipality
            if role in ("account_manager", "work_coach")
            else cls.leerbedrijf
        )
        key = (role, company.id)
        # What a test made itself is rolled back after it.
        if key not in cls._users or not cls._users[key].exists():
            cls._users[key] = new_test_user(
                cls.env,
                login=f"{role}_{company.id}",
                groups=f"leerbedrijf_core.group_{role}",
                company_id=company.id,
                company_ids=[(6, 0, company.ids)],
            )
        return cls._users[key]

    @classmethod
    def as_role(cls, role, company=None):
        """An environment of that user, as the web client would make it."""
        user = cls.user(role, company)
        context = {**cls.env.context, "allowed_company_ids": user.company_id.ids}
        return cls.env(user=user.id, context=context)

    @contextmanager
    def assert_refused(self, constraint):
        """The database refuses the block by `constraint`, e.g. `places_positive`."""
        with (
            self.assertRaises(IntegrityError) as caught,
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            yield
            self.env.flush_all()
        self.env.invalidate_all()
        self.assertIn(constraint, caught.exception.diag.constraint_name)
