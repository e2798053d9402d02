from odoo import fields, models
from odoo.tools import format_amount

from ..calc import benefit
from ..tools import format_number

# The net benefit norm of a month of each standard type of household, as a parameter. A
# lone parent has the norm of a single person; the difference is in allowances.
HOUSEHOLDS = {
    "single": "benefit_norm_single",
    "single_parent": "benefit_norm_single_parent",
    "couple": "benefit_norm_couple",
}


class LeerbedrijfPledge(models.Model):
    """What a guaranteed contract means for standard types of household."""

    _inherit = "leerbedrijf.pledge"

    hourly_wage = fields.Float(
        string="Wage an hour",
        digits=(8, 2),
        help="Gross euros without holiday allowance, for the test of a guarantee; not "
        "printed. Empty: the minimum wage.",
    )

    _hourly_wage_range = models.Constraint(
        "CHECK(hourly_wage >= 0)", "A wage is not negative."
    )

    def _test_contract(self):
        """For each standard type of household whether it leaves benefit by this
        contract. Never of a person."""
        self.ensure_one()
        return benefit.test(
            self.hours_per_week,
            self._get_wage(),
            {name: self._get_norm(code) for name, code in HOUSEHOLDS.items()},
        )

    def _get_wage(self):
        return benefit.Wage(
            hourly=self.hourly_wage or self._get_norm("minimum_wage_hour"),
            holiday_percent=self._get_norm("holiday_allowance"),
            net_percent=self._get_norm("net_share_low_wage"),
        )

    def _get_norm(self, code):
        return self.env["leerbedrijf.parameter"]._get(
            code, company=self.agreement_id.company_id
        )

    def _describe_contract(self):
        """The result of `_test_contract` as sentences."""
        self.ensure_one()
        results = self._test_contract()
        return [self._describe_wage(), *map(self._describe_result, results)]

    def _describe_wage(self):
        currency = self.company_id.currency_id
        least = self._get_norm("minimum_wage_hour")
        net = benefit.net_per_month(self.hours_per_week, self._get_wage())
        values = {
            "hours": format_number(self.env, self.hours_per_week),
            "wage": format_amount(self.env, self.hourly_wage or least, currency),
            "net": format_amount(self.env, round(net), currency),
        }
        if not self.hourly_wage:
            return self.env._(
                "%(hours)s hours a week at the minimum wage of %(wage)s an hour is "
                "about %(net)s net a month, with holiday allowance.",
                **values,
            )
        if self.hourly_wage < least:
            return self.env._(
                "The wage of %(wage)s an hour is less than the minimum wage. "
                "%(hours)s hours a week is about %(net)s net a month.",
                **values,
            )
        return self.env._(
            "%(hours)s hours a week at %(wage)s an hour is about %(net)s net a month, "
            "with holiday allowance.",
            **values,
        )

    def _describe_result(self, result):
        household = {
            "single": self.env._("Somebody who lives alone"),
            "single_parent": self.env._("A lone parent"),
            "couple": self.env._("A couple without other income"),
        }[result.household]
        if result.leaves:
            return self.env._("%(household)s leaves benefit.", household=household)
        if result.hours is None:
            return self.env._(
                "%(household)s stays partly on benefit, also with a full week.",
                household=household,
            )
        return self.env._(
            "%(household)s stays partly on benefit; with %(hours)s hours a week not.",
            household=household,
            hours=result.hours,
        )

    def _get_history(self):
        """(promised, delivered) of this employer with this force, of other cohorts of
        which the result is known; as far as the user may know it."""
        self.ensure_one()
        others = [("cohort_id", "!=", self.cohort_id.id)] if self.cohort_id else []
        totals = self.partner_id._get_delivery_totals(
            [("is_known", "=", True), *others]
        )
        return totals.get((self.partner_id, self.force), (0, 0))

    def _describe_history(self):
        promised, delivered = self._get_history()
        if not promised:
            return self.env._(
                "No earlier edition shows what came of a job guarantee of "
                "%(employer)s.",
                employer=self.partner_id.name,
            )
        return self.env._(
            "In earlier editions %(employer)s guaranteed %(promised)s places and "
            "delivered %(delivered)s.",
            employer=self.partner_id.name,
            promised=promised,
            delivered=delivered,
        )

    def _has_concerns(self):
        """Whether somebody stays on benefit or the employer did not deliver before."""
        promised, delivered = self._get_history()
        return delivered < promised or not all(r.leaves for r in self._test_contract())
