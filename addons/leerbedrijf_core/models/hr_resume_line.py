from odoo import models


class HrResumeLine(models.Model):
    _name = "hr.resume.line"
    _inherit = ["hr.resume.line", "leerbedrijf.personal.mixin"]

    _person_path = "employee_id.enrolment_id.participant_id"
    _is_deleted_with_person = True
