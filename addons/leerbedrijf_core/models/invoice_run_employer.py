from collections import defaultdict

from psycopg2 import IntegrityError

from odoo import fields, models
from odoo.exceptions import RedirectWarning, UserError
from odoo.fields import Command, Domain
from odoo.tools import SQL, float_round, format_date

from .invoice_run import BILLABLE_MODELS

# What is wrong with one employer's data; anything else fails the whole job.
DATA_ERRORS = (UserError, RedirectWarning, IntegrityError)


class LeerbedrijfInvoiceRunEmployer(models.Model):
    """One employer of a run: waiting, invoiced, or skipped with the reason why."""

    _name = "leerbedrijf.invoice.run.employer"
    _description = "Employer of an invoice run"
    _inherit = ["leerbedrijf.private.mixin"]
    _order = "run_id, partner_id"
    _rec_name = "partner_id"

    run_id = fields.Many2one(
        "leerbedrijf.invoice.run", required=True, index=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner", string="Employer", required=True, index=True, ondelete="restrict"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("invoiced", "Invoiced"),
            ("nothing", "Nothing left to invoice"),
            ("skipped", "Skipped"),
            ("failed", "Failed"),
        ],
        required=True,
        default="waiting",
        readonly=True,
    )
    move_id = fields.Many2one(
        "account.move",
        string="Invoice",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    amount_untaxed = fields.Monetary(related="move_id.amount_untaxed")
    problem = fields.Text(readonly=True)

    _partner_once = models.UniqueIndex("(run_id, partner_id)")

    def _delay_invoices(self):
        """Queue one job for these employers, unless the same one waits already."""
        self.with_delay(
            description=self.env._("Invoices of %(run)s", run=self.run_id.name),
            identity_key=f"leerbedrijf_invoice_run-{'-'.join(map(str, self.ids))}",
        )._make_invoices()

    def _make_invoices(self):
        """The job: claim the lines, invoice all employers at once, or one by one.

        The claim comes first, so that no older snapshot hides what others did. What it
        cannot get is being changed by somebody else and stays for the next run. A
        serialization failure is raised and queue_job repeats the job; as nothing was
        committed, and what was committed is no longer “approved”, repeating is safe.
        """
        employers = self.with_company(self.run_id.company_id)
        claimed = employers._claim()
        try:
            with self.env.cr.savepoint():
                employers._invoice(claimed)
        except DATA_ERRORS:
            for employer in employers:
                employer._invoice_alone(claimed)

    def _invoice_alone(self, claimed):
        """One employer whose data is wrong does not keep the others from an invoice."""
        own = [
            lines.filtered(lambda line: line.partner_id == self.partner_id)
            for lines in claimed
        ]
        try:
            with self.env.cr.savepoint():
                self._invoice(own)
        except DATA_ERRORS as error:
            message = str(error.args[0]) if error.args else str(error)
            self._set_result("failed", problem=message)

    def _job_failed(self, exc_name=None, **failure):
        """Called by queue_job when the job failed for good: show it on the run."""
        self._set_result(
            "failed",
            problem=self.env._(
                "The invoice could not be made (%(error)s). Nothing was invoiced; try "
                "again or ask the administrator.",
                error=exc_name,
            ),
        )

    def _claim(self):
        """Lock the billable lines of this batch: one recordset for each model."""
        claimed = []
        for name in BILLABLE_MODELS:
            model = self.env[name]
            domain = self.run_id._get_billable_lines_domain(name)
            query = model._search(
                domain & Domain("partner_id", "in", self.partner_id.ids)
            )
            rows = self.env.execute_query(
                SQL(
                    "SELECT id FROM %s WHERE id IN %s ORDER BY id "
                    "FOR UPDATE SKIP LOCKED",
                    SQL.identifier(model._table),
                    query.subselect(),
                )
            )
            lines = model.browse(id_ for [id_] in rows)
            lines.invalidate_recordset()
            claimed.append(lines)
        return claimed

    # Making the invoices --------------------------------------------------------------

    def _invoice(self, claimed):
        """Make the invoices of these employers from the claimed lines and link them."""
        groups = self._get_source_groups(claimed)
        vals_list, todo = [], self.browse()
        for employer in self:
            own = groups[employer.partner_id]
            problems = employer._get_problems(own)
            if problems:
                employer._set_result("skipped", problem="\n".join(problems))
            elif own:
                todo += employer
                vals_list.append(employer._prepare_move_values(own))
            else:
                employer._set_result("invoiced" if employer.move_id else "nothing")
        moves = (
            self.env["account.move"]
            .with_context(tracking_disable=True)
            .create(vals_list)
        )
        pairs = []
        for employer, move in zip(todo, moves, strict=True):
            lines = move.invoice_line_ids.grouped("sequence")
            for position, group in enumerate(groups[employer.partner_id], 1):
                pairs.append((lines[position * 10], group[0]))
            employer._set_result("invoiced", move_id=move.id)
        # Superuser: links are written by invoicing only, never by a user.
        self.env["leerbedrijf.billing.link"].sudo()._link(pairs)
        self._note_left_behind()

    def _get_source_groups(self, claimed):
        """Per employer the future invoice lines: lists of (sources, price, quantity).

        Hours are grouped per klus and tariff, each charge is a line. The price is None
        for hours without a tariff on their date.
        """
        hours, charges = claimed
        hours.fetch(["partner_id", "task_id", "date", "unit_amount"])
        hours.task_id.fetch(["name", "tariff_ids"])
        hours.task_id.tariff_ids.fetch(["task_id", "date_from", "price_hour"])
        keys = defaultdict(list)
        for line in hours.sorted(lambda x: (x.task_id.id, x.date, x.id)):
            tariff = line.task_id._get_tariff(line.date)
            price = tariff.price_hour if tariff else None
            keys[line.partner_id, line.task_id, price].append(line.id)
        groups = defaultdict(list)
        for (partner, _task, price), ids in keys.items():
            lines = hours.browse(ids)
            # Each line is rounded as its link is, so that the sums are equal.
            quantity = sum(float_round(x.unit_amount, 2) for x in lines)
            groups[partner].append((lines, price, float_round(quantity, 2)))
        for charge in charges.sorted("id"):
            groups[charge.partner_id].append(
                (charge, charge.price_unit, charge.quantity)
            )
        return groups

    def _get_problems(self, groups):
        """Plain sentences: why this employer is skipped; none when all is well."""
        self.ensure_one()
        if not groups:
            return []
        problems = self.run_id._get_partner_problems(self._get_invoice_partner())
        for lines, price, _quantity in groups:
            if price is None:
                problems.append(
                    self.env._(
                        "“%(klus)s” has no tariff on %(date)s. Add a tariff from that "
                        "date or earlier.",
                        klus=lines.task_id.name,
                        date=format_date(self.env, min(lines.mapped("date"))),
                    )
                )
        return problems

    def _get_invoice_partner(self):
        """Who gets the invoice: the employer's invoice address, if it has one."""
        self.ensure_one()
        partner_id = self.partner_id.address_get(["invoice"])["invoice"]
        return self.partner_id.browse(partner_id)

    def _prepare_move_values(self, groups):
        partner = self._get_invoice_partner()
        run = self.run_id.with_context(lang=partner.lang or self.env.lang)
        invoice = run._prepare_invoice_values(partner)
        lines = []
        for position, (sources, price, quantity) in enumerate(groups, 1):
            values = run._prepare_invoice_line_values(invoice, sources, price, quantity)
            # The position tells afterwards which line bills which sources.
            lines.append(Command.create({**values, "sequence": position * 10}))
        return {**invoice, "invoice_line_ids": lines}

    def _note_left_behind(self):
        """Say which employers have lines left that somebody else held."""
        done = self.filtered(lambda employer: employer.state in ("invoiced", "nothing"))
        left = defaultdict(int)
        for name in BILLABLE_MODELS:
            domain = self.run_id._get_billable_lines_domain(name)
            for partner, count in self.env[name]._read_group(
                domain & Domain("partner_id", "in", done.partner_id.ids),
                ["partner_id"],
                ["__count"],
            ):
                left[partner] += count
        for employer in done.filtered(lambda x: left.get(x.partner_id)):
            employer._set_result(
                employer.state,
                move_id=employer.move_id.id,
                problem=self.env._(
                    "%(count)s lines were being changed by somebody else. They wait "
                    "for the next run, or make the invoices of this run again.",
                    count=left[employer.partner_id],
                ),
            )

    def _set_result(self, state, move_id=None, problem=False):
        values = {"state": state, "problem": problem}
        if move_id:
            values["move_id"] = move_id
        # Superuser: progress is written by the job only, never by a user.
        self.sudo().write(values)
