from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..calc import skill_match


class LeerbedrijfSkillLineMixin(models.AbstractModel):
    """A skill with one or more levels, of those that the skill's type knows."""

    _name = "leerbedrijf.skill.line.mixin"
    _description = "Skill with a level"

    # The fields that hold a level of the skill.
    _level_fields = ("level_id",)

    skill_id = fields.Many2one(
        "hr.skill", required=True, index=True, ondelete="restrict"
    )
    skill_type_id = fields.Many2one(
        related="skill_id.skill_type_id", string="Kind of skill"
    )
    is_certificate = fields.Boolean(
        related="skill_type_id.is_certification",
        string="Certificate",
        help="Somebody has it or not, often until a date.",
    )

    @api.constrains(lambda self: ("skill_id", *self._level_fields))
    def _check_levels_of_type(self):
        for line in self:
            for name in self._level_fields:
                if line[name] and line[name].skill_type_id != line.skill_type_id:
                    raise ValidationError(
                        self.env._(
                            "“%(level)s” is no level of “%(skill)s”. Choose one of: "
                            "%(levels)s.",
                            level=line[name].name,
                            skill=line.skill_id.name,
                            levels=", ".join(
                                line.skill_type_id.skill_level_ids.mapped("name")
                            ),
                        )
                    )

    def _to_level(self, name):
        """The level in field `name` as calc/skill_match.py wants it, or None."""
        level = self[name]
        return skill_match.Level(level.level_progress, level.id) if level else None
