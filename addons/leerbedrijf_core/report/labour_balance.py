from odoo import fields, models
from odoo.tools import SQL


class LeerbedrijfLabourBalance(models.Model):
    """Jobs that employers expect against people who finish, by sector and quarter.

    For the regional table: places and seats, and no person. A row is a future job that
    counts (open and confirmed) or a cohort that is not closed: as many people as have a
    seat once the group is known, else as many as there are seats.
    """

    _name = "leerbedrijf.labour.balance"
    _description = "Jobs and people in the region"
    _auto = False
    _order = "date, sector_id"
    _rec_name = "name"

    _tenancy_kind = "regional"

    name = fields.Char(string="Future job or cohort", readonly=True)
    region_id = fields.Many2one("leerbedrijf.region", readonly=True)
    sector_id = fields.Many2one("leerbedrijf.sector", readonly=True)
    date = fields.Date(
        readonly=True, help="When the job starts; when the cohort finishes."
    )
    demand = fields.Integer(string="Jobs", readonly=True)
    supply = fields.Integer(string="People who finish", readonly=True)
    gap = fields.Integer(
        string="Jobs without people",
        readonly=True,
        help="More than zero: jobs without people. Less: people without jobs.",
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT forecast.id * 2 AS id, forecast.name, forecast.region_id,
                   forecast.sector_id, forecast.date_from AS date,
                   forecast.counting_places AS demand, 0 AS supply,
                   forecast.counting_places AS gap
              FROM leerbedrijf_forecast forecast
             WHERE forecast.counting_places > 0
         UNION ALL
            SELECT cohort.id * 2 + 1, cohort.name, cohort.region_id, cohort.sector_id,
                   cohort.date_end, 0, people.number, -people.number
              FROM leerbedrijf_cohort cohort
              JOIN leerbedrijf_cohort_step step ON step.id = cohort.step_id
              JOIN LATERAL (
                    SELECT CASE WHEN step.code IN ('learning', 'regular') THEN (
                        SELECT count(*) FROM leerbedrijf_enrolment enrolment
                         WHERE enrolment.cohort_id = cohort.id
                           AND enrolment.state IN ('accepted', 'learning', 'aftercare')
                           AND enrolment.outcome_id IS NULL
                    ) ELSE cohort.capacity END::integer AS number
                   ) people ON TRUE
             WHERE cohort.active AND step.code <> 'closed'
            """
        )
