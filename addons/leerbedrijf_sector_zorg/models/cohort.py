from odoo import models

from odoo.addons.leerbedrijf_core.models.cohort import SEAT_STATES


class LeerbedrijfCohort(models.Model):
    _inherit = "leerbedrijf.cohort"

    def _get_missing_match(self):
        """In care a language test sets the level of school and extra lessons."""
        missing = super()._get_missing_match()
        if self.sector_id.code != "zorg":
            return missing
        # Superuser: the account manager reads the number on the board and may not read
        # the enrolments; a number says nothing about a person.
        untested = self.sudo().enrolment_ids.filtered(
            lambda enrolment: (
                enrolment.state in SEAT_STATES and not enrolment.language_level
            )
        )
        if untested:
            missing.append(
                self.env._(
                    "Not everybody has done the language test: %(number)s to go.",
                    number=len(untested),
                )
            )
        return missing
