from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError


class LeerbedrijfCohortTemplate(models.Model):
    """A route made concrete for a region: partners, capacity, calendar, budget."""

    _name = "leerbedrijf.cohort.template"
    _description = "Cohort template"
    _inherit = ["leerbedrijf.regional.mixin", "mail.thread"]
    _order = "name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    route_id = fields.Many2one(
        "leerbedrijf.route", required=True, index=True, ondelete="restrict"
    )
    sector_id = fields.Many2one(related="route_id.sector_id", store=True, index=True)
    capacity = fields.Integer(required=True, default=20)
    training_partner_ids = fields.Many2many(
        "res.partner",
        "leerbedrijf_template_training_partner_rel",
        domain="[('is_training_partner', '=', True)]",
        string="Training partners",
    )
    intake_text = fields.Html(
        string="Intake list", help="What is discussed with every candidate."
    )
    budget_per_participant = fields.Monetary(
        compute="_compute_budget_per_participant",
        store=True,
        readonly=False,
        help="Planned cost of the whole route; proposed from the norm a year.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    cohort_ids = fields.One2many("leerbedrijf.cohort", "template_id", string="Cohorts")
    cohort_count = fields.Integer(compute="_compute_cohort_count")

    _capacity_positive = models.Constraint(
        "CHECK(capacity > 0)", "A cohort has room for at least one participant."
    )
    _budget_not_negative = models.Constraint(
        "CHECK(budget_per_participant >= 0)", "A budget cannot be negative."
    )

    @api.depends("route_id")
    def _compute_budget_per_participant(self):
        year_cost = self.env["leerbedrijf.parameter"]._get("route_cost_year")
        for template in self:
            template.budget_per_participant = (
                template.route_id.duration_months * year_cost / 12
            )

    @api.depends("cohort_ids", "first_version_id")
    def _compute_cohort_count(self):
        """Of all versions, as editions count on."""
        groups = self.env["leerbedrijf.cohort"]._read_group(
            [("template_id", "in", self._get_versions().ids)],
            ["template_id"],
            ["__count"],
        )
        by_first = Counter()
        for template, count in groups:
            by_first[template.first_version_id or template] += count
        for template in self:
            first = template.first_version_id or template._origin
            template.cohort_count = by_first[first]

    def _get_last_edition(self):
        """The highest edition so far, of all versions and archived cohorts too; 0
        without any."""
        if not self:
            return 0
        self.ensure_one()
        cohorts = self.env["leerbedrijf.cohort"].with_context(active_test=False)
        domain = [("template_id", "in", self._get_versions().ids)]
        [[last]] = cohorts._read_group(domain, [], ["edition:max"])
        return last or 0

    def action_new_cohort(self):
        """Open a new cohort of this template, to be given a start date."""
        self.ensure_one()
        self._check_has_phases()
        return {
            "type": "ir.actions.act_window",
            "res_model": "leerbedrijf.cohort",
            "view_mode": "form",
            "context": {"default_template_id": self.id},
        }

    def action_view_cohorts(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "leerbedrijf_core.cohort_action"
        )
        domain = [("template_id", "in", self._get_versions().ids)]
        return {**action, "domain": domain, "context": {}}

    def _check_has_phases(self):
        for template in self:
            if not template.phase_ids:
                raise UserError(
                    self.env._(
                        "Template “%(template)s” has no phases, so a cohort cannot "
                        "be planned. Add phases or choose another route.",
                        template=template.name,
                    )
                )
