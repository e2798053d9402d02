from odoo import api, fields, models
from odoo.exceptions import ValidationError


class LeerbedrijfCohortLessonPoint(models.Model):
    """A lesson of the edition before, and what this edition does with it.

    Points follow from lessons: nobody makes or moves one.
    """

    _name = "leerbedrijf.cohort.lesson.point"
    _description = "Lesson of the edition before"
    _inherit = ["leerbedrijf.child.mixin"]
    _order = "cohort_id, id"
    _rec_name = "lesson_id"
    _label_fields = ("lesson_id.advice",)

    _tenancy_kind = "regional"
    _write_once_columns = ("cohort_id", "lesson_id")
    # What follows from an answer: no client fills it in.
    _system_columns = ("answered_by_id", "answered_on")

    cohort_id = fields.Many2one(
        "leerbedrijf.cohort", required=True, index=True, ondelete="cascade"
    )
    region_id = fields.Many2one(
        related="cohort_id.region_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(
        related="cohort_id.company_id", store=True, index=True, precompute=True
    )
    lesson_id = fields.Many2one(
        "leerbedrijf.cohort.lesson",
        required=True,
        index=True,
        ondelete="cascade",
    )
    subject = fields.Selection(related="lesson_id.subject")
    happened = fields.Text(related="lesson_id.happened")
    advice = fields.Text(related="lesson_id.advice")
    answer = fields.Selection(
        [
            ("open", "To answer"),
            ("accepted", "Accepted"),
            ("changed", "Changed"),
            ("refused", "Refused"),
        ],
        required=True,
        default="open",
        index=True,
    )
    explanation = fields.Text(
        string="How, or why not",
        help="How the lesson was changed, or why it was refused. Name no participants.",
    )
    answered_by_id = fields.Many2one(
        "res.users", string="By", readonly=True, copy=False
    )
    answered_on = fields.Date(string="On", readonly=True, copy=False)

    _lesson_once = models.Constraint(
        "UNIQUE(cohort_id, lesson_id)", "A cohort answers a lesson once."
    )

    def _get_label(self):
        return self.lesson_id.advice

    @api.constrains("answer", "explanation")
    def _check_explanation(self):
        for point in self:
            if (
                point.answer in ("changed", "refused")
                and not (point.explanation or "").strip()
            ):
                raise ValidationError(
                    self.env._(
                        "Say how you change the lesson, or why you refuse it: "
                        "“%(lesson)s”",
                        lesson=point.advice,
                    )
                )

    def write(self, vals):
        if not self.env.su:
            vals = {k: v for k, v in vals.items() if k not in self._system_columns}
        if "answer" in vals:
            answered = vals["answer"] != "open"
            vals = {
                "answered_by_id": answered and self.env.uid,
                "answered_on": answered and fields.Date.context_today(self),
                **vals,
            }
        return super().write(vals)
