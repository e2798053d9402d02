from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError
from odoo.tests import HttpCase
from odoo.tools import mute_logger

from .common_cohort import CohortCase

NAMES = {"name": {}, "code": {}, "status": {}, "city": {}}
FORM = {**NAMES, "phone": {}, "motivation": {}}


class TestDossierView(CohortCase):
    """Every look at a file is recorded once an hour, for the person's municipality."""

    def setUp(self):
        super().setUp()
        self.participant = self._new_participant()
        self.coach = self.as_role("work_coach")

    def _views(self, participant=None):
        self.env.invalidate_all()
        return (participant or self.participant).dossier_view_ids

    def _seen_by(self, env):
        return self.participant.with_env(env)

    def test_opening_the_form_is_recorded_once_an_hour(self):
        self._seen_by(self.coach).web_read(FORM)
        self._seen_by(self.coach).web_read(FORM)
        view = self._views()
        self.assertEqual(len(view), 1)
        self.assertEqual(view.user_id, self.coach.user)
        self.assertEqual(view.viewer_company_id, self.municipality)
        self.assertEqual(view.company_id, self.municipality)
        self.assertEqual(view.kind, "participant")

    def test_a_list_of_names_is_no_look(self):
        participants = self.coach["leerbedrijf.participant"]
        domain = [("id", "=", self.participant.id)]
        participants.web_search_read(domain, NAMES)
        participants.search_read(domain, list(NAMES))
        participants.name_search("Samira")
        self.assertFalse(self._views())

    def test_a_list_with_personal_columns_is_one_statement(self):
        others = self.participant.browse(
            [self._new_participant(f"Person {number}").id for number in range(20)]
        )
        seen = others.with_env(self.coach)
        seen.read(list(NAMES))
        with self.assertQueryCount(2):  # the columns and the looks
            seen.invalidate_recordset(flush=False)
            seen.read(["phone"])
        self.assertEqual(len(self._views(others)), 20)

    def test_every_way_to_read_is_a_look(self):
        self.coach.user.group_ids += self.env.ref("base.group_allow_export")
        participants = self.coach["leerbedrijf.participant"]
        domain = [("id", "=", self.participant.id)]
        for way_in in (
            lambda: self._seen_by(self.coach).read(["email"]),
            lambda: self._seen_by(self.coach).read(),
            lambda: participants.search_read(domain, ["birthdate"]),
            lambda: participants.web_search_read(domain, {"client_number": {}}),
            lambda: self._seen_by(self.coach).export_data(["motivation"]),
            lambda: self._seen_by(self.coach).web_save({"city": "Waterdam"}, FORM),
        ):
            self._forget()
            way_in()
            self.assertTrue(self._views())

    def _forget(self):
        """Only who owns the database can."""
        self.env.cr.execute(
            """
            ALTER TABLE leerbedrijf_dossier_view DISABLE TRIGGER USER;
            DELETE FROM leerbedrijf_dossier_view;
            ALTER TABLE leerbedrijf_dossier_view ENABLE TRIGGER USER;
            """
        )

    def test_an_enrolment_opened_by_the_leerbedrijf_is_told_to_the_municipality(self):
        enrolment = self._propose(self.participant)
        coordinator = self.as_role("coordinator")
        enrolment.with_env(coordinator).web_read({"participant_phone": {}})
        view = self._views().with_env(self.coach)
        self.assertEqual(view.kind, "enrolment")
        self.assertEqual(view.viewer_company_id, self.leerbedrijf)
        self.assertEqual(view.user_id, coordinator.user)
        with self.assertRaises(AccessError):
            view.with_env(coordinator).read(["user_id"])

    def test_an_enrolment_through_another_record_is_a_look_too(self):
        enrolment = self._propose(self.participant)
        enrolment.state = "accepted"
        enrolment._plan_phases()
        phase = enrolment.phase_ids[0].with_env(self.as_role("coordinator"))
        specification = {"enrolment_id": {"fields": {"participant_email": {}}}}
        phase.web_read(specification)
        self.assertEqual(self._views().kind, "enrolment")

    def test_the_system_does_not_look(self):
        self.participant.sudo().read(["phone"])
        self.assertFalse(self._views())

    def test_a_functional_administrator_sees_codes_not_names(self):
        self._seen_by(self.coach).web_read(FORM)
        env = self.as_role("functional_admin", self.municipality)
        line = (
            self._views()
            .with_env(env)
            .web_read({"participant_id": {"fields": {"display_name": {}}}})[0]
        )
        self.assertEqual(line["participant_id"]["display_name"], self.participant.code)

    def test_nobody_changes_or_deletes_a_line(self):
        self._seen_by(self.coach).web_read(FORM)
        view = self._views()
        for statement in (
            "UPDATE leerbedrijf_dossier_view SET viewed_on = now() WHERE id = %s",
            "DELETE FROM leerbedrijf_dossier_view WHERE id = %s",
        ):
            with (
                self.assertRaises(CheckViolation),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(statement, view.ids)
        for role in ("work_coach", "functional_admin"):
            mine = view.with_env(self.as_role(role, self.municipality))
            for attack in (mine.unlink, lambda mine=mine: mine.write({"kind": "file"})):
                with self.assertRaises(AccessError):
                    attack()

    def test_the_lines_go_with_the_file(self):
        self._seen_by(self.coach).web_read(FORM)
        view = self._views()
        self.participant.unlink()
        self.assertFalse(view.exists())


class TestDossierViewOverHttp(CohortCase, HttpCase):
    """Reading is served on a read-only cursor, which cannot record a look."""

    def setUp(self):
        super().setUp()
        self.participant = self._new_participant()
        login = self.user("work_coach").login
        self.authenticate(login, login)

    def _call(self, method, *args):
        model = "leerbedrijf.participant"
        params = {"model": model, "method": method, "args": args, "kwargs": {}}
        answer = self.make_jsonrpc_request("/web/dataset/call_kw", params)
        self.env.invalidate_all()
        return answer

    def test_a_form_is_served_without_a_second_try(self):
        with self.assertNoLogs("odoo.http", "WARNING"):
            self._call("web_read", self.participant.ids, FORM)
        self.assertEqual(len(self.participant.dossier_view_ids), 1)

    def test_a_list_with_personal_columns_is_repeated_on_the_primary(self):
        domain = [("id", "=", self.participant.id)]
        with mute_logger("odoo.http"):
            answer = self._call("web_search_read", domain, FORM)
        self.assertEqual(answer["length"], 1)
        self.assertEqual(len(self.participant.dossier_view_ids), 1)
