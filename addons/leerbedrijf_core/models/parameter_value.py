from odoo import fields, models


class LeerbedrijfParameterValue(models.Model):
    """What a parameter is worth from a date on, for everybody, a region or a tenant."""

    _name = "leerbedrijf.parameter.value"
    _description = "Value of a norm or amount"
    _inherit = ["leerbedrijf.bounded.mixin"]
    _order = "parameter_id, date_from desc, id"
    _rec_name = "parameter_id"

    _tenancy_kind = "scoped"

    parameter_id = fields.Many2one(
        "leerbedrijf.parameter", required=True, index=True, ondelete="cascade"
    )
    date_from = fields.Date(
        string="From", required=True, default=fields.Date.context_today
    )
    value = fields.Float(required=True, digits=(16, 4))
    scope = fields.Selection(
        [
            ("platform", "Everybody"),
            ("region", "One region"),
            ("tenant", "One organisation"),
        ],
        required=True,
        default="region",
    )
    region_id = fields.Many2one("leerbedrijf.region", index="btree_not_null")
    company_id = fields.Many2one(
        "res.company", string="Organisation", index="btree_not_null"
    )
    source = fields.Char(help="Law, decision or publication that gives the value.")

    _scope_filled = models.Constraint(
        "CHECK((scope = 'region') = (region_id IS NOT NULL)"
        " AND (scope = 'tenant') = (company_id IS NOT NULL))",
        "Choose the region or the organisation that the value is for, and only that.",
    )
    _value_uniq = models.UniqueIndex(
        "(parameter_id, date_from, COALESCE(region_id, 0), COALESCE(company_id, 0))",
        "There is a value from this date already. Change that one.",
    )

    def _holds_for(self, company):
        self.ensure_one()
        return (
            self.scope == "platform"
            or self.company_id == company
            or self.region_id in company.leerbedrijf_region_ids
        )

    def write(self, vals):
        result = super().write(vals)
        if {"scope", "region_id", "company_id"} & vals.keys():
            # Odoo asks the rules before a write only: a value may not be pushed to
            # everybody, or to a region of which the writer is no member.
            self.check_access("write")
        return result
