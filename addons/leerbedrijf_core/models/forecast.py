from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

# The ladder, from a word in passing to a job.
CERTAINTIES = [
    ("mentioned", "Mentioned"),
    ("expected", "Expected"),
    ("intention", "Intention"),
    ("guarantee", "Job guarantee"),
    ("opened", "Vacancy opened"),
    ("filled", "Filled"),
    ("lapsed", "Lapsed"),
]
# Neither open nor to be confirmed any more.
SETTLED = ("filled", "lapsed")
# As far as a promise on paper can carry it; the rest is for real life.
BEYOND_PLEDGES = ("opened", *SETTLED)
REASONS = [
    ("growth", "Growth"),
    ("unfillable", "Vacancy that stays unfilled"),
    ("replacement", "Replacement"),
]


class LeerbedrijfForecast(models.Model):
    """Jobs that an employer expects to have: the start of every route."""

    _name = "leerbedrijf.forecast"
    _description = "Future job"
    _inherit = ["leerbedrijf.employer.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date_from, id"
    _mail_post_access = "read"

    name = fields.Char(compute="_compute_name", store=True)
    partner_id = fields.Many2one(tracking=True)
    sector_id = fields.Many2one(
        "leerbedrijf.sector",
        compute="_compute_sector_id",
        store=True,
        readonly=False,
        index=True,
        ondelete="restrict",
    )
    function = fields.Char(required=True, help="The job title at the employer.")
    places = fields.Integer(required=True, default=1, tracking=True)
    date_from = fields.Date(
        string="Start from", required=True, default=fields.Date.context_today
    )
    date_to = fields.Date(string="Start until", tracking=True)
    hours_per_week = fields.Float(string="Hours a week", required=True, default=32)
    reason = fields.Selection(REASONS, required=True, default="growth")
    certainty = fields.Selection(
        CERTAINTIES,
        required=True,
        default="mentioned",
        tracking=True,
        group_expand=True,
        index=True,
    )
    confirmed_on = fields.Date(
        string="Last confirmed",
        readonly=True,
        copy=False,
        tracking=True,
        default=fields.Date.context_today,
    )
    is_stale = fields.Boolean(
        string="To confirm",
        compute="_compute_is_stale",
        store=True,
        index=True,
        help="Nobody has confirmed it for so long (a norm, in days) that it no longer "
        "counts.",
    )
    counting_places = fields.Integer(
        string="Places that count",
        compute="_compute_counting_places",
        store=True,
        help="The places of a job that is open and confirmed; else none.",
    )
    reason_id = fields.Many2one(
        "leerbedrijf.forecast.reason",
        string="Why it lapsed",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
    )
    account_manager_id = fields.Many2one(
        "res.users",
        compute="_compute_account_manager_id",
        store=True,
        readonly=False,
        index=True,
        domain="[('share', '=', False)]",
    )
    skill_ids = fields.Many2many(
        "hr.skill",
        "leerbedrijf_forecast_skill_rel",
        string="Minimum entry skills",
        help="What somebody must be able to do to start; the rest is learned.",
    )
    pledge_ids = fields.One2many("leerbedrijf.pledge", "forecast_id", string="Pledges")
    pledge_count = fields.Integer(compute="_compute_pledge_count")
    note = fields.Text(string="Notes")

    _places_positive = models.Constraint(
        "CHECK(places > 0)", "A future job has at least one place."
    )
    _hours_per_week_range = models.Constraint(
        "CHECK(hours_per_week > 0 AND hours_per_week <= 40)",
        "The hours a week must be more than 0 and at most 40.",
    )
    _date_order = models.Constraint(
        "CHECK(date_to IS NULL OR date_to >= date_from)",
        "The last start date cannot be before the first start date.",
    )

    @api.depends("places", "function", "partner_id.name")
    def _compute_name(self):
        for forecast in self:
            jobs = forecast.function and f"{forecast.places} × {forecast.function}"
            parts = filter(None, (jobs, forecast.partner_id.name))
            forecast.name = " · ".join(parts)

    def _get_label(self):
        return self.name or self.env._("New future job")

    @api.depends("partner_id")
    def _compute_sector_id(self):
        for forecast in self:
            forecast.sector_id = forecast.sector_id or forecast.partner_id.sector_id

    @api.depends("partner_id")
    def _compute_account_manager_id(self):
        for forecast in self:
            forecast.account_manager_id = (
                forecast.account_manager_id or forecast.partner_id.account_manager_id
            )

    @api.depends("confirmed_on", "certainty")
    def _compute_is_stale(self):
        """As of today: `_cron_mark_stale` looks again every night."""
        for company, forecasts in self.grouped("company_id").items():
            oldest = self._get_oldest_confirmation(company)
            for forecast in forecasts:
                forecast.is_stale = forecast.certainty not in SETTLED and (
                    not forecast.confirmed_on or forecast.confirmed_on < oldest
                )

    @api.depends("places", "certainty", "is_stale")
    def _compute_counting_places(self):
        for forecast in self:
            counts = forecast.certainty not in SETTLED and not forecast.is_stale
            forecast.counting_places = forecast.places if counts else 0

    @api.model
    def _get_oldest_confirmation(self, company):
        """What was confirmed before this date no longer counts."""
        days = self.env["leerbedrijf.parameter"]._get(
            "forecast_confirm_days", company=company
        )
        return fields.Date.context_today(self) - timedelta(days=days)

    @api.constrains("certainty", "reason_id")
    def _check_reason(self):
        for forecast in self:
            if forecast.certainty == "lapsed" and not forecast.reason_id:
                raise ValidationError(
                    self.env._(
                        "Say why %(forecast)s lapsed: open it, choose “Why it lapsed” "
                        "and press “Lapsed”.",
                        forecast=forecast.name,
                    )
                )

    @api.depends("pledge_ids")
    def _compute_pledge_count(self):
        for forecast in self:
            forecast.pledge_count = len(forecast.pledge_ids)

    def write(self, vals):
        # Another rung or number is news of the employer: it confirms the job.
        if {"certainty", "places"} & vals.keys() and "confirmed_on" not in vals:
            vals = {**vals, "confirmed_on": fields.Date.context_today(self)}
        return super().write(vals)

    def _follow_pledges(self):
        """What was signed for decides the rung, until a vacancy opens."""
        for forecast in self:
            signed = forecast.pledge_ids.filtered(
                lambda pledge: pledge.agreement_id.state == "signed"
            )
            if signed and forecast.certainty not in BEYOND_PLEDGES:
                forces = set(signed.mapped("force"))
                certainty = "guarantee" if "guarantee" in forces else "intention"
                if forecast.certainty != certainty:
                    forecast.certainty = certainty

    def action_view_pledges(self):
        """What the employer pledged of these jobs, each with its agreement."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "leerbedrijf_core.pledge_action"
        )
        return {**action, "domain": [("forecast_id", "=", self.id)]}

    def action_confirm_today(self):
        """The employer said today that the forecast still holds."""
        self.write({"confirmed_on": fields.Date.context_today(self)})
        self._close_confirmation()

    def action_lapse(self):
        """The job will not come; why is asked by `_check_reason`."""
        self.write({"certainty": "lapsed"})
        self._close_confirmation()

    def _close_confirmation(self):
        """Nobody has to ask any more."""
        self.activity_feedback(["leerbedrijf_core.activity_type_confirm_forecast"])

    @api.model
    def _cron_mark_stale(self):
        """Every night: what was not confirmed for too long drops out of the counts, and
        lands with its account manager."""
        for company in self.env["res.company"].search(
            [("leerbedrijf_role", "!=", False)]
        ):
            old = self.search(
                [
                    ("company_id", "=", company.id),
                    ("is_stale", "=", False),
                    ("certainty", "not in", SETTLED),
                    ("confirmed_on", "<", self._get_oldest_confirmation(company)),
                ]
            )
            self.env.add_to_compute(self._fields["is_stale"], old)
            for manager, forecasts in old.grouped("account_manager_id").items():
                if manager:
                    forecasts.activity_schedule(
                        "leerbedrijf_core.activity_type_confirm_forecast",
                        user_id=manager.id,
                    )
