from odoo.tests import new_test_user

from .common_billing import BillingCase


class TestHrEmployee(BillingCase):
    def test_an_employee_is_made_once_at_the_first_hours(self):
        self.assertEqual(len(self.employees), 3)
        employee = self.employees[0].sudo()
        self.assertTrue(employee.is_participant)
        self.assertEqual(employee.company_id, self.leerbedrijf)
        self.assertEqual(employee.enrolment_id, self.enrolments[0])
        self.assertEqual(self.enrolments._get_employee(), self.employees)

    def test_a_participant_never_becomes_a_contact(self):
        self.assertFalse(self.employees.sudo().work_contact_id)
        self.assertFalse(self.env["res.partner"].search([("name", "like", "Secret")]))

    def test_a_participant_is_not_called_an_employee(self):
        employee = self.employees[0].sudo()
        labels = dict(
            employee._fields["employee_type"]._description_selection(self.env)
        )
        self.assertEqual(labels[employee.employee_type], "Participant (learning)")

    def test_a_work_leader_needs_no_hr_right(self):
        person = self._propose(self._new_participant("Another Secret"))
        env = self.as_role("work_leader")
        with self.assert_says("only been proposed"):
            person.with_env(env)._get_employee()
        person.write({"state": "accepted"})
        employee = person.with_env(env)._get_employee()
        self.assertEqual(employee.name, "Another Secret")
        self.assertFalse(employee.env.su)

    def test_colleagues_without_a_role_find_no_participant(self):
        colleague = new_test_user(
            self.env,
            login="colleague",
            groups="base.group_user",
            company_id=self.leerbedrijf.id,
            company_ids=[(6, 0, self.leerbedrijf.ids)],
        )
        hr_officer = new_test_user(
            self.env,
            login="hr_officer",
            groups="hr.group_hr_user",
            company_id=self.leerbedrijf.id,
            company_ids=[(6, 0, self.leerbedrijf.ids)],
        )
        resources = self.env["resource.resource"].with_user(colleague)
        self.assertFalse(resources.search([("name", "like", "Secret")]))
        domain = [("id", "in", self.employees.ids)]
        for model in ("hr.employee", "hr.employee.public"):
            with self.subTest(model=model):
                self.assertFalse(self.env[model].with_user(colleague).search(domain))
                self.assertFalse(self.env[model].with_user(hr_officer).search(domain))
                leader = self.as_role("work_leader")[model].search(domain)
                self.assertEqual(len(leader), 3)
                other = self.as_role("work_leader", self.leerbedrijf_x)[model]
                self.assertFalse(other.search(domain))
                coach = self.as_role("work_coach")[model]
                self.assertFalse(coach.search(domain))

    def test_a_person_with_hours_is_not_deleted(self):
        self._new_hours(state="to_approve")
        with self.assert_says("Archive the person"):
            self.employees[0].sudo().unlink()

    def test_no_new_record_once_the_purpose_has_ended(self):
        person = self._propose(self._new_participant("Somebody Else"))
        self._refuse(person.with_env(self.as_role("coordinator")))
        with self.assert_says("has ended"):
            person._get_employee()

    def test_a_client_cannot_choose_the_employee(self):
        person = self._propose(self._new_participant("Somebody Else"))
        coach = person.with_env(self.as_role("work_coach"))
        coach.write({"employee_id": self.employees[0].id, "motivation": "x"})
        self.assertFalse(person.employee_id)
