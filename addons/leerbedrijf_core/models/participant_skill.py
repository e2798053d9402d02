from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..calc import skill_match


class LeerbedrijfParticipantSkill(models.Model):
    """What a person can do: by the own word, and as the work coach established it.

    Candidates overrate themselves and are overrated, so both stand side by side. For
    the municipality alone; a leerwerkbedrijf sees how far it goes for its functions.
    """

    _name = "leerbedrijf.participant.skill"
    _description = "Skill of a person"
    _inherit = ["leerbedrijf.participant.child.mixin", "leerbedrijf.skill.line.mixin"]
    _order = "participant_id, skill_type_id, skill_id, id"
    _rec_name = "skill_id"

    _level_fields = ("self_level_id", "coach_level_id")
    _dossier_fields = frozenset({"self_level_id", "coach_level_id", "evidence"})
    # How a person was judged on the way says nothing once the file has ended.
    _is_deleted_with_person = True

    skill_type_id = fields.Many2one(store=True)
    self_level_id = fields.Many2one(
        "hr.skill.level",
        string="Own word",
        ondelete="restrict",
        domain="[('skill_type_id', '=', skill_type_id)]",
        help="What the person says of it.",
    )
    coach_level_id = fields.Many2one(
        "hr.skill.level",
        string="Established",
        ondelete="restrict",
        domain="[('skill_type_id', '=', skill_type_id)]",
        help="What you saw or tested, or the certificate that you held in your hands.",
    )
    judged_level_id = fields.Many2one(
        "hr.skill.level",
        string="Leerwerkbedrijf",
        compute="_compute_judged_level_id",
        help="The last judgement of a leerwerkbedrijf where this person was proposed.",
    )
    gap = fields.Selection(
        [
            ("over", "Overrates"),
            ("under", "Underrates"),
            ("same", "Rates rightly"),
        ],
        string="Difference",
        compute="_compute_gap",
        help="The own word beside what was established, by you or else by the "
        "leerwerkbedrijf.",
    )
    date = fields.Date(
        string="On",
        compute="_compute_date",
        store=True,
        readonly=False,
        help="When the level was established.",
    )
    valid_until = fields.Date(
        string="Valid until",
        help="Of a certificate: the last day on which it is valid. After that it no "
        "longer counts.",
    )
    is_expired = fields.Boolean(string="Expired", compute="_compute_is_expired")
    evidence = fields.Char(
        string="How it shows",
        help="For example “certificate seen”, “cooked in the community centre for two "
        "years”. No diagnosis.",
    )

    _skill_once = models.UniqueIndex(
        "(participant_id, skill_id)",
        "This skill is in the list already. Change that line.",
    )

    @api.depends("skill_id", "participant_id")
    def _compute_judged_level_id(self):
        judgements = self.env["leerbedrijf.skill.judgement"].search(
            [
                ("enrolment_id.participant_id", "in", self.participant_id._origin.ids),
                ("skill_id", "in", self.skill_id._origin.ids),
                ("level_id", "!=", False),
            ],
            order="date, id",
        )
        last = {
            (judgement.enrolment_id.participant_id, judgement.skill_id): judgement
            for judgement in judgements
        }
        for line in self:
            key = (line.participant_id._origin, line.skill_id._origin)
            line.judged_level_id = last[key].level_id if key in last else False

    @api.depends("self_level_id", "coach_level_id", "judged_level_id")
    def _compute_gap(self):
        for line in self:
            said = line.self_level_id
            seen = line.coach_level_id or line.judged_level_id
            if not said or not seen:
                line.gap = False
                continue
            gap = said.level_progress - seen.level_progress
            line.gap = "over" if gap > 0 else "under" if gap else "same"

    @api.depends("coach_level_id")
    def _compute_date(self):
        """Whoever establishes a level does so today, unless another day is given."""
        today = fields.Date.context_today(self)
        for line in self:
            line.date = line.coach_level_id and today

    @api.depends("valid_until")
    def _compute_is_expired(self):
        today = fields.Date.context_today(self)
        for line in self:
            line.is_expired = bool(line.valid_until) and line.valid_until < today

    @api.constrains("date")
    def _check_date(self):
        today = fields.Date.context_today(self)
        if any(line.date and line.date > today for line in self):
            raise ValidationError(
                self.env._(
                    "A skill cannot have been established on a day in the future. "
                    "Correct the date."
                )
            )

    def _to_calc(self):
        """This skill as calc/skill_match.py wants it."""
        self.ensure_one()
        return skill_match.Rating(
            own=self._to_level("self_level_id"),
            established=self._to_level("coach_level_id"),
            established_on=self.date or None,
            valid_until=self.valid_until or None,
        )
