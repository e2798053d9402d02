from odoo.exceptions import AccessError

from .common import LeerbedrijfCase

# Stock models that hold data of a person.
STOCK_MODELS = {
    "account.analytic.line",
    "account.move",
    "account.move.line",
    "auth_totp.device",
    "calendar.event",
    "hr.employee",
    "hr.employee.skill",
    "hr.resume.line",
    "hr.version",
    "ir.attachment",
    "mail.activity",
    "mail.followers",
    "mail.mail",
    "mail.message",
    "mail.tracking.value",
    "privacy.log",
    "project.task",
    "res.partner",
    "res.users",
    "resource.resource",
}


class TestProcessing(LeerbedrijfCase):
    """The register of processing names every model that holds data of a person."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.register = cls.env["leerbedrijf.processing"].search([])

    def _models_with_persons(self):
        ours = {
            name
            for name, model in self.env.registry.items()
            if getattr(model, "_tenancy_kind", None) in ("private", "shared")
            and not model._abstract
            and not model._transient
        }
        personal = self.env["leerbedrijf.anonymiser"]._get_personal_models()
        return ours | STOCK_MODELS | {model._name for model in personal}

    def test_the_register_names_every_model(self):
        self.assertEqual(
            self._models_with_persons() - self.register._get_models(),
            set(),
            "Name these in the model_names of a leerbedrijf.processing: add one in "
            "data/processing_data.xml of the addon, or extend one that is there",
        )

    def test_the_register_names_no_model_that_is_gone(self):
        self.assertEqual(self.register._get_models() - set(self.env.registry), set())

    def test_who_keeps_data_of_participants_says_for_how_long(self):
        about = self.register.filtered(
            lambda processing: (
                processing._get_models()
                & {"leerbedrijf.participant", "hr.employee", "account.move"}
            )
        )
        self.assertEqual(len(about), 3)
        self.assertTrue(all(p.retention_parameter_id for p in about))

    def test_the_functional_administrator_reads_it(self):
        env = self.as_role("functional_admin")
        register = self.register.with_env(env)
        self.assertIn("Participant", register[0].model_labels)
        with self.assertRaises(AccessError):
            register[0].write({"purpose": "Anything"})
        with self.assertRaises(AccessError):
            self.register.with_env(self.as_role("work_leader")).read(["purpose"])
