from datetime import timedelta

from odoo import api, fields, models

MONDAY = 0


class ResUsers(models.Model):
    """On Monday morning every account manager gets what to do this week by mail."""

    _inherit = "res.users"

    leerbedrijf_week_mail = fields.Boolean(
        string="My week by mail on Monday",
        default=True,
        help="What you have to do this week for your employers, on Monday morning.",
    )
    leerbedrijf_week_mailed_on = fields.Date(
        string="Last Monday mail", readonly=True, copy=False
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "leerbedrijf_week_mail"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "leerbedrijf_week_mail"]

    @api.model
    def _cron_mail_week(self):
        """Runs every day and mails on Mondays; once a week, whatever runs it again."""
        today = fields.Date.context_today(self)
        if today.weekday() != MONDAY:
            return
        waiting = self._search_week_readers(today)
        for number, user in enumerate(waiting, 1):
            user._mail_week(today)
            self.env["ir.cron"]._commit_progress(1, remaining=len(waiting) - number)

    @api.model
    def _search_week_readers(self, monday):
        managers = self.env.ref("leerbedrijf_core.group_account_manager")
        return self.search(
            [
                ("leerbedrijf_week_mail", "=", True),
                ("all_group_ids", "in", managers.ids),
                ("email", "!=", False),
                "|",
                ("leerbedrijf_week_mailed_on", "=", False),
                ("leerbedrijf_week_mailed_on", "<", monday),
            ]
        )

    def _mail_week(self, monday):
        """Put the mail in the queue, unless there is nothing to do. That it was made is
        kept in the same transaction."""
        self.ensure_one()
        self.leerbedrijf_week_mailed_on = monday
        groups = self._get_week_groups()
        if not groups:
            return
        template = self.env.ref("leerbedrijf_core.mail_template_week")
        template.with_context(
            groups=groups,
            sunday=monday + timedelta(days=6),
        ).send_mail(self.id, force_send=False)

    def _get_week_groups(self):
        """[(heading, lines)] as the user would see them: own rights, own language."""
        own = self.with_user(self).with_context(
            lang=self.lang, tz=self.tz, allowed_company_ids=self.company_ids.ids
        )
        items = own.env["leerbedrijf.week.item"].search([("user_id", "=", self.id)])
        kinds = dict(items._fields["kind"]._description_selection(own.env))
        return [
            (kinds[kind], [item._get_mail_line() for item in group])
            for kind, group in items.grouped("kind").items()
        ]
