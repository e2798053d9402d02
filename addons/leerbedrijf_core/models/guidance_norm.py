from odoo import fields, models


class LeerbedrijfGuidanceNorm(models.Model):
    """How much guidance a participant should get a week, from whom, in which phase."""

    _name = "leerbedrijf.guidance.norm"
    _description = "Guidance norm of a template"
    _inherit = ["leerbedrijf.template.part.mixin"]
    _order = "template_id, sequence, id"
    _rec_name = "role"

    _phase_fields = ("phase_id",)

    sequence = fields.Integer(default=10)
    phase_id = fields.Many2one(
        "leerbedrijf.template.phase",
        domain="[('template_id', '=', template_id)]",
        index="btree_not_null",
        ondelete="cascade",
        copy=False,
        help="Without one, the norm holds in all phases.",
    )
    role = fields.Selection(
        [
            ("coordinator", "Coordinator"),
            ("supervisor", "Practice supervisor"),
            ("school", "School"),
            ("work_coach", "Work coach"),
            ("employer", "Supervisor at the employer"),
        ],
        string="Guided by",
        required=True,
    )
    hours_per_week = fields.Float(
        string="Hours a week per participant", required=True, aggregator=None
    )
    note = fields.Char(string="For what")

    _hours_in_week = models.Constraint(
        "CHECK(hours_per_week > 0 AND hours_per_week <= 40)",
        "Guidance takes more than 0 and at most 40 hours a week.",
    )
