from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools import is_other_value


class ProjectTask(models.Model):
    _inherit = "project.task"

    is_klus = fields.Boolean(
        string="Klus",
        compute="_compute_is_klus",
        store=True,
        precompute=True,
        index=True,
        help="Work for an employer: its hours are approved and invoiced.",
    )
    complexity = fields.Selection(
        [
            ("1", "1 - Everybody can do it"),
            ("2", "2 - After a short explanation"),
            ("3", "3 - With some experience"),
            ("4", "4 - On one's own"),
            ("5", "5 - Guides others"),
        ],
        default="1",
    )
    place = fields.Char(help="Where the work is done.")
    tariff_ids = fields.One2many("leerbedrijf.tariff", "task_id", string="Tariffs")
    current_tariff = fields.Monetary(
        string="Tariff today",
        compute="_compute_current_tariff",
        currency_field="klus_currency_id",
    )
    klus_currency_id = fields.Many2one(related="company_id.currency_id")
    hours_to_approve = fields.Float(compute="_compute_billing_hours")
    hours_approved = fields.Float(compute="_compute_billing_hours")
    hours_invoiced = fields.Float(compute="_compute_billing_hours")

    @api.depends("project_id.is_klus_project")
    def _compute_is_klus(self):
        for task in self:
            task.is_klus = task.project_id.is_klus_project

    @api.depends("tariff_ids.date_from", "tariff_ids.price_hour")
    @api.depends_context("tz")
    def _compute_current_tariff(self):
        today = fields.Date.context_today(self)
        for task in self:
            task.current_tariff = task._get_tariff(today).price_hour

    @api.depends("timesheet_ids.billing_state", "timesheet_ids.unit_amount")
    def _compute_billing_hours(self):
        groups = self.env["account.analytic.line"]._read_group(
            [("task_id", "in", self.ids), ("billing_state", "!=", False)],
            ["task_id", "billing_state"],
            ["unit_amount:sum"],
        )
        hours = {(task.id, state): amount for task, state, amount in groups}
        for task in self:
            for state in ("to_approve", "approved", "invoiced"):
                name = "hours_to_approve" if state == "to_approve" else f"hours_{state}"
                task[name] = hours.get((task.id, state), 0.0)

    @api.constrains("is_klus", "partner_id", "project_id", "company_id")
    def _check_klus_employer(self):
        for task in self.filtered("is_klus"):
            if task.partner_id != task.project_id.partner_id or not task.company_id:
                raise ValidationError(
                    self.env._(
                        "“%(task)s” is in the project of %(employer)s, so it is work "
                        "for that employer. Make a new klus for another employer.",
                        task=task.name,
                        employer=task.project_id.partner_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_klus_project(vals) for vals in vals_list])

    def write(self, vals):
        self.check_access("write")  # first: the lock below names the klus
        self._check_klus_lock(vals)
        # It follows from the project: by hand it would unlock the hours of the klus.
        return super().write({k: v for k, v in vals.items() if k != "is_klus"})

    @api.model
    def _with_klus_project(self, vals):
        """The values with the employer's project, for a new klus without one."""
        default = self.env.context.get
        is_klus = vals.get("is_klus", default("default_is_klus"))
        vals = {key: value for key, value in vals.items() if key != "is_klus"}
        project_id = vals.get("project_id") or default("default_project_id")
        if not is_klus or project_id or vals.get("parent_id"):
            return vals
        partner_id = vals.get("partner_id", default("default_partner_id"))
        if not partner_id:
            raise UserError(self.env._("Choose the employer of this klus."))
        company_id = vals.get("company_id") or self.env.company.id
        project = self.env["project.project"]._get_klus_project(
            self.env["res.partner"].browse(partner_id),
            self.env["res.company"].browse(company_id),
        )
        return {**vals, "project_id": project.id, "partner_id": partner_id}

    def _check_klus_lock(self, vals):
        """Hours that are approved or billed keep the employer they were made for."""
        if not {"partner_id", "project_id", "company_id"} & vals.keys():
            return
        # Superuser: all hours count, also those that the user does not see.
        locked = self.sudo().timesheet_ids.filtered(
            lambda line: line._is_billing_locked()
        )
        for task in locked.task_id:
            if any(
                is_other_value(task, name, vals[name])
                for name in ("partner_id", "project_id", "company_id")
                if name in vals
            ):
                raise UserError(
                    self.env._(
                        "“%(task)s” has approved or invoiced hours, so it stays with "
                        "its employer. Make a new klus for the other work.",
                        task=task.name,
                    )
                )

    def _get_tariff(self, date):
        """The tariff that holds on `date`: the latest that started, maybe none."""
        self.ensure_one()
        started = self.tariff_ids.filtered(
            lambda tariff: tariff.date_from and tariff.date_from <= date
        )
        return started.sorted("date_from")[-1:]

    def action_finish(self):
        """The work is done. Late hours still find the klus."""
        self.write({"state": "1_done"})

    def action_reopen(self):
        self.write({"state": "01_in_progress"})

    def action_view_hours(self):
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "leerbedrijf_core.hours_action"
        )
        return {
            **action,
            "domain": [("task_id", "=", self.id)],
            "context": {
                "default_task_id": self.id,
                "default_project_id": self.project_id.id,
                "is_timesheet": 1,
            },
        }

    def action_enter_hours(self):
        """Open the entry of hours for a group on this klus."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "leerbedrijf_core.hours_entry_action"
        )
        return {**action, "context": {"default_task_id": self.id}}
