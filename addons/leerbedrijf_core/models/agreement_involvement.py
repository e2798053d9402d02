from datetime import datetime, time, timedelta
from itertools import cycle

from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import UserError

from ..calc import phase_dates

# Nobody plans a visit later than this.
FURTHEST = relativedelta(years=2)


class LeerbedrijfAgreement(models.Model):
    """Between signature and the first job: future jobs that are now promised, and a
    rhythm of contact that keeps employers involved."""

    _inherit = "leerbedrijf.agreement"

    def write(self, vals):
        result = super().write(vals)
        if "state" in vals:
            self.pledge_ids.forecast_id._follow_pledges()
        return result

    def action_plan_contacts(self):
        """Plan contact with every employer until its first job, and show it.

        Nothing is planned twice: what is planned already, by hand too, counts.
        """
        self.ensure_one()
        self._check_state("signed")
        self.env["leerbedrijf.contact.moment"].create(
            [
                self._prepare_contact_values(employer, day, kind)
                for employer in self.pledge_ids.partner_id
                for day, kind in zip(
                    self._get_contact_dates(employer),
                    self._get_contact_kinds(),
                    strict=False,
                )
            ]
        )
        return self._action_planned_contacts()

    def _action_planned_contacts(self):
        employers = self.pledge_ids.partner_id
        domain = [("partner_id", "in", employers.ids), ("state", "=", "planned")]
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "leerbedrijf_core.contact_moment_action"
        )
        title = self.env._("Planned contact")
        # What comes first is read first.
        planned = self.env.ref(
            "leerbedrijf_core.leerbedrijf_contact_moment_view_list_planned"
        )
        return {
            **action,
            "name": title,
            "display_name": title,
            "domain": domain,
            "context": {},
            "views": [(planned.id, "list"), (False, "calendar"), (False, "form")],
        }

    def _prepare_contact_values(self, employer, day, kind):
        return {
            "partner_id": employer.id,
            "date": day,
            "kind_id": kind.id,
            "summary": self.env._("Keeping in touch: %s", self.title),
            "user_id": (employer.account_manager_id or self.env.user).id,
        }

    def _get_contact_kinds(self):
        kinds = self.env["leerbedrijf.contact.kind"]
        found = kinds.search([("in_rhythm", "=", True)]) or kinds.search([], limit=1)
        return cycle(found)

    def _get_contact_dates(self, employer):
        """Work days, an interval apart, until the employer's first job; what is planned
        already is a step of the rhythm."""
        weeks = self.env["leerbedrijf.parameter"]._get("contact_interval_weeks")
        interval = timedelta(weeks=max(weeks, 1))
        today = fields.Date.context_today(self)
        last = min(self._get_first_start(employer), today + FURTHEST)
        planned = self._get_planned_dates(employer, today)
        is_work_day = self._get_contact_day_test(today, last)
        day = today
        while day + interval < last:
            near = [d for d in planned if day < d <= day + 1.5 * interval]
            if near:
                day = near[0]
                continue
            day = phase_dates.next_work_day(day + interval, is_work_day)
            yield day

    def _get_planned_dates(self, employer, today):
        moments = self.env["leerbedrijf.contact.moment"].search(
            [
                ("partner_id", "=", employer.id),
                ("state", "=", "planned"),
                ("date", ">", today),
            ],
            order="date",
        )
        return moments.mapped("date")

    def _get_first_start(self, employer):
        """When the employer's first job starts: as pledged, else when its cohort is
        done, at the latest when the agreement ends."""
        pledges = self.pledge_ids.filtered(lambda p: p.partner_id == employer)
        dates = [p.date_from or p.cohort_id.date_end or self.date_to for p in pledges]
        starts = [date for date in dates if date]
        if not starts:
            raise UserError(
                self.env._(
                    "There is no date until which to keep in touch with %(employer)s. "
                    "Plan it by hand, at the employer.",
                    employer=employer.name,
                )
            )
        return min(starts)

    def _get_contact_day_test(self, first, last):
        """A function that tells of a date whether the user's organisation works."""
        calendar = self.env.company.resource_calendar_id
        unusual = calendar._get_unusual_days(
            datetime.combine(first, time.min),
            datetime.combine(last + timedelta(days=31), time.max),
            self.env.company,
        )
        return lambda day: not unusual.get(fields.Date.to_string(day), False)
