from odoo.exceptions import AccessError, UserError, ValidationError

from .common_billing import BillingCase


class TestAttackPeople(BillingCase):
    """Ways to a person's name past the rules: each was open once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leerbedrijf_b = cls._new_company("Leerwerkbedrijf Haven", "leerbedrijf")
        cls.region.company_ids |= cls.leerbedrijf_b
        cls.enrolments.write({"state": "proposed"})
        cls.enrolment = cls.enrolments[0]
        cls.person = cls.enrolment.participant_id
        cls.person.write({"email": "secret@example.com", "language_level": "b1"})
        cls.env.flush_all()
        cls.coach_b = cls.as_role("work_coach", cls.municipality_b)
        cls.coordinator = cls.as_role("coordinator")
        cls.coordinator_b = cls.as_role("coordinator", cls.leerbedrijf_b)

    def setUp(self):
        super().setUp()
        self.env.invalidate_all()

    def _fill_in(self, env, model, values, names):
        """What a form of `model` answers when a client fills in `values`."""
        spec = {
            name: {"fields": {"display_name": {}}}
            if env[model]._fields[name].relational
            else {}
            for name in names
        }
        try:
            return str(env[model].onchange(values, list(values), spec)["value"])
        except AccessError as refusal:
            return str(refusal)

    def test_a_form_does_not_tell_who_a_person_is(self):
        names = ["participant_id", "participant_name", "participant_email"]
        names += ["participant_phone", "language_level", "work_coach_id"]
        values = {"participant_id": self.person.id}
        answer = self._fill_in(
            self.coach_b, "leerbedrijf.enrolment", values, names + ["display_name"]
        )
        for secret in (self.person.name, "secret@example.com", "b1"):
            self.assertNotIn(secret, answer)
        own = self.as_role("work_coach")
        answer = self._fill_in(own, "leerbedrijf.enrolment", values, names)
        self.assertIn(self.person.name, answer)
        self.assertIn("secret@example.com", answer)

    def test_a_form_in_a_form_does_not_tell_it_either(self):
        spec = {"enrolment_ids": {"fields": {"participant_name": {}}}}
        command = [(0, "virtual", {"participant_id": self.person.id})]
        with self.assertRaises(AccessError) as refused:
            self.coordinator_b["leerbedrijf.cohort"].onchange(
                {"enrolment_ids": command}, ["enrolment_ids"], spec
            )
        self.assertNotIn(self.person.name, str(refused.exception))

    def test_an_open_enrolment_keeps_its_whitelist_in_the_form(self):
        enrolment = self.enrolment.with_env(self.coordinator)
        spec = {"participant_name": {}, "participant_email": {}}
        answer = enrolment.onchange({"motivation": "x"}, ["motivation"], spec)
        self.assertNotIn("participant_name", answer["value"])
        self.assertEqual(enrolment.participant_email, "secret@example.com")

    def test_a_placement_does_not_tell_who_is_in_an_enrolment(self):
        values = {"enrolment_id": self.enrolment.id}
        for env, known in ((self.coordinator_b, False), (self.coordinator, True)):
            self.env.invalidate_all()
            answer = self._fill_in(
                env, "leerbedrijf.placement", values, ["participant_name"]
            )
            self.assertEqual(self.person.name in answer, known)

    def test_an_enrolment_is_not_given_to_another_person(self):
        other = self._new_participant("Never Proposed")
        enrolment = self.enrolment.with_env(self.coordinator)
        with self.assert_says("cannot change"):
            enrolment.participant_id = other.id
        self.assertNotEqual(enrolment.participant_name, "Never Proposed")

    def test_a_refusal_does_not_name_a_person_or_employer(self):
        stranger = self._new_participant("Never Shown", self.municipality_b)
        own = self._new_participant("Own Person")
        coach = self.as_role("work_coach")
        enrolment = self.enrolment.with_env(self.coordinator)
        enrolment.action_accept()
        attempts = (
            (coach, "leerbedrijf.enrolment", {"participant_id": stranger.id}),
            (
                coach,
                "leerbedrijf.enrolment",
                {"participant_id": own.id, "employer_id": self.employer_x.id},
            ),
            (
                self.coordinator,
                "leerbedrijf.placement",
                {
                    "enrolment_id": enrolment.id,
                    "partner_id": self.employer_x.id,
                    "kind": "practice",
                    "hours_per_week": 16,
                },
            ),
        )
        for env, model, values in attempts:
            if model == "leerbedrijf.enrolment":
                values = {**values, "cohort_id": self.cohort.id}
            self.env.invalidate_all()
            with self.subTest(values), self.assertRaises(UserError) as caught:
                env[model].create(values)
            for secret in (stranger.name, self.employer_x.name):
                self.assertNotIn(secret, str(caught.exception))

    def test_an_employee_shows_as_a_code_to_strangers(self):
        employee = self.employees[0]
        resource = employee.sudo().resource_id
        name, code = self.person.name, self.person.code
        for env, shown in (
            (self.coordinator, name),
            (self.coordinator_b, code),
            (self.coach_b, code),
            (self.as_role("finance"), code),
            (self.as_role("functional_admin"), code),
        ):
            self.env.invalidate_all()
            for record in (
                employee,
                self.env["hr.employee.public"].browse(employee.id),
                resource,
            ):
                # As a many2one is read: as superuser.
                seen = record.with_env(env).sudo().display_name
                with self.subTest(model=record._name, user=env.user.login):
                    self.assertIn(shown, seen)
                    if shown == code:
                        self.assertNotIn(name, seen)

    def test_who_invoices_finds_codes_not_names(self):
        domain = [("id", "in", self.employees.ids)]
        for role in ("finance", "functional_admin"):
            env = self.as_role(role)
            for model in ("hr.employee", "hr.employee.public"):
                self.assertFalse(env[model].search(domain))
            resources = env["resource.resource"]
            self.assertFalse(resources.search([("name", "like", "Secret Name")]))

    def test_nothing_is_pushed_into_somebody_elses_enrolment(self):
        mine = self._propose(
            self._new_participant("Another"),
            self._new_cohort(
                template_id=self._new_template(company_id=self.leerbedrijf_b.id).id,
                company_id=self.leerbedrijf_b.id,
            ),
        ).with_env(self.coordinator_b)
        mine.action_accept()
        placement = self.coordinator_b["leerbedrijf.placement"].create(
            {
                "enrolment_id": mine.id,
                "partner_id": self.employer.id,
                "kind": "practice",
                "hours_per_week": 16,
            }
        )
        for line in (placement, mine.phase_ids[0]):
            with self.assert_says("cannot change"):
                line.enrolment_id = self.enrolment.id
        with self.assert_says("cannot change"):
            mine.cohort_id.phase_ids[0].cohort_id = self.cohort.id
        self.enrolment.with_env(self.coordinator).action_accept()
        with self.assert_says("own plan", ValidationError):
            mine.current_phase_id = self.enrolment.phase_ids[0].id

    def test_a_municipality_does_not_answer_its_own_proposal(self):
        coach = self.as_role("work_coach")
        forged = coach["leerbedrijf.enrolment"].with_context(default_state="learning")
        person = self._new_participant("Forged")
        values = {"participant_id": person.id, "cohort_id": self.cohort.id}
        for proposal in (
            forged.create(values),
            self.enrolment.with_env(coach),
        ):
            proposal.write({"state": "accepted", "motivation": "x"})
            self.assertEqual(proposal.state, "proposed")

    def test_who_loses_sight_gets_no_more_messages(self):
        user = self.user("coordinator")
        enrolment = self.enrolment.with_env(self.coordinator)
        enrolment.message_subscribe(partner_ids=user.partner_id.ids)
        enrolment.activity_schedule(
            "mail.mail_activity_data_todo", user_id=user.id, summary="Call Secret"
        )
        coach = self.user("work_coach")
        self.enrolment.message_subscribe(partner_ids=coach.partner_id.ids)
        self._refuse(enrolment)
        self.assertEqual(self.enrolment.message_partner_ids, coach.partner_id)
        self.assertFalse(self.enrolment.activity_ids)
        message = self.enrolment.with_user(coach).message_post(
            body="For us only", subtype_xmlid="mail.mt_comment"
        )
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            message.with_env(self.coordinator).read(["body"])

    def test_a_wizard_does_not_tell_what_was_promised(self):
        agreement = self.env["leerbedrijf.agreement"].create(
            {
                "title": "Jobs",
                "region_id": self.region.id,
                "company_id": self.municipality.id,
                "pledge_ids": [
                    (0, 0, {"partner_id": self.employer.id, "function": "Helper"})
                ],
            }
        )
        env = self.as_role("account_manager", self.municipality_x)
        answer = self._fill_in(
            env,
            "leerbedrijf.pledge.force.change",
            {"pledge_id": agreement.pledge_ids.id},
            ["from_force"],
        )
        self.assertNotIn("intention", answer)
