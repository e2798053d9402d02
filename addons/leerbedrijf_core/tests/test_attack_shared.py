from odoo.exceptions import AccessError

from .common_attack import AttackCase

#: what a colleague may make of Odoo's shared lists: model, who makes it, values
MADE = (
    ("base_import.mapping", "coach", {"res_model": "res.partner", "column_name": "x"}),
    ("calendar.alarm", "coach", {"name": "Call Samira", "alarm_type": "notification"}),
    ("ir.filters", "coach", {"name": "Samira", "model_id": "res.partner"}),
    ("mail.canned.response", "coach", {"source": "s", "substitution": "Dear Samira"}),
    ("mail.template", "coach", {"name": "To Samira", "subject": "Samira"}),
    ("project.tags", "coordinator", {"name": "For Samira"}),
    ("res.bank", "coordinator", {"name": "Bank of Samira"}),
    ("res.partner.category", "coordinator", {"name": "Tag of Samira"}),
)


class TestAttackShared(AttackCase):
    """Lists that every tenant may write in: each showed the words of one to all."""

    def _of(self, name):
        return getattr(self, name)

    def test_what_a_colleague_made_is_for_colleagues(self):
        for model, maker, values in MADE:
            with self.subTest(model):
                env = self._of(maker)
                if model == "mail.canned.response":
                    values = {**values, "group_ids": self._everybody().ids}
                made = env[model].create(values)
                self.assertEqual(self._found(env, made), 1)
                self.assert_unreachable(made, self.coach_b, self.manager_x)

    def _everybody(self):
        return self.env.ref("base.group_user")

    def test_a_saved_search_is_no_default_of_another_organisation(self):
        self.coach["ir.filters"].create(
            {"name": "Mine", "model_id": "res.partner", "is_default": True}
        )
        self.env.flush_all()
        self.env.invalidate_all()
        offered = self.manager_x["ir.filters"].get_filters("res.partner")
        self.assertNotIn("Mine", [each["name"] for each in offered])

    def test_what_the_platform_made_is_read_and_not_changed(self):
        manager = self.as_role("account_manager")
        finance = self.as_role("finance")
        state = self.env["res.country.state"].search([], limit=1)
        alarm = self.env["calendar.alarm"].search([], limit=1)
        method = self.env["account.payment.method"].search([], limit=1)
        layout = self.env["report.layout"].search([], limit=1)
        for env, record in (
            (manager, state),
            (manager, alarm),
            (manager, layout),
            (finance, method),
        ):
            with self.subTest(record._name):
                theirs = record.with_env(env)
                self.assertEqual(self._found(env, record), 1)
                with self.assertRaises(AccessError):
                    theirs.write({"name": "pushed"})
                with self.assertRaises(AccessError):
                    theirs.unlink()

    def test_a_tab_above_a_list_is_for_colleagues(self):
        action = self.env.ref("leerbedrijf_core.participant_action")
        tab = self.coach["ir.embedded.actions"].create(
            {
                "name": "Samira",
                "parent_action_id": action.id,
                "parent_res_model": self.person._name,
                "parent_res_id": self.person.id,
                "action_id": action.id,
            }
        )
        self.assert_only_for(tab, [self.coach], [self.coach_b, self.manager_x])

    def test_lines_of_working_hours_are_the_own_organisations(self):
        lines = self.leerbedrijf.resource_calendar_id.attendance_ids
        self.assertTrue(lines)
        self.assert_only_for(lines, [self.coordinator], [self.coach_b, self.manager_x])

    def test_the_mail_address_of_a_project_is_the_own_organisations(self):
        aliases = self.klus.project_id.alias_id
        journals = self.env["account.journal"].search(
            [("company_id", "=", self.leerbedrijf.id)]
        )
        aliases |= journals.alias_id
        self.assertTrue(aliases)
        self.assert_only_for(
            aliases, [self.coordinator], [self.coach_b, self.manager_x]
        )

    def test_how_a_journal_is_paid_is_the_own_organisations(self):
        lines = self.env["account.payment.method.line"].search(
            [("journal_id.company_id", "=", self.leerbedrijf.id)]
        )
        self.assertTrue(lines)
        stranger = self.as_role("finance", self.leerbedrijf_x)
        self.assert_only_for(lines, [self.as_role("finance")], [stranger])
        with self.assertRaises(AccessError):
            lines[:1].with_env(stranger).name = "pushed"

    def test_whom_one_shows_in_the_calendar_is_ones_own(self):
        shown = self.coach["calendar.filters"].create(
            {"partner_id": self.coordinator.user.partner_id.id}
        )
        colleague = self.as_role("account_manager")
        self.assert_only_for(shown, [self.coach], [colleague, self.manager_x])

    def test_a_rating_is_ones_own(self):
        rating = self.coach["rating.rating"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id("res.partner"),
                "res_id": self.employer.id,
                "feedback": "About Samira",
            }
        )
        self.assert_only_for(rating, [self.coach], [self.coach_b, self.manager_x])
