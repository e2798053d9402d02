from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..models import retention_run
from .common_billing import DAY
from .common_retention import CANARY, RetentionCase

# Column types that can hold a name.
TEXT_COLUMNS = ("character varying", "text", "jsonb", "json")


class TestRetention(RetentionCase):
    """After the term the person is gone from the whole database; the figures stay."""

    def _find_in_database(self, needle):
        """Every table and column in which the needle stands, whatever the model."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT table_name, array_agg(column_name::text)
              FROM information_schema.columns
              JOIN information_schema.tables USING (table_schema, table_name)
             WHERE table_schema = 'public' AND data_type = ANY(%s)
               AND table_type = 'BASE TABLE'
          GROUP BY table_name
            """,
            [list(TEXT_COLUMNS)],
        )
        return {
            f"{table}.{column}"
            for table, columns in self.env.cr.fetchall()
            for column in columns
            if self._stands_in(table, column, needle)
        }

    def _stands_in(self, table, column, needle):
        self.env.cr.execute(
            SQL(
                "SELECT EXISTS (SELECT FROM %s WHERE %s::text ILIKE %s)",
                SQL.identifier(table),
                SQL.identifier(column),
                f"%{needle}%",
            )
        )
        return self.env.cr.fetchone()[0]

    def test_the_person_is_gone_from_every_table(self):
        before = self._find_in_database(CANARY)
        for column in (
            "leerbedrijf_participant.name",
            "leerbedrijf_enrolment.participant_name",
            "leerbedrijf_enrolment_phase.name",
            "leerbedrijf_placement.supervisor",
            "leerbedrijf_participant.interests",
            "leerbedrijf_barrier.ability",
            "leerbedrijf_language_level.test",
            "leerbedrijf_info_invitation.outcome_reason",
            "leerbedrijf_registration.name",
            "leerbedrijf_travel_time.reason",
            "mail_mail.email_to",
            "hr_employee.name",
            "hr_version.private_street",
            "resource_resource.name",
            "hr_resume_line.name",
            "mail_message.body",
            "mail_activity.summary",
            "calendar_event.name",
            "ir_attachment.name",
        ):
            self.assertIn(column, before)
        self._run()
        self.assertEqual(self._find_in_database(CANARY), set())

    def test_what_statistics_need_stays(self):
        placement = self.enrolment.placement_ids
        kept = {
            self.person: ["code", "status", "language_level", "company_id"],
            self.enrolment: [
                *("participant_code", "state", "date_start", "date_end"),
                *("outcome_id", "cohort_id", "company_id", "leerbedrijf_id"),
            ],
            self.enrolment.phase_ids: ["kind", "date_start", "date_end"],
            placement: ["kind", "date_start", "date_end", "partner_id", "pledge_id"],
        }
        before = [records.read(names) for records, names in kept.items()]
        self._run()
        after = [records.read(names) for records, names in kept.items()]
        # Odoo shows the name of a many2one, which is the code now.
        self.assertEqual(after, before)
        self.assertEqual(self.person.name, self.person.code)
        self.assertFalse(self.person.active)
        self.assertEqual(self.person.anonymised_on, date.today())

    def test_others_keep_everything(self):
        other = self._new_person_of_the_past("Nachtegaal", date.today())
        before = self._find_in_database("Nachtegaal")
        self._run()
        self.assertEqual(self._find_in_database("Nachtegaal"), before)
        self.assertEqual(other.name, "Nachtegaal")

    # When ----------------------------------------------------------------------

    def test_a_participation_is_kept_ten_years(self):
        due = self._due()
        self.assertEqual(due.closed_on, date(2010, 6, 30))
        self.assertEqual(due.due_on, date(2020, 6, 30))
        self.assertEqual(due.waits_for, "participation")

    def test_a_municipality_has_a_term_of_its_own(self):
        self._set_term("retention_participation_years", 12.5)
        self.assertEqual(self._due().due_on, date(2022, 12, 30))
        self._set_term("retention_participation_years", 30, self.municipality_b)
        self.assertEqual(self._due().due_on, date(2022, 12, 30))

    def test_the_terms_are_those_that_the_parameter_tells(self):
        parameters = self.env["leerbedrijf.parameter"]
        code = "retention_participation_years"
        for scope, years in (("region", 11), ("tenant", 12)):
            owner = {"region_id": self.region.id}
            if scope == "tenant":
                owner = {"company_id": self.municipality.id}
            self.env["leerbedrijf.parameter.value"].create(
                {
                    "parameter_id": parameters.search([("code", "=", code)]).id,
                    "date_from": "2020-01-01",
                    "value": years,
                    "scope": scope,
                    **owner,
                }
            )
            self.assertEqual(
                parameters._get(code, company=self.municipality), years, scope
            )
            self.assertEqual(self._due().due_on.year, 2010 + years)

    def test_without_a_term_nothing_comes_due(self):
        self.env["leerbedrijf.parameter.value"].search([]).unlink()
        self.assertFalse(self._due().due_on)
        self._run()
        self.assertEqual(self.person.name, CANARY)

    def test_nobody_who_takes_part_again_comes_due(self):
        for state in ("proposed", "waiting", "accepted", "learning", "aftercare"):
            again = self._propose(self.person, self._new_cohort())
            again.state = state
            self.assertFalse(self._due(), state)
            self._run()
            self.assertEqual(self.person.name, CANARY)
            again.unlink()

    def test_later_work_moves_the_end(self):
        self.enrolment.placement_ids.date_end = date(2014, 3, 1)
        self.assertEqual(self._due().closed_on, date(2014, 3, 1))

    def test_a_date_set_by_the_municipality_holds(self):
        with self.assert_refused("keep_with_reason"):
            self.person.keep_until = date(2090, 1, 1)
        self.person.write({"keep_until": "2090-01-01", "keep_reason": "Appeal"})
        self.assertEqual(self._due().due_on, date(2090, 1, 1))
        self.assertEqual(self._due().waits_for, "hold")
        self._run()
        self.assertEqual(self.person.name, CANARY)

    def test_a_candidate_is_kept_from_the_last_change(self):
        candidate = self._new_participant("Roodborst")
        today = date.today()
        self.assertEqual(self._due(candidate).closed_on, today)
        self.assertEqual(self._due(candidate).waits_for, "candidate")
        self.assertEqual(self._due(candidate).due_on.year, today.year + 5)

    def test_the_form_tells_the_date(self):
        person = self.person.with_env(self.as_role("work_coach"))
        self.assertEqual(person.retention_date, date(2020, 6, 30))
        self._propose(self.person, self._new_cohort())
        person.invalidate_recordset()
        self.assertFalse(person.retention_date)

    # Invoices ---------------------------------------------------------------------

    def _invoice_hours_of(self, person):
        """Hours of this person on a posted invoice of this year."""
        employee = person.enrolment_ids.sudo().employee_id
        line = self._new_hours(employee=employee.with_context(active_test=False))
        move = self._make_invoices().move_ids
        move.action_post()
        return line.sudo(), move.sudo()

    def test_an_invoice_within_its_term_keeps_the_person(self):
        self._set_term("retention_participation_years", 0)
        _line, move = self._invoice_hours_of(self.person)
        year = move.invoice_date.year
        with freeze_time(f"{year + 7}-12-30"):
            self.assertEqual(self._due().due_on, date(year + 7, 12, 31))
            self.assertEqual(self._due().waits_for, "invoice")
            self._run()
            self.assertEqual(self.person.name, CANARY)

    def test_hours_behind_an_invoice_lose_the_person_only(self):
        line, move = self._invoice_hours_of(self.person)
        kept = ["unit_amount", "date", "participant_code", "task_id", "billing_state"]
        before = line.read(kept)
        link = line.billing_link_ids.read(["quantity", "date", "participant_code"])
        total = move.amount_total
        with freeze_time(f"{DAY.year + 40}-01-01"):
            self._run()
        self.assertEqual(self._find_in_database(CANARY), set())
        self.assertEqual(line.read(kept), before)
        self.assertEqual(
            line.billing_link_ids.read(["quantity", "date", "participant_code"]), link
        )
        self.assertEqual(move.amount_total, total)
        self.assertEqual(line.employee_id.name, self.person.code)
        self._check_ledger()

    # The log, the preview, the roles ----------------------------------------------

    def test_the_log_counts_without_persons(self):
        before = self._count()
        run = self._run().filtered(lambda run: run.company_id == self.municipality)
        self.assertEqual(run.participant_count, 1)
        self.assertEqual(run.enrolment_count, 1)
        self.assertEqual(run.employee_count, 1)
        self.assertGreaterEqual(run.message_count, 3)
        self.assertGreaterEqual(run.file_count, 6)
        counted = ("participant_count", "enrolment_count", "employee_count")
        for name in counted:
            self.assertEqual(before[name], run[name], name)
        self.assertFalse(self._run().filtered(lambda r: r.participant_count > 1))

    def _count(self, role="functional_admin"):
        env = self.as_role(role, self.municipality)
        runs = env["leerbedrijf.retention.run"]
        runs.action_count()
        self.assertEqual(self.person.name, CANARY)
        return runs.search([("kind", "=", "dry_run")], limit=1)

    def test_a_leerwerkbedrijf_has_nothing_to_count(self):
        runs = self.as_role("functional_admin")["leerbedrijf.retention.run"]
        with self.assertRaisesRegex(UserError, "Only a municipality"):
            runs.browse([]).action_count()

    def test_a_dry_run_tells_who_waits(self):
        self.person.write({"keep_until": "2090-01-01", "keep_reason": "Appeal"})
        counted = self._count("work_coach")
        self.assertEqual(counted.participant_count, 0)
        self.assertEqual(counted.held_count, 1)

    def test_the_preview_shows_names_to_the_coach_only(self):
        for role, label in (
            ("work_coach", CANARY),
            ("functional_admin", self.person.code),
        ):
            due = self._due().with_env(self.as_role(role, self.municipality))
            self.assertEqual(due.participant_id.display_name, label)

    def test_the_log_is_written_by_the_system_alone(self):
        run = self._run()
        for role in ("work_coach", "functional_admin"):
            env = self.as_role(role, self.municipality)
            with self.assertRaises(AccessError):
                run.with_env(env).write({"participant_count": 0})
            with self.assertRaises(AccessError):
                env["leerbedrijf.retention.run"].create({"kind": "dry_run"})

    def test_an_anonymised_file_stays_as_it_is(self):
        self._run()
        person = self.person.with_env(self.as_role("work_coach"))
        for attack in (
            lambda: person.write({"active": True}),
            person.unlink,
            lambda: person.env["leerbedrijf.enrolment"].create(
                {"participant_id": person.id, "cohort_id": self.cohort.id}
            ),
        ):
            with self.assertRaisesRegex(UserError, "anonymised"):
                attack()

    def test_who_looked_goes_with_the_file(self):
        self.assertTrue(self.person.dossier_view_ids)
        self._run()
        self.assertFalse(self.person.dossier_view_ids)

    def test_the_nightly_job_goes_on_where_it_stopped(self):
        people = self.person
        for number in range(3):
            people |= self._new_person_of_the_past(f"Person {number}")
        self.patch(retention_run, "BATCH", 1)
        cron = self.env.ref("leerbedrijf_core.ir_cron_retention")
        with self.enter_registry_test_mode():
            # A job whose time is up stops after a batch.
            done, remaining = self._stop_after_a_batch(cron)
            self.assertEqual((done, remaining), (1, 3))
            self.env.invalidate_all()
            self.assertEqual(len(people.filtered("anonymised_on")), 1)
            cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(people.filtered("anonymised_on"), people)
        run = self.env["leerbedrijf.retention.run"].search(
            [("company_id", "=", self.municipality.id)]
        )
        self.assertEqual(run.participant_count, 4)

    def _stop_after_a_batch(self, cron):
        with self.registry.cursor() as cr:
            progress = cron.with_env(self.env(cr=cr))._add_progress()[1]
            cr.commit()  # pylint: disable=invalid-commit
            progress.env["leerbedrijf.retention.run"].with_context(
                ir_cron_progress_id=progress.id, cron_id=cron.id, cron_end_time=0
            )._cron_anonymise()
            return progress.done, progress.remaining


