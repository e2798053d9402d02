from odoo import fields, models


class LeerbedrijfCohort(models.Model):
    """How many participants of a cohort are without a place, as a number."""

    _inherit = "leerbedrijf.cohort"

    without_place_count = fields.Integer(
        string="Without a place",
        compute="_compute_without_place_count",
        help="Participants for whom another place is being looked for.",
    )

    def _compute_without_place_count(self):
        # Superuser: as for the seats, a number says nothing about a person.
        groups = (
            self.env["leerbedrijf.fallback"]
            .sudo()
            ._read_group(
                [("cohort_id", "in", self.ids), ("state", "=", "open")],
                ["cohort_id"],
                ["__count"],
            )
        )
        counts = {cohort.id: count for cohort, count in groups}
        for cohort in self:
            cohort.without_place_count = counts.get(cohort._origin.id, 0)

    def action_view_fallbacks(self):
        """Who has no place, for the roles that know the people."""
        self.ensure_one()
        return self._action_view(
            "leerbedrijf_core.fallback_action",
            [("cohort_id", "=", self.id)],
            search_default_open=1,
        )
