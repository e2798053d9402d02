from odoo import models


class HrEmployeeSkill(models.Model):
    _name = "hr.employee.skill"
    _inherit = ["hr.employee.skill", "leerbedrijf.personal.mixin"]

    _person_path = "employee_id.enrolment_id.participant_id"
    _is_deleted_with_person = True
