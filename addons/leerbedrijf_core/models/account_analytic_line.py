from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from ..tools import take_turns

HOURS_A_DAY = 24


class AccountAnalyticLine(models.Model):
    _name = "account.analytic.line"
    _inherit = [
        "account.analytic.line",
        "leerbedrijf.billable.mixin",
        "leerbedrijf.personal.mixin",
    ]

    _person_path = "employee_id.enrolment_id.participant_id"

    _billing_link_field = "analytic_line_id"

    billing_state = fields.Selection(
        compute="_compute_billing_state", store=True, default=None
    )
    billing_link_ids = fields.One2many(
        "leerbedrijf.billing.link", "analytic_line_id", string="Billing links"
    )
    participant_code = fields.Char(
        related="employee_id.participant_code", store=True, string="Person code"
    )

    _hours_in_a_day = models.Constraint(
        "CHECK(billing_state IS NULL OR (unit_amount > 0 AND unit_amount <= 24))",
        "A line of hours is more than 0 and at most 24 hours. Correct the hours.",
    )
    # The lists of a leerwerkbedrijf, newest first, however many others have hours.
    _company_date_idx = models.Index(
        "(company_id, date DESC, id DESC) WHERE billing_state IS NOT NULL"
    )
    _billable_idx = models.Index(
        "(company_id, date, partner_id) WHERE billing_state = 'approved'"
    )
    _to_approve_idx = models.Index(
        "(company_id, date) WHERE billing_state = 'to_approve'"
    )

    @api.depends("task_id.is_klus")
    def _compute_billing_state(self):
        """Every timesheet of a klus has a state; other analytic lines have none."""
        for line in self:
            line.billing_state = line.task_id.is_klus and (
                line.billing_state or "to_approve"
            )

    def _get_wiped_fields(self):
        return super()._get_wiped_fields() | {"name": "/", "code": None, "ref": None}

    def _get_kept_fields(self):
        return super()._get_kept_fields() | {
            "participant_code": "The specification of an invoice refers to it.",
            "date": "What an invoice rests on.",
            "billing_state": "What an invoice rests on.",
            "approved_on": "What an invoice rests on.",
            "category": "The kind of line.",
        }

    @api.constrains("unit_amount", "date", "employee_id", "task_id")
    def _check_day_total(self):
        """Nobody works more than 24 hours on one day, however many lines there are."""
        lines = self.filtered(lambda line: line.billing_state and line.employee_id)
        if not lines:
            return
        lines._serialize_employees()
        # Superuser: hours on other projects count, also those the user cannot see.
        totals = self.sudo()._read_group(
            [
                ("employee_id", "in", lines.employee_id.ids),
                ("date", "in", lines.mapped("date")),
                ("project_id", "!=", False),
            ],
            ["employee_id", "date:day"],
            ["unit_amount:sum"],
            having=[("unit_amount:sum", ">", HOURS_A_DAY + 1e-6)],
        )
        days = {(line.employee_id, line.date) for line in lines}
        for employee, date, hours in totals:
            if (employee, fields.Date.to_date(date)) in days:
                raise ValidationError(
                    self.env._(
                        "%(person)s would have %(hours)s hours on %(date)s. A day has "
                        "24: correct the date or the hours.",
                        person=employee.name,
                        hours=round(hours, 2),
                        date=format_date(self.env, date),
                    )
                )

    def _serialize_employees(self):
        """Let two users who enter hours of one person at once notice each other."""
        take_turns(self.employee_id)

    @api.model
    def _get_billing_locked_fields(self):
        return (
            super()._get_billing_locked_fields()
            | {"unit_amount", "product_uom_id", "task_id", "project_id"}
            | {"employee_id", "user_id", "participant_code"}
            | set(self._get_plan_fnames())
        )

    def _is_readonly(self):
        return super()._is_readonly() or self._is_billing_locked()
