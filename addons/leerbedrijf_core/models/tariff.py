from odoo import api, fields, models
from odoo.tools import format_date


class LeerbedrijfTariff(models.Model):
    """What an hour of a klus costs the employer from a date on, without VAT."""

    _name = "leerbedrijf.tariff"
    _description = "Hourly tariff"
    _inherit = ["leerbedrijf.private.mixin"]
    _order = "task_id, date_from desc"
    _rec_name = "task_id"
    _label_fields = ("task_id", "date_from")

    task_id = fields.Many2one(
        "project.task",
        string="Klus",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('is_klus', '=', True)]",
        check_company=True,
    )
    partner_id = fields.Many2one(related="task_id.partner_id", string="Employer")
    company_id = fields.Many2one(string="Leerwerkbedrijf", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_from = fields.Date(
        string="From", required=True, default=fields.Date.context_today
    )
    price_hour = fields.Monetary(string="Price an hour", required=True, aggregator=None)

    _task_date_uniq = models.UniqueIndex(
        "(task_id, date_from)",
        "This klus has a tariff from that date already. Change that one.",
    )
    _price_not_negative = models.Constraint(
        "CHECK(price_hour >= 0)", "A tariff cannot be negative."
    )

    def _get_label(self):
        return f"{self.task_id.display_name} {format_date(self.env, self.date_from)}"

    @api.model_create_multi
    def create(self, vals_list):
        tasks = self.env["project.task"]
        for vals in vals_list:
            task_id = vals.get("task_id") or self.env.context.get("default_task_id")
            # The owner is the klus's, whatever the client sends.
            vals["company_id"] = tasks.browse(task_id).company_id.id
        return super().create(vals_list)

    def write(self, vals):
        if vals.get("task_id"):
            # Else the refusal of another organisation's klus would name it.
            self.env["project.task"].browse(vals["task_id"]).check_access("read")
        return super().write(vals)
