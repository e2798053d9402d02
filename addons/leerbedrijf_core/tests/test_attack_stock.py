from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user

from .common_attack import STRANGER, AttackCase


class TestAttackStock(AttackCase):
    """What Odoo shares between all companies of a database, and tenants do not."""

    # Lists ----------------------------------------------------------------------

    def test_followers_are_for_the_readers_of_the_document(self):
        self.person.message_subscribe(self.coach.user.partner_id.ids)
        followers = self.person.message_follower_ids
        self.assertTrue(followers)
        self.assert_only_for(followers, [self.coach], [self.coach_b, self.manager_x])
        own = followers.with_user(self.coach.user)
        self.assertEqual(own.partner_id, self.coach.user.partner_id)

    def test_who_follows_sees_that_much(self):
        self.person.message_subscribe(self.coach.user.partner_id.ids)
        thread = self.person.with_env(self.coach)
        self.assertTrue(thread.message_is_follower)
        self.assertEqual(thread.message_partner_ids, self.coach.user.partner_id)

    def test_users_are_known_in_their_region(self):
        users = self.coach.user | self.coordinator.user
        self.assert_only_for(users, [self.coach, self.coach_b], [self.manager_x])
        contacts = users.partner_id
        self.assert_only_for(contacts, [self.coach, self.coach_b], [self.manager_x])

    def test_organisations_of_another_region_are_no_contacts(self):
        contacts = self.municipality.partner_id | self.leerbedrijf.partner_id
        self.assert_only_for(contacts, [self.coach_b], [self.manager_x])

    def test_the_platform_is_known_to_everybody(self):
        admin = self.env.ref("base.user_admin")
        self.assertFalse(admin.company_ids.filtered("leerbedrijf_role"))
        self.assertTrue(self._found(self.manager_x, admin))
        self.assertTrue(self._found(self.manager_x, admin.partner_id))

    def test_a_company_leaves_its_region(self):
        users = self.coordinator.user
        self.assertTrue(self._found(self.coach, users))
        self.region.company_ids -= self.municipality
        self.assertFalse(self._found(self.coach, users))

    def test_working_hours_are_the_own_organisations(self):
        hours = self.leerbedrijf.resource_calendar_id
        self.assert_only_for(hours, [self.coordinator], [self.coach_b, self.manager_x])

    def test_skills_are_for_who_works_with_the_person(self):
        skill_type = self.env["hr.skill.type"].create(
            {
                "name": "Craft",
                "skill_ids": [(0, 0, {"name": "Sawing"})],
                "skill_level_ids": [(0, 0, {"name": "A", "default_level": True})],
            }
        )
        employee = self.employees[0]
        skill = self.env["hr.employee.skill"].create(
            {
                "employee_id": employee.id,
                "skill_type_id": skill_type.id,
                "skill_id": skill_type.skill_ids.id,
                "skill_level_id": skill_type.skill_level_ids.id,
            }
        )
        resume = self.env["hr.resume.line"].create(
            {
                "employee_id": employee.id,
                "name": "Was a baker",
                "date_start": "2020-01-01",
            }
        )
        others = [
            self.as_role("finance"),
            self.coach,
            self.as_role("coordinator", self.leerbedrijf_x),
        ]
        for records in (skill, resume):
            self.assert_only_for(records, [self.coordinator], others)

    def test_appointments_are_for_who_takes_part_and_colleagues(self):
        values = {"start": "2026-10-05 09:00:00", "stop": "2026-10-05 10:00:00"}
        team = self.coach["calendar.event"].create({"name": "Team", **values})
        colleague = self.as_role("account_manager")
        outsiders = [self.coach_b, self.manager_x]
        self.assert_only_for(team, [self.coach, colleague], outsiders)
        self.assert_only_for(team.attendee_ids, [self.coach, colleague], outsiders)
        private = self.coach["calendar.event"].create(
            {
                "name": self.person.name,
                "res_model_id": self.env["ir.model"]._get_id(self.person._name),
                "res_id": self.person.id,
                **values,
            }
        )
        outsiders.append(colleague)
        self.assert_only_for(private, [self.coach], outsiders)
        self.assert_only_for(private.attendee_ids, [self.coach], outsiders)

    # Names -------------------------------------------------------------------------

    def test_no_name_through_a_many2one(self):
        agreement = self.env["leerbedrijf.agreement"].create(
            {
                "title": "Canary",
                "date_from": "2026-09-01",
                "region_id": self.region.id,
                "company_id": self.municipality.id,
            }
        )
        pledge = self.env["leerbedrijf.pledge"].create(
            {
                "agreement_id": agreement.id,
                "partner_id": self.employer.id,
                "function": "Canary",
            }
        )
        charge = self._new_charge()
        records = (self.cohort, self.template, agreement, pledge, charge, self.employer)
        for record in records:
            self.env.invalidate_all()
            seen = record.with_env(self.manager_x).sudo().display_name
            self.assertEqual(seen, STRANGER, record._name)
            own = record.with_env(self.as_role("coordinator")).sudo().display_name
            self.assertNotEqual(own, STRANGER, record._name)

    def test_no_name_of_a_record_of_odoo_either(self):
        hours = self._new_hours()
        file = self.env["ir.attachment"].create(
            {"name": "CV.pdf", "res_model": self.person._name, "res_id": self.person.id}
        )
        own = self.coordinator["calendar.event"].create(
            {
                "name": "Team",
                "start": "2026-10-05 09:00:00",
                "stop": "2026-10-05 10:00:00",
            }
        )
        users = self.coordinator.user
        records = (self.klus, self.klus.project_id, hours, own, users)
        records += (users.partner_id, self.leerbedrijf, self.leerbedrijf.partner_id)
        records += (self.leerbedrijf.resource_calendar_id,)
        for record in records:
            self.env.invalidate_all()
            # As the form reads a many2one, and as Odoo's own code names a record.
            for su in (True, False):
                seen = record.with_env(self.manager_x(su=su)).display_name
                self.assertEqual(seen, STRANGER, record._name)
            known = record.with_env(self.coordinator).sudo().display_name
            self.assertNotEqual(known, STRANGER, record._name)
        for env, name in ((self.coach_b, STRANGER), (self.coach, "CV.pdf")):
            self.env.invalidate_all()
            self.assertEqual(file.with_env(env).sudo().display_name, name)

    def test_bank_accounts_are_for_the_region(self):
        accounts = self.env["res.partner.bank"].create(
            [
                {"acc_number": f"NL02ABNA012345678{n}", "partner_id": partner.id}
                for n, partner in enumerate(
                    (self.employer, self.leerbedrijf.partner_id)
                )
            ]
        )
        self.assert_only_for(
            accounts,
            [self.as_role("finance")],
            [self.as_role("finance", self.leerbedrijf_x)],
        )

    def test_who_was_told_is_for_who_told_it_and_who_was_told(self):
        colleague = new_test_user(
            self.env,
            login="coach_3",
            groups="leerbedrijf_core.group_work_coach",
            company_id=self.municipality.id,
            company_ids=[(6, 0, self.municipality.ids)],
        )
        message = self.person.with_env(self.coach).message_post(
            body="Hello", partner_ids=colleague.partner_id.ids
        )
        told = message.sudo().notification_ids
        self.assertTrue(told)
        self.assert_only_for(told, [self.coach], [self.coach_b, self.manager_x])

    def test_there_is_no_channel_of_all_tenants(self):
        channel = self.env.ref("mail.channel_all_employees")
        self.assertFalse(channel.active)
        self.assertNotIn(
            self.coach.user.partner_id, channel.channel_member_ids.partner_id
        )

    def test_an_invoice_form_does_not_name_an_employer_of_another_region(self):
        self._load_chart(self.leerbedrijf_x)
        move = self.as_role("finance", self.leerbedrijf_x)["account.move"].with_context(
            default_move_type="out_invoice"
        )
        spec = {
            "partner_id": {"fields": {"display_name": {}}},
            "invoice_partner_display_name": {},
            "partner_shipping_id": {"fields": {"display_name": {}}},
        }
        values = {"partner_id": self.employer.id}
        with self.assertRaises(AccessError) as refused:
            move.onchange(values, ["partner_id"], spec)
        self.assertNotIn(self.employer.name, str(refused.exception))

    # Messages --------------------------------------------------------------------

    def test_nobody_is_told_of_a_person_he_may_not_see(self):
        thread = self.person.with_env(self.coach)
        outsiders = (
            self.coach_b.user.partner_id,
            self.env["res.partner"].create(
                {"name": "A neighbour", "email": "neighbour@example.com"}
            ),
        )
        for partner in outsiders:
            with self.assertRaises(UserError), self.cr.savepoint():
                thread.message_post(body="Canary", partner_ids=partner.ids)
            with self.assertRaises(UserError), self.cr.savepoint():
                thread.message_subscribe(partner.ids)
        colleague = new_test_user(
            self.env,
            login="coach_2",
            groups="leerbedrijf_core.group_work_coach",
            company_id=self.municipality.id,
            company_ids=[(6, 0, self.municipality.ids)],
        )
        message = thread.message_post(
            body="Hello", partner_ids=colleague.partner_id.ids
        )
        self.assertEqual(message.notified_partner_ids, colleague.partner_id)

    def test_a_follower_who_came_in_otherwise_gets_no_mail(self):
        stranger = self.coach_b.user.partner_id
        self.env["mail.followers"].sudo().create(
            {
                "res_model": self.person._name,
                "res_id": self.person.id,
                "partner_id": stranger.id,
                "subtype_ids": self.env["mail.message.subtype"].search([]).ids,
            }
        )
        message = self.person.with_env(self.coach).message_post(
            body="Canary", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.assertNotIn(stranger, message.sudo().notified_partner_ids)
        self.assertFalse(self._found(self.coach_b, message))

    def test_an_employer_is_told_of_an_agreement_of_its_region_only(self):
        agreement = self.env["leerbedrijf.agreement"].create(
            {
                "title": "Canary",
                "date_from": "2026-09-01",
                "region_id": self.region.id,
                "company_id": self.municipality.id,
            }
        )
        agreement.message_subscribe(self.employer.ids)
        self.assertIn(self.employer, agreement.message_partner_ids)
        with self.assertRaises(UserError):
            agreement.message_subscribe(self.employer_x.ids)

    # Least knowledge ---------------------------------------------------------------

    def test_a_work_leader_reads_no_notes_about_a_person(self):
        enrolment = self.enrolments[0]
        note = enrolment.with_env(self.coach).message_post(body="Sleeps badly")
        self.assert_only_for(
            note, [self.coach, self.coordinator], [self.as_role("work_leader")]
        )
        enrolment.motivation = "Wants to work outside"
        seen = enrolment.with_env(self.as_role("work_leader"))
        self.assertTrue(seen.participant_name)
        with self.assertRaises(AccessError):
            seen.read(["motivation"])

    def test_a_file_about_a_person_is_never_public(self):
        values = {"name": "Canary", "res_model": self.person._name}
        values["res_id"] = self.person.id
        attachments = self.coach["ir.attachment"]
        with self.assertRaises(UserError), self.cr.savepoint():
            attachments.create({"public": True, **values})
        attachment = attachments.create(values)
        with self.assertRaises(UserError):
            attachment.public = True

    def test_the_code_on_hours_is_the_persons(self):
        hours = self._new_hours(state="to_approve")
        leader = hours.with_env(self.as_role("work_leader"))
        with self.assertRaises(AccessError):
            leader.participant_code = "Samira Bouali"

    def test_an_employer_sees_codes_in_the_portal(self):
        hours = self._new_hours()
        portal = new_test_user(self.env, login="employer", groups="base.group_portal")
        hours = hours.with_env(self.env(user=portal.id, context={}, su=True))
        page = hours.env["ir.qweb"]._render(
            "hr_timesheet.portal_timesheet_table",
            {"timesheets": hours, "task": hours.task_id, "is_uom_day": False},
        )
        self.assertIn(self.person.code, page)
        self.assertNotIn("Secret Name", page)

    def test_an_invoice_is_for_an_organisation_of_the_own_region(self):
        self._load_chart(self.leerbedrijf_x)
        moves = self.as_role("finance", self.leerbedrijf_x)["account.move"]
        values = {"move_type": "out_invoice", "partner_id": self.employer.id}
        with self.assertRaises(UserError) as refused:
            moves.create(values)
        self.assertNotIn(self.employer.name, str(refused.exception))

    # Roles -----------------------------------------------------------------------

    def test_no_role_of_a_tenant_has_the_stock_access_rights(self):
        stock = self.env.ref("base.group_erp_manager")
        stock |= self.env.ref("hr.group_hr_user")
        stock |= self.env.ref("base.group_allow_export")
        privilege = self.env.ref("leerbedrijf_core.privilege_leerbedrijf")
        roles = privilege.group_ids - self.env.ref(
            "leerbedrijf_core.group_platform_admin"
        )
        self.assertFalse(roles.all_implied_ids & stock)
