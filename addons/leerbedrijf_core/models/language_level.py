from odoo import api, fields, models
from odoo.exceptions import ValidationError


class LeerbedrijfLanguageLevel(models.Model):
    """How well a person knew Dutch on a day, for one skill.

    Levels of the Common European Framework (CEFR), which separates these five skills,
    and the reference level 1F that mbo level 2 asks at its start.
    """

    _name = "leerbedrijf.language.level"
    _description = "Level of Dutch"
    _inherit = ["leerbedrijf.participant.child.mixin"]
    _order = "skill, date desc, id desc"
    _rec_name = "skill"

    _dossier_fields = frozenset({"level", "test"})
    # The person's level of Dutch stays for statistics; how it was reached does not.
    _is_deleted_with_person = True

    skill = fields.Selection(
        [
            ("listening", "Listening"),
            ("reading", "Reading"),
            ("speaking", "Speaking"),
            ("conversation", "Conversation"),
            ("writing", "Writing"),
        ],
        required=True,
    )
    level = fields.Selection(
        [
            ("a0", "Below A1"),
            ("a1", "A1"),
            ("a2", "A2"),
            ("1f", "1F"),
            ("b1", "B1"),
            ("b2", "B2"),
            ("c1", "C1 or higher"),
        ],
        required=True,
    )
    date = fields.Date(
        string="Measured on", required=True, default=fields.Date.context_today
    )
    test = fields.Char(help="The test, or who judged it in a talk.")
    is_latest = fields.Boolean(
        compute="_compute_is_latest", help="The last known level of this skill."
    )

    @api.depends("participant_id.language_level_ids.date")
    def _compute_is_latest(self):
        for level in self:
            same = level.participant_id.language_level_ids.filtered(
                lambda other, level=level: other.skill == level.skill
            )
            newest = max(same.mapped("date"), default=level.date)
            level.is_latest = level.date == newest

    @api.constrains("date")
    def _check_date(self):
        today = fields.Date.context_today(self)
        if any(level.date > today for level in self):
            raise ValidationError(
                self.env._(
                    "A level of Dutch is measured on a day that lies in the future. "
                    "Correct the date."
                )
            )
