from odoo import api, fields, models
from odoo.exceptions import UserError


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    is_participant = fields.Boolean(readonly=True, copy=False, index=True)
    enrolment_id = fields.Many2one(
        "leerbedrijf.enrolment",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups="hr.group_hr_user",
    )
    participant_code = fields.Char(
        related="enrolment_id.participant_code", store=True, string="Code"
    )

    _enrolment_uniq = models.UniqueIndex(
        "(enrolment_id) WHERE enrolment_id IS NOT NULL",
        "This enrolment has an employee record already.",
    )

    def _create_work_contacts(self):
        """A participant never becomes a contact."""
        others = self.filtered(lambda employee: not employee.is_participant)
        return super(HrEmployee, others)._create_work_contacts() if others else None

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_hours(self):
        # Superuser: hours on projects that the user does not see count as well.
        lines = self.env["account.analytic.line"].sudo()
        line = lines.search([("employee_id", "in", self.ids)], limit=1)
        if line:
            raise UserError(
                self.env._(
                    "%(person)s has recorded hours and cannot be deleted. Archive the "
                    "person instead.",
                    person=line.employee_id.name,
                )
            )
