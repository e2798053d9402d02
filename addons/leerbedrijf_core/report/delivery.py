from odoo import fields, models
from odoo.tools import SQL

from ..models.placement import JOB_KINDS
from ..models.pledge import FORCES, STATES_WITH_DELIVERY, STEPS_WITH_JOBS


class LeerbedrijfDelivery(models.Model):
    """What an employer promised for an edition with which force, and what came of it.

    A row is an employer in an agreement, for one edition and force: numbers of places.
    It never says who had a place, how that ended, or why a place lapsed. Read by the
    parties of the agreement and by the account managers of the region.
    """

    _name = "leerbedrijf.delivery"
    _description = "Promised and delivered"
    _auto = False
    _order = "date desc, partner_id, id"
    _rec_name = "partner_id"

    _tenancy_kind = "regional"

    # What was written in this transaction counts in the view as well.
    _depends = {
        "leerbedrijf.agreement": ["state", "date_from"],
        "leerbedrijf.cohort": ["date_start", "sector_id", "step_id"],
        "leerbedrijf.placement": ["enrolment_id", "kind", "pledge_id"],
        "leerbedrijf.pledge": [
            *("agreement_id", "cohort_id", "company_id", "force", "lapsed_places"),
            *("partner_id", "places", "region_id", "standing_places"),
        ],
    }

    partner_id = fields.Many2one("res.partner", string="Employer", readonly=True)
    agreement_id = fields.Many2one("leerbedrijf.agreement", readonly=True)
    cohort_id = fields.Many2one("leerbedrijf.cohort", readonly=True)
    sector_id = fields.Many2one("leerbedrijf.sector", readonly=True)
    region_id = fields.Many2one("leerbedrijf.region", readonly=True)
    company_id = fields.Many2one(
        "res.company", string="Owner of the agreement", readonly=True
    )
    force = fields.Selection(FORCES, readonly=True)
    date = fields.Date(
        readonly=True, help="Start of the edition, or else of the agreement."
    )
    promised = fields.Integer(readonly=True)
    delivered = fields.Integer(
        readonly=True, help="People who got a job on it, counted from placements."
    )
    lapsed = fields.Integer(readonly=True)
    left = fields.Integer(
        string="Not filled",
        readonly=True,
        help="Neither delivered nor called lapsed.",
    )
    is_known = fields.Boolean(
        string="Result known",
        readonly=True,
        help="The edition has come to its jobs, or the agreement has ended. Before, "
        "the percentage would say nothing.",
    )
    kept = fields.Float(
        string="Delivered (%)",
        readonly=True,
        aggregator="avg",
        help="Of the promised places, once the result is known; more than promised "
        "counts as all.",
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT MIN(pledge.id) AS id, pledge.partner_id, pledge.agreement_id,
                   pledge.cohort_id, pledge.region_id, pledge.company_id, pledge.force,
                   cohort.sector_id,
                   COALESCE(cohort.date_start, agreement.date_from) AS date,
                   SUM(pledge.places)::integer AS promised,
                   SUM(jobs.number)::integer AS delivered,
                   SUM(pledge.lapsed_places)::integer AS lapsed,
                   SUM(GREATEST(pledge.standing_places - jobs.number, 0))::integer
                       AS left,
                   known.is_known,
                   CASE WHEN known.is_known THEN
                       SUM(LEAST(jobs.number, pledge.places)) * 100.0
                           / SUM(pledge.places)
                   END AS kept
              FROM leerbedrijf_pledge pledge
              JOIN leerbedrijf_agreement agreement ON agreement.id = pledge.agreement_id
         LEFT JOIN leerbedrijf_cohort cohort ON cohort.id = pledge.cohort_id
         LEFT JOIN leerbedrijf_cohort_step step ON step.id = cohort.step_id
              JOIN LATERAL (
                    SELECT agreement.state = 'ended'
                           OR COALESCE(step.code IN %(steps)s, FALSE) AS is_known
                   ) known ON TRUE
              JOIN LATERAL (
                    SELECT COUNT(DISTINCT placement.enrolment_id) AS number
                      FROM leerbedrijf_placement placement
                     WHERE placement.pledge_id = pledge.id
                       AND placement.kind IN %(jobs)s
                   ) jobs ON TRUE
             WHERE agreement.state IN %(states)s
          GROUP BY pledge.partner_id, pledge.agreement_id, pledge.cohort_id,
                   pledge.region_id, pledge.company_id, pledge.force,
                   cohort.sector_id, cohort.date_start, agreement.date_from,
                   known.is_known
            """,
            jobs=JOB_KINDS,
            states=STATES_WITH_DELIVERY,
            steps=STEPS_WITH_JOBS,
        )

    def _read_group_select(self, aggregate_spec, query):
        """The percentage of a group is of its places, not the mean of its rows."""
        if aggregate_spec != "kept:avg":
            return super()._read_group_select(aggregate_spec, query)
        promised = self._field_to_sql(self._table, "promised", query)
        delivered = self._field_to_sql(self._table, "delivered", query)
        return SQL(
            "SUM(LEAST(%(delivered)s, %(promised)s)) FILTER (WHERE %(known)s) * 100.0"
            " / SUM(%(promised)s) FILTER (WHERE %(known)s)",
            delivered=delivered,
            promised=promised,
            known=self._field_to_sql(self._table, "is_known", query),
        )

    def action_open_agreement(self):
        """The agreement behind the row."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "leerbedrijf.agreement",
            "res_id": self.agreement_id.id,
            "view_mode": "form",
        }
