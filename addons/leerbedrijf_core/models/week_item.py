from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL, format_date


class LeerbedrijfWeekItem(models.Model):
    """What an account manager has to do this week, in order: the page “My week” and
    the mail on Monday.

    A row is a contact that is planned or overdue, a silent employer, a future job to
    confirm, an agreement that waits for signatures or a review that is due.
    """

    _name = "leerbedrijf.week.item"
    _description = "To do this week"
    _auto = False
    # The kinds begin with their number: groups are sorted by the stored value.
    _order = "kind, date, id"
    _rec_name = "subject"
    _rec_names_search = ["partner_id"]

    _tenancy_kind = "regional"

    _depends = {
        "leerbedrijf.agreement": ["state", "date_from", "review_date", "user_id"],
        "leerbedrijf.contact.moment": ["state", "date", "user_id", "partner_id"],
        "leerbedrijf.forecast": ["is_stale", "confirmed_on", "account_manager_id"],
        "res.partner": ["involvement", "last_contact_date", "account_manager_id"],
    }

    kind = fields.Selection(
        [
            ("1_contact", "Contact that is planned for this week"),
            ("2_silent", "Employers that are silent"),
            ("3_confirm", "Future jobs to confirm"),
            ("4_signature", "Agreements that wait for signatures"),
            ("5_review", "Agreements to review"),
        ],
        string="What",
        readonly=True,
    )
    user_id = fields.Many2one("res.users", string="Account manager", readonly=True)
    region_id = fields.Many2one("leerbedrijf.region", readonly=True)
    date = fields.Date(
        readonly=True,
        help="Planned for; last contact; last confirmed; start; review.",
    )
    partner_id = fields.Many2one("res.partner", string="Employer", readonly=True)
    moment_id = fields.Many2one(
        "leerbedrijf.contact.moment", string="Contact moment", readonly=True
    )
    forecast_id = fields.Many2one(
        "leerbedrijf.forecast", string="Future job", readonly=True
    )
    agreement_id = fields.Many2one("leerbedrijf.agreement", readonly=True)
    subject = fields.Char(string="About", compute="_compute_subject")
    is_overdue = fields.Boolean(string="Past its day", compute="_compute_is_overdue")

    @property
    def _table_query(self):
        today = fields.Date.context_today(self)
        sunday = today + timedelta(days=6 - today.weekday())
        return SQL(
            """
            SELECT moment.id * 8 AS id, '1_contact' AS kind, moment.user_id,
                   moment.region_id, moment.date, moment.partner_id,
                   moment.id AS moment_id, NULL::integer AS forecast_id,
                   NULL::integer AS agreement_id
              FROM leerbedrijf_contact_moment moment
             WHERE moment.state = 'planned' AND moment.date <= %(sunday)s
         UNION ALL
            SELECT partner.id * 8 + 1, '2_silent', partner.account_manager_id,
                   partner.region_id, partner.last_contact_date, partner.id,
                   NULL, NULL, NULL
              FROM res_partner partner
             WHERE partner.involvement = 'silent' AND partner.active
         UNION ALL
            SELECT forecast.id * 8 + 2, '3_confirm', forecast.account_manager_id,
                   forecast.region_id, forecast.confirmed_on, forecast.partner_id,
                   NULL, forecast.id, NULL
              FROM leerbedrijf_forecast forecast
             WHERE forecast.is_stale
         UNION ALL
            SELECT agreement.id * 8 + (CASE agreement.state WHEN 'sent' THEN 3
                   ELSE 4 END), CASE agreement.state WHEN 'sent' THEN '4_signature'
                   ELSE '5_review' END,
                   COALESCE(agreement.user_id, agreement.create_uid),
                   agreement.region_id,
                   CASE agreement.state WHEN 'sent' THEN agreement.date_from
                   ELSE agreement.review_date END,
                   NULL, NULL, NULL, agreement.id
              FROM leerbedrijf_agreement agreement
             WHERE agreement.state = 'sent'
                OR agreement.state = 'signed' AND agreement.review_date <= %(sunday)s
            """,
            sunday=sunday,
        )

    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for item in self:
            item.is_overdue = item.kind == "1_contact" and item.date < today

    @api.depends_context("lang")
    def _compute_subject(self):
        for item in self:
            item.subject = getattr(item, f"_get_subject_{item.kind[2:]}")()

    def _get_subject_contact(self):
        values = {
            "kind": self.moment_id.kind_id.name,
            "day": self._format("EEEE d MMMM"),
        }
        if self.is_overdue:
            return self.env._("%(kind)s on %(day)s, not recorded yet", **values)
        return self.env._("%(kind)s on %(day)s", **values)

    def _get_subject_silent(self):
        if not self.date:
            return self.env._("No contact yet")
        return self.env._("Last contact on %(day)s", day=self._format("d MMMM y"))

    def _get_subject_confirm(self):
        return self.env._(
            "%(places)s × %(function)s, last confirmed on %(day)s",
            places=self.forecast_id.places,
            function=self.forecast_id.function,
            day=self._format("d MMMM y"),
        )

    def _get_subject_signature(self):
        return self.env._(
            "%(agreement)s: signed by %(signed)s",
            agreement=self.agreement_id.display_name,
            signed=self.agreement_id.signed_summary,
        )

    def _get_subject_review(self):
        return self.env._(
            "%(agreement)s: look back on %(day)s",
            agreement=self.agreement_id.display_name,
            day=self._format("d MMMM y"),
        )

    def _format(self, date_format):
        return format_date(self.env, self.date, date_format=date_format)

    def _get_mail_line(self):
        """One line of the mail: no notes and nothing of a person."""
        self.ensure_one()
        return ": ".join(filter(None, (self.partner_id.display_name, self.subject)))

    def action_open(self):
        """The page on which to do it."""
        self.ensure_one()
        if self.partner_id and not self.forecast_id:
            return self.partner_id.action_prepare_contact()
        record = self.forecast_id or self.agreement_id
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }

    def action_log(self):
        self.ensure_one()
        if self.moment_id:
            return self.moment_id.action_log()
        return self.partner_id.action_log_contact()

    def action_confirm(self):
        """The employer said today that the job still holds."""
        self.forecast_id.action_confirm_today()
