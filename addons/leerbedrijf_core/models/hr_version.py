from odoo import fields, models


class HrVersion(models.Model):
    _inherit = "hr.version"

    employee_type = fields.Selection(
        selection_add=[("participant", "Participant (learning)")],
        ondelete={"participant": "set default"},
    )
