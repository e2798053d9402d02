from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from .personal_mixin import CODE


class LeerbedrijfParticipant(models.Model):
    """How long the file of a person is kept, and what stays after it."""

    _inherit = "leerbedrijf.participant"

    keep_until = fields.Date(
        help="Not anonymised before this date, although the term is over: for instance "
        "because of an objection or an appeal."
    )
    keep_reason = fields.Char(string="Kept because of")
    retention_date = fields.Date(
        string="Anonymised on",
        compute="_compute_retention_date",
        help="When the retention term of this file ends, as things are now. Empty as "
        "long as the person is proposed or takes part.",
    )
    anonymised_on = fields.Date(
        string="Anonymised", readonly=True, copy=False, index="btree_not_null"
    )

    _keep_with_reason = models.Constraint(
        "CHECK(keep_until IS NULL OR keep_reason IS NOT NULL OR"
        " anonymised_on IS NOT NULL)",
        "Say why the file is kept longer.",
    )

    def _compute_retention_date(self):
        # Superuser: the dates of enrolments, hours and invoices behind the person.
        due = self.env["leerbedrijf.retention.due"].sudo()
        found = due.search_read([("id", "in", self._origin.ids)], ["due_on"])
        dates = {line["id"]: line["due_on"] for line in found}
        for participant in self:
            participant.retention_date = dates.get(participant._origin.id)

    def write(self, vals):
        if not self.env.su:
            self._check_not_anonymised()
        return super().write(vals)

    def _check_not_anonymised(self):
        anonymised = self.filtered("anonymised_on")
        if anonymised:
            raise UserError(
                self.env._(
                    "%(code)s was anonymised on %(date)s: nobody can tell any more who "
                    "this was, so the file stays as it is. Add a new candidate "
                    "instead.",
                    code=anonymised[0].code,
                    date=format_date(self.env, anonymised[0].anonymised_on),
                )
            )

    def _get_wiped_fields(self):
        return super()._get_wiped_fields() | {
            "name": CODE,
            "client_number": None,
            "birthdate": None,
            "city": None,
            "email": None,
            "phone": None,
            "motivation": None,
            "keep_reason": None,
            "work_coach_id": None,
            "active": False,
            "anonymised_on": fields.Date.context_today(self),
        }

    def _get_kept_fields(self):
        return super()._get_kept_fields() | {
            "code": "Ties what stays together; nothing leads from it to a person.",
            "status": "Statistics: how many took part.",
            "language_level": "Statistics: results by level of Dutch.",
            "keep_until": "A date without a person.",
        }

    def action_make_file(self):
        """Ask for everything that is kept on this person, to hand it over."""
        self.ensure_one()
        request = self.env["leerbedrijf.participant.file"].create(
            {"participant_id": self.id}
        )
        action = self.env["ir.actions.actions"]._for_xml_id(
            "leerbedrijf_core.participant_file_action"
        )
        return {**action, "res_id": request.id}

    @api.ondelete(at_uninstall=False)
    def _unlink_except_anonymised(self):
        self._check_not_anonymised()
