from odoo import api, fields, models
from odoo.exceptions import ValidationError


class LeerbedrijfCharge(models.Model):
    """Something other than hours to invoice: a contribution, pieces, a fixed fee."""

    _name = "leerbedrijf.charge"
    _description = "Charge"
    _inherit = ["leerbedrijf.private.mixin", "leerbedrijf.billable.mixin"]
    _order = "date desc, id desc"

    _billing_link_field = "charge_id"

    name = fields.Char(string="Description", required=True)
    company_id = fields.Many2one(string="Leerwerkbedrijf")
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner",
        string="Employer",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('is_employer', '=', True)]",
    )
    cohort_id = fields.Many2one(
        "leerbedrijf.cohort", index="btree_not_null", ondelete="restrict"
    )
    date = fields.Date(required=True, index=True, default=fields.Date.context_today)
    quantity = fields.Float(digits="Product Unit", default=1.0, required=True)
    price_unit = fields.Monetary(string="Price", required=True, aggregator=None)
    amount = fields.Monetary(compute="_compute_amount", store=True)
    tax_ids = fields.Many2many(
        "account.tax",
        string="Taxes",
        compute="_compute_tax_ids",
        store=True,
        readonly=False,
        domain="[('type_tax_use', '=', 'sale')]",
        check_company=True,
    )
    billing_state = fields.Selection(required=True)
    billing_link_ids = fields.One2many(
        "leerbedrijf.billing.link", "charge_id", string="Billing links"
    )

    _quantity_positive = models.Constraint(
        "CHECK(quantity > 0)", "The quantity of a charge is more than zero."
    )
    _price_not_negative = models.Constraint(
        "CHECK(price_unit >= 0)",
        "The price of a charge cannot be negative. To give money back, credit the "
        "invoice.",
    )

    @api.constrains("partner_id", "company_id")
    def _check_partner_region(self):
        for charge in self:
            charge.partner_id._check_region_of(charge.company_id)

    @api.constrains("cohort_id", "company_id")
    def _check_cohort_region(self):
        for charge in self.filtered("cohort_id"):
            # Superuser: only whose regions they are is compared.
            members = charge.cohort_id.sudo().region_id.company_ids
            if charge.company_id not in members:
                raise ValidationError(
                    self.env._(
                        "A charge belongs to a cohort of the own region. Choose one."
                    )
                )

    @api.depends("quantity", "price_unit")
    def _compute_amount(self):
        for charge in self:
            charge.amount = charge.currency_id.round(
                charge.quantity * charge.price_unit
            )

    @api.depends("company_id")
    def _compute_tax_ids(self):
        for charge in self:
            charge.tax_ids = charge.tax_ids or charge.company_id.account_sale_tax_id

    @api.model
    def _get_billing_locked_fields(self):
        return super()._get_billing_locked_fields() | {
            "quantity",
            "price_unit",
            "tax_ids",
            "cohort_id",
        }

    @api.model
    def _get_approver_groups(self):
        return "leerbedrijf_core.group_coordinator,leerbedrijf_core.group_finance"
