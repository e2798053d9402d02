from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.sql import escape_psql

# More than this is no search: type more.
LIMIT = 20


class LeerbedrijfParticipantSearch(models.TransientModel):
    """Look first whether a person is known here, then add or propose.

    Only people whom the user may read, archived ones as well.
    """

    _name = "leerbedrijf.participant.search"
    _description = "Find or add a candidate"

    name = fields.Char(string="Name, or a part of it")
    client_number = fields.Char()
    birthdate = fields.Date(string="Date of birth")
    found_ids = fields.Many2many(
        "leerbedrijf.participant",
        string="Known here",
        compute="_compute_found_ids",
        context={"active_test": False},
    )
    is_asked = fields.Boolean(compute="_compute_found_ids")

    @api.depends("name", "client_number", "birthdate")
    def _compute_found_ids(self):
        for search in self:
            domain = search._get_domain()
            search.is_asked = bool(domain)
            people = self.env["leerbedrijf.participant"].with_context(active_test=False)
            search.found_ids = (
                people.search(domain, order="active desc, name, id", limit=LIMIT)
                if domain
                else False
            )

    def _get_domain(self):
        """People who match anything that was filled in; nothing if nothing was."""
        name = (self.name or "").strip()
        number = (self.client_number or "").strip()
        parts = []
        if len(name) > 1:
            parts.append(Domain("name", "ilike", escape_psql(name)))
        if number:
            parts.append(Domain("client_number", "=", number))
        if self.birthdate:
            parts.append(Domain("birthdate", "=", self.birthdate))
        return parts and Domain.OR(parts)

    def action_new_candidate(self):
        """Nobody of these: a new file with what was typed."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New candidate"),
            "res_model": "leerbedrijf.participant",
            "view_mode": "form",
            "context": {
                "default_name": (self.name or "").strip(),
                "default_client_number": (self.client_number or "").strip(),
                "default_birthdate": fields.Date.to_string(self.birthdate),
            },
        }
