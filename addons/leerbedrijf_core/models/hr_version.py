from odoo import fields, models

PERSONAL_FIELDS = (
    "additional_note",
    "country_id",
    "departure_description",
    "identification_id",
    "job_title",
    "name",
    "passport_expiration_date",
    "passport_id",
    "private_city",
    "private_country_id",
    "private_state_id",
    "private_street",
    "private_street2",
    "private_zip",
    "sex",
    "spouse_birthdate",
    "spouse_complete_name",
    "ssnid",
)


class HrVersion(models.Model):
    _name = "hr.version"
    _inherit = ["hr.version", "leerbedrijf.personal.mixin"]

    _person_path = "employee_id.enrolment_id.participant_id"

    employee_type = fields.Selection(
        selection_add=[("participant", "Participant (learning)")],
        ondelete={"participant": "set default"},
    )

    def _get_wiped_fields(self):
        return super()._get_wiped_fields() | {
            **dict.fromkeys(PERSONAL_FIELDS),
            "marital": "single",
        }

    def _get_kept_fields(self):
        dates = "A date of the work, without a person."
        return super()._get_kept_fields() | {
            "contract_date_end": dates,
            "contract_date_start": dates,
            "date_version": dates,
            "departure_date": dates,
            "last_modified_date": dates,
            "trial_date_end": dates,
            "distance_home_work_unit": "Kilometres or miles.",
            "employee_type": "That this was a participant.",
        }
