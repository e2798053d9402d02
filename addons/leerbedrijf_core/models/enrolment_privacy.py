from odoo import api, models

from .personal_mixin import CODE


class LeerbedrijfEnrolment(models.Model):
    """What of an enrolment is a look at the person, and what stays after the term."""

    _name = "leerbedrijf.enrolment"
    _inherit = [
        "leerbedrijf.enrolment",
        "leerbedrijf.dossier.mixin",
        "leerbedrijf.personal.mixin",
    ]

    _dossier_fields = frozenset(
        {
            *("participant_email", "participant_phone", "motivation"),
            *("childcare_ready", "criteria_html", "closing_remark"),
            *("admission_reason", "admission_advice"),
        }
    )
    _person_path = "participant_id"

    @api.constrains("participant_id")
    def _check_participant_not_anonymised(self):
        self.participant_id._check_not_anonymised()

    def _get_dossier_participants(self):
        return self.participant_id

    def _get_wiped_fields(self):
        return super()._get_wiped_fields() | {
            "participant_name": CODE,
            "motivation": None,
            "closing_remark": None,
            "admission_reason": None,
            "admission_advice": None,
        }

    def _get_kept_fields(self):
        return super()._get_kept_fields() | {
            "participant_code": "As the code of the participant.",
            "state": "Statistics: who finished.",
            "date_start": "Statistics: how long a route takes.",
            "date_end": "Statistics: how long a route takes.",
            "closing_date": "Statistics: how long an answer takes.",
            "admission_date": "Statistics: how long an answer takes.",
        }
