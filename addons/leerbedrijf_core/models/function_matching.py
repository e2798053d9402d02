from odoo import api, fields, models
from odoo.fields import Domain

from .enrolment import PURPOSE_STATES


class LeerbedrijfFunction(models.Model):
    """How many people a function was given to: a number, never who."""

    _inherit = "leerbedrijf.function"

    matched_count = fields.Integer(
        string="Matched",
        compute="_compute_matched_count",
        help="People who were matched to it on a selection day.",
    )
    free_places = fields.Integer(compute="_compute_matched_count")
    overmatched_count = fields.Integer(
        string="Too many",
        compute="_compute_matched_count",
        help="People who were matched to places that stand no longer.",
    )

    @api.depends("places")
    def _compute_matched_count(self):
        # Superuser: as for the seats of a cohort, a number says nothing about a person.
        counts = dict(
            self.env["leerbedrijf.enrolment"]
            .sudo()
            ._read_group(self._get_taken_domain(), ["function_id"], ["__count"])
        )
        counts = {function.id: count for function, count in counts.items()}
        for function in self:
            function.matched_count = counts.get(function._origin.id, 0)
            free = function.places - function.matched_count
            function.free_places = max(free, 0)
            function.overmatched_count = max(-free, 0)

    def _get_taken_domain(self):
        """The enrolments that take a place of these functions: also of who left the
        cohort for the job."""
        goes_on = Domain("state", "in", PURPOSE_STATES)
        works = Domain("state", "=", "ended") & Domain("outcome_id.is_job", "=", True)
        return Domain("function_id", "in", self.ids) & (goes_on | works)

    def _forget_matched(self):
        """What was counted before a match was made or broken off."""
        self.invalidate_recordset(["matched_count", "free_places", "overmatched_count"])

    def _describe_overmatched(self):
        """A sentence for each function with fewer places than people."""
        return [
            self.env._(
                "%(function)s: %(people)s people matched to %(places)s places. Look "
                "for another place for who cannot come.",
                function=function.display_name,
                people=function.matched_count,
                places=function.places,
            )
            for function in self.filtered("overmatched_count")
        ]

    @api.depends_context("leerbedrijf_function_with_places")
    def _compute_display_name(self):
        return super()._compute_display_name()

    def _get_label(self):
        if not self.env.context.get("leerbedrijf_function_with_places"):
            return super()._get_label()
        # What tells columns apart comes first: their heads are cut off.
        return self.env._(
            "%(employer)s · %(function)s · places: %(number)s",
            employer=self.partner_id.name or "",
            function=self.name or "",
            number=self.free_places,
        )

    def _tell_closed(self):
        """Who was matched to it has no function again; drafts forget it."""
        result = super()._tell_closed()
        # Superuser: who withdraws a function need not know the people, and reads
        # nothing of them here.
        system = self.sudo()
        system.env["leerbedrijf.enrolment"].search(
            [("function_id", "in", self.ids), ("state", "in", PURPOSE_STATES)]
        )._lose_function()
        system.env["leerbedrijf.selection.candidate"].search(
            [("function_id", "in", self.ids), ("day_id.state", "!=", "confirmed")]
        ).function_id = False
        return result
