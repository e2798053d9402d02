from odoo import api, fields, models


class LeerbedrijfRoute(models.Model):
    """The design of a learning route: phases that a cohort copies with real dates."""

    _name = "leerbedrijf.route"
    _description = "Learning route"
    _inherit = ["leerbedrijf.catalogue.mixin"]

    code = fields.Char(required=True)
    sector_id = fields.Many2one(
        "leerbedrijf.sector", required=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(
        [
            ("small", "Small scale, at the workplace of one employer"),
            ("large", "Large scale, elsewhere for one growing employer"),
            ("pooled", "Pooled, several employers and a school"),
            ("development_job", "Development job of several employers' tasks"),
        ],
        required=True,
        default="pooled",
    )
    duration_months = fields.Integer(string="Duration (months)", required=True)
    qualification = fields.Char(
        translate=True, help="What a participant can reach: diploma, certificates."
    )
    description = fields.Text(translate=True)
    phase_ids = fields.One2many(
        "leerbedrijf.route.phase", "route_id", string="Phases", copy=True
    )
    phase_count = fields.Integer(compute="_compute_phase_count")
    skill_ids = fields.Many2many("hr.skill", string="Skills and certificates")

    _code_uniq = models.Constraint(
        "UNIQUE(code)", "Another route has this code already. Choose another code."
    )
    _duration_positive = models.Constraint(
        "CHECK(duration_months > 0)", "A route lasts at least one month."
    )

    @api.depends("phase_ids")
    def _compute_phase_count(self):
        for route in self:
            route.phase_count = len(route.phase_ids)
