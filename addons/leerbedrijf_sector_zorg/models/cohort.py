from odoo import models
from odoo.fields import Domain


class LeerbedrijfCohort(models.Model):
    _inherit = "leerbedrijf.cohort"

    def _get_missing_match(self):
        """In care a language test sets the level of school and extra lessons."""
        missing = super()._get_missing_match()
        if self.sector_id.code != "zorg":
            return missing
        untested = self._count_seats_taken(
            Domain("participant_id.language_level", "=", False)
            & Domain("participant_id.language_level_ids", "=", False)
        )
        if untested:
            missing.append(
                self.env._(
                    "Not everybody has done the language test: %(number)s to go.",
                    number=untested,
                )
            )
        return missing
