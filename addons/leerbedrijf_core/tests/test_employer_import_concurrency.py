import base64

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

NAMES = ["Tegelijk Eén", "Tegelijk Twee"]
CSV = "\n".join(
    ["Name of the employer;Town", *(f"{name};Waterdam" for name in NAMES)]
).encode()


@tagged("post_install", "-at_install", "standard")
class TestEmployerImportConcurrency(TransactionCase):
    """Two people import the same file at once: real transactions, cleaned up after."""

    def setUp(self):
        super().setUp()
        self.cursors = []
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            company = env.ref("base.main_company")
            self.company_id, self.old_role = company.id, company.leerbedrijf_role
            company.leerbedrijf_role = "municipality"
            self.region_id = (
                env["leerbedrijf.region"]
                .create({"name": "At once", "code": "once", "company_ids": company.ids})
                .id
            )
            values = {"file": base64.b64encode(CSV), "region_id": self.region_id}
            imports = env["leerbedrijf.employer.import"].create([values, values])
            for record in imports:
                record.action_check()
            self.import_ids = imports.ids
        self.addCleanup(self._clean)

    def _clean(self):
        for cr in self.cursors:
            cr.rollback()
            cr.close()
        with self.registry.cursor() as cr, mute_logger("odoo.models.unlink"):
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["leerbedrijf.employer.import"].browse(self.import_ids).unlink()
            self._partners(env).unlink()
            region = env["leerbedrijf.region"].browse(self.region_id)
            region.company_ids = False
            region.unlink()
            env["res.company"].browse(self.company_id).leerbedrijf_role = self.old_role

    def _partners(self, env):
        return env["res.partner"].search([("region_id", "=", self.region_id)])

    def _new_env(self):
        cr = self.registry.cursor()
        self.cursors.append(cr)
        context = {"allowed_company_ids": [self.company_id]}
        return api.Environment(cr, SUPERUSER_ID, context)

    def test_the_second_is_refused_and_its_retry_makes_nothing_twice(self):
        first, second = self._new_env(), self._new_env()
        imports = [
            env["leerbedrijf.employer.import"].browse(id_)
            for env, id_ in zip((first, second), self.import_ids, strict=True)
        ]
        second.cr.execute("SELECT 1")  # an older snapshot, as of a request
        imports[0].action_import_good()
        first.cr.commit()
        with self.assertRaises(SerializationFailure), mute_logger("odoo.sql_db"):
            imports[1].action_import_good()
        second.cr.rollback()
        # As Odoo's server and queue_job repeat what failed so.
        second.invalidate_all()
        imports[1].action_import_good()
        second.cr.commit()
        found = self._partners(self._new_env())
        self.assertEqual(sorted(found.mapped("name")), NAMES)
        self.assertEqual(imports[1].state, "done")
