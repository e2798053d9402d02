from datetime import datetime, time

from odoo import api, fields, models
from odoo.exceptions import RedirectWarning, UserError, ValidationError
from odoo.tools.misc import format_date

from ..calc import phase_dates

SEAT_STATES = ("accepted", "learning", "aftercare")


class LeerbedrijfCohort(models.Model):
    """One edition of a route: the record that walks the six steps of the method.

    Gates advise and never block real life: passing a step with something missing needs
    a reason, which is logged.
    """

    _name = "leerbedrijf.cohort"
    _description = "Cohort"
    _inherit = ["leerbedrijf.regional.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date_start desc, name, id"
    _mail_post_access = "read"

    name = fields.Char(compute="_compute_name", store=True, readonly=False, copy=False)
    company_id = fields.Many2one(
        string="Leerwerkbedrijf",
        compute="_compute_company_id",
        store=True,
        readonly=False,
        precompute=True,
        default=None,
    )
    active = fields.Boolean(default=True)
    template_id = fields.Many2one(
        "leerbedrijf.cohort.template",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('region_id', '=', region_id)]",
    )
    route_id = fields.Many2one(related="template_id.route_id", store=True, index=True)
    sector_id = fields.Many2one(related="route_id.sector_id", store=True, index=True)
    color = fields.Integer(related="sector_id.color")
    edition = fields.Integer(
        compute="_compute_from_template",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
        aggregator=None,
    )
    capacity = fields.Integer(
        compute="_compute_from_template", store=True, readonly=False, precompute=True
    )
    training_partner_ids = fields.Many2many(
        "res.partner",
        "leerbedrijf_cohort_training_partner_rel",
        string="Training partners",
        compute="_compute_training_partner_ids",
        store=True,
        readonly=False,
        domain="[('is_training_partner', '=', True)]",
    )
    date_start = fields.Date(string="Start", required=True, tracking=True)
    date_end = fields.Date(string="End", compute="_compute_date_end", store=True)
    step_id = fields.Many2one(
        "leerbedrijf.cohort.step",
        required=True,
        index=True,
        tracking=True,
        copy=False,
        default=lambda self: self.env["leerbedrijf.cohort.step"].search([], limit=1),
        group_expand="_read_group_expand_full",
        ondelete="restrict",
    )
    step_code = fields.Selection(related="step_id.code", string="Code of the step")
    done_when = fields.Text(related="step_id.done_when")
    coordinator_id = fields.Many2one(
        "res.users",
        default=lambda self: self._default_coordinator(),
        domain="[('share', '=', False)]",
        tracking=True,
    )
    employer_ids = fields.Many2many(
        "res.partner",
        "leerbedrijf_cohort_employer_rel",
        string="Employers",
        domain="[('is_employer', '=', True), ('region_id', '=', region_id)]",
    )
    forecast_ids = fields.Many2many(
        "leerbedrijf.forecast",
        string="Future jobs",
        domain="[('region_id', '=', region_id)]",
    )
    pledge_ids = fields.One2many("leerbedrijf.pledge", "cohort_id", string="Pledges")
    phase_ids = fields.One2many(
        "leerbedrijf.cohort.phase", "cohort_id", string="Phases"
    )
    enrolment_ids = fields.One2many(
        "leerbedrijf.enrolment", "cohort_id", string="Enrolments"
    )
    forecast_places = fields.Integer(
        compute="_compute_promised", string="Expected jobs"
    )
    guarantee_places = fields.Integer(compute="_compute_promised", string="Guarantees")
    intention_places = fields.Integer(compute="_compute_promised", string="Intentions")
    promised_places = fields.Integer(compute="_compute_promised")
    seats_taken = fields.Integer(compute="_compute_seats")
    proposal_count = fields.Integer(compute="_compute_seats", string="Proposals")
    can_write = fields.Boolean(compute="_compute_can_write")
    can_plan = fields.Boolean(compute="_compute_can_write")
    missing_requirements = fields.Text(compute="_compute_missing_requirements")
    note = fields.Html()

    _capacity_positive = models.Constraint(
        "CHECK(capacity > 0)", "A cohort has room for at least one participant."
    )

    @api.depends("template_id")
    def _compute_company_id(self):
        """Whose template it is runs the cohort, also if another member starts it."""
        for cohort in self:
            cohort.company_id = (
                cohort._origin.company_id
                or cohort.template_id.company_id
                or self.env.company
            )

    @api.depends("template_id")
    def _compute_from_template(self):
        for cohort in self:
            template = cohort.template_id
            cohort.capacity = template.capacity or cohort.capacity or 1
            cohort.edition = template._get_last_edition() + 1

    @api.depends("template_id")
    def _compute_training_partner_ids(self):
        for cohort in self:
            cohort.training_partner_ids = cohort.template_id.training_partner_ids

    @api.depends("template_id", "edition")
    def _compute_name(self):
        for cohort in self:
            cohort.name = cohort.template_id and self.env._(
                "%(template)s – edition %(edition)s",
                template=cohort.template_id.name,
                edition=cohort.edition,
            )

    @api.depends("phase_ids.date_end", "date_start")
    def _compute_date_end(self):
        for cohort in self:
            ends = cohort.phase_ids.filtered("date_end").mapped("date_end")
            cohort.date_end = max(ends, default=cohort.date_start)

    @api.model
    def _default_coordinator(self):
        user = self.env.user
        return user.has_group("leerbedrijf_core.group_coordinator") and user

    @api.depends(
        "forecast_ids.places",
        "forecast_ids.certainty",
        "pledge_ids.places",
        "pledge_ids.force",
        "pledge_ids.agreement_id.state",
    )
    def _compute_promised(self):
        for cohort in self:
            forecasts = cohort.forecast_ids.filtered(
                lambda forecast: forecast.certainty not in ("filled", "lapsed")
            )
            cohort.forecast_places = sum(forecasts.mapped("places"))
            by_force = cohort._get_promises().grouped("force")
            for force in ("guarantee", "intention"):
                pledges = by_force.get(force, self.env["leerbedrijf.pledge"])
                cohort[f"{force}_places"] = sum(pledges.mapped("places"))
            cohort.promised_places = cohort.guarantee_places + cohort.intention_places

    def _get_promises(self):
        """The pledges that hold: of agreements that were sent and not cancelled."""
        return self.pledge_ids.filtered(
            lambda pledge: pledge.agreement_state in ("sent", "signed", "ended")
        )

    @api.depends("enrolment_ids.state")
    def _compute_seats(self):
        # Superuser: the whole region may know how many seats are taken. A number says
        # nothing about a person, and municipalities cannot count each other's people.
        groups = (
            self.env["leerbedrijf.enrolment"]
            .sudo()
            ._read_group(
                [("cohort_id", "in", self.ids)], ["cohort_id", "state"], ["__count"]
            )
        )
        counts = {(cohort.id, state): count for cohort, state, count in groups}
        for cohort in self:
            id_ = cohort._origin.id
            cohort.seats_taken = sum(counts.get((id_, s), 0) for s in SEAT_STATES)
            cohort.proposal_count = counts.get((id_, "proposed"), 0)

    @api.depends("step_id", "company_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_can_write(self):
        writable = self._filtered_access("write")
        plans = self.env["leerbedrijf.cohort.phase"].has_access("write")
        for cohort in self:
            cohort.can_write = not cohort.id or cohort in writable
            cohort.can_plan = plans and cohort.company_id in self.env.companies

    @api.depends("step_id", "phase_ids", "employer_ids", "forecast_ids", "pledge_ids")
    def _compute_missing_requirements(self):
        for cohort in self:
            cohort.missing_requirements = "\n".join(cohort._get_missing_requirements())

    @api.constrains("employer_ids", "forecast_ids", "training_partner_ids", "region_id")
    def _check_same_region(self):
        for cohort in self:
            partners = cohort.employer_ids | cohort.training_partner_ids
            strangers = partners.filtered_domain(
                [("region_id", "!=", cohort.region_id.id)]
            )
            if strangers or cohort.forecast_ids.region_id - cohort.region_id:
                raise ValidationError(
                    self.env._(
                        "%(cohort)s can only work with employers, training partners "
                        "and future jobs of the region %(region)s.",
                        cohort=cohort.name,
                        region=cohort.region_id.name,
                    )
                )

    @api.constrains("template_id", "region_id")
    def _check_template_region(self):
        for cohort in self:
            if cohort.template_id.region_id != cohort.region_id:
                raise ValidationError(
                    self.env._("Choose a template of the cohort's own region.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        cohorts = super().create(vals_list)
        cohorts.filtered(lambda cohort: not cohort.phase_ids)._plan_phases()
        return cohorts

    def write(self, vals):
        if vals.get("step_id"):
            target = self.env["leerbedrijf.cohort.step"].browse(vals["step_id"])
            for cohort in self:
                cohort._check_step_passable(target)
        start = fields.Date.to_date(vals.get("date_start"))
        moved = start and self.filtered(lambda cohort: cohort.date_start != start)
        if moved:
            moved._check_not_started()
        result = super().write(vals)
        if moved:
            moved._plan_phases()
        return result

    # Phases ------------------------------------------------------------------

    def _plan_phases(self):
        """Copy the route's phases with real dates; phases planned before are replaced.

        Work days are those of the calendar of the cohort's organisation.
        """
        for cohort in self:
            cohort.template_id._check_has_phases()
            dates = cohort._get_phase_dates()
            # Superuser: who may make or move the cohort plans its phases with it, also
            # for another member of the region that will run it.
            phases = cohort.phase_ids.sudo()
            phases.unlink()
            phases.create(
                [
                    cohort._prepare_cohort_phase_values(phase, *dates[phase.id])
                    for phase in cohort.route_id.phase_ids
                ]
            )

    def _get_phase_dates(self):
        self.ensure_one()
        phases = self.route_id.phase_ids._to_calc()
        try:
            return phase_dates.plan(phases, self.date_start, self._get_work_day_test())
        except (OverflowError, ValueError) as error:
            # A PlanningError is a ValueError; dates end with the year 9999.
            raise UserError(
                self.env._(
                    "The phases of “%(cohort)s” cannot be planned, because the working "
                    "calendar of %(company)s has no work day for a year. Correct the "
                    "calendar or the start date.",
                    cohort=self.name,
                    company=self.company_id.display_name,
                )
            ) from error

    def _get_work_day_test(self):
        """A function that tells of a date whether this cohort's people work on it."""
        horizon = self.date_start + self.route_id.phase_ids._get_longest_span()
        # Superuser: of the owner's calendar only the days without work come out.
        calendar = self.sudo().company_id.resource_calendar_id
        unusual = calendar._get_unusual_days(
            datetime.combine(self.date_start, time.min),
            datetime.combine(horizon, time.max),
            self.company_id,
        )
        return lambda day: not unusual.get(fields.Date.to_string(day), False)

    def _prepare_cohort_phase_values(self, phase, date_start, date_end):
        """What a cohort phase takes from the route's phase: a whitelist to extend."""
        return {
            "cohort_id": self.id,
            "route_phase_id": phase.id,
            "name": phase.name,
            "kind": phase.kind,
            "sequence": phase.sequence,
            "hours_per_week": phase.hours_per_week,
            "days_per_week": phase.days_per_week,
            "date_start": date_start,
            "date_end": date_end,
        }

    def _check_not_started(self):
        """Planning anew would throw away the dates that people have been given."""
        # Superuser: whoever takes part counts, also whom this role does not see.
        enrolments = self.sudo().enrolment_ids
        accepted = enrolments.filtered(lambda e: e.state not in ("proposed", "refused"))
        if accepted:
            raise UserError(
                self.env._(
                    "Participants of “%(cohort)s” have a plan already, so its start "
                    "stays. Move the phases instead.",
                    cohort=accepted[0].cohort_id.name,
                )
            )

    # Steps -------------------------------------------------------------------

    def _get_missing_requirements(self):
        """Plain sentences: what the current step still misses. Sectors add theirs."""
        self.ensure_one()
        codes = [self.step_code] if self.step_code else []
        if self.step_code == "match":
            codes.insert(0, "route")
        return self._get_missing_of_steps(codes)

    def _get_missing_of_steps(self, codes):
        return [
            sentence
            for code in codes
            for sentence in getattr(self, f"_get_missing_{code}", list)()
        ]

    def _get_missing_job(self):
        missing = []
        if not self.employer_ids:
            missing.append(self.env._("No employer takes part yet."))
        if not self.forecast_ids:
            missing.append(self.env._("No future job is linked yet."))
        return missing

    def _get_missing_options(self):
        missing = []
        if not self.training_partner_ids:
            missing.append(self.env._("It is not known yet who trains."))
        if self.forecast_places < self.capacity:
            missing.append(
                self.env._(
                    "Employers expect %(jobs)s jobs for %(seats)s seats.",
                    jobs=self.forecast_places,
                    seats=self.capacity,
                )
            )
        return missing

    def _get_missing_route(self):
        missing = []
        if not self.phase_ids:
            missing.append(self.env._("The phases have no dates yet."))
        states = set(self.pledge_ids.mapped("agreement_state")) - {"cancelled"}
        if not states:
            missing.append(self.env._("No employer has pledged a place yet."))
        elif states - {"signed", "ended"}:
            missing.append(self.env._("Not every agreement has been signed."))
        return missing

    def _get_missing_match(self):
        missing = []
        if self.proposal_count:
            missing.append(
                self.env._(
                    "%(number)s proposed candidates wait for an answer.",
                    number=self.proposal_count,
                )
            )
        if not self.seats_taken:
            missing.append(self.env._("No candidate has been accepted yet."))
        return missing

    def _get_missing_learning(self):
        if self.date_end and self.date_end > fields.Date.context_today(self):
            return [
                self.env._(
                    "The last phase ends on %(date)s.",
                    date=format_date(self.env, self.date_end),
                )
            ]
        return []

    def _get_missing_regular(self):
        # Superuser: as for the seats, a number says nothing about a person. The account
        # manager reads this on the board and may not read enrolments.
        busy = self.sudo().enrolment_ids.filtered(
            lambda e: e.state in SEAT_STATES and not e.outcome_id
        )
        if not busy:
            return []
        return [
            self.env._("%(number)s participants have no outcome yet.", number=len(busy))
        ]

    def _get_missing_before(self, target):
        """What is missing for a move to `target`: nothing if it lies behind.

        Route and match may be done in either order, so the route is not asked for on
        the way to the match, but is on the way out of it.
        """
        self.ensure_one()
        passed = self.env["leerbedrijf.cohort.step"].search(
            [
                ("sequence", ">=", self.step_id.sequence),
                ("sequence", "<", target.sequence),
            ]
        )
        codes = passed.mapped("code")
        if target.code == "match":
            codes = [code for code in codes if code != "route"]
        elif self.step_code == "match" and "match" in codes:
            codes = ["route", *codes]
        return self._get_missing_of_steps(codes)

    def _check_step_passable(self, target):
        missing = self._get_missing_before(target)
        if missing:
            raise RedirectWarning(
                self.env._(
                    "%(cohort)s cannot pass to “%(step)s” without a reason:\n"
                    "%(missing)s",
                    cohort=self.name,
                    step=target.name,
                    missing="\n".join(f"– {sentence}" for sentence in missing),
                ),
                self.env.ref("leerbedrijf_core.cohort_step_pass_action").id,
                self.env._("Give a reason"),
                {"default_cohort_id": self.id, "default_step_id": target.id},
            )

    def _pass_step(self, target, reason):
        """Move to `target` although something is missing, and log why."""
        self.ensure_one()
        missing = self._get_missing_before(target)
        self.message_post(
            body=self.env._(
                "Passed to “%(step)s” with something missing. Reason: %(reason)s "
                "(missing: %(missing)s)",
                step=target.name,
                reason=reason,
                missing=" ".join(missing),
            )
        )
        # Past this model's own write, which asks for this reason.
        return super().write({"step_id": target.id})

    def action_next_step(self):
        """Pass on to the next step, or ask for a reason if something is missing."""
        self.ensure_one()
        target = self.env["leerbedrijf.cohort.step"].search(
            [("sequence", ">", self.step_id.sequence)], limit=1
        )
        if not target:
            return False
        if not self._get_missing_before(target):
            self.step_id = target
            return False
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "leerbedrijf_core.cohort_step_pass_action"
        )
        return {
            **action,
            "context": {"default_cohort_id": self.id, "default_step_id": target.id},
        }

    def _action_view(self, xml_id, domain, **context):
        action = self.env["ir.actions.act_window"]._for_xml_id(xml_id)
        return {**action, "domain": domain, "context": context}

    def action_view_enrolments(self):
        self.ensure_one()
        return self._action_view(
            "leerbedrijf_core.enrolment_action",
            [("cohort_id", "=", self.id)],
            default_cohort_id=self.id,
        )

    def action_view_pledges(self):
        self.ensure_one()
        return self._action_view(
            "leerbedrijf_core.pledge_action", [("cohort_id", "=", self.id)]
        )

    def action_view_phases(self):
        self.ensure_one()
        return self._action_view(
            "leerbedrijf_core.cohort_phase_action",
            [("cohort_id", "=", self.id)],
            default_cohort_id=self.id,
            initial_date=fields.Date.to_string(self.date_start),
        )
