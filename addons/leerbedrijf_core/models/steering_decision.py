from odoo import fields, models


class LeerbedrijfSteeringDecision(models.Model):
    """What a steering group decided: who does it, by when."""

    _name = "leerbedrijf.steering.decision"
    _description = "Decision of a steering group"
    _inherit = ["leerbedrijf.child.mixin", "leerbedrijf.todo.mixin"]
    _order = "done, date_deadline, id"

    _tenancy_kind = "regional"
    _write_once_columns = ("meeting_id",)

    meeting_id = fields.Many2one(
        "leerbedrijf.steering.meeting",
        required=True,
        index=True,
        ondelete="cascade",
    )
    region_id = fields.Many2one(
        related="meeting_id.region_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(
        related="meeting_id.company_id", store=True, index=True, precompute=True
    )
    template_id = fields.Many2one(
        related="meeting_id.template_id", store=True, index=True
    )
    name = fields.Char(string="Decision")
    user_id = fields.Many2one(
        required=True,
        default=lambda self: self.env.user,
        help="The colleague who does it, or sees to it that somebody else does.",
    )
