from odoo import api, fields, models


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
    reason = fields.Selection(
        [
            ("growth", "Growth"),
            ("unfillable", "Vacancy that stays unfilled"),
            ("replacement", "Replacement"),
        ],
        required=True,
        default="growth",
    )
    certainty = fields.Selection(
        [
            ("mentioned", "Mentioned"),
            ("expected", "Expected"),
            ("intention", "Intention"),
            ("guarantee", "Job guarantee"),
            ("opened", "Vacancy opened"),
            ("filled", "Filled"),
            ("lapsed", "Lapsed"),
        ],
        required=True,
        default="mentioned",
        tracking=True,
        group_expand=True,
        index=True,
    )
    confirmed_on = fields.Date(
        string="Last confirmed", readonly=True, copy=False, tracking=True
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
        "hr.skill", "leerbedrijf_forecast_skill_rel", string="Skills asked"
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

    @api.depends("pledge_ids")
    def _compute_pledge_count(self):
        for forecast in self:
            forecast.pledge_count = len(forecast.pledge_ids)

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
