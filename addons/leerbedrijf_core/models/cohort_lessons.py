from odoo import api, fields, models

# Whoever has not started yet can still learn from the edition before.
STEPS_BEFORE_START = ("job", "options", "route", "match")
# At these gates a lesson without an answer is missing.
GATES_OF_LESSONS = {"options", "route"}


class LeerbedrijfCohort(models.Model):
    """The lessons of an edition, and what the next one does with them."""

    _inherit = "leerbedrijf.cohort"

    lesson_ids = fields.One2many(
        "leerbedrijf.cohort.lesson", "cohort_id", string="Lessons"
    )
    lesson_point_ids = fields.One2many(
        "leerbedrijf.cohort.lesson.point",
        "cohort_id",
        string="Lessons of the edition before",
    )

    @api.depends("lesson_point_ids.answer")
    def _compute_missing_requirements(self):
        return super()._compute_missing_requirements()

    @api.model_create_multi
    def create(self, vals_list):
        cohorts = super().create(vals_list)
        cohorts._bring_lessons()
        return cohorts

    def _get_missing_of_steps(self, codes):
        missing = super()._get_missing_of_steps(codes)
        if not GATES_OF_LESSONS.intersection(codes):
            return missing
        return missing + self._get_missing_lessons()

    def _get_missing_lessons(self):
        waiting = self.lesson_point_ids.filtered(lambda p: p.answer == "open")
        if not waiting:
            return []
        return [
            self.env._(
                "Lessons of edition %(edition)s that still wait for an answer: "
                "%(number)s.",
                edition=waiting.lesson_id.cohort_id[:1].edition,
                number=len(waiting),
            )
        ]

    def _get_previous_edition(self):
        """The latest earlier cohort of the template, whatever its version, also if it
        is archived."""
        self.ensure_one()
        return self.with_context(active_test=False).search(
            [
                ("template_id", "in", self.template_id._get_versions().ids),
                ("edition", "<", self.edition),
            ],
            order="edition desc, id desc",
            limit=1,
        )

    def _get_next_editions(self):
        """The cohorts that have not started and may come after one of these."""
        return self.search(
            [
                ("template_id", "in", self.template_id._get_versions().ids),
                ("edition", ">", min(self.mapped("edition"), default=0)),
                ("step_id.code", "in", STEPS_BEFORE_START),
            ]
        )

    def _bring_lessons(self):
        """Each lesson of the edition before becomes an open point of this one, once.

        Editions overlap: a lesson that is written while the next one is prepared comes
        along as well.
        """
        # Superuser: points follow from lessons that the whole region reads, also if
        # another of its members writes them or prepares the next edition.
        cohorts = self.sudo()
        cohorts.env["leerbedrijf.cohort.lesson.point"].create(
            [
                {"cohort_id": cohort.id, "lesson_id": lesson.id}
                for cohort in cohorts
                for lesson in cohort._get_previous_edition().lesson_ids
                - cohort.lesson_point_ids.lesson_id
            ]
        )
