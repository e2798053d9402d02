from odoo import api, fields, models
from odoo.exceptions import ValidationError


class LeerbedrijfPledgeLapse(models.Model):
    """Places that an employer promised and that will not come, and why.

    It holds no free text and no reason that speaks of people: with one place and one
    participant either of them would point at somebody. Made by `pledge._lapse` only.
    """

    _name = "leerbedrijf.pledge.lapse"
    _description = "Lapsed places of a pledge"
    _inherit = ["leerbedrijf.child.mixin", "leerbedrijf.regional.mixin"]
    _order = "date desc, id desc"
    _rec_name = "reason_id"

    _write_once_columns = ("company_id", "region_id", "pledge_id")

    pledge_id = fields.Many2one(
        "leerbedrijf.pledge", required=True, index=True, ondelete="cascade"
    )
    agreement_id = fields.Many2one(
        related="pledge_id.agreement_id", store=True, index=True
    )
    partner_id = fields.Many2one(related="pledge_id.partner_id", store=True, index=True)
    company_id = fields.Many2one(
        related="pledge_id.company_id", store=True, precompute=True, default=None
    )
    region_id = fields.Many2one(
        related="pledge_id.region_id", store=True, precompute=True, default=None
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    places = fields.Integer(required=True)
    reason_id = fields.Many2one(
        "leerbedrijf.forecast.reason",
        string="Why they lapsed",
        required=True,
        index=True,
        ondelete="restrict",
    )
    user_id = fields.Many2one("res.users", string="By", required=True)

    _places_positive = models.Constraint(
        "CHECK(places > 0)", "At least one place lapses."
    )

    @api.constrains("reason_id")
    def _check_reason(self):
        for lapse in self:
            if lapse.reason_id.is_about_people:
                raise ValidationError(
                    self.env._(
                        "“%(reason)s” would point at participants. Choose a reason of "
                        "the employer or of the job.",
                        reason=lapse.reason_id.name,
                    )
                )

    def action_undo(self):
        """The places are there after all; the agreement keeps that it was said."""
        self.agreement_id.check_access("write")
        for lapse in self:
            lapse.agreement_id.message_post(
                body=self.env._(
                    "%(places)s lapsed places of %(pledge)s are there after all.",
                    places=lapse.places,
                    pledge=lapse.pledge_id.display_name,
                )
            )
        # Superuser: nobody may write history by hand; access was checked above.
        self.sudo().unlink()
