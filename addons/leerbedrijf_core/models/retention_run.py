import logging

from odoo import api, fields, models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)

# Persons a transaction: some seconds of work, and as much memory.
BATCH = 500


class LeerbedrijfRetentionRun(models.Model):
    """What a day's retention did for a municipality: numbers, no persons."""

    _name = "leerbedrijf.retention.run"
    _description = "Retention run"
    _inherit = ["leerbedrijf.private.mixin"]
    _order = "date desc, id desc"
    _rec_name = "date"

    company_id = fields.Many2one(string="Municipality", readonly=True)
    date = fields.Date(
        required=True, readonly=True, default=fields.Date.context_today, index=True
    )
    kind = fields.Selection(
        [("dry_run", "Counted only"), ("anonymised", "Anonymised")],
        required=True,
        readonly=True,
    )
    participant_count = fields.Integer(
        string="Persons", readonly=True, help="Whose term was over."
    )
    enrolment_count = fields.Integer(string="Enrolments", readonly=True)
    employee_count = fields.Integer(string="Employee records", readonly=True)
    hours_count = fields.Integer(string="Lines of hours", readonly=True)
    message_count = fields.Integer(string="Messages", readonly=True)
    file_count = fields.Integer(string="Files", readonly=True)
    waiting_count = fields.Integer(
        string="Wait for an invoice",
        readonly=True,
        help="The term of the file is over, that of an invoice is not.",
    )
    held_count = fields.Integer(
        string="Held by hand",
        readonly=True,
        help="The term is over; the municipality set a later date.",
    )

    _anonymised_once_a_day = models.UniqueIndex(
        "(company_id, date) WHERE kind = 'anonymised'",
        "There is a run of today already.",
    )

    # Counting ----------------------------------------------------------------

    def action_count(self):
        """Count what the next run would do for the own organisations; do nothing."""
        self.env["leerbedrijf.retention.due"].check_access("read")
        municipalities = self.env.companies.filtered(
            lambda company: company.leerbedrijf_role == "municipality"
        )
        if not municipalities:
            raise UserError(
                self.env._(
                    "Only a municipality keeps files of persons. Choose yours at the "
                    "top right first."
                )
            )
        # Superuser makes the log, which nobody writes: numbers of the user's own
        # organisations.
        runs = self.sudo()
        runs.create(
            [runs._prepare_dry_run_values(company) for company in municipalities]
        )
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _prepare_dry_run_values(self, company):
        due = self.env["leerbedrijf.retention.due"]._search(self._due_domain(company))
        counts = self.env["leerbedrijf.anonymiser"]._count(due)
        return {
            "company_id": company.id,
            "kind": "dry_run",
            **self._prepare_counts(counts),
            **self._count_waiting(company),
        }

    @api.model
    def _due_domain(self, company):
        today = fields.Date.context_today(self)
        return [("company_id", "=", company.id), ("due_on", "<=", today)]

    def _prepare_counts(self, counts):
        return {
            "participant_count": counts["leerbedrijf.participant"],
            "enrolment_count": counts["leerbedrijf.enrolment"],
            "employee_count": counts["hr.employee"],
            "hours_count": counts["account.analytic.line"],
            "message_count": counts["mail.message"],
            "file_count": counts["ir.attachment"],
        }

    def _count_waiting(self, company):
        today = fields.Date.context_today(self)
        over = [("company_id", "=", company.id), ("term_on", "<=", today)]
        later = ["|", ("due_on", "=", False), ("due_on", ">", today)]
        groups = self.env["leerbedrijf.retention.due"]._read_group(
            over + later, ["waits_for"], ["__count"]
        )
        waiting = dict(groups)
        return {
            "waiting_count": waiting.get("invoice", 0),
            "held_count": waiting.get("hold", 0),
        }

    # The daily run -----------------------------------------------------------

    @api.model
    def _cron_anonymise(self):
        """Anonymise whose term is over; a batch is a transaction.

        It can stop and be killed at any moment: what is done is done, and the next run
        finds the rest.
        """
        cron = self.env["ir.cron"]
        todo = self._count_due()
        remaining = sum(todo.values())
        cron._commit_progress(remaining=remaining)
        for company in todo:
            last_id = 0
            while batch := self._find_batch(company, last_id):
                last_id = batch.ids[-1]
                self._anonymise_batch(company, batch)
                remaining = max(remaining - len(batch), 0)
                if not cron._commit_progress(len(batch), remaining=remaining):
                    return

    def _count_due(self):
        """How many persons come due by municipality, and none where there are none."""
        due = self.env["leerbedrijf.retention.due"]
        today = fields.Date.context_today(self)
        return dict(
            due._read_group([("due_on", "<=", today)], ["company_id"], ["__count"])
        )

    def _find_batch(self, company, last_id):
        domain = [*self._due_domain(company), ("id", ">", last_id)]
        due = self.env["leerbedrijf.retention.due"]
        ids = due.search(domain, order="id", limit=BATCH).ids
        return self.env["leerbedrijf.participant"].browse(ids)

    def _anonymise_batch(self, company, participants):
        """Anonymise these but for who is being changed right now: tomorrow then."""
        free = participants.try_lock_for_update()
        counts = self.env["leerbedrijf.anonymiser"]._anonymise(free)
        self._add_to_log(company, self._prepare_counts(counts))
        _logger.info(
            "Retention: %s participants of company %s anonymised", len(free), company.id
        )

    def _add_to_log(self, company, counts):
        today = fields.Date.context_today(self)
        domain = [
            ("company_id", "=", company.id),
            ("kind", "=", "anonymised"),
            ("date", "=", today),
        ]
        run = self.search(domain, limit=1) or self.create(
            {
                "company_id": company.id,
                "kind": "anonymised",
                "date": today,
                **self._count_waiting(company),
            }
        )
        run.write({name: run[name] + number for name, number in counts.items()})
