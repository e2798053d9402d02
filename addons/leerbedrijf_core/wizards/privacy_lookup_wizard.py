from odoo import models
from odoo.tools import SQL


class PrivacyLookupWizard(models.TransientModel):
    """The platform's look-up of a person finds participants and all that is on them.

    Odoo finds the participant by name or e-mail; enrolments, employee records and
    hours have neither, and are found through the participant.
    """

    _inherit = "privacy.lookup.wizard"

    def _get_query(self):
        # Superuser: as Odoo's own query, which goes past all rules; only the platform's
        # administrator may ask.
        people = self.env["leerbedrijf.participant"].sudo()
        email, name = self.email.strip(), self.name.strip()
        found = people.with_context(active_test=False)._search(
            ["|", ("email", "ilike", email), ("name", "ilike", name)]
        )
        personal = self.env["leerbedrijf.anonymiser"].sudo()._get_personal_models()
        parts = [
            self._get_query_of_people(model, found)
            for model in personal
            if model._person_path and model._name != "leerbedrijf.dossier.view"
        ]
        return SQL(" UNION ALL ").join([super()._get_query(), *parts])

    def _get_query_of_people(self, model, people):
        of_people = model.with_context(active_test=False)._search(
            [(model._person_path, "in", people)]
        )
        return SQL(
            """
            SELECT %s AS res_model_id, id AS res_id, %s AS is_active
              FROM %s WHERE id IN %s
            """,
            self.env["ir.model"]._get_id(model._name),
            SQL.identifier("active") if "active" in model else SQL("TRUE"),
            SQL.identifier(model._table),
            of_people.subselect(),
        )
