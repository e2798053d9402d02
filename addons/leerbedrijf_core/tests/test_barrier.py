from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user

from .common import ROLES
from .common_cohort import CohortCase

TODAY = date.today()
MODELS = ("leerbedrijf.barrier", "leerbedrijf.language.level")


class TestBarrier(CohortCase):
    """A work coach notes what stands in the way; nobody else reads it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.coach = cls.as_role("work_coach")
        cls.person = cls._new_participant().with_env(cls.coach)
        cls.kind = cls.env.ref("leerbedrijf_core.barrier_kind_debts")
        cls.barrier = cls._new_barrier()

    @classmethod
    def _new_barrier(cls, env=None, **values):
        return (env or cls.coach)["leerbedrijf.barrier"].create(
            {
                "participant_id": cls.person.id,
                "kind_id": cls.kind.id,
                "ability": "Needs Wednesday morning for appointments",
                "action": "Call the debt counsellor",
                "due_date": TODAY + timedelta(days=7),
                **values,
            }
        )

    def _new_level(self, **values):
        return self.coach["leerbedrijf.language.level"].create(
            {
                "participant_id": self.person.id,
                "skill": "reading",
                "level": "a2",
                **values,
            }
        )

    def test_it_is_of_the_persons_municipality(self):
        self.assertEqual(self.barrier.company_id, self.municipality)
        forged = self._new_barrier(company_id=self.leerbedrijf.id)
        self.assertEqual(forged.company_id, self.municipality)
        other = self._new_participant("Other").with_env(self.coach)
        with self.assertRaises(UserError):
            self.barrier.participant_id = other

    def test_no_other_role_has_any_access(self):
        self._propose(self.person.sudo())  # the coordinator sees the enrolment
        self._new_level()
        for model in MODELS:
            for role in set(ROLES) - {"work_coach"}:
                for company in (self.municipality, self.leerbedrijf):
                    env = self.as_role(role, company)
                    with self.subTest(model=model, role=role, company=company.name):
                        for mode in ("read", "write", "create", "unlink"):
                            self.assertFalse(env[model].has_access(mode))
                        with self.assertRaises(AccessError):
                            env[model].search([])

    def test_a_work_coach_elsewhere_sees_nothing(self):
        self._new_level()
        for company in (self.municipality_b, self.leerbedrijf, self.municipality_x):
            env = self.as_role("work_coach", company)
            for model in MODELS:
                self.assertFalse(env[model].search([]))
            with self.assertRaises(AccessError):
                self._new_barrier(env)
            with self.assertRaises(AccessError):
                self.barrier.with_env(env).read(["ability"])

    def test_every_other_role_sees_no_intake_through_the_enrolment(self):
        fields = self.as_role("coordinator")["leerbedrijf.enrolment"].fields_get()
        intake = {"barrier_ids", "interests", "childcare", "childcare_date"}
        self.assertFalse(intake & fields.keys())

    def test_reading_it_is_a_look_at_the_person(self):
        views = self.person.sudo().dossier_view_ids
        self.barrier.web_read({"kind_id": {}})
        self.env.invalidate_all()
        self.assertEqual((self.person.sudo().dossier_view_ids - views).kind, "barrier")

    # Who does it -----------------------------------------------------------------

    def test_the_owner_has_one_todo_while_it_is_open(self):
        self.assertEqual(self.barrier.owner_id, self.coach.user)
        todo = self.barrier.activity_ids
        self.assertEqual(todo.user_id, self.coach.user)
        self.assertEqual(todo.summary, "Call the debt counsellor")
        self.barrier.due_date = TODAY + timedelta(days=20)
        self.assertEqual(self.barrier.activity_ids.date_deadline, self.barrier.due_date)
        self.assertEqual(len(self.barrier.activity_ids), 1)
        self.barrier.state = "solved"
        self.assertFalse(self.barrier.activity_ids)
        self.assertEqual(self.barrier.closed_on, TODAY)
        self.barrier.state = "open"
        self.assertFalse(self.barrier.closed_on)
        self.assertEqual(len(self.barrier.activity_ids), 1)

    def test_a_colleagues_todo_sends_no_mail(self):
        colleague = new_test_user(
            self.env,
            "second_coach",
            groups="leerbedrijf_core.group_work_coach",
            company_id=self.municipality.id,
            company_ids=[(6, 0, self.municipality.ids)],
        )
        mails = self.env["mail.mail"].search_count([])
        self.barrier.owner_id = colleague
        self.assertEqual(self.barrier.activity_ids.user_id, colleague)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        # And what mail about it would say is no name.
        self.assertNotIn(self.person.name, self.barrier.display_name)
        self.assertIn(self.person.code, self.barrier.display_name)

    def test_who_may_not_see_it_cannot_own_it(self):
        for user in (
            self.user("work_coach", self.municipality_b),
            self.user("account_manager"),
        ):
            with self.assertRaisesRegex(ValidationError, "work coach of your own"):
                self.barrier.owner_id = user

    def test_overdue(self):
        self.assertFalse(self.barrier.is_overdue)
        self.barrier.due_date = TODAY - timedelta(days=1)
        self.assertTrue(self.barrier.is_overdue)
        overdue = [("state", "=", "open"), ("due_date", "<", "today")]
        self.assertIn(self.barrier, self.barrier.search(overdue))
        self.barrier.state = "harmless"
        self.assertFalse(self.barrier.is_overdue)
        self.assertNotIn(self.barrier, self.barrier.search(overdue))

    def test_a_candidate_goes_with_all_of_it(self):
        id_ = self.barrier.id
        self.assertEqual(self.person.open_barrier_count, 1)
        self.person.unlink()
        self.assertFalse(self.barrier.exists())
        about = [("res_model", "=", "leerbedrijf.barrier"), ("res_id", "=", id_)]
        self.assertFalse(self.env["mail.activity"].search(about))
        about = [("model", "=", "leerbedrijf.barrier"), ("res_id", "=", id_)]
        self.assertFalse(self.env["mail.message"].search(about))

    # Intake ----------------------------------------------------------------------

    def test_the_last_level_of_a_skill_counts(self):
        old = self._new_level(date=TODAY - timedelta(days=300), level="a1")
        new = self._new_level()
        other = self._new_level(skill="writing", date=TODAY - timedelta(days=400))
        levels = old | new | other
        self.assertEqual(levels.filtered("is_latest"), new | other)
        with self.assertRaisesRegex(ValidationError, "future"):
            self._new_level(date=TODAY + timedelta(days=1))

    def test_impossible_travel_is_refused(self):
        with self.assert_refused("travel_minutes_sane"):
            self.person.travel_minutes = 999

    def test_the_file_on_request_tells_the_intake(self):
        self.person.write(
            {
                "interests": "Gardens",
                "day_part_ids": self.env.ref(
                    "leerbedrijf_core.day_part_monday_morning"
                ).ids,
            }
        )
        self._new_level()
        request = self.coach["leerbedrijf.participant.file"].create(
            {"participant_id": self.person.id}
        )
        sections = request._get_complete()._get_sections()
        told = {
            (section["model"], line["name"]): line["value"]
            for section in sections
            for lines in section["records"]
            for line in lines
        }
        day_part = self.env.ref("leerbedrijf_core.day_part_monday_morning")
        lang = request._get_complete().env.lang
        self.assertEqual(
            told["leerbedrijf.participant", "day_part_ids"],
            day_part.with_context(lang=lang).name,
        )
        self.assertEqual(told["leerbedrijf.participant", "interests"], "Gardens")
        self.assertIn(("leerbedrijf.language.level", "level"), told)
        self.assertEqual(told["leerbedrijf.barrier", "ability"], self.barrier.ability)
