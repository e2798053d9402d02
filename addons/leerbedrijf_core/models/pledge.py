from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..calc import coverage
from ..tools import earlier_versions
from .placement import JOB_KINDS

# What was promised for a cohort in one of these has become a job or not.
STEPS_WITH_JOBS = ("regular", "closed")
# Once the parties have signed, what was promised is delivered, open or lapsed.
STATES_WITH_DELIVERY = ("signed", "ended")
FORCES = [("intention", "Intention"), ("guarantee", "Job guarantee")]


class LeerbedrijfPledge(models.Model):
    """A promise of places by one employer, with its force and its conditions."""

    _name = "leerbedrijf.pledge"
    _description = "Pledge of places"
    _inherit = ["leerbedrijf.agreement.part.mixin"]
    _order = "agreement_id, sequence, id"
    _rec_names_search = ["partner_id", "function"]
    _label_fields = ("partner_id.name", "places", "function")

    # A cohort is often made after the signature, and a workplace gets ready then:
    # neither promises anything. The force has a guard of its own.
    _free_columns = frozenset(
        {
            *("cohort_id", "sequence", "force", "floor_support", "supervisor_name"),
            "is_supervisor_experienced",
        }
    )

    sequence = fields.Integer(default=10)
    force = fields.Selection(
        FORCES,
        required=True,
        default="intention",
        help="Intention: the employer does what it can (an obligation of effort). "
        "Job guarantee: the job is there for who meets the conditions.",
    )
    places = fields.Integer(required=True, default=1)
    hours_per_week = fields.Float(string="Hours a week", required=True, default=32)
    function = fields.Char(required=True)
    date_from = fields.Date(string="Start from")
    date_to = fields.Date(string="Start until")
    cohort_id = fields.Many2one(
        "leerbedrijf.cohort",
        index=True,
        copy=False,
        ondelete="restrict",
        domain="[('region_id', '=', region_id)]",
    )
    forecast_id = fields.Many2one(
        "leerbedrijf.forecast",
        string="Future job",
        index=True,
        copy=False,
        ondelete="set null",
        domain="[('partner_id', '=', partner_id)]",
    )
    condition = fields.Text(
        string="Conditions",
        help="What else has to be so before the job is there.",
    )
    skill_ids = fields.Many2many(
        "hr.skill",
        "leerbedrijf_pledge_skill_rel",
        string="Skills to acquire",
        help="The job is there for who has acquired these.",
    )
    floor_support = fields.Boolean(
        string="Supported on the floor",
        help="The colleagues at the workplace know who comes, and want it.",
    )
    supervisor_name = fields.Char(string="Daily supervisor")
    is_supervisor_experienced = fields.Boolean(
        string="Experienced",
        help="The supervisor has guided learners at work before.",
    )
    is_workplace_ready = fields.Boolean(
        string="Workplace ready",
        compute="_compute_is_workplace_ready",
        store=True,
        help="Supported on the floor, with an experienced daily supervisor.",
    )
    previous_id = fields.Many2one(
        "leerbedrijf.pledge",
        string="Amends",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    change_ids = fields.One2many(
        "leerbedrijf.pledge.change", "pledge_id", string="Changes of force"
    )
    delivered_places = fields.Integer(
        compute="_compute_delivered_places",
        help="People who got a job on this pledge, counted from their placements.",
    )
    agreement_state = fields.Selection(
        related="agreement_id.state", string="State of the agreement"
    )

    _places_positive = models.Constraint(
        "CHECK(places > 0)", "A pledge is for at least one place."
    )
    _hours_per_week_range = models.Constraint(
        "CHECK(hours_per_week > 0 AND hours_per_week <= 40)",
        "The hours a week of a pledge must be more than 0 and at most 40.",
    )
    _date_order = models.Constraint(
        "CHECK(date_to IS NULL OR date_from IS NULL OR date_to >= date_from)",
        "The last start date of a pledge cannot be before its first start date.",
    )

    @api.depends("floor_support", "supervisor_name", "is_supervisor_experienced")
    def _compute_is_workplace_ready(self):
        for pledge in self:
            pledge.is_workplace_ready = bool(
                pledge.floor_support
                and pledge.supervisor_name
                and pledge.is_supervisor_experienced
            )

    def _get_label(self):
        employer = self.partner_id.name or ""
        return f"{employer} · {self.places} × {self.function or ''}"

    def _compute_delivered_places(self):
        # Superuser: placements are private to their municipality and leerbedrijf;
        # only a number of people comes out, no person.
        groups = (
            self.env["leerbedrijf.placement"]
            .sudo()
            ._read_group(
                [("pledge_id", "in", self.ids), ("kind", "in", JOB_KINDS)],
                ["pledge_id"],
                ["enrolment_id:count_distinct"],
            )
        )
        delivered = {pledge.id: count for pledge, count in groups}
        for pledge in self:
            pledge.delivered_places = delivered.get(pledge._origin.id, 0)

    def _to_calc(self, cohort):
        """These pledges for calc/coverage.py, with what their employers delivered in
        the other cohorts of the region."""
        correlation = cohort._get_parameter("place_correlation")
        weight = cohort._get_parameter("realisation_prior_places")
        priors = {
            force: cohort._get_parameter(f"realisation_prior_{force}")
            for force, _label in FORCES
        }
        history = self._get_realisation(cohort)
        return [
            coverage.Pledge(
                pledge.partner_id.id,
                pledge.standing_places,
                coverage.realisation_rate(
                    *history.get((pledge.partner_id, pledge.force), (0, 0)),
                    prior_rate=priors[pledge.force] / 100,
                    prior_places=weight,
                ),
                correlation / 100,
            )
            for pledge in self
        ]

    def _get_realisation(self, cohort):
        """(promised, delivered) places by employer and force, of cohorts in which the
        jobs are known, other than `cohort`."""
        # Superuser: the worth of pledges rests on numbers that one may not look up.
        known = self.sudo().search(
            [
                ("region_id", "=", cohort.region_id.id),
                ("partner_id", "in", self.partner_id.ids),
                ("cohort_id", "!=", cohort._origin.id),
                ("cohort_id.step_id.code", "in", STEPS_WITH_JOBS),
                ("agreement_id.state", "in", STATES_WITH_DELIVERY),
            ]
        )
        return {
            key: (
                sum(pledges.mapped("places")),
                # More than promised is no better than kept.
                sum(min(p.delivered_places, p.places) for p in pledges),
            )
            for key, pledges in known.grouped(
                lambda pledge: (pledge.partner_id, pledge.force)
            ).items()
        }

    @api.onchange("forecast_id")
    def _onchange_forecast_id(self):
        for pledge in self.filtered("forecast_id"):
            forecast = pledge.forecast_id
            pledge.update(
                {
                    "function": forecast.function,
                    "places": forecast.places,
                    "hours_per_week": forecast.hours_per_week,
                    "date_from": forecast.date_from,
                    "date_to": forecast.date_to,
                }
            )

    @api.constrains("cohort_id", "region_id")
    def _check_cohort_region(self):
        for pledge in self.filtered("cohort_id"):
            # Superuser: a cohort of another region is compared, not shown.
            if pledge.cohort_id.sudo().region_id != pledge.region_id:
                raise ValidationError(
                    self.env._(
                        "The cohort of a pledge must be of the same region as its "
                        "agreement. Choose another cohort."
                    )
                )

    @api.constrains("forecast_id", "partner_id")
    def _check_forecast_partner(self):
        for pledge in self.filtered("forecast_id"):
            # Superuser: a future job of another region is compared, not shown.
            if pledge.forecast_id.sudo().partner_id != pledge.partner_id:
                raise ValidationError(
                    self.env._(
                        "The future job of a pledge must be one of %(employer)s. "
                        "Choose another future job.",
                        employer=pledge.partner_id.name,
                    )
                )

    def _prepare_content(self):
        """What the parties sign for; the key is the same in every version."""
        self.ensure_one()
        return {
            "key": self._get_first_version().id,
            "partner": self.partner_id.id,
            "employer": self.partner_id.name,
            "function": self.function,
            "force": self.force,
            "places": self.places,
            "hours": self.hours_per_week,
            "date_from": fields.Date.to_string(self.date_from),
            "date_to": fields.Date.to_string(self.date_to),
            "skills": self.skill_ids.mapped("name"),
            "condition": self.condition or "",
        }

    def _prepare_amendment(self):
        """The same promise as a line of the next version."""
        [values] = self.copy_data()
        return {
            **values,
            "previous_id": self.id,
            "cohort_id": self.cohort_id.id,
            "forecast_id": self.forecast_id.id,
        }

    def _get_first_version(self):
        return (self | self._get_earlier())[-1:]

    def _get_earlier(self):
        """The same promise in the versions before, the latest first."""
        return earlier_versions(self)

    @api.constrains("previous_id", "partner_id")
    def _check_same_employer(self):
        for pledge in self.filtered("previous_id"):
            if pledge.previous_id.partner_id != pledge.partner_id:
                raise ValidationError(
                    self.env._(
                        "This line amends a pledge of %(employer)s. Delete it and add "
                        "a line for the other employer.",
                        employer=pledge.previous_id.partner_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:  # which pledge it amends is no client's to say
            vals_list = [
                {name: value for name, value in vals.items() if name != "previous_id"}
                for vals in vals_list
            ]
        return super().create(vals_list)

    def write(self, vals):
        if "previous_id" in vals and not self.env.su:
            self.agreement_id._check_system_columns(vals)
        self._check_is_party()
        if "force" in vals:
            self._check_force_is_free(vals["force"])
        return super().write(vals)

    def _check_is_party(self):
        """Once it was sent, its owner and the organisations that sign keep up with
        which cohort it is for and whether the workplace is ready."""
        own = self.env.companies
        for agreement in self.agreement_id.filtered(lambda a: a.state != "draft"):
            # Superuser: who signs, of an agreement that the user reads.
            parties = agreement.sudo().signatory_ids.partner_id
            known = agreement.company_id in own or parties & own.sudo().partner_id
            if not known and not self.env.su:
                raise AccessError(
                    self.env._(
                        "%(agreement)s is of other organisations. Ask one of its "
                        "parties to change it.",
                        agreement=agreement.display_name,
                    )
                )

    def _take_over(self):
        """What was delivered on the pledges that these amend counts for these."""
        # Superuser: placements are private; the employer and the person stay the same.
        placements = self.env["leerbedrijf.placement"].sudo()
        for pledge in self.filtered(
            lambda p: p.previous_id.agreement_id == p.agreement_id.previous_id
        ):
            earlier = pledge._get_earlier()
            placements.search([("pledge_id", "in", earlier.ids)]).write(
                {"pledge_id": pledge.id}
            )

    def _check_force_is_free(self, force):
        changed = self.filtered(
            lambda p: p.agreement_id.state != "draft" and p.force != force
        )
        if changed:
            raise UserError(
                self.env._(
                    "%(pledge)s is part of an agreement that has been sent. Use "
                    "“Change the force” and give the reason.",
                    pledge=changed[:1].display_name,
                )
            )

    def action_change_force(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change the force"),
            "res_model": "leerbedrijf.pledge.force.change",
            "view_mode": "form",
            "target": "new",
            "context": {"default_pledge_id": self.id},
        }

    def _change_force(self, force, reason):
        """The one way to change what was promised: with a reason, kept for ever."""
        self.ensure_one()
        self.agreement_id.check_access("write")
        self.agreement_id._check_state("signed")
        before = self.force
        if before == force:
            raise UserError(
                self.env._("The pledge has this force already. Choose the other one.")
            )
        # Superuser: nobody may write history by hand; access was checked above.
        self.env["leerbedrijf.pledge.change"].sudo().create(
            {
                "pledge_id": self.id,
                "from_force": before,
                "to_force": force,
                "reason": reason,
                "user_id": self.env.uid,
            }
        )
        labels = dict(self._fields["force"]._description_selection(self.env))
        self.agreement_id.message_post(
            body=self.env._(
                "%(pledge)s: from %(before)s to %(after)s. Reason: %(reason)s",
                pledge=self.display_name,
                before=labels[before],
                after=labels[force],
                reason=reason,
            )
        )
        # Past this model's own write, which refuses exactly this.
        return super().write({"force": force})
