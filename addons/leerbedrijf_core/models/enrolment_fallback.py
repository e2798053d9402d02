from odoo import api, fields, models
from odoo.exceptions import UserError

from .fallback import STATES_WITH_A_PLACE_TO_LOSE

KNOW_THE_PERSON = "leerbedrijf_core.group_work_coach,leerbedrijf_core.group_coordinator"


class LeerbedrijfEnrolment(models.Model):
    """Looking for another place when the employer of a participant cannot deliver."""

    _inherit = "leerbedrijf.enrolment"

    fallback_ids = fields.One2many(
        "leerbedrijf.fallback",
        "enrolment_id",
        string="Without a place",
        groups=KNOW_THE_PERSON,
    )
    is_without_place = fields.Boolean(
        string="No place yet",
        compute="_compute_is_without_place",
        search="_search_is_without_place",
        groups=KNOW_THE_PERSON,
    )

    @api.depends("fallback_ids.state")
    def _compute_is_without_place(self):
        for enrolment in self:
            enrolment.is_without_place = "open" in enrolment.fallback_ids.mapped(
                "state"
            )

    def _search_is_without_place(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("fallback_ids", "any", [("state", "=", "open")])]

    def action_find_place(self):
        """Open a case for these participants, or the ones that they have."""
        self.check_access("write")
        known = self.fallback_ids.filtered(lambda case: case.state == "open")
        missing = self - known.enrolment_id
        cases = known | known.create(
            [{"enrolment_id": enrolment.id} for enrolment in missing]
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "leerbedrijf_core.fallback_action"
        )
        if len(cases) == 1:
            return {**action, "res_id": cases.id, "views": [(False, "form")]}
        return {**action, "domain": [("id", "in", cases.ids)]}

    def _check_can_lose_place(self):
        wrong = self.filtered(lambda e: e.state not in STATES_WITH_A_PLACE_TO_LOSE)
        if wrong:
            raise UserError(
                self.env._(
                    "%(person)s does not take part yet, so no other place is needed.",
                    person=wrong[:1].display_name,
                )
            )
