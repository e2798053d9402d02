from odoo import fields, models


class LeerbedrijfTemplateTariff(models.Model):
    """What a party pays for this route from a date on, without VAT: what to agree and
    invoice by. It invoices nothing itself."""

    _name = "leerbedrijf.template.tariff"
    _description = "Tariff of a template"
    _inherit = ["leerbedrijf.template.part.mixin"]
    _order = "template_id, name, date_from desc, id"

    _is_design = False

    name = fields.Char(string="For what", required=True)
    payer = fields.Selection(
        [
            ("municipality", "Municipality"),
            ("employer", "Employer"),
            ("ministry", "Ministry of Education"),
            ("other", "Somebody else"),
        ],
        string="Paid by",
        required=True,
        default="municipality",
    )
    date_from = fields.Date(
        string="From", required=True, default=fields.Date.context_today
    )
    price = fields.Monetary(required=True, aggregator=None)
    unit = fields.Selection(
        [
            ("hour", "An hour"),
            ("month", "A month per participant"),
            ("route", "A participant, for the whole route"),
            ("cohort", "A cohort"),
        ],
        string="Per",
        required=True,
        default="route",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")

    _once_a_date = models.UniqueIndex(
        "(template_id, name, payer, date_from)",
        "There is a tariff for this from that date already. Change that one.",
    )
    _price_not_negative = models.Constraint(
        "CHECK(price >= 0)", "A tariff cannot be negative."
    )
