from collections import defaultdict
from datetime import date
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL, format_date

# What a whole group does in one room. Who learns at an employer takes up a place there.
GROUP_KINDS = ("introduction", "training", "school", "meeting")


class Clash(NamedTuple):
    """A line of another cohort in the same place on the same part of the week."""

    other: models.Model
    day_parts: models.Model
    first: date
    last: date


class LeerbedrijfCohortSlot(models.Model):
    """From when until when a line of the week lasts, and which other groups of the same
    leerbedrijf are in the same place at the same time."""

    _inherit = "leerbedrijf.cohort.slot"

    date_start = fields.Date(string="Start", compute="_compute_dates", store=True)
    date_end = fields.Date(string="End", compute="_compute_dates", store=True)
    problem = fields.Text(string="Signal", compute="_compute_problem")

    @api.depends(
        *("from_phase_id.date_start", "until_phase_id.date_end"),
        *("cohort_id.date_start", "cohort_id.date_end"),
    )
    def _compute_dates(self):
        for slot in self:
            slot.date_start, slot.date_end = slot._get_period()

    @api.depends(
        *("cohort_id", "kind", "day_part_ids", "partner_id", "place"),
        *("date_start", "date_end"),
    )
    @api.depends_context("lang")
    def _compute_problem(self):
        clashes = self._get_clashes()
        for slot in self:
            slot.problem = "\n".join(map(slot._describe_clash, clashes[slot.id]))

    @api.model
    def _clashes_query(self):
        """Two lines of one leerbedrijf for groups of two cohorts, in the same place on
        the same part of the week: (slot_id, other_id, part_id, weekday, first, last).

        The place is the organisation with the room; lines that name none are nowhere.
        """
        return SQL(
            """
            SELECT slot.id AS slot_id, other.id AS other_id, part.id AS part_id,
                   part.weekday::integer AS weekday,
                   GREATEST(slot.date_start, other.date_start) AS first,
                   LEAST(slot.date_end, other.date_end) AS last
              FROM leerbedrijf_cohort_slot slot
              JOIN leerbedrijf_cohort_slot other
                ON other.company_id = slot.company_id
               AND other.cohort_id <> slot.cohort_id
               AND COALESCE(other.partner_id, 0) = COALESCE(slot.partner_id, 0)
               AND lower(btrim(COALESCE(other.place, '')))
                   = lower(btrim(COALESCE(slot.place, '')))
               AND other.date_start <= slot.date_end
               AND other.date_end >= slot.date_start
              JOIN leerbedrijf_cohort cohort
                ON cohort.id = slot.cohort_id AND cohort.active
              JOIN leerbedrijf_cohort other_cohort
                ON other_cohort.id = other.cohort_id AND other_cohort.active
              JOIN leerbedrijf_cohort_slot_leerbedrijf_day_part_rel rel
                ON rel.leerbedrijf_cohort_slot_id = slot.id
              JOIN leerbedrijf_cohort_slot_leerbedrijf_day_part_rel other_rel
                ON other_rel.leerbedrijf_cohort_slot_id = other.id
               AND other_rel.leerbedrijf_day_part_id = rel.leerbedrijf_day_part_id
              JOIN leerbedrijf_day_part part ON part.id = rel.leerbedrijf_day_part_id
             WHERE slot.kind IN %(kinds)s AND other.kind IN %(kinds)s
               AND (slot.partner_id IS NOT NULL OR btrim(slot.place) <> '')
            """,
            kinds=GROUP_KINDS,
        )

    def _get_clashes(self):
        """Id of a line → what it clashes with, of today and later.

        :rtype: dict[int, list[Clash]]
        """
        clashes = defaultdict(list)
        if not self.ids:
            return clashes
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT slot_id, other_id, array_agg(part_id), first, last
                  FROM (%(clashes)s) clash
                 WHERE slot_id = ANY(%(ids)s) AND last >= %(today)s
              GROUP BY slot_id, other_id, first, last
              ORDER BY first, other_id
                """,
                clashes=self._clashes_query(),
                ids=list(self.ids),
                today=fields.Date.context_today(self),
            )
        )
        for slot_id, other_id, part_ids, first, last in rows:
            day_parts = self.env["leerbedrijf.day.part"].browse(part_ids)
            clashes[slot_id].append(
                Clash(self.browse(other_id), day_parts.sorted("sequence"), first, last)
            )
        return clashes

    def _describe_clash(self, clash):
        """One sentence; it says as well what to do if it is not so."""
        return self.env._(
            "%(cohort)s is at the same place at the same time (%(parts)s, from "
            "%(start)s until %(end)s). Move one of them, or name the rooms.",
            cohort=clash.other.cohort_id.name,
            parts=", ".join(clash.day_parts.mapped("name")),
            start=format_date(self.env, clash.first, date_format="d MMMM y"),
            end=format_date(self.env, clash.last, date_format="d MMMM y"),
        )
