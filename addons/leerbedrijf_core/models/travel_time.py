from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import linked_by


class LeerbedrijfTravelTime(models.Model):
    """How long a participant really travels to an employer, instead of the estimate.

    Coordinator and work coach both know such things: a bus that does not go at six, a
    ferry. Both write it; it says why.
    """

    _name = "leerbedrijf.travel.time"
    _description = "Travel time"
    _inherit = ["leerbedrijf.enrolment.child.mixin"]
    _order = "enrolment_id, partner_id, id"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner",
        string="To",
        required=True,
        index=True,
        ondelete="cascade",
        domain="['|', ('is_employer', '=', True), ('is_training_partner', '=', True)]",
    )
    minutes = fields.Integer(required=True, help="One way, from door to door.")
    reason = fields.Char(
        string="How do you know",
        required=True,
        help="For instance: tried with the bus, or rides along with a colleague.",
    )

    _once = models.Constraint(
        "UNIQUE(enrolment_id, partner_id)",
        "There is a travel time to this organisation already. Correct that one.",
    )
    _minutes_sane = models.Constraint(
        "CHECK(minutes BETWEEN 1 AND 240)",
        "Fill in how many minutes the trip takes one way: 1 to 240.",
    )

    @api.constrains("partner_id", "enrolment_id")
    def _check_region(self):
        for line in self:
            # Superuser: only regions are compared.
            if (
                line.sudo().partner_id.region_id
                != line.enrolment_id.cohort_id.region_id
            ):
                raise ValidationError(
                    self.env._("Choose an organisation of this cohort's region.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        # First of all: what follows must not tell that somebody else's record exists.
        linked_by(self, "enrolment_id", vals_list).check_access("write")
        return super().create(vals_list)

    def _get_wiped_fields(self):
        return super()._get_wiped_fields() | {"reason": "-"}
