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

    @api.depends("is_participant", "participant_code")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_display_name(self):
        """The code of a participant for who may not see the person.

        Odoo reads the display name of a many2one as superuser, and a client can fill in
        any employee on a form of its own.
        """
        result = super()._compute_display_name()
        for employee in self._filtered_hidden():
            # Superuser: the code is what a stranger may see, and nothing more.
            employee.display_name = employee.sudo().participant_code
        return result

    def _filtered_hidden(self):
        """The participants among these whom the user may not see."""
        # Superuser: of all of them only what the rule asks for.
        participants = self.sudo().filtered("is_participant")
        if not participants:
            return self.browse()
        rules = self.env["ir.rule"].sudo(False)._compute_domain(self._name, "read")
        hidden = participants - participants.filtered_domain(rules)
        return hidden.with_env(self.env)

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
