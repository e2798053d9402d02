from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, RedirectWarning, UserError, ValidationError
from odoo.fields import Command

from .common_cohort import CohortCase


@freeze_time("2026-06-15")
class TestChecklist(CohortCase):
    """The work of a step: from the route to the template to the cohort, with a date
    from the start and a colleague from the roles of the parties."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.as_role("account_manager")
        cls.coordinator = cls.as_role("coordinator")
        cls.coach = cls.as_role("work_coach")
        cls.trainer = cls.env["res.partner"].create(
            {
                "name": "Vakschool Noord",
                "is_company": True,
                "is_training_partner": True,
                "region_id": cls.region.id,
            }
        )
        cls.leads = cls.env.ref("leerbedrijf_core.party_role_coordinator")
        cls.calls = cls.env.ref("leerbedrijf_core.party_role_account_manager")
        cls.offers = cls.env.ref("leerbedrijf_core.party_role_employer")
        cls.job, cls.match = (
            cls.env.ref(f"leerbedrijf_core.cohort_step_{code}")
            for code in ("job", "match")
        )
        cls.route.task_ids = [
            Command.create(
                {"step_id": step.id, "name": name, "role_id": role.id, "days": days}
            )
            for step, name, role, days in (
                (cls.job, "Expectations discussed", cls.calls, -98),
                (cls.job, "Information given", cls.leads, -70),
                (cls.match, "Selection day planned", cls.leads, -14),
                (cls.match, "Supervisor appointed", cls.offers, -7),
            )
        ]
        cls.template = cls._new_template(training_partner_ids=cls.trainer.ids)
        cls._party(cls.template, cls.calls).contact_id = cls.manager.user.partner_id
        cls.cohort = cls._new_cohort(
            template_id=cls.template.id,
            coordinator_id=cls.coordinator.uid,
            employer_ids=cls.employer.ids,
        )

    @classmethod
    def _party(cls, parent, role):
        return parent.party_ids.filtered(lambda party: party.role_id == role)

    def _task(self, name, cohort=None):
        return (cohort or self.cohort).task_ids.filtered(lambda t: t.name == name)

    def _todos(self, env, cohort=None):
        tasks = (cohort or self.cohort).task_ids
        return env["mail.activity"].search(
            [
                ("res_model", "=", tasks._name),
                ("res_id", "in", tasks.ids),
                ("user_id", "=", env.uid),
            ]
        )

    def test_a_cohort_takes_over_what_its_template_took_over_from_the_route(self):
        self.assertEqual(
            self.cohort.task_ids.sorted("date_deadline").mapped(
                lambda task: (task.name, task.date_deadline, task.user_id)
            ),
            [
                ("Expectations discussed", date(2026, 6, 1), self.manager.user),
                ("Information given", date(2026, 6, 29), self.coordinator.user),
                ("Selection day planned", date(2026, 8, 24), self.coordinator.user),
                ("Supervisor appointed", date(2026, 8, 31), self.env["res.users"]),
            ],
        )

    def test_a_template_of_a_cohort_takes_what_the_cohort_became(self):
        cohort = self.cohort.with_env(self.coordinator)
        cohort.write(
            {
                "waiting_capacity": 7,
                "criterion_ids": [Command.create({"kind": "age_min", "number": 21})],
                "task_ids": [
                    Command.create(
                        {"step_id": self.job.id, "name": "Ours", "days": -30}
                    )
                ],
            }
        )
        self._task("Information given").unlink()
        self._party(cohort, self.leads).task = "Keeps it going"
        template = cohort._make_template()
        self.assertEqual(template.waiting_capacity, 7)
        self.assertEqual(template.criterion_ids.number, 21)
        names = set(template.task_ids.mapped("name"))
        self.assertIn("Ours", names)
        self.assertNotIn("Information given", names)
        self.assertEqual(len(template.party_ids), len(cohort.party_ids))
        self.assertEqual(self._party(template, self.leads).task, "Keeps it going")
        self.assertEqual(
            self._party(template, self.calls).contact_id, self.manager.user.partner_id
        )

    def test_another_region_gets_the_checklist_and_the_roles_without_people(self):
        self.template.task_ids[1:].unlink()
        self._party(self.template, self.calls).task = "Rings up"
        copied = self.template._copy_to_region(
            self.region_x, self.leerbedrijf_x, "Craft in the south"
        )
        self.assertEqual(copied.task_ids.mapped("name"), ["Expectations discussed"])
        party = self._party(copied, self.calls)
        self.assertEqual(party.task, "Rings up")
        self.assertFalse(party.contact_id)

    def test_a_running_cohort_keeps_its_checklist(self):
        self.template.task_ids.with_env(self.coordinator).write({"days": 0})
        self.template.with_env(self.coordinator).task_ids[0].unlink()
        self.route.task_ids.unlink()
        self.assertEqual(len(self.cohort.task_ids), 4)
        self.assertEqual(
            self._task("Information given").date_deadline, date(2026, 6, 29)
        )

    def test_open_tasks_move_with_the_start(self):
        self._task("Information given").action_finish()
        by_hand = self._task("Selection day planned").with_env(self.coordinator)
        by_hand.date_deadline = date(2026, 8, 31)
        self.cohort.with_env(self.manager).date_start = date(2026, 9, 21)
        self.assertEqual(by_hand.date_deadline, date(2026, 9, 14))
        self.assertEqual(
            self._task("Expectations discussed").date_deadline, date(2026, 6, 15)
        )
        self.assertEqual(
            self._task("Information given").date_deadline, date(2026, 6, 29)
        )
        self.assertEqual(
            self._todos(self.manager).mapped("date_deadline"), [date(2026, 6, 15)]
        )

    def test_who_has_the_role_gets_the_task(self):
        second = self.as_role("account_manager", self.municipality_b)
        party = self._party(self.cohort, self.calls).with_env(self.coordinator)
        party.contact_id = second.user.partner_id
        self.assertEqual(self._task("Expectations discussed").user_id, second.user)
        self.assertFalse(self._todos(self.manager))
        self.assertEqual(len(self._todos(second)), 1)
        party.unlink()
        self.assertFalse(self._task("Expectations discussed").user_id)
        self.assertFalse(self._todos(second))

    def test_a_task_given_to_somebody_else_stays_with_them(self):
        task = self._task("Information given").with_env(self.coordinator)
        task.user_id = self.coach.user
        second = self.as_role("coordinator", self.municipality_b).user
        self.cohort.coordinator_id = second
        self.assertEqual(task.user_id, self.coach.user)
        self.assertEqual(self._task("Selection day planned").user_id, second)
        task.user_id = False
        self.cohort.coordinator_id = self.coordinator.user
        self.assertEqual(task.user_id, self.coordinator.user)

    def test_the_current_step_gives_to_dos_and_the_next_one_when_it_comes(self):
        self.assertEqual(
            self._todos(self.coordinator).mapped("summary"), ["Information given"]
        )
        self.cohort._pass_step(self.match, "In a hurry")
        self.assertEqual(
            set(self._todos(self.coordinator).mapped("summary")),
            {"Information given", "Selection day planned"},
        )
        self.cohort._pass_step(
            self.env.ref("leerbedrijf_core.cohort_step_closed"), "Over"
        )
        self.assertFalse(self._todos(self.coordinator))

    def test_who_finishes_the_to_do_finishes_the_task(self):
        task = self._task("Information given")
        self._todos(self.coordinator).action_feedback()
        self.assertTrue(task.done)
        self.assertEqual(task.done_on, date(2026, 6, 15))
        self.assertEqual(task.done_by_id, self.coordinator.user)
        task.with_env(self.coordinator).action_reopen()
        self.assertFalse(task.done_on or task.done_by_id)
        self.assertEqual(len(self._todos(self.coordinator)), 1)
        task.with_env(self.coordinator).action_finish()
        self.assertFalse(self._todos(self.coordinator))

    def test_whose_task_it_is_finishes_it_without_being_the_owner(self):
        self.cohort._pass_step(self.match, "In a hurry")
        mine, other = (
            self._task(name).with_env(self.manager)
            for name in ("Expectations discussed", "Information given")
        )
        with self.assertRaises(AccessError):
            mine.name = "Something else"
        mine.action_finish()
        self.assertEqual(mine.done_by_id, self.manager.user)
        self.assertEqual((mine.can_finish, other.can_finish), (True, False))
        for task in (other, mine | other):
            with self.assertRaises(AccessError):
                task.action_finish()
            with self.assertRaises(AccessError):
                task.action_reopen()
        mine.action_reopen()
        self.assertFalse(mine.done)
        stranger = mine.with_env(self.as_role("account_manager", self.municipality_x))
        with self.assertRaises(AccessError):
            stranger.action_finish()

    def test_a_work_coach_finishes_no_more_than_her_own_task(self):
        task = self._task("Information given")
        task.user_id = self.coach.user
        task.with_env(self.coach).action_finish()
        self.assertEqual(task.done_by_id, self.coach.user)
        with self.assertRaises(AccessError):
            task.with_env(self.coach).name = "Something else"
        with self.assertRaises(AccessError):
            self._task("Expectations discussed").with_env(self.coach).action_finish()

    def test_nobody_fills_in_who_was_ready_when(self):
        task = self._task("Information given").with_env(self.coordinator)
        task.write({"done": True, "done_on": "2020-01-01", "done_by_id": self.env.uid})
        self.assertEqual(task.done_on, date(2026, 6, 15))
        self.assertEqual(task.done_by_id, self.coordinator.user)

    def test_the_cohort_counts_what_is_done_and_what_is_late(self):
        cohort = self.cohort.with_env(self.manager)
        self.assertEqual((cohort.task_done_count, cohort.task_count), (0, 4))
        self.assertEqual(cohort.late_task_count, 1)
        self.assertEqual(
            cohort.step_task_ids.mapped("name"),
            ["Expectations discussed", "Information given"],
        )
        self._task("Expectations discussed", cohort).action_finish()
        self.assertEqual((cohort.task_done_count, cohort.late_task_count), (1, 0))
        self.assertEqual(cohort.step_task_ids.mapped("name"), ["Information given"])

    def test_the_gate_names_the_open_tasks_and_asks_a_reason(self):
        cohort = self.cohort.with_env(self.manager)
        sentence = "Still on the checklist: Expectations discussed, Information given."
        self.assertIn(sentence, cohort.missing_requirements)
        self.assertNotIn("Selection day", cohort.missing_requirements)
        with self.assertRaises(RedirectWarning):
            cohort.step_id = self.match
        self._task("Information given").action_finish()
        self._task("Expectations discussed").action_finish()
        self.assertNotIn("checklist", cohort.missing_requirements)

    def test_a_long_list_is_three_names_and_a_number(self):
        tasks = self.coordinator["leerbedrijf.cohort.task"]
        tasks.create(
            [
                {"cohort_id": self.cohort.id, "name": f"Extra {n}", "days": n}
                for n in (1, 2)
            ]
        )
        self.assertIn("Extra 1 and 1 more.", self.cohort.missing_requirements)

    def test_what_the_cohort_knows_is_not_typed_again(self):
        leads, offers = (
            self._party(self.cohort, role) for role in (self.leads, self.offers)
        )
        self.assertEqual(leads.partner_ids, self.leerbedrijf.partner_id)
        self.assertEqual(leads.contact_id, self.coordinator.user.partner_id)
        self.assertEqual(offers.partner_ids, self.employer)
        self.assertEqual(offers.task, self.offers.task)
        second = self._new_employer("Zorggroep Tweehof")
        self.cohort.with_env(self.manager).employer_ids = [Command.link(second.id)]
        self.assertEqual(offers.partner_ids, self.employer | second)

    def test_a_cohort_from_before_the_checklist_takes_it_over(self):
        self.cohort.task_ids.unlink()
        self.cohort.party_ids.unlink()
        cohort = self.cohort.with_env(self.coordinator)
        self.assertTrue(cohort.can_prepare_checklist)
        with self.assertRaises(AccessError):
            self.cohort.with_env(self.coach).action_prepare_checklist()
        cohort.action_prepare_checklist()
        self.assertEqual((len(cohort.task_ids), len(cohort.party_ids)), (4, 3))
        with self.assertRaises(UserError):
            cohort.action_prepare_checklist()

    def test_a_template_without_a_checklist_takes_it_over(self):
        self.template.task_ids.unlink()
        self.template.with_env(self.coordinator).action_take_checklist()
        self.assertEqual(len(self.template.task_ids), 4)
        copied = self.template.copy()
        self.assertEqual(len(copied.task_ids), 4)
        self.assertEqual(len(copied.party_ids), len(self.template.party_ids))
        self.assertEqual(len(self.route.copy({"code": "copied"}).task_ids), 4)

    def test_nobody_and_nothing_of_another_region(self):
        stranger = self.as_role("coordinator", self.leerbedrijf_x)
        party = self._party(self.cohort, self.calls).sudo()
        for values in (
            {"partner_ids": self.employer_x.ids},
            {"contact_id": stranger.user.partner_id.id},
        ):
            with self.assertRaises(ValidationError):
                party.write(values)
        with self.assertRaises(ValidationError):
            self._task("Information given").sudo().user_id = stranger.user
        with self.assertRaises(ValidationError):
            self.cohort.coordinator_id = stranger.user
        with self.assertRaises(UserError):
            stranger["leerbedrijf.cohort.task"].create(
                {"cohort_id": self.cohort.id, "name": "Mine"}
            )

    def test_impossible_dates_get_a_sentence(self):
        tasks = self.coordinator["leerbedrijf.cohort.task"]
        values = {"cohort_id": self.cohort.id, "name": "Far"}
        with self.assertRaises(UserError):
            tasks.create({**values, "days": 2**30})
        with self.assertRaises(UserError):
            tasks.create({**values, "date_deadline": "9999-12-31"})
        self.assertEqual(tasks.create(values).step_id, self.job)

    def test_days_are_said_in_words(self):
        task = self.template.task_ids[0]
        for days, words in (
            (-98, "14 weeks before the start"),
            (7, "a week after the start"),
            (-1, "a day before the start"),
            (10, "10 days after the start"),
            (0, "on the first day"),
        ):
            task.days = days
            self.assertEqual(task.moment, words)

    def test_who_deletes_the_cohort_deletes_its_to_dos(self):
        activities = self._todos(self.coordinator)
        self.cohort.with_env(self.coordinator).unlink()
        self.assertFalse(activities.exists())
