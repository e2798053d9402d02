from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date


class LeerbedrijfSteeringMeeting(models.Model):
    """A meeting of the steering group of a template: agenda, minutes and decisions."""

    _name = "leerbedrijf.steering.meeting"
    _description = "Meeting of a steering group"
    _inherit = ["leerbedrijf.regional.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date desc, id desc"
    _mail_post_access = "read"
    _label_fields = ("date", "template_id.name")

    template_id = fields.Many2one(
        "leerbedrijf.cohort.template",
        string="Steering group of",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('region_id', '=', region_id)]",
    )
    template_version_ids = fields.Many2many(
        "leerbedrijf.cohort.template",
        string="Versions of the template",
        compute="_compute_template_version_ids",
        context={"active_test": False},
    )
    date = fields.Date(
        required=True, default=fields.Date.context_today, index=True, tracking=True
    )
    place = fields.Char()
    cohort_ids = fields.Many2many(
        "leerbedrijf.cohort",
        "leerbedrijf_steering_meeting_cohort_rel",
        string="Cohorts discussed",
        compute="_compute_from_template",
        store=True,
        readonly=False,
        domain="[('template_id', 'in', template_version_ids)]",
    )
    present_ids = fields.Many2many(
        "res.partner",
        "leerbedrijf_steering_meeting_present_rel",
        string="Who is present",
        compute="_compute_from_template",
        store=True,
        readonly=False,
        domain="[('is_company', '=', False), ('region_id', 'in', (False, region_id))]",
    )
    agenda = fields.Html(help="The whole region reads this: name no participants.")
    minutes = fields.Html(help="The whole region reads this: name no participants.")
    decision_ids = fields.One2many(
        "leerbedrijf.steering.decision", "meeting_id", string="Decisions"
    )
    open_decision_count = fields.Integer(
        compute="_compute_open_decision_count", string="Open decisions"
    )

    def _get_label(self):
        return f"{self.template_id.name} – {format_date(self.env, self.date)}"

    @api.depends("template_id")
    def _compute_template_version_ids(self):
        """A steering group goes on when its template gets a new version."""
        for meeting in self:
            meeting.template_version_ids = meeting.template_id._get_versions()

    @api.depends("template_id")
    def _compute_from_template(self):
        """Who is a member is expected, what runs is discussed."""
        for meeting in self:
            template = meeting.template_id
            editions = meeting.template_version_ids.cohort_ids
            running = editions.filtered(lambda c: c.step_code != "closed" and c.active)
            meeting.cohort_ids = running
            meeting.present_ids = template.steering_member_ids

    @api.depends("decision_ids.done")
    def _compute_open_decision_count(self):
        for meeting in self:
            todo = meeting.decision_ids.filtered(lambda decision: not decision.done)
            meeting.open_decision_count = len(todo)

    @api.constrains("template_id", "region_id", "cohort_ids", "present_ids")
    def _check_same_region(self):
        for meeting in self:
            # Superuser: only regions are compared.
            present = meeting.sudo().present_ids
            regions = meeting.template_id.region_id | meeting.cohort_ids.region_id
            if (regions | present.region_id) - meeting.region_id:
                raise ValidationError(
                    self.env._(
                        "A steering group discusses cohorts of its own region, with "
                        "people of its own region. Choose those."
                    )
                )
