from datetime import timedelta

from odoo import api, fields, models

from .forecast import SETTLED

BATCH = 500


class ResPartner(models.Model):
    """How an employer is kept involved: the last contact, the next one, and whether it
    has become silent while something is at stake."""

    _inherit = "res.partner"

    last_contact_date = fields.Date(
        string="Last contact", compute="_compute_contact_dates", store=True
    )
    next_contact_date = fields.Date(
        string="Next contact",
        compute="_compute_contact_dates",
        store=True,
        index="btree_not_null",
        groups="leerbedrijf_core.group_user",
    )
    silence_days = fields.Integer(
        string="Days of silence",
        compute="_compute_silence_days",
        groups="leerbedrijf_core.group_user",
        help="Days since the last contact; without any, since the employer was "
        "recorded.",
    )
    involvement = fields.Selection(
        [("in_touch", "In touch"), ("quiet", "Becoming quiet"), ("silent", "Silent")],
        compute="_compute_involvement",
        store=True,
        index="btree_not_null",
        groups="leerbedrijf_core.group_user",
        help="Silent: too long without contact (a norm, in days) while a future job or "
        "a pledge is open, and nothing is planned. Becoming quiet: longer than another "
        "norm.",
    )

    @api.depends(
        "contact_moment_ids.date",
        "contact_moment_ids.state",
        "contact_moment_ids.partner_id",
    )
    def _compute_contact_dates(self):
        moments = self.env["leerbedrijf.contact.moment"]._read_group(
            [("partner_id", "in", self.ids)],
            ["partner_id", "state"],
            ["date:min", "date:max"],
        )
        dates = {(partner, state): days for partner, state, *days in moments}
        for partner in self:
            nothing = (False, False)
            done = dates.get((partner._origin, "done"), nothing)
            planned = dates.get((partner._origin, "planned"), nothing)
            partner.last_contact_date = done[1]
            partner.next_contact_date = planned[0]

    @api.depends("last_contact_date")
    def _compute_silence_days(self):
        today = fields.Date.context_today(self)
        for partner in self:
            partner.silence_days = (today - partner._get_silent_since(today)).days

    def _get_silent_since(self, today):
        self.ensure_one()
        if self.last_contact_date:
            return self.last_contact_date
        return self.create_date.date() if self.create_date else today

    @api.depends(
        "is_employer",
        "region_id",
        "account_manager_id",
        "last_contact_date",
        "next_contact_date",
        "forecast_ids.certainty",
        "pledge_ids.agreement_id.is_in_force",
        "pledge_ids.agreement_id.state",
        "pledge_ids.standing_places",
    )
    def _compute_involvement(self):
        """As of today: `_cron_update_involvement` looks again every night."""
        employers = self.filtered(lambda p: p.is_employer and p.region_id)
        (self - employers).involvement = False
        at_stake = employers._filtered_at_stake()
        today = fields.Date.context_today(self)
        for company, partners in employers.grouped(
            lambda p: p._get_norm_company()
        ).items():
            quiet, silent = partners._get_contact_norms(company)
            for partner in partners:
                partner.involvement = partner._get_involvement(
                    today, quiet, silent, partner._origin in at_stake
                )

    def _get_involvement(self, today, quiet, silent, at_stake):
        self.ensure_one()
        days = today - self._get_silent_since(today)
        if days < quiet:
            return "in_touch"
        planned = self.next_contact_date
        is_planned = planned and today <= planned <= today + quiet
        return "silent" if at_stake and days >= silent and not is_planned else "quiet"

    def _filtered_at_stake(self):
        """Employers with a future job, or with places that are promised and open."""
        forecasts = self.env["leerbedrijf.forecast"]._read_group(
            [("partner_id", "in", self.ids), ("certainty", "not in", SETTLED)],
            [],
            ["partner_id:recordset"],
        )
        pledges = self.env["leerbedrijf.pledge"].search(
            [
                ("partner_id", "in", self.ids),
                ("agreement_id.is_in_force", "=", True),
                ("agreement_id.state", "!=", "ended"),
            ]
        )
        return forecasts[0][0] | pledges.filtered("open_places").partner_id

    def _get_norm_company(self):
        """Whose norms hold: those of the account manager's organisation, else those of
        the region."""
        self.ensure_one()
        manager = self.account_manager_id.company_id
        return manager or self.region_id.company_ids[:1] or self.env.company

    @api.model
    def _get_contact_norms(self, company):
        """After how long without contact an employer is becoming quiet, and silent."""
        codes = ("contact_quiet_days", "contact_silent_days")
        parameters = self.env["leerbedrijf.parameter"]
        return [timedelta(parameters._get(code, company=company)) for code in codes]

    @api.model
    def _cron_update_involvement(self):
        """Every night: the days have passed for everybody."""
        employers = self.search([("is_employer", "=", True)])
        for start in range(0, len(employers), BATCH):
            batch = employers[start : start + BATCH]
            # What stays the same is not written when the old value is known.
            batch.fetch(["involvement"])
            self.env.add_to_compute(self._fields["involvement"], batch)
            batch._recompute_recordset(["involvement"])
            self.env["ir.cron"]._commit_progress(
                len(batch), remaining=len(employers) - start - len(batch)
            )

    # Opened from the employer, the list and the Monday page -----------------------

    def action_log_contact(self):
        """After a call or visit: what was said, the future jobs and what comes next."""
        return self._action_log_contact()

    def _action_log_contact(self, **context):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("After the conversation"),
            "res_model": "leerbedrijf.contact.log",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_partner_id": self.id,
                "dialog_size": "extra-large",
                **context,
            },
        }

    def action_prepare_contact(self):
        """Before a call or visit: all that one should know, on one page."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "leerbedrijf_core.conversation_action"
        )
        return {**action, "res_id": self.id}
