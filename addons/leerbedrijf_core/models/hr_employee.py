from odoo import api, fields, models
from odoo.exceptions import UserError

from .personal_mixin import CODE

# Of everybody's employee record; a participant's has few of them.
PERSONAL_FIELDS = (
    "barcode",
    "birthday",
    "certificate",
    "country_of_birth",
    "emergency_contact",
    "emergency_phone",
    "employee_properties",
    "mobile_phone",
    "permit_no",
    "pin",
    "place_of_birth",
    "private_car_plate",
    "private_email",
    "private_phone",
    "salary_distribution",
    "study_field",
    "study_school",
    "today_location_name",
    "visa_expire",
    "visa_no",
    "work_email",
    "work_permit_expiration_date",
    "work_phone",
)


class HrEmployee(models.Model):
    _name = "hr.employee"
    _inherit = ["hr.employee", "leerbedrijf.personal.mixin"]

    _person_path = "enrolment_id.participant_id"

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

    def _get_wiped_fields(self):
        return super()._get_wiped_fields() | {
            **dict.fromkeys(PERSONAL_FIELDS),
            "name": CODE,
            "legal_name": CODE,
            "active": False,
        }

    def _get_kept_fields(self):
        return super()._get_kept_fields() | {
            "participant_code": "Hours and invoices refer to it.",
            "lang": "A setting of the screen.",
        }

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
