from odoo import api, fields, models


class LeerbedrijfTariff(models.Model):
    """What an hour of a klus costs the employer from a date on, without VAT."""

    _name = "leerbedrijf.tariff"
    _description = "Hourly tariff"
    _inherit = ["leerbedrijf.private.mixin"]
    _order = "task_id, date_from desc"
    _rec_name = "task_id"

    task_id = fields.Many2one(
        "project.task",
        string="Klus",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('is_klus', '=', True)]",
        check_company=True,
    )
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

    @api.depends("task_id", "date_from")
    def _compute_display_name(self):
        for tariff in self:
            tariff.display_name = f"{tariff.task_id.display_name} {tariff.date_from}"

    @api.model_create_multi
    def create(self, vals_list):
        tasks = self.env["project.task"]
        for vals in vals_list:
            task_id = vals.get("task_id") or self.env.context.get("default_task_id")
            # The owner is the klus's, whatever the client sends.
            vals["company_id"] = tasks.browse(task_id).company_id.id
        return super().create(vals_list)
