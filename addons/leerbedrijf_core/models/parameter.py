from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class LeerbedrijfParameter(models.Model):
    """An amount or rate that changes over time: never a constant in code."""

    _name = "leerbedrijf.parameter"
    _description = "Norm or amount"
    _inherit = ["leerbedrijf.catalogue.mixin"]

    code = fields.Char(required=True)
    unit = fields.Char(translate=True, help="Euro a year, percent, days, …")
    description = fields.Text(translate=True, help="Meaning and source.")
    value_ids = fields.One2many(
        "leerbedrijf.parameter.value", "parameter_id", string="Values"
    )
    current_value = fields.Float(compute="_compute_current_value", digits=(16, 4))

    _code_uniq = models.Constraint(
        "UNIQUE(code)", "Another parameter has this code already. Choose another code."
    )

    @api.depends("value_ids.value", "value_ids.date_from")
    @api.depends_context("company")
    def _compute_current_value(self):
        for parameter in self:
            parameter.current_value = parameter._find_value(
                fields.Date.context_today(self), self.env.company
            ).value

    @api.model
    def _get(self, code, date=None, company=None):
        """The value of `code` on `date` (today) for `company` (the active one).

        A tenant's own value goes before its region's, which goes before the platform's;
        within a scope the latest that has started counts.

        :raises UserError: if no value has started
        """
        date = date or fields.Date.context_today(self)
        company = company or self.env.company
        parameter = self.search([("code", "=", code)])
        value = parameter._find_value(date, company)
        if not value:
            raise UserError(
                self.env._(
                    "“%(parameter)s” has no value on %(date)s. Ask the functional "
                    "administrator to add one.",
                    parameter=parameter.name or code,
                    date=format_date(self.env, date),
                )
            )
        return value.value

    def _find_value(self, date, company):
        """The value that holds; of the narrowest scope that has one."""
        for scope in ("tenant", "region", "platform"):
            started = self.value_ids.filtered(
                lambda value, scope=scope: (
                    value.scope == scope
                    and value.date_from <= date
                    and value._holds_for(company)
                )
            )
            if started:
                return started.sorted("date_from")[-1]
        return self.value_ids.browse()
