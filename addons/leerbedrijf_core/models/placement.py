from odoo import api, fields, models
from odoo.exceptions import ValidationError

JOB_KINDS = ("bbl", "development_job", "regular_job")


class LeerbedrijfPlacement(models.Model):
    """Where a participant learns or works: practice placement, BBL job, regular job.

    A job that delivers a pledged place names that pledge: promised against delivered is
    counted from here, never typed.
    """

    _name = "leerbedrijf.placement"
    _description = "Placement"
    _inherit = ["leerbedrijf.enrolment.child.mixin"]
    _order = "date_start desc, id desc"
    _rec_name = "partner_id"
    _label_fields = ("participant_name", "partner_id.name")

    participant_name = fields.Char(
        string="Name", compute="_compute_participant_name", compute_sudo=False
    )
    cohort_id = fields.Many2one(
        related="enrolment_id.cohort_id", store=True, index=True, precompute=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Workplace",
        required=True,
        index=True,
        ondelete="restrict",
    )
    kind = fields.Selection(
        [
            ("orientation", "Orienting placement"),
            ("practice", "Practice placement"),
            ("bbl", "BBL job"),
            ("development_job", "Development job"),
            ("regular_job", "Regular job"),
        ],
        required=True,
    )
    is_job = fields.Boolean(compute="_compute_is_job")
    is_running = fields.Boolean(compute="_compute_is_running")
    date_start = fields.Date(
        string="Start", required=True, default=fields.Date.context_today
    )
    date_end = fields.Date(string="End")
    hours_per_week = fields.Float(
        string="Hours a week", required=True, aggregator="avg"
    )
    supervisor = fields.Char(help="Who guides the participant there every day.")
    pledge_id = fields.Many2one(
        "leerbedrijf.pledge",
        string="Delivers pledge",
        index="btree_not_null",
        domain="[('partner_id', '=', partner_id), "
        "('agreement_id.is_in_force', '=', True)]",
        ondelete="restrict",
    )

    _dates_in_order = models.Constraint(
        "CHECK(date_end >= date_start)", "A placement cannot end before it starts."
    )
    _hours_in_week = models.Constraint(
        "CHECK(hours_per_week > 0 AND hours_per_week <= 40)",
        "The hours a week of a placement lie between 0 and 40.",
    )

    def _get_label(self):
        return " · ".join(filter(None, (self.participant_name, self.partner_id.name)))

    @api.depends("enrolment_id.participant_name")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_participant_name(self):
        """Only of an enrolment that the user sees: a client can fill in any."""
        for placement in self:
            enrolment = placement.enrolment_id._origin
            seen = enrolment.sudo(False)._filtered_access("read")
            placement.participant_name = seen.participant_name

    @api.depends("date_end")
    @api.depends_context("tz")
    def _compute_is_running(self):
        today = fields.Date.context_today(self)
        for placement in self:
            placement.is_running = not placement.date_end or placement.date_end > today

    def _get_wiped_fields(self):
        return super()._get_wiped_fields() | {"supervisor": None}

    def _get_kept_fields(self):
        return super()._get_kept_fields() | {
            "kind": "Statistics: jobs delivered.",
            "date_start": "Statistics: jobs delivered, and when.",
            "date_end": "Statistics: how long a placement lasts.",
        }

    @api.depends("kind")
    def _compute_is_job(self):
        for placement in self:
            placement.is_job = placement.kind in JOB_KINDS

    @api.constrains("partner_id", "enrolment_id")
    def _check_region(self):
        for placement in self:
            if placement.partner_id.region_id != placement.cohort_id.region_id:
                raise ValidationError(
                    self.env._("Choose a workplace of this cohort's region.")
                )

    @api.constrains("pledge_id", "partner_id", "kind")
    def _check_pledge(self):
        for placement in self.filtered("pledge_id"):
            if placement.pledge_id.partner_id != placement.partner_id:
                raise ValidationError(
                    self.env._("Choose a pledge of the same employer as the placement.")
                )
            # Superuser: a pledge of another region is compared, not shown.
            if not placement.pledge_id.sudo().agreement_id.is_in_force:
                raise ValidationError(
                    self.env._(
                        "Choose a pledge of an agreement that holds: this one is a "
                        "draft, or was replaced or cancelled."
                    )
                )
            if not placement.is_job:
                raise ValidationError(
                    self.env._("Only a job delivers a pledged place, not practice.")
                )

    def action_end_today(self):
        """The person stopped there today."""
        self.write({"date_end": fields.Date.context_today(self)})
