from odoo import api, fields, models


class LeerbedrijfFunctionSkill(models.Model):
    """A skill that a function asks, from a level; required, or wished."""

    _name = "leerbedrijf.function.skill"
    _description = "Skill of a function"
    _inherit = ["leerbedrijf.child.mixin", "leerbedrijf.skill.line.mixin"]
    _order = "function_id, is_required desc, id"
    _rec_name = "skill_id"

    _tenancy_kind = "regional"
    _write_once_columns = ("function_id",)

    function_id = fields.Many2one(
        "leerbedrijf.function", required=True, index=True, ondelete="cascade"
    )
    region_id = fields.Many2one(
        related="function_id.region_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(
        related="function_id.company_id", store=True, index=True, precompute=True
    )
    level_id = fields.Many2one(
        "hr.skill.level",
        string="From level",
        compute="_compute_level_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        ondelete="restrict",
        domain="[('skill_type_id', '=', skill_type_id)]",
    )
    is_required = fields.Boolean(
        string="Required",
        help="Without it nobody can do the work. Else it is a wish.",
    )
    is_learnable = fields.Boolean(
        string="Learned in the route",
        compute="_compute_is_learnable",
        help="The route of the cohort teaches it, or people obtain it on the way.",
    )

    _skill_once = models.UniqueIndex(
        "(function_id, skill_id)", "This function asks that skill already."
    )

    @api.depends("skill_id")
    def _compute_level_id(self):
        """The lowest level, until another one is chosen."""
        for line in self:
            levels = line.skill_type_id.skill_level_ids
            if line.level_id not in levels:
                line.level_id = levels.sorted("level_progress")[:1]

    @api.depends("skill_id", "function_id.cohort_id.route_id.skill_ids")
    def _compute_is_learnable(self):
        for line in self:
            taught = line.function_id.cohort_id.route_id.skill_ids
            line.is_learnable = line.skill_id._origin in taught
