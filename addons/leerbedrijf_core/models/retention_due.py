from odoo import fields, models
from odoo.tools import SQL

from .enrolment import PURPOSE_STATES

# A file that may never go: its term, or that of an invoice, is not known.
NEVER = SQL("'9999-12-31'::date")


class LeerbedrijfRetentionDue(models.Model):
    """When the file of a person comes due: one row for each closed file.

    A file is closed when nobody proposes, teaches or follows the person any more. The
    term of a participation counts from the last enrolment, placement or hours; the
    term of a candidate who never took part from the last change. Both wait for the
    invoices that rest on the person's hours, and for a date that the municipality set
    by hand. Terms are parameters; without a value nothing comes due.

    A row shows the code; the name shows to who may read the person.
    """

    _name = "leerbedrijf.retention.due"
    _description = "File at the end of its term"
    _auto = False
    _log_access = True
    _order = "due_on, id"
    _rec_name = "participant_id"

    _tenancy_kind = "private"
    _depends = {
        "leerbedrijf.participant": ["company_id", "keep_until", "anonymised_on"],
        "leerbedrijf.enrolment": ["participant_id", "state", "date_end", "employee_id"],
        "leerbedrijf.placement": ["enrolment_id", "date_start", "date_end"],
        "account.analytic.line": ["employee_id", "date"],
        "leerbedrijf.billing.link": ["analytic_line_id", "move_id"],
        "account.move": ["invoice_date", "company_id"],
        "leerbedrijf.parameter": ["code"],
        "leerbedrijf.parameter.value": ["value", "date_from", "scope"],
    }

    participant_id = fields.Many2one("leerbedrijf.participant", readonly=True)
    code = fields.Char(readonly=True)
    company_id = fields.Many2one("res.company", string="Municipality", readonly=True)
    took_part = fields.Boolean(readonly=True)
    closed_on = fields.Date(string="Closed", readonly=True)
    invoices_until = fields.Date(string="Invoices kept until", readonly=True)
    keep_until = fields.Date(readonly=True)
    term_on = fields.Date(string="Term over", readonly=True)
    due_on = fields.Date(
        string="Anonymised on",
        readonly=True,
        help="When everything is over that the file waits for.",
    )
    waits_for = fields.Selection(
        [
            ("participation", "Term of a participation"),
            ("candidate", "Term of a candidate"),
            ("invoice", "Term of an invoice"),
            ("hold", "Date set by the municipality"),
        ],
        string="Because of",
        readonly=True,
    )

    def action_open_participant(self):
        """The file itself, to read it or to keep it longer."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "leerbedrijf.participant",
            "res_id": self.participant_id.id,
            "view_mode": "form",
        }

    @property
    def _table_query(self):
        return SQL(
            """
            WITH term AS MATERIALIZED (
                SELECT company.id AS company_id,
                       %(participation)s AS participation,
                       %(candidate)s AS candidate,
                       %(invoice)s AS invoice
                  FROM res_company company
            ), closed AS NOT MATERIALIZED (%(closed)s)
            SELECT closed.*,
                   NULLIF(GREATEST(term_on, invoices_until, keep_until), %(never)s)
                       AS due_on,
                   CASE
                       WHEN keep_until > GREATEST(term_on, invoices_until) THEN 'hold'
                       WHEN invoices_until > term_on THEN 'invoice'
                       WHEN took_part THEN 'participation'
                       ELSE 'candidate'
                   END AS waits_for
              FROM closed
            """,
            participation=self._term_sql("retention_participation_years"),
            candidate=self._term_sql("retention_candidate_years"),
            invoice=self._term_sql("retention_invoice_years"),
            closed=self._closed_sql(),
            never=NEVER,
        )

    def _term_sql(self, code):
        """The term of `company` as an interval; as `leerbedrijf.parameter` finds it."""
        return SQL(
            """
            (SELECT make_interval(months => round(value.value * 12)::int)
               FROM leerbedrijf_parameter_value value
               JOIN leerbedrijf_parameter parameter
                 ON parameter.id = value.parameter_id AND parameter.code = %(code)s
          LEFT JOIN leerbedrijf_region_company_rel member
                 ON member.region_id = value.region_id
                AND member.company_id = company.id
              WHERE value.date_from <= %(today)s
                AND (value.scope = 'platform' OR value.company_id = company.id
                     OR member.company_id IS NOT NULL)
           ORDER BY array_position(ARRAY['tenant', 'region'], value.scope::text),
                    value.date_from DESC
              LIMIT 1)
            """,
            code=code,
            today=fields.Date.context_today(self),
        )

    def _closed_sql(self):
        return SQL(
            """
            SELECT person.id, person.id AS participant_id, person.code,
                   person.company_id, person.keep_until, person.create_uid,
                   person.create_date, person.write_uid, person.write_date,
                   past.took_part,
                   past.closed_on, past.invoices_until,
                   COALESCE(
                       (past.closed_on + CASE
                           WHEN past.took_part THEN term.participation
                           ELSE term.candidate
                       END)::date,
                       %(never)s
                   ) AS term_on
              FROM leerbedrijf_participant person
              JOIN term ON term.company_id = person.company_id
        CROSS JOIN LATERAL (
                SELECT COALESCE(enrolled.took_part, FALSE) AS took_part,
                       CASE WHEN enrolled.took_part
                           THEN GREATEST(enrolled.last, placed.last, worked.last)
                           ELSE GREATEST(person.write_date::date, enrolled.last)
                       END AS closed_on,
                       worked.invoices_until
                  FROM (%(enrolled)s) AS enrolled,
                       (%(placed)s) AS placed,
                       (%(worked)s) AS worked
                 WHERE enrolled.is_running IS NOT TRUE
              ) AS past
             WHERE person.anonymised_on IS NULL
            """,
            never=NEVER,
            enrolled=SQL(
                """
                SELECT bool_or(state = ANY(%s)) AS is_running,
                       bool_or(state = 'ended') AS took_part,
                       max(COALESCE(date_end, write_date::date)) AS last
                  FROM leerbedrijf_enrolment
                 WHERE participant_id = person.id
                """,
                list(PURPOSE_STATES),
            ),
            placed=SQL(
                """
                SELECT max(COALESCE(placement.date_end, placement.date_start)) AS last
                  FROM leerbedrijf_enrolment enrolment
                  JOIN leerbedrijf_placement placement
                    ON placement.enrolment_id = enrolment.id
                 WHERE enrolment.participant_id = person.id
                """
            ),
            worked=self._worked_sql(),
        )

    def _worked_sql(self):
        """The last hours, and until when the invoices that rest on them are kept: the
        term counts from the end of the year of the invoice."""
        return SQL(
            """
            SELECT max(line.date) AS last,
                   max(COALESCE(
                       (date_trunc('year', move.invoice_date) + interval '1 year'
                        + leerbedrijf.invoice)::date - 1,
                       %(never)s
                   )) FILTER (WHERE move.id IS NOT NULL) AS invoices_until
              FROM leerbedrijf_enrolment enrolment
              JOIN account_analytic_line line
                ON line.employee_id = enrolment.employee_id
         LEFT JOIN leerbedrijf_billing_link link ON link.analytic_line_id = line.id
         LEFT JOIN account_move move ON move.id = link.move_id
         LEFT JOIN term leerbedrijf ON leerbedrijf.company_id = move.company_id
             WHERE enrolment.participant_id = person.id
            """,
            never=NEVER,
        )
