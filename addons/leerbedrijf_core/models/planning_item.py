from ast import literal_eval

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import HOME_TZ
from .week_slot_mixin import SLOT_KINDS

# How far back and ahead one plans: a date typed wrong makes no thousands of weeks.
PAST = relativedelta(years=2)
AHEAD = relativedelta(years=4)
# Places are planned month by month.
PAST_MONTHS = relativedelta(months=6)
AHEAD_MONTHS = relativedelta(months=18)


class LeerbedrijfPlanningItem(models.Model):
    """What a leerbedrijf plans, in one calendar and one timeline: the phases of its
    cohorts, each day of their week patterns, and how full its workplaces are.

    A row is a phase, a day of a line of the week pattern (not on holidays), a month of
    a workplace with the most people at once, or a signal: all that is wrong from today
    on with one line or workplace. It names nobody. Rows are read from what they are
    about, so they are changed there.
    """

    _name = "leerbedrijf.planning.item"
    _description = "Planning"
    _auto = False
    _order = "date_start, time_start, id"
    _rec_name = "name"
    _rec_names_search = ["name", "cohort_id", "partner_id"]

    _tenancy_kind = "regional"

    _depends = {
        "leerbedrijf.cohort": ["active", "company_id"],
        "leerbedrijf.cohort.phase": ["name", "kind", "date_start", "date_end"],
        "leerbedrijf.cohort.slot": [
            *("name", "kind", "day_part_ids", "partner_id", "place"),
            *("date_start", "date_end", "skips_school_holidays"),
        ],
        "leerbedrijf.school.holiday": ["date_from", "date_to"],
        "leerbedrijf.workplace": [
            *("active", "occupancy", "overfull_until", "seats"),
            *("date_from", "date_until"),
        ],
    }

    kind = fields.Selection(
        [
            ("phase", "Phase"),
            ("session", "Day of the week pattern"),
            ("workplace", "Place to learn"),
            ("signal", "Signal"),
        ],
        string="What",
        readonly=True,
    )
    activity = fields.Selection(SLOT_KINDS, string="Kind", readonly=True)
    name = fields.Char(readonly=True)
    region_id = fields.Many2one("leerbedrijf.region", readonly=True)
    company_id = fields.Many2one("res.company", string="Organisation", readonly=True)
    cohort_id = fields.Many2one("leerbedrijf.cohort", readonly=True)
    phase_id = fields.Many2one("leerbedrijf.cohort.phase", readonly=True)
    slot_id = fields.Many2one(
        "leerbedrijf.cohort.slot", string="Line of the week", readonly=True
    )
    workplace_id = fields.Many2one(
        "leerbedrijf.workplace", string="Place to learn", readonly=True
    )
    partner_id = fields.Many2one("res.partner", string="At", readonly=True)
    place = fields.Char(string="Room", readonly=True)
    date_start = fields.Date(string="Start", readonly=True)
    date_end = fields.Date(string="End", readonly=True)
    time_start = fields.Datetime(string="Starts at", readonly=True)
    time_stop = fields.Datetime(string="Ends at", readonly=True)
    is_all_day = fields.Boolean(string="All day", readonly=True)
    people = fields.Integer(
        readonly=True, help="The most people who are there at the same time."
    )
    seats = fields.Integer(readonly=True)
    free = fields.Integer(
        string="Places left",
        readonly=True,
        help="Less than zero: more people than places.",
    )
    has_problem = fields.Boolean(string="With a signal", readonly=True)
    problem = fields.Text(string="Signal", compute="_compute_problem")

    @property
    def _table_query(self):
        return SQL(" UNION ALL ").join(
            (
                self._phases_query(),
                self._sessions_query(),
                self._workplaces_query(),
                self._slot_signals_query(),
                self._workplace_signals_query(),
            )
        )

    def _phases_query(self):
        return SQL(
            """
            SELECT phase.id::bigint * 8 AS id, 'phase' AS kind,
                   phase.kind AS activity, phase.name, phase.region_id,
                   phase.company_id, phase.cohort_id, phase.id AS phase_id,
                   NULL::integer AS slot_id, NULL::integer AS workplace_id,
                   NULL::integer AS partner_id, NULL::varchar AS place,
                   phase.date_start, phase.date_end,
                   phase.date_start + time '12:00' AS time_start,
                   phase.date_end + time '12:00' AS time_stop,
                   TRUE AS is_all_day, NULL::integer AS people,
                   NULL::integer AS seats, NULL::integer AS free,
                   FALSE AS has_problem
              FROM leerbedrijf_cohort_phase phase
              JOIN leerbedrijf_cohort cohort ON cohort.id = phase.cohort_id
             WHERE cohort.active
            """
        )

    def _sessions_query(self):
        """A day of a line of the week pattern, from the start of its first part of that
        day until the end of the last, unless the organisation or the school is closed.
        """
        return SQL(
            """
            SELECT (line.id::bigint * 65536 + (session.day - date '2000-01-01')) * 8
                   + 1, 'session', line.kind, line.name, line.region_id,
                   line.company_id, line.cohort_id, NULL, line.id, NULL,
                   line.partner_id, line.place, session.day, session.day,
                   session.time_start, session.time_stop, FALSE, NULL, NULL, NULL,
                   COALESCE(clash.days @> session.day, FALSE)
              FROM (%(lines)s) line
         LEFT JOIN (SELECT slot_id, weekday,
                           range_agg(daterange(first, last, '[]')) AS days
                      FROM (%(clashes)s) one GROUP BY slot_id, weekday) clash
                ON clash.slot_id = line.id AND clash.weekday = line.weekday
        CROSS JOIN LATERAL (
                    SELECT day::date,
                           (day + line.hour_from * interval '1 hour')
                           AT TIME ZONE %(tz)s AT TIME ZONE 'UTC' AS time_start,
                           (day + line.hour_to * interval '1 hour')
                           AT TIME ZONE %(tz)s AT TIME ZONE 'UTC' AS time_stop
                      FROM generate_series(line.first_day, line.last_day,
                                           interval '7 days') day
                   ) session
             WHERE NOT EXISTS (
                    SELECT FROM resource_calendar_leaves closed
                     WHERE closed.resource_id IS NULL
                       AND COALESCE(closed.calendar_id, line.calendar_id)
                           = line.calendar_id
                       AND COALESCE(closed.company_id, line.company_id)
                           = line.company_id
                       AND closed.date_from <= session.time_start
                       AND closed.date_to >= session.time_stop)
               AND NOT (line.skips_school_holidays AND EXISTS (
                    SELECT FROM leerbedrijf_school_holiday holiday
                     WHERE holiday.region_id = line.region_id
                       AND session.day BETWEEN holiday.date_from AND holiday.date_to))
            """,
            lines=self._lines_query(),
            clashes=self.env["leerbedrijf.cohort.slot"]._clashes_query(),
            tz=self.env.user.tz or HOME_TZ,
        )

    def _lines_query(self):
        """A line of a week pattern on each of its weekdays on which the organisation
        works: from which hour until which, and the first and last day.

        Grouped by what the rules and the screens filter, so that they filter here.
        """
        today = fields.Date.context_today(self)
        return SQL(
            """
            SELECT slot.id, slot.region_id, slot.company_id, slot.cohort_id, slot.kind,
                   slot.name, slot.partner_id, slot.place, slot.skips_school_holidays,
                   company.resource_calendar_id AS calendar_id, part.weekday,
                   min(part.hour_from) AS hour_from, max(part.hour_to) AS hour_to,
                   start.day + (part.weekday - extract(isodow FROM start.day)::integer
                    + 8) %% 7 * interval '1 day' AS first_day,
                   LEAST(slot.date_end, %(last)s)::timestamp AS last_day
              FROM leerbedrijf_cohort_slot slot
              JOIN leerbedrijf_cohort cohort ON cohort.id = slot.cohort_id
              JOIN res_company company ON company.id = slot.company_id
              JOIN leerbedrijf_cohort_slot_leerbedrijf_day_part_rel rel
                ON rel.leerbedrijf_cohort_slot_id = slot.id
              JOIN (SELECT id, weekday::integer AS weekday, hour_from, hour_to
                      FROM leerbedrijf_day_part) part
                ON part.id = rel.leerbedrijf_day_part_id
        CROSS JOIN LATERAL (
                    SELECT GREATEST(slot.date_start, %(first)s)::timestamp AS day
                   ) start
             WHERE cohort.active
               AND EXISTS (
                    SELECT FROM resource_calendar_attendance attendance
                     WHERE attendance.calendar_id = company.resource_calendar_id
                       AND attendance.dayofweek::integer = part.weekday)
          GROUP BY slot.id, slot.region_id, slot.company_id, slot.cohort_id, slot.kind,
                   slot.partner_id, company.resource_calendar_id, part.weekday,
                   start.day
            """,
            first=today - PAST,
            last=today + AHEAD,
        )

    def _workplaces_query(self):
        month = fields.Date.context_today(self).replace(day=1)
        return SQL(
            """
            SELECT (workplace.id::bigint * 65536 + (month.first - date '2000-01-01'))
                   * 8 + 2, 'workplace', NULL, workplace.name, workplace.region_id,
                   workplace.company_id, NULL, NULL, NULL, workplace.id,
                   workplace.partner_id, NULL, month.first, month.last,
                   month.first + time '12:00', month.last + time '12:00', TRUE,
                   busiest.people, workplace.seats, workplace.seats - busiest.people,
                   busiest.people > workplace.seats
              FROM leerbedrijf_workplace workplace
        CROSS JOIN LATERAL (
                    SELECT GREATEST(day::date, workplace.date_from) AS first,
                           LEAST((day + interval '1 month - 1 day')::date,
                                 workplace.date_until) AS last
                      FROM generate_series(%(first)s::timestamp, %(last)s,
                                           interval '1 month') day
                   ) month
        CROSS JOIN LATERAL (
                    SELECT COALESCE(max(period.people), 0) AS people
                      FROM jsonb_to_recordset(workplace.occupancy)
                           AS period("start" date, "end" date, people integer)
                     WHERE period."start" <= month.last
                       AND COALESCE(period."end", 'infinity') >= month.first
                   ) busiest
             WHERE workplace.active AND month.first <= month.last
            """,
            first=month - PAST_MONTHS,
            last=month + AHEAD_MONTHS,
        )

    def _slot_signals_query(self):
        """One row for all clashes of a line of the week pattern."""
        return SQL(
            """
            SELECT slot.id::bigint * 8 + 3, 'signal', slot.kind, slot.name,
                   slot.region_id, slot.company_id, slot.cohort_id, NULL, slot.id, NULL,
                   slot.partner_id, slot.place, clash.first, clash.last,
                   clash.first + time '12:00', clash.last + time '12:00', TRUE, NULL,
                   NULL, NULL, TRUE
              FROM leerbedrijf_cohort_slot slot
              JOIN (SELECT slot_id, min(first) AS first, max(last) AS last
                      FROM (%(clashes)s) one WHERE last >= %(today)s GROUP BY slot_id
                   ) clash ON clash.slot_id = slot.id
            """,
            clashes=self.env["leerbedrijf.cohort.slot"]._clashes_query(),
            today=fields.Date.context_today(self),
        )

    def _workplace_signals_query(self):
        """One row for all periods in which a workplace is too full."""
        today = fields.Date.context_today(self)
        return SQL(
            """
            SELECT workplace.id::bigint * 8 + 4, 'signal', NULL, workplace.name,
                   workplace.region_id, workplace.company_id, NULL, NULL, NULL,
                   workplace.id, workplace.partner_id, NULL, overfull.first, last.day,
                   overfull.first + time '12:00', last.day + time '12:00', TRUE,
                   overfull.people, workplace.seats, workplace.seats - overfull.people,
                   TRUE
              FROM leerbedrijf_workplace workplace
        CROSS JOIN LATERAL (
                    SELECT min(period."start") AS first, max(period.people) AS people
                      FROM jsonb_to_recordset(workplace.occupancy)
                           AS period("start" date, "end" date, people integer)
                     WHERE period.people > workplace.seats
                       AND COALESCE(period."end", 'infinity') >= %(today)s
                   ) overfull
        CROSS JOIN LATERAL (
                    SELECT GREATEST(overfull.first,
                                    LEAST(workplace.overfull_until, %(last)s)) AS day
                   ) last
             WHERE workplace.active AND workplace.overfull_until >= %(today)s
            """,
            today=today,
            last=today + AHEAD_MONTHS,
        )

    @api.depends_context("lang")
    def _compute_display_name(self):
        for item in self:
            if item.workplace_id:
                label = item._get_workplace_label()
            else:
                label = f"{item.name} · {item.cohort_id.name}"
            item.display_name = f"⚠ {label}" if item.has_problem else label

    def _get_workplace_label(self):
        return self.env._(
            "%(workplace)s: %(people)s of %(seats)s places",
            workplace=self.name,
            people=self.people,
            seats=self.seats,
        )

    @api.depends_context("lang", "tz")
    def _compute_problem(self):
        """Of a day what is wrong on it, of the others all."""
        flagged = self.filtered("has_problem")
        (self - flagged).problem = False
        clashes = flagged.slot_id._get_clashes()
        for item in flagged:
            item.problem = item.workplace_id.problem or "\n".join(
                item.slot_id._describe_clash(clash)
                for clash in clashes[item.slot_id.id]
                if item.kind == "signal" or clash.first <= item.date_start <= clash.last
            )

    def action_open(self):
        """What this row is about, where it can be changed."""
        self.ensure_one()
        self.check_access("read")
        record = self.workplace_id or self.phase_id or self.cohort_id
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }

    @api.model
    def _get_own_action(self, xml_id):
        """A screen of the planning: who works for a leerwerkbedrijf begins with what is
        of it, others with all of the region."""
        action = self.env["ir.actions.act_window"]._for_xml_id(xml_id)
        if self.env.company.leerbedrijf_role != "leerbedrijf":
            return action
        context = {**literal_eval(action["context"]), "search_default_own": 1}
        return {**action, "context": context}
