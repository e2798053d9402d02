from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools.sql import escape_psql

from ..calc.names import may_be_same_person, plain

# People that are looked at for each thing typed. Many share a first of January: of who
# came from abroad it is often the only birthday that is on paper.
LIMIT = 200


class LeerbedrijfParticipant(models.Model):
    """Search first: who is probably known already shows while one types a new person.

    Only people that the user may read, of the municipality that the new one is for;
    whoever was archived as well.
    """

    _inherit = "leerbedrijf.participant"

    duplicate_note = fields.Html(
        string="Known already?", compute="_compute_duplicate_note"
    )

    _birthdate_idx = models.Index("(company_id, birthdate) WHERE birthdate IS NOT NULL")

    @api.depends("name", "client_number", "birthdate", "company_id")
    def _compute_duplicate_note(self):
        for person in self:
            lines = [] if person._origin else person._get_duplicate_lines()
            person.duplicate_note = lines and Markup("<ul>%s</ul>") % Markup("").join(
                lines
            )

    def _get_duplicate_lines(self):
        lines = []
        for other in self._find_candidates_for_duplicate():
            why = self._why_duplicate(other)
            if why:
                lines.append(other._get_duplicate_line(why))
        return lines

    def _find_candidates_for_duplicate(self):
        """The certain ones first: a number, then a day, then a name."""
        people = self.env["leerbedrijf.participant"].with_context(active_test=False)
        found = people.browse()
        for name, operator, value in (
            ("client_number", "=", (self.client_number or "").strip()),
            ("birthdate", "=", self.birthdate),
            ("name", "=ilike", escape_psql((self.name or "").strip())),
        ):
            if value:
                found |= people.search(
                    [("company_id", "=", self.company_id.id), (name, operator, value)],
                    limit=LIMIT,
                )
        return found

    def _why_duplicate(self, other):
        """A sentence, or nothing if these are probably two people."""
        if self.client_number and self.client_number.strip() == other.client_number:
            return self.env._("has this client number")
        if self.birthdate and self.birthdate == other.birthdate:
            alike = may_be_same_person(self.name, other.name)
            return alike and self.env._("was born on this day and has a similar name")
        if self.birthdate and other.birthdate:
            return None
        same_name = plain(self.name) == plain(other.name)
        return same_name and self.env._("has the same name")

    def _get_duplicate_line(self, why):
        return Markup(
            '<li><a href="/odoo/deelnemers/%s" target="_blank">%s (%s)</a> %s%s</li>'
        ) % (
            self.id,
            self.name,
            self.code,
            why,
            "" if self.active else " – " + self.env._("archived"),
        )
