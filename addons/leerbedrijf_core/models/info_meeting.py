from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date, format_time

from ..tools import HOME_TZ

# In these states of an invitation a chair is kept.
EXPECTED = ("invited", "coming", "attended")
# How far a meeting can be moved to which people have been invited.
MOST_AHEAD = timedelta(days=183)


class LeerbedrijfInfoMeeting(models.Model):
    """A meeting at which people hear what a cohort is about, before they choose.

    The whole region reads it and invites its own candidates. Who is invited is in
    `leerbedrijf.info.invitation`; here are numbers only.
    """

    _name = "leerbedrijf.info.meeting"
    _description = "Information meeting"
    _inherit = ["leerbedrijf.regional.mixin"]
    _order = "start desc, id desc"
    _label_fields = ("name", "when")

    name = fields.Char(
        compute="_compute_name",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    company_id = fields.Many2one(string="Organiser")
    cohort_id = fields.Many2one(
        "leerbedrijf.cohort",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('region_id', '=', region_id), ('step_code', '!=', 'closed')]",
        help="Who wants to go on is proposed to this cohort.",
    )
    sector_id = fields.Many2one(
        "leerbedrijf.sector",
        compute="_compute_sector_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    start = fields.Datetime(required=True, index=True)
    duration = fields.Float(string="Hours", required=True, default=1.5)
    stop = fields.Datetime(compute="_compute_stop", store=True)
    when = fields.Char(compute="_compute_when")
    place = fields.Char(required=True, help="Where to go: building, street, town.")
    capacity = fields.Integer(string="Chairs", required=True, default=20)
    language = fields.Char(
        string="Spoken language", default=lambda self: self.env._("Dutch")
    )
    interpreter = fields.Char(help="For which language somebody interprets.")
    description = fields.Text(
        string="What it is about",
        help="Stands in the invitation. Short sentences, no jargon. The whole region "
        "reads this: name no participants.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Host",
        required=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        index=True,
        help="Has it in the calendar, and answers questions of who is invited.",
    )
    closes_on = fields.Date(
        string="Names visible until",
        compute="_compute_closes_on",
        store=True,
        index=True,
        help="Until then the organiser sees the names of who is invited.",
    )
    is_over = fields.Boolean(compute="_compute_is_over")
    invitation_ids = fields.One2many(
        "leerbedrijf.info.invitation", "meeting_id", string="Invited"
    )
    invited_count = fields.Integer(compute="_compute_counts", string="Expected")
    coming_count = fields.Integer(compute="_compute_counts", string="Will come")
    attended_count = fields.Integer(compute="_compute_counts", string="Attended")

    _capacity_positive = models.Constraint(
        "CHECK(capacity > 0)", "There is a chair for at least one person."
    )
    _duration_sane = models.Constraint(
        "CHECK(duration > 0 AND duration <= 12)",
        "A meeting takes more than 0 and at most 12 hours.",
    )

    def _get_label(self):
        return ", ".join(filter(None, (self.name, self.when)))

    @api.depends("cohort_id", "sector_id")
    def _compute_name(self):
        for meeting in self:
            about = meeting.cohort_id.name or meeting.sector_id.name
            meeting.name = (
                self.env._("Information meeting %(about)s", about=about)
                if about
                else meeting.name or self.env._("Information meeting")
            )

    @api.depends("cohort_id")
    def _compute_sector_id(self):
        for meeting in self:
            meeting.sector_id = meeting.cohort_id.sector_id or meeting.sector_id

    @api.depends("start", "duration")
    def _compute_stop(self):
        for meeting in self:
            length = timedelta(hours=min(abs(meeting.duration), 12))
            meeting.stop = meeting.start and meeting.start + length

    @api.depends("start", "stop", "company_id")
    @api.depends_context("lang")
    def _compute_when(self):
        """In the time of the organiser, whoever reads it from wherever."""
        for meeting in self:
            tz = meeting._get_tz()
            meeting.when = meeting.start and self.env._(
                "%(day)s from %(start)s to %(stop)s",
                day=format_date(
                    self.env,
                    fields.Datetime.context_timestamp(
                        meeting.with_context(tz=tz), meeting.start
                    ).date(),
                    date_format="EEEE d MMMM y",
                ),
                start=format_time(self.env, meeting.start, tz, "HH:mm"),
                stop=format_time(self.env, meeting.stop, tz, "HH:mm"),
            )

    def _get_tz(self):
        # Superuser: of the organiser's calendar only the time zone.
        return self.sudo().company_id.resource_calendar_id.tz or HOME_TZ

    @api.depends("start")
    def _compute_closes_on(self):
        parameters = self.env["leerbedrijf.parameter"]
        for meeting in self:
            days = parameters._get("info_meeting_days", company=meeting.company_id)
            start = meeting.start
            meeting.closes_on = start and start.date() + timedelta(days=days)

    @api.depends("start")
    def _compute_is_over(self):
        now = fields.Datetime.now()
        for meeting in self:
            meeting.is_over = bool(meeting.start) and meeting.start < now

    @api.depends("invitation_ids.state")
    def _compute_counts(self):
        # Superuser: how many are expected says nothing about a person, and the
        # municipalities cannot count each other's people.
        groups = (
            self.env["leerbedrijf.info.invitation"]
            .sudo()
            ._read_group(
                [("meeting_id", "in", self.ids)], ["meeting_id", "state"], ["__count"]
            )
        )
        counts = {(meeting.id, state): count for meeting, state, count in groups}
        for meeting in self:
            id_ = meeting._origin.id
            meeting.invited_count = sum(counts.get((id_, s), 0) for s in EXPECTED)
            meeting.coming_count = counts.get((id_, "coming"), 0)
            meeting.attended_count = counts.get((id_, "attended"), 0)

    @api.constrains("cohort_id", "region_id")
    def _check_cohort_region(self):
        for meeting in self.filtered("cohort_id"):
            if meeting.cohort_id.region_id != meeting.region_id:
                raise ValidationError(
                    self.env._("Choose a cohort of the meeting's own region.")
                )

    @api.constrains("user_id", "company_id")
    def _check_host(self):
        for meeting in self:
            # Superuser: whether the host works for the organiser is no secret.
            host = meeting.user_id.sudo()
            if host.share or meeting.company_id not in host.company_ids:
                raise ValidationError(
                    self.env._("Choose a colleague of your own organisation as host.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        meetings = super().create(vals_list)
        meetings._sync_calendar()
        return meetings

    def write(self, vals):
        if "start" in vals:
            start = fields.Datetime.to_datetime(vals["start"])
            self._check_not_over(start)
            self._check_not_far_away(start)
        before = {meeting: (meeting.start, meeting.place) for meeting in self}
        result = super().write(vals)
        self.filtered(lambda m: (m.start, m.place) != before[m])._forget_mails()
        if {"name", "start", "duration", "place", "user_id"} & vals.keys():
            self._sync_calendar()
        return result

    def _forget_mails(self):
        """Moved: what people were told is no longer so, and may be sent again."""
        # Superuser: which e-mails went out is no client's to fill in; our caller wrote
        # the meeting.
        self.sudo().invitation_ids.mailed_template_ids = [fields.Command.clear()]

    def _check_not_far_away(self, start):
        """The organiser sees the names until after the meeting, not for years."""
        invited = self.filtered("invited_count")
        if invited and start and start > fields.Datetime.now() + MOST_AHEAD:
            raise UserError(
                self.env._(
                    "People have been invited to this meeting, so it can be moved by "
                    "half a year at most. Make a new meeting for a later date."
                )
            )

    def _check_not_over(self, start):
        """Another date would show the names of long ago to the organiser again."""
        if any(meeting.is_over and meeting.start != start for meeting in self):
            raise UserError(
                self.env._(
                    "This meeting has taken place, so its date stays. Make a new one "
                    "for another date."
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_invited(self):
        # Superuser: also whom this user does not see.
        if self.sudo().invitation_ids:
            raise UserError(
                self.env._(
                    "People have been invited to this meeting, so it stays. If it is "
                    "off, send those who are invited the e-mail that says so."
                )
            )

    # The calendar of the host -----------------------------------------------------

    def _sync_calendar(self):
        """One appointment of the host alone: no person's name is in it."""
        # Superuser: the appointment of a colleague; our caller may write the meeting.
        quiet = self.sudo().with_context(
            dont_notify=True, mail_create_nosubscribe=True, tracking_disable=True
        )
        events = quiet.env["calendar.event"]
        known = events.search([("info_meeting_id", "in", self.ids)])
        by_meeting = {event.info_meeting_id: event for event in known}
        for meeting in quiet:
            values = meeting._prepare_event_values()
            if meeting in by_meeting:
                by_meeting[meeting].write(values)
            else:
                events.create({**values, "info_meeting_id": meeting.id})

    def _prepare_event_values(self):
        return {
            "name": self.name,
            "start": self.start,
            "stop": self.stop,
            "location": self.place,
            "user_id": self.user_id.id,
            "partner_ids": [fields.Command.set(self.user_id.partner_id.ids)],
        }

    # Who is invited ---------------------------------------------------------------

    def action_view_invitations(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "leerbedrijf_core.info_invitation_action"
        )
        return {
            **action,
            "domain": [("meeting_id", "=", self.id)],
            "context": {"default_meeting_id": self.id},
        }

    def action_invite(self):
        """Choose whom to invite, of the own candidates."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Invite to the meeting"),
            "res_model": "leerbedrijf.info.invite",
            "view_mode": "form",
            "target": "new",
            "context": {"default_meeting_id": self.id},
        }
