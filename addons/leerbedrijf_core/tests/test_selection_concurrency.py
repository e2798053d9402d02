from datetime import date

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install", "standard")
class TestSelectionConcurrency(TransactionCase):
    """Two days that give away the same last place at the same moment: real transactions
    on committed data, which is deleted again afterwards."""

    def setUp(self):
        super().setUp()
        self.cursors = []
        with self.registry.cursor() as cr:
            self._prepare(api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True}))
        self.addCleanup(self._clean)

    def _prepare(self, env):
        company = env["res.company"].create(
            {"name": "Concurrent town", "leerbedrijf_role": "leerbedrijf"}
        )
        self.company_id = company.id
        region = env["leerbedrijf.region"].create(
            {"name": "Concurrent", "code": "c", "company_ids": company.ids}
        )
        sector = env["leerbedrijf.sector"].create({"name": "C", "code": "concurrent"})
        route = env["leerbedrijf.route"].create(
            {
                "name": "C",
                "code": "concurrent",
                "duration_months": 1,
                "sector_id": sector.id,
                "phase_ids": [
                    Command.create(
                        {
                            "name": "Work",
                            "kind": "work",
                            "duration": 1,
                            "duration_unit": "month",
                        }
                    )
                ],
            }
        )
        shared = {"region_id": region.id, "company_id": company.id}
        template = env["leerbedrijf.cohort.template"].create(
            {"name": "C", "route_id": route.id, "capacity": 2, **shared}
        )
        cohort = env["leerbedrijf.cohort"].create(
            {"template_id": template.id, "date_start": date(2026, 9, 7), **shared}
        )
        employer = env["res.partner"].create(
            {"name": "Employer", "is_employer": True, "region_id": region.id}
        )
        function = env["leerbedrijf.function"].create(
            {"name": "Last", "cohort_id": cohort.id, "partner_id": employer.id}
        )
        people = env["leerbedrijf.participant"].create(
            [{"name": f"Person {n}", "company_id": company.id} for n in range(2)]
        )
        enrolments = env["leerbedrijf.enrolment"].create(
            [
                {
                    "participant_id": person.id,
                    "company_id": company.id,
                    "cohort_id": cohort.id,
                }
                for person in people
            ]
        )
        self.day_ids = []
        for enrolment in enrolments:
            day = env["leerbedrijf.selection.day"].create(
                {
                    "cohort_id": cohort.id,
                    "candidate_ids": [Command.create({"enrolment_id": enrolment.id})],
                }
            )
            choice = env["leerbedrijf.selection.choice"].create(
                {
                    "candidate_id": day.candidate_ids.id,
                    "function_id": function.id,
                    "wish": 1,
                }
            )
            choice.candidate_id.function_id = function
            self.day_ids.append(day.id)
        self.function_id = function.id
        self.rows = [
            ("leerbedrijf_enrolment", enrolments.ids),
            ("leerbedrijf_participant", people.ids),
            ("leerbedrijf_selection_day", self.day_ids),
            ("leerbedrijf_function", function.ids),
            ("leerbedrijf_cohort", cohort.ids),
            ("leerbedrijf_cohort_template", template.ids),
            ("leerbedrijf_route_phase", route.phase_ids.ids),
            ("leerbedrijf_route", route.ids),
            ("leerbedrijf_sector", sector.ids),
            ("res_partner", employer.ids),
            ("leerbedrijf_region", region.ids),
        ]

    def _clean(self):
        for cr in self.cursors:
            cr.rollback()
            cr.close()
        with self.registry.cursor() as cr:
            enrolments = self.rows[0][1]
            for model, table in (
                ("model", "mail_message"),
                ("res_model", "mail_followers"),
            ):
                cr.execute(
                    f"DELETE FROM {table} WHERE {model} = 'leerbedrijf.enrolment' "
                    "AND res_id = ANY(%s)",
                    [enrolments],
                )
            for table, ids in self.rows:
                cr.execute(f"DELETE FROM {table} WHERE id = ANY(%s)", [ids])
            company = api.Environment(cr, SUPERUSER_ID, {})["res.company"]
            company = company.browse(self.company_id)
            partner = company.partner_id
            with mute_logger("odoo.models.unlink"):
                company.unlink()
                partner.unlink()

    def _new_day(self, number):
        """In a transaction that has begun: it sees what is committed now."""
        cr = self.registry.cursor()
        self.cursors.append(cr)
        cr.execute("SELECT id FROM leerbedrijf_selection_day LIMIT 1")
        env = api.Environment(cr, SUPERUSER_ID, {})
        return env["leerbedrijf.selection.day"].browse(self.day_ids[number])

    def test_the_last_place_is_given_once(self):
        first, second = self._new_day(0), self._new_day(1)
        first.action_confirm()
        first.env.cr.flush()
        first.env.cr.commit()
        with self.assertRaises(SerializationFailure), mute_logger("odoo.sql_db"):
            second.action_confirm()
        # What Odoo does with a request whose transaction came too late.
        with self.assertRaisesRegex(UserError, "too many"):
            self._new_day(1).action_confirm()
        function = self._new_day(0).function_ids.browse(self.function_id)
        self.assertEqual(function.matched_count, 1)
