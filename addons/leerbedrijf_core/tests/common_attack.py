from odoo.exceptions import AccessError

from .common_billing import BillingCase

STRANGER = "Not visible to you"


class AttackCase(BillingCase):
    """A person of one municipality, who may see it, and who may not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.coach = cls.as_role("work_coach")
        cls.coordinator = cls.as_role("coordinator")
        cls.coach_b = cls.as_role("work_coach", cls.municipality_b)
        cls.manager_x = cls.as_role("account_manager", cls.municipality_x)
        cls.person = cls.enrolments[0].participant_id
        cls.env.flush_all()

    def setUp(self):
        super().setUp()
        self.env.invalidate_all()

    def _found(self, env, records):
        """How many of the records this user finds by id."""
        found = env[records._name].with_context(active_test=False)
        return len(found.search([("id", "in", records.ids)]))

    def assert_only_for(self, records, seers, others):
        for env in seers:
            self.assertEqual(self._found(env, records), len(records), env.user.login)
        self.assert_unreachable(records, *others)

    def assert_unreachable(self, records, *strangers):
        self.env.flush_all()
        for env in strangers:
            self.env.invalidate_all()
            self.assertFalse(self._found(env, records), env.user.login)
            with self.assertRaises(AccessError):
                records.with_env(env).check_access("read")
