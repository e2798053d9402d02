from odoo import api, fields, models
from odoo.exceptions import UserError


class LeerbedrijfCohortLesson(models.Model):
    """What an edition taught, for the next one to answer. It names no participant."""

    _name = "leerbedrijf.cohort.lesson"
    _description = "Lesson of a cohort"
    _inherit = ["leerbedrijf.child.mixin"]
    _order = "cohort_id, sequence, id"
    _rec_name = "advice"

    _tenancy_kind = "regional"
    _write_once_columns = ("cohort_id",)

    cohort_id = fields.Many2one(
        "leerbedrijf.cohort", required=True, index=True, ondelete="cascade"
    )
    region_id = fields.Many2one(
        related="cohort_id.region_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(
        related="cohort_id.company_id", store=True, index=True, precompute=True
    )
    sequence = fields.Integer(default=10)
    subject = fields.Selection(
        [
            ("guidance", "Guidance"),
            ("employers", "Employers"),
            ("school", "School"),
            ("selection", "Selection"),
            ("conditions", "Preconditions"),
            ("money", "Money"),
            ("other", "Something else"),
        ],
        string="About",
        required=True,
        default="other",
    )
    happened = fields.Text(
        string="What happened",
        required=True,
        help="The whole region reads this: name no participants.",
    )
    advice = fields.Text(
        string="What to do differently",
        required=True,
        help="The next edition accepts, changes or refuses this. Name no participants.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Written by",
        required=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        index=True,
    )
    point_ids = fields.One2many(
        "leerbedrijf.cohort.lesson.point", "lesson_id", string="Answers"
    )

    @api.model_create_multi
    def create(self, vals_list):
        lessons = super().create(vals_list)
        lessons.cohort_id._get_next_editions()._bring_lessons()
        return lessons

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_answered(self):
        # Superuser: the answer may be of another member of the region.
        answered = self.sudo().point_ids.filtered(lambda p: p.answer != "open")
        if answered:
            raise UserError(
                self.env._(
                    "%(cohort)s has answered this lesson already, so it stays.",
                    cohort=answered[0].cohort_id.name,
                )
            )
