from datetime import datetime, time

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..calc import phase_dates
from .enrolment import DROPPED_STATES, OPEN_STATES

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
    without_outcome_count = fields.Integer(
        compute="_compute_without_outcome_count", string="Without an outcome"
    )
    can_write = fields.Boolean(compute="_compute_can_write")
    can_plan = fields.Boolean(compute="_compute_can_write")
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
            cohort.name = bool(cohort.template_id) and self.env._(
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
        "forecast_ids.counting_places",
        "pledge_ids.standing_places",
        "pledge_ids.force",
        "pledge_ids.agreement_id.is_in_force",
    )
    def _compute_promised(self):
        for cohort in self:
            cohort.forecast_places = sum(cohort.forecast_ids.mapped("counting_places"))
            by_force = cohort._get_promises().grouped("force")
            for force in ("guarantee", "intention"):
                pledges = by_force.get(force, self.env["leerbedrijf.pledge"])
                cohort[f"{force}_places"] = sum(pledges.mapped("standing_places"))
            cohort.promised_places = cohort.guarantee_places + cohort.intention_places

    def _get_promises(self):
        """The pledges that hold: of agreements that were sent and not cancelled, each
        in one version."""
        return self.pledge_ids.filtered("agreement_id.is_in_force")

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

    @api.depends("enrolment_ids.state", "enrolment_ids.outcome_id")
    def _compute_without_outcome_count(self):
        """Who has a seat and no outcome: one question for all cohorts of a board."""
        # Superuser: as for the seats, a number says nothing about a person.
        groups = (
            self.env["leerbedrijf.enrolment"]
            .sudo()
            ._read_group(
                [
                    ("cohort_id", "in", self.ids),
                    ("state", "in", SEAT_STATES),
                    ("outcome_id", "=", False),
                ],
                ["cohort_id"],
                ["__count"],
            )
        )
        counts = {cohort.id: count for cohort, count in groups}
        for cohort in self:
            cohort.without_outcome_count = counts.get(cohort._origin.id, 0)

    @api.depends("step_id", "company_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_can_write(self):
        writable = self._filtered_access("write")
        plans = self.env["leerbedrijf.cohort.phase"].has_access("write")
        for cohort in self:
            cohort.can_write = not cohort.id or cohort in writable
            cohort.can_plan = plans and cohort.company_id in self.env.companies

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
        """Copy the template's phases with real dates.

        Who plans anew keeps what was tailored in a phase, but for its dates; phases
        that do not come from the template go. Work days are those of the calendar of
        the cohort's organisation.
        """
        self.template_id._check_has_phases()
        for cohort in self:
            dates = cohort._get_phase_dates()
            # Superuser: who may make or move the cohort plans its phases with it, also
            # for another member of the region that will run it.
            phases = cohort.phase_ids.sudo()
            designs = cohort.template_id.phase_ids
            planned = phases.filtered_domain([("template_phase_id", "in", designs.ids)])
            (phases - planned).unlink()
            for phase in planned:
                start, end = dates[phase.template_phase_id.id]
                phase.write({"date_start": start, "date_end": end})
            phases.create(
                [
                    cohort._prepare_cohort_phase_values(design, *dates[design.id])
                    for design in designs - planned.template_phase_id
                ]
            )

    def _get_phase_dates(self):
        self.ensure_one()
        designs = self.template_id.phase_ids
        start = self.date_start
        try:
            end = start + designs._get_longest_span()
            is_work_day = self._get_work_day_test(start, end)
            holidays = self.region_id._get_school_holidays(start, end)
            phases = designs._to_calc(
                lambda day: is_work_day(day) and day not in holidays
            )
            return phase_dates.plan(phases, start, is_work_day)
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

    def _get_work_day_test(self, start, end):
        """A function that tells of a date from `start` up to and including `end`
        whether this cohort's people work on it."""
        # Superuser: of the owner's calendar only the days without work come out.
        calendar = self.sudo().company_id.resource_calendar_id
        unusual = calendar._get_unusual_days(
            datetime.combine(start, time.min),
            datetime.combine(end, time.max),
            self.company_id,
        )
        return lambda day: not unusual.get(fields.Date.to_string(day), False)

    def _prepare_cohort_phase_values(self, phase, date_start, date_end):
        """What a cohort phase takes from the template's: a whitelist to extend."""
        return {
            "cohort_id": self.id,
            "template_phase_id": phase.id,
            "route_phase_id": phase.route_phase_id.id,
            "name": phase.name,
            "kind": phase.kind,
            "sequence": phase.sequence,
            "hours_per_week": phase.hours_per_week,
            "days_per_week": phase.days_per_week,
            "date_start": date_start,
            "date_end": date_end,
            **phase._prepare_entry_values(),
        }

    def _check_not_started(self):
        """Planning anew would throw away the dates that people have been given."""
        no_seat_yet = (*OPEN_STATES, *DROPPED_STATES)
        # Superuser: whoever takes part counts, also whom this role does not see.
        enrolments = self.sudo().enrolment_ids
        accepted = enrolments.filtered(lambda e: e.state not in no_seat_yet)
        if accepted:
            raise UserError(
                self.env._(
                    "Participants of “%(cohort)s” have a plan already, so its start "
                    "stays. Move the phases instead.",
                    cohort=accepted[0].cohort_id.name,
                )
            )

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