class TestPersonalFields(RetentionCase):
    """Every field that may tell who somebody is says what becomes of it."""

    # No text, or a link to what has its own declaration.
    HARMLESS = ("integer", "float", "monetary", "boolean", "many2one", "reference")
    MAGIC = ("create_date", "write_date")

    def _models(self):
        return self.env["leerbedrijf.anonymiser"]._get_personal_models()

    def test_every_field_is_declared(self):
        undeclared = {
            f"{model._name}.{name}"
            for model in self._models()
            if not model._is_deleted_with_person
            for name, field in model._fields.items()
            if model._is_column(name)
            and field.type not in (*self.HARMLESS, "many2one_reference")
            and name not in self.MAGIC
            and name not in model._get_wiped_fields() | model._get_kept_fields()
        }
        self.assertEqual(
            undeclared,
            set(),
            "Say in _get_wiped_fields or _get_kept_fields of the model what becomes of "
            "these at the end of the retention term",
        )

    def test_no_declaration_is_stale_or_double(self):
        for model in self._models():
            wiped, kept = model._get_wiped_fields(), model._get_kept_fields()
            self.assertFalse(wiped.keys() & kept.keys(), model._name)
            self.assertFalse((wiped | kept).keys() - model._fields.keys(), model._name)
            self.assertTrue(all(kept.values()), model._name)

    def test_every_model_that_leads_to_a_person_is_personal(self):
        """A stored link to a participant, an enrolment or a participant's employee."""
        personal = {model._name for model in self._models()}
        ours = {
            name
            for name, model in self.env.registry.items()
            if getattr(model, "_tenancy_kind", None) in ("private", "shared")
            and not model._transient
            and not model._abstract
            and model._auto
        }
        linked = {
            name
            for name in ours
            for field in self.env[name]._fields.values()
            if field.store
            and field.type in ("many2one", "many2many")
            and field.comodel_name
            in ("leerbedrijf.participant", "leerbedrijf.enrolment")
        }
        self.assertEqual(linked - personal, set(), "Inherit leerbedrijf.personal.mixin")

    def test_a_text_that_nobody_declared_is_wiped(self):
        """As of an addon that is installed next to ours."""
        model = self.env["leerbedrijf.placement"]
        declared = model._get_wiped_fields()
        self.patch(
            type(model),
            "_get_wiped_fields",
            lambda self: {k: v for k, v in declared.items() if k != "supervisor"},
        )
        self.assertEqual(model._get_undeclared_texts(), ["supervisor"])
        self._run()
        self.assertFalse(self.enrolment.placement_ids.supervisor)
