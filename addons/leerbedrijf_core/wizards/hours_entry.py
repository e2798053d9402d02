from odoo import api, fields, models


class LeerbedrijfHoursEntry(models.TransientModel):
    """The same hours of one day for a group; single persons are corrected after."""

    _name = "leerbedrijf.hours.entry"
    _description = "Enter hours for a group"

    _tenancy_kind = "private"

    task_id = fields.Many2one(
        "project.task",
        string="Klus",
        required=True,
        domain="[('is_klus', '=', True)]",
    )
    company_id = fields.Many2one(related="task_id.company_id")
    date = fields.Date(required=True, default=fields.Date.context_today)
    unit_amount = fields.Float(string="Hours each", required=True, default=8.0)
    name = fields.Char(string="What was done")
    cohort_id = fields.Many2one(
        "leerbedrijf.cohort", help="Fills in everybody who learns in this cohort."
    )
    enrolment_ids = fields.Many2many(
        "leerbedrijf.enrolment",
        string="Persons",
        compute="_compute_enrolment_ids",
        store=True,
        readonly=False,
        required=True,
        domain="[('access_leerbedrijf_id', '=', company_id),"
        " ('state', 'not in', ('proposed', 'waiting'))]",
    )

    @api.depends("cohort_id", "task_id")
    def _compute_enrolment_ids(self):
        for entry in self:
            if entry.cohort_id:
                entry.enrolment_ids = self.env["leerbedrijf.enrolment"].search(
                    [
                        ("cohort_id", "=", entry.cohort_id.id),
                        ("access_leerbedrijf_id", "=", entry.company_id.id),
                        ("state", "in", ("accepted", "learning", "aftercare")),
                    ]
                )

    def action_enter(self):
        """Make the lines, to be approved, and show them."""
        self.ensure_one()
        self.enrolment_ids.check_access("read")
        employees = self.enrolment_ids._get_employee()
        # Also on an archived employee record, as long as the enrolment lasts.
        lines = self.env["account.analytic.line"].with_context(active_test=False)
        lines = lines.create([self._prepare_hours_values(each) for each in employees])
        action = self.env["ir.actions.actions"]._for_xml_id(
            "leerbedrijf_core.hours_action"
        )
        return {**action, "domain": [("id", "in", lines.ids)]}

    def _prepare_hours_values(self, employee):
        return {
            "task_id": self.task_id.id,
            "project_id": self.task_id.project_id.id,
            "employee_id": employee.id,
            "date": self.date,
            "unit_amount": self.unit_amount,
            "name": self.name or "/",
        }
