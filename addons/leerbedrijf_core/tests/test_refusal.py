from odoo.exceptions import AccessError

from .common_cohort import CohortCase


class TestRefusal(CohortCase):
    """What a user reads who may not do something: one sentence, and no names."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.participant = cls._new_participant("Samira Bouali")

    def _get_refusal(self, env, method, *args):
        with self.assertRaises(AccessError) as caught:
            getattr(self.participant.with_env(env), method)(*args)
        return str(caught.exception)

    def test_a_record_rule_names_nobody(self):
        stranger = self.as_role("work_coach", self.municipality_b)
        # Developer mode, in which stock names the records and the rules.
        stranger.user.group_ids += self.env.ref("base.group_no_one")
        message = self._get_refusal(stranger, "read", ["name"])
        self.assertEqual(
            message,
            "You may not see this (Participant). If you need it, ask the functional "
            "administrator of your region.",
        )

    def test_a_role_without_the_right(self):
        finance = self.as_role("finance")
        message = self._get_refusal(finance, "unlink")
        self.assertTrue(message.startswith("You may not delete this (Participant)."))

    def test_in_the_language_of_the_user(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        finance = self.as_role("finance")
        finance.user.lang = "nl_NL"
        self.env["ir.module.module"].search(
            [("name", "=", "leerbedrijf_core")]
        )._update_translations(["nl_NL"])
        self.assertIn(
            "Je mag dit niet verwijderen", self._get_refusal(finance, "unlink")
        )

    def test_the_offer_to_switch_company_stays(self):
        coach = self.as_role("work_coach")
        coach.user.company_ids += self.municipality_b
        env = coach(
            context={
                **coach.context,
                "allowed_company_ids": self.municipality_b.ids,
            }
        )
        with self.assertRaises(AccessError) as caught:
            self.participant.with_env(env).read(["name"])
        suggested = caught.exception.context["suggested_company"]
        self.assertEqual(suggested["id"], self.municipality.id)
