from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..calc import skill_match


class LeerbedrijfFunction(models.Model):
    """Work that an employer offers to a cohort, with what it asks. It names no person.

    Made from a pledge, else from a future job, else by hand. What comes of a promise
    decides on the places; an employer that withdraws closes the function with a reason.
    """

    _name = "leerbedrijf.function"
    _description = "Function"
    _inherit = ["leerbedrijf.child.mixin"]
    _order = "cohort_id, partner_id, name, id"
    _rec_names_search = ["name", "partner_id"]
    _label_fields = ("name", "partner_id.name")

    _tenancy_kind = "regional"
    _write_once_columns = ("cohort_id",)

    cohort_id = fields.Many2one(
        "leerbedrijf.cohort", required=True, index=True, ondelete="cascade"
    )
    region_id = fields.Many2one(
        related="cohort_id.region_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(
        related="cohort_id.company_id", store=True, index=True, precompute=True
    )
    active = fields.Boolean(default=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Employer",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('is_employer', '=', True), ('region_id', '=', region_id)]",
    )
    name = fields.Char(required=True, help="What the work is called at the employer.")
    # As the user: a number of places is for who may read the pledge or future job.
    places = fields.Integer(
        compute="_compute_places",
        compute_sudo=False,
        store=True,
        readonly=False,
        help="Of a pledge or future job: as many as stand. Else as filled in.",
    )
    hours_per_week = fields.Float(
        string="Hours a week", required=True, default=24, aggregator=None
    )
    day_part_ids = fields.Many2many(
        "leerbedrijf.day.part",
        "leerbedrijf_function_day_part_rel",
        string="When the work is",
        help="The parts of the week in which somebody must be there. Empty: in "
        "consultation.",
    )
    pledge_id = fields.Many2one(
        "leerbedrijf.pledge",
        index="btree_not_null",
        copy=False,
        ondelete="set null",
        domain="[('cohort_id', '=', cohort_id), ('partner_id', '=', partner_id)]",
    )
    forecast_id = fields.Many2one(
        "leerbedrijf.forecast",
        string="Future job",
        index="btree_not_null",
        copy=False,
        ondelete="set null",
        domain="[('partner_id', '=', partner_id)]",
    )
    skill_line_ids = fields.One2many(
        "leerbedrijf.function.skill", "function_id", string="Skills", copy=True
    )
    closing_reason_id = fields.Many2one(
        "leerbedrijf.forecast.reason",
        string="Why withdrawn",
        index="btree_not_null",
        copy=False,
        ondelete="restrict",
        domain="[('is_about_people', '=', False)]",
    )
    closed_on = fields.Date(
        string="Withdrawn on",
        compute="_compute_closed_on",
        store=True,
        copy=False,
        help="When the employer withdrew it.",
    )
    is_open = fields.Boolean(
        string="Open",
        compute="_compute_is_open",
        store=True,
        help="Has places and has not been withdrawn: people can be matched to it.",
    )
    note = fields.Text(
        string="About the work",
        help="The whole region reads this: name no participants.",
    )

    _pledge_once = models.UniqueIndex(
        "(pledge_id) WHERE pledge_id IS NOT NULL",
        "This pledge is a function already. Open that one.",
    )
    _forecast_once = models.UniqueIndex(
        "(cohort_id, forecast_id) WHERE pledge_id IS NULL AND forecast_id IS NOT NULL",
        "This future job is a function of this cohort already. Open that one.",
    )
    _places_not_negative = models.Constraint(
        "CHECK(places >= 0)", "A function has no places or more, never less than none."
    )
    _hours_per_week_range = models.Constraint(
        "CHECK(hours_per_week > 0 AND hours_per_week <= 40)",
        "The hours a week of a function must be more than 0 and at most 40.",
    )

    @api.depends(
        "cohort_id",
        "pledge_id.cohort_id",
        "pledge_id.standing_places",
        "pledge_id.agreement_id.is_in_force",
        "forecast_id.counting_places",
    )
    def _compute_places(self):
        for function in self:
            pledge = function.pledge_id
            if pledge:
                holds = pledge.agreement_id.is_in_force
                holds &= pledge.cohort_id == function.cohort_id
                function.places = pledge.standing_places if holds else 0
            elif function.forecast_id:
                function.places = function.forecast_id.counting_places
            else:
                function.places = function.places or 1

    @api.depends("closing_reason_id")
    def _compute_closed_on(self):
        today = fields.Date.context_today(self)
        for function in self:
            is_closed = bool(function.closing_reason_id)
            function.closed_on = is_closed and (function.closed_on or today)

    @api.depends("active", "places", "closing_reason_id")
    def _compute_is_open(self):
        for function in self:
            is_open = function.active and not function.closing_reason_id
            function.is_open = is_open and function.places > 0

    def _get_label(self):
        return f"{self.name or ''} · {self.partner_id.name or ''}"

    @api.constrains("partner_id", "cohort_id")
    def _check_partner_region(self):
        for function in self:
            # Superuser: an employer of another region is compared, not shown.
            if function.partner_id.sudo().region_id != function.region_id:
                raise ValidationError(
                    self.env._("Choose an employer of this cohort's region.")
                )

    @api.constrains("partner_id", "pledge_id", "forecast_id")
    def _check_source(self):
        for function in self:
            # Superuser: what is of another employer is compared, not shown.
            pledge, forecast = function.sudo().pledge_id, function.sudo().forecast_id
            if (pledge.partner_id | forecast.partner_id) - function.partner_id:
                raise ValidationError(
                    self.env._(
                        "The pledge and the future job of a function must be of its "
                        "own employer. Choose others, or none."
                    )
                )

    @api.constrains("closing_reason_id")
    def _check_closing_reason(self):
        for function in self:
            if function.closing_reason_id.is_about_people:
                raise ValidationError(
                    self.env._(
                        "“%(reason)s” would point at participants. Choose a reason of "
                        "the employer or of the job.",
                        reason=function.closing_reason_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        functions = super().create(vals_list)
        functions._follow_source()
        return functions

    def write(self, vals):
        open_before = self.filtered("is_open")
        result = super().write(vals)
        if "places" in vals:
            self._follow_source()
        if vals.get("closing_reason_id") or not vals.get("active", True):
            open_before._tell_closed()
        return result

    def _get_wanted_skills(self):
        """What this function asks, as calc/skill_match.py wants it."""
        self.ensure_one()
        return [
            skill_match.Wanted(
                line.skill_id.id,
                line._to_level("level_id"),
                is_required=line.is_required,
                is_learnable=line.is_learnable,
                is_certificate=line.is_certificate,
            )
            for line in self.skill_line_ids
        ]

    def _follow_source(self):
        """What stands decides on the places, whatever a client fills in."""
        followers = self.filtered(lambda f: f.pledge_id or f.forecast_id)
        self.env.add_to_compute(self._fields["places"], followers)

    def _tell_closed(self):
        """These functions were open and are withdrawn or archived now: the coordinator
        looks who needs another one. Extend for what was chosen for them."""
        for function in self:
            coordinator = function.cohort_id.coordinator_id
            cohort = function.cohort_id.with_user(coordinator)
            if coordinator and cohort.with_context(allowed_company_ids=[]).has_access(
                "read"
            ):
                # Superuser: a to-do on a cohort of the region that the writer need not
                # own; it says function and employer alone.
                function.cohort_id.sudo().activity_schedule(
                    "mail.mail_activity_data_todo",
                    user_id=coordinator.id,
                    summary=self.env._(
                        "%(employer)s withdrew “%(function)s”. Who needs another "
                        "place?",
                        employer=function.partner_id.name,
                        function=function.name,
                    ),
                )

    def action_close(self):
        """Ask why the employer withdraws this function."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("The employer withdraws"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [
                (self.env.ref("leerbedrijf_core.function_view_form_close").id, "form")
            ],
            "target": "new",
        }

    def action_reopen(self):
        """The employer offers it after all."""
        self.write({"closing_reason_id": False})
