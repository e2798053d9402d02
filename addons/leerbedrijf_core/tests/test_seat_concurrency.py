from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

# Made in `_prepare`, in the order in which they are deleted.
TABLES = (
    "leerbedrijf_enrolment",
    "leerbedrijf_participant",
    "leerbedrijf_cohort",
    "leerbedrijf_cohort_template",
    "leerbedrijf_route",
    "leerbedrijf_sector",
    "leerbedrijf_region",
)


@tagged("post_install", "-at_install", "standard")
class TestSeatConcurrency(TransactionCase):
    """Two coordinators at the same moment: real transactions on committed data, which
    is deleted again afterwards."""

    def setUp(self):
        super().setUp()
        self.cursors = []
        with self.registry.cursor() as cr:
            self.ids = self._prepare(api.Environment(cr, SUPERUSER_ID, {}))
        self.addCleanup(self._clean)

    def _prepare(self, env):
        self.company_id = env["res.company"].create({"name": "Concurrent seats"}).id
        region = env["leerbedrijf.region"].create(
            {
                "name": "Concurrent seats",
                "code": "concurrent_seats",
                "company_ids": [Command.link(self.company_id)],
            }
        )
        sector = env["leerbedrijf.sector"].create({"name": "S", "code": "concurrent"})
        route = env["leerbedrijf.route"].create(
            {
                "name": "Concurrent",
                "code": "concurrent",
                "sector_id": sector.id,
                "duration_months": 1,
                "phase_ids": [
                    Command.create(
                        {
                            "name": "Only",
                            "kind": "school",
                            "duration": 1,
                            "duration_unit": "month",
                        }
                    )
                ],
            }
        )
        tenant = {"company_id": self.company_id, "region_id": region.id}
        template = env["leerbedrijf.cohort.template"].create(
            {"name": "One seat", "route_id": route.id, "capacity": 1, **tenant}
        )
        values = {"template_id": template.id, "date_start": "2027-01-04", **tenant}
        cohorts = env["leerbedrijf.cohort"].create([values, values])
        people = env["leerbedrijf.participant"].create(
            [{"name": f"P{n}", "company_id": self.company_id} for n in range(2)]
        )
        # Two people for the one seat; one of them for another cohort as well.
        enrolments = env["leerbedrijf.enrolment"].create(
            [
                {
                    "participant_id": person.id,
                    "cohort_id": cohort.id,
                    "company_id": self.company_id,
                }
                for person, cohort in (
                    (people[0], cohorts[0]),
                    (people[1], cohorts[0]),
                    (people[0], cohorts[1]),
                )
            ]
        )
        records = (enrolments, people, cohorts, template, route, sector, region)
        return {record._table: record.ids for record in records}

    def _clean(self):
        for cr in self.cursors:
            cr.rollback()
            cr.close()
        with self.registry.cursor() as cr:
            models = ["leerbedrijf.enrolment", "leerbedrijf.participant"]
            models += ["leerbedrijf.cohort", "leerbedrijf.cohort.template"]
            for model in models:
                ids = self.ids[model.replace(".", "_")]
                for table, column in (
                    ("mail_message", "model"),
                    ("mail_followers", "res_model"),
                    ("mail_activity", "res_model"),
                ):
                    cr.execute(
                        f"DELETE FROM {table} WHERE {column} = %s AND res_id = ANY(%s)",
                        [model, ids],
                    )
            for table in TABLES:
                cr.execute(f"DELETE FROM {table} WHERE id = ANY(%s)", [self.ids[table]])
            company = api.Environment(cr, SUPERUSER_ID, {})["res.company"]
            company = company.browse(self.company_id)
            partner = company.partner_id
            with mute_logger("odoo.models.unlink"):
                company.unlink()
                partner.unlink()

    def _enrolment(self, number):
        """One of the enrolments, in a transaction of its own with an older snapshot."""
        cr = self.registry.cursor()
        self.cursors.append(cr)
        cr.execute("SELECT 1")
        context = {"allowed_company_ids": [self.company_id]}
        env = api.Environment(cr, SUPERUSER_ID, context)
        id_ = self.ids["leerbedrijf_enrolment"][number]
        return env["leerbedrijf.enrolment"].browse(id_)

    def _assert_second_is_told(self, first, second, sentence):
        first.action_accept()
        first.env.cr.commit()
        with self.assertRaises(SerializationFailure), mute_logger("odoo.sql_db"):
            second._accept()
        second.env.cr.rollback()
        second.invalidate_recordset()
        # As Odoo's server repeats what failed so.
        second.env.invalidate_all()
        with self.assertRaisesRegex(UserError, sentence):
            second._accept()
        second.env.cr.rollback()
        second.env.invalidate_all()
        self.assertEqual((first.state, second.state), ("accepted", "proposed"))

    def test_the_last_seat_is_taken_once(self):
        first, second = self._enrolment(0), self._enrolment(1)
        self._assert_second_is_told(first, second, "has 0 of 1 seats free")

    def test_a_person_is_seated_once(self):
        first, second = self._enrolment(0), self._enrolment(2)
        self._assert_second_is_told(first, second, "has a seat in another cohort")
