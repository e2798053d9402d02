from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import linked_by


class LeerbedrijfSkillJudgement(models.Model):
    """What the leerwerkbedrijf saw somebody do: its judgement of a skill.

    Beside what the municipality keeps, because neither side writes in the file of the
    other. See docs/decisions/0015.
    """

    _name = "leerbedrijf.skill.judgement"
    _description = "Judgement of a skill"
    _inherit = [
        "leerbedrijf.enrolment.child.mixin",
        "leerbedrijf.dossier.mixin",
        "leerbedrijf.skill.line.mixin",
    ]
    _order = "enrolment_id, skill_type_id, skill_id, id"
    _rec_name = "skill_id"

    _dossier_fields = frozenset({"level_id", "evidence"})
    _is_deleted_with_person = True

    skill_type_id = fields.Many2one(store=True)
    level_id = fields.Many2one(
        "hr.skill.level",
        string="Judgement",
        ondelete="restrict",
        domain="[('skill_type_id', '=', skill_type_id)]",
    )
    date = fields.Date(string="On", required=True, default=fields.Date.context_today)
    user_id = fields.Many2one(
        "res.users",
        string="By",
        default=lambda self: self.env.user,
        readonly=True,
    )
    evidence = fields.Char(
        string="How it shows",
        help="What you saw. The work coach reads this as well. No diagnosis.",
    )

    _skill_once = models.UniqueIndex(
        "(enrolment_id, skill_id)",
        "This skill is in the list already. Change that line.",
    )

    def _get_dossier_participants(self):
        # Superuser: whose file is looked at is recorded, also where the looker does
        # not read the file itself.
        return self.sudo().enrolment_id.participant_id

    @api.model_create_multi
    def create(self, vals_list):
        # First of all: a unique index would tell what others judged.
        linked_by(self, "enrolment_id", vals_list).check_access("write")
        if not self.env.su:
            vals_list = [{**vals, "user_id": self.env.uid} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        # Who judges last is whose judgement it is; nobody signs for somebody else.
        if not self.env.su:
            vals = {name: value for name, value in vals.items() if name != "user_id"}
            if vals.keys() & {"level_id", "evidence"}:
                today = fields.Date.context_today(self)
                vals = {"date": today, **vals, "user_id": self.env.uid}
        return super().write(vals)

    @api.constrains("date")
    def _check_date(self):
        today = fields.Date.context_today(self)
        if any(judgement.date > today for judgement in self):
            raise ValidationError(
                self.env._(
                    "A skill cannot have been judged on a day in the future. Correct "
                    "the date."
                )
            )
