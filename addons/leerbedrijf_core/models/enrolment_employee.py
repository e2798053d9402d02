from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .enrolment import OPEN_STATES


class LeerbedrijfEnrolment(models.Model):
    """The employee record that hours need: made at the first hours, not before."""

    _inherit = "leerbedrijf.enrolment"

    employee_id = fields.Many2one(
        "hr.employee",
        string="Employee record",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups="leerbedrijf_core.group_work_leader,hr.group_hr_user",
    )
    hours_total = fields.Float(
        string="Hours",
        compute="_compute_hours_total",
        groups="leerbedrijf_core.group_work_leader",
        help="The hours on klussen, approved or not.",
    )

    def _compute_hours_total(self):
        groups = self.env["account.analytic.line"]._read_group(
            [
                ("employee_id", "in", self.employee_id.ids),
                ("billing_state", "!=", False),
            ],
            ["employee_id"],
            ["unit_amount:sum"],
        )
        totals = {employee.id: hours for employee, hours in groups}
        for enrolment in self:
            enrolment.hours_total = totals.get(enrolment.employee_id.id, 0)

    def action_view_hours(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "leerbedrijf_core.hours_action"
        )
        return {
            **action,
            "domain": [
                ("employee_id", "in", self.employee_id.ids),
                ("billing_state", "!=", False),
            ],
            "context": {
                "default_employee_id": self.employee_id.id,
                "is_timesheet": 1,
            },
        }

    def _without_system_columns(self, vals):
        vals = super()._without_system_columns(vals)
        if not self.env.su:
            vals.pop("employee_id", None)
        return vals

    def _get_employee(self):
        """The employees of these enrolments at their leerwerkbedrijf, made on demand.

        Only for a leerwerkbedrijf that has access: at the end of the purpose no new
        record of the person appears there. Late hours then go to the existing record,
        in the list of hours: the enrolment itself is out of sight.
        """
        # Superuser: who enters hours has no HR right, and needs none to see that the
        # person has a record. Reading the enrolments was allowed to the caller.
        enrolments = self.sudo().with_context(active_test=False)
        missing = enrolments.filtered(lambda enrolment: not enrolment.employee_id)
        without_access = missing.filtered(lambda x: not x.access_leerbedrijf_id)
        if without_access:
            raise UserError(
                self.env._(
                    "The enrolment of %(person)s has ended, so no hours can be "
                    "entered.",
                    person=without_access[:1].display_name,
                )
            )
        proposed = missing.filtered(lambda enrolment: enrolment.state in OPEN_STATES)
        if proposed:
            raise UserError(
                self.env._(
                    "%(person)s has only been proposed. Accept the proposal before you "
                    "enter hours.",
                    person=proposed[:1].display_name,
                )
            )
        missing._create_employees()
        return enrolments.employee_id.with_env(self.env)

    def _create_employees(self):
        """Make the employees; two users at once do not make two for one person."""
        if not self:
            return
        # Waits for the other; its write of our row then makes Odoo try again.
        self.env.cr.execute(
            SQL(
                "SELECT id FROM leerbedrijf_enrolment WHERE id IN %s ORDER BY id "
                "FOR NO KEY UPDATE",
                self._ids,
            )
        )
        employees = (
            self.env["hr.employee"]
            .with_context(tracking_disable=True, mail_create_nosubscribe=True)
            .create([enrolment._prepare_employee_values() for enrolment in self])
        )
        for enrolment, employee in zip(self, employees, strict=True):
            enrolment.employee_id = employee

    def _prepare_employee_values(self):
        self.ensure_one()
        return {
            "name": self.participant_name,
            "company_id": self.access_leerbedrijf_id.id,
            "is_participant": True,
            "enrolment_id": self.id,
            "employee_type": "participant",
            "user_id": False,
        }
