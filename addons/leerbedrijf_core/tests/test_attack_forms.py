from odoo.exceptions import AccessError
from odoo.fields import Command

from .common_attack import AttackCase


class TestAttackForms(AttackCase):
    """What the random probes found: forms, links and refusals that told or changed."""

    def test_a_form_is_not_filled_in_with_what_a_rule_hides(self):
        finance_x = self.as_role("finance", self.leerbedrijf_x)
        hours, tariff = "account.analytic.line", "leerbedrijf.tariff"
        for model, name, record in (
            (hours, "task_id", self.klus),
            (tariff, "task_id", self.klus),
            ("leerbedrijf.cohort", "template_id", self.template),
            ("project.task", "project_id", self.klus.project_id),
        ):
            form = finance_x[model]
            values, spec = {name: record.id}, {"display_name": {}}
            for asked, context in (
                (values, {}),
                ({}, {f"default_{name}": record.id}),
            ):
                self.env.invalidate_all()
                with self.subTest(model=model, context=context):
                    with self.assertRaises(AccessError) as refused:
                        form.with_context(**context).onchange(asked, list(asked), spec)
                    self.assertNotIn(record.sudo().name, str(refused.exception))

    def test_a_line_in_a_form_is_looked_at_too(self):
        form = self.as_role("coordinator", self.leerbedrijf_x)["project.project"]
        lines = [Command.create({"parent_id": self.klus.id, "name": "x"})]
        with self.assertRaises(AccessError):
            form.onchange({"task_ids": lines}, ["task_ids"], {"task_ids": {}})

    def test_a_form_with_ones_own_is_filled_in(self):
        leader = self.as_role("work_leader")
        answer = leader["account.analytic.line"].onchange(
            {"task_id": self.klus.id},
            ["task_id"],
            {"project_id": {"fields": {"display_name": {}}}},
        )
        project = self.klus.project_id
        self.assertEqual(answer["value"]["project_id"]["id"], project.id)

    def test_a_list_does_not_link_to_somebody_of_another_region(self):
        values = {"name": "x", "start": "2026-10-05", "stop": "2026-10-05"}
        for command in (
            Command.link(self.employer.id),
            Command.set(self.employer.ids),
        ):
            with self.assertRaises(AccessError):
                self.manager_x["calendar.event"].create(
                    {**values, "partner_ids": [command]}
                )
        own = self.coach["calendar.event"].create(
            {**values, "partner_ids": [Command.link(self.employer.id)]}
        )
        self.assertIn(self.employer, own.partner_ids)

    def test_the_contact_of_an_organisation_is_its_own(self):
        neighbour = self.as_role("account_manager", self.municipality_b)
        contacts = self.municipality.partner_id | self.coach.user.partner_id
        for contact in contacts:
            self.env.invalidate_all()
            self.assertTrue(contact.with_env(neighbour).name)
            with self.assertRaises(AccessError):
                contact.with_env(neighbour).active = False
        own = self.municipality.partner_id.with_env(self.as_role("account_manager"))
        own.phone = "015 123 4567"
        self.employer.with_env(neighbour).phone = "015 123 4567"

    def test_a_scheduled_message_is_taken_away_by_who_wrote_it(self):
        template = self.cohort
        planned = self.coordinator["mail.scheduled.message"].create(
            {
                "author_id": self.coordinator.user.partner_id.id,
                "body": "Later",
                "model": template._name,
                "res_id": template.id,
                "scheduled_date": "2030-01-01 10:00:00",
            }
        )
        with self.assertRaises(AccessError):
            planned.with_env(self.coach_b).unlink()
        planned.unlink()

    def test_a_product_has_a_name_for_its_readers(self):
        product = self.env["product.product"].create({"name": "Training"})
        self.env.flush_all()
        self.env.invalidate_all()
        seen = product.with_env(self.as_role("finance"))
        self.assertEqual(seen.display_name, "Training")
        self.assertEqual(seen.sudo().display_name, "Training")

    def test_a_refusal_does_not_name_a_klus(self):
        self._new_hours()
        stranger = self.klus.with_env(self.as_role("coordinator", self.leerbedrijf_x))
        with self.assertRaises(AccessError) as refused:
            stranger.company_id = self.leerbedrijf_x
        self.assertNotIn(self.klus.name, str(refused.exception))

    def test_a_shared_reply_is_not_sent_to_everybody_of_a_role(self):
        self.coach["mail.canned.response"].create(
            {
                "source": "canary",
                "substitution": "Dear Samira",
                "group_ids": self.env.ref("base.group_user").ids,
            }
        )
        self.env.cr.precommit.run()  # as the commit does: what is sent is written
        sent = self.env["bus.bus"].search([("message", "like", "Dear Samira")])
        self.assertTrue(sent)
        for channel in sent.mapped("channel"):
            self.assertIn('"res.partner"', channel)

    def test_no_role_of_a_tenant_writes_placeholders(self):
        """A placeholder may call anything, as superuser too."""
        editor = self.env.ref("mail.group_mail_template_editor")
        users = [self.coach, self.coordinator, self.as_role("finance")]
        users += [self.as_role("functional_admin"), self.as_role("work_leader")]
        for env in users:
            self.assertFalse(env.user.has_group("mail.group_mail_template_editor"))
            with self.assertRaises(AccessError):
                env["mail.template"].create(
                    {
                        "name": "x",
                        "model_id": self.env["ir.model"]._get_id("res.partner"),
                        "subject": "{{ object.sudo().search([]).mapped('name') }}",
                    }
                )
        self.assertNotIn(editor, self.env.ref("base.group_user").all_implied_ids)
