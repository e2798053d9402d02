from odoo import fields, models


class HrEmployeePublic(models.Model):
    _inherit = "hr.employee.public"

    is_participant = fields.Boolean(readonly=True)
    participant_code = fields.Char(string="Code", readonly=True)
