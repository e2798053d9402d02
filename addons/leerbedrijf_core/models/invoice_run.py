from collections import Counter

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools import format_date, split_every

BILLABLE_MODELS = ("account.analytic.line", "leerbedrijf.charge")


class LeerbedrijfInvoiceRun(models.Model):
    """All approved, unbilled work of a period of one leerwerkbedrijf, into invoices.

    The run only divides the work: each batch of employers is a job in its own
    transaction (see leerbedrijf.invoice.run.employer), which claims its lines first.
    Runs may overlap, fail half-way or be started twice: what is billed is decided by
    the claims and the billing links alone.
    """

    _name = "leerbedrijf.invoice.run"
    _description = "Invoice run"
    _inherit = ["leerbedrijf.private.mixin"]
    _order = "date_to desc, id desc"

    # So many employers in one job and one transaction.
    _batch_size = 20

    name = fields.Char(readonly=True, copy=False)
    company_id = fields.Many2one(string="Leerwerkbedrijf")
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_from = fields.Date(
        string="From", required=True, default=lambda self: self._get_last_month()[0]
    )
    date_to = fields.Date(
        string="Until", required=True, default=lambda self: self._get_last_month()[1]
    )
    journal_id = fields.Many2one(
        "account.journal",
        compute="_compute_journal_id",
        store=True,
        readonly=False,
        domain="[('type', '=', 'sale')]",
        check_company=True,
    )
    invoice_date = fields.Date(required=True, default=fields.Date.context_today)
    started_on = fields.Datetime(readonly=True, copy=False)
    state = fields.Selection(
        [("draft", "Draft"), ("running", "Running"), ("done", "Done")],
        compute="_compute_progress",
        search="_search_state",
    )
    employer_ids = fields.One2many(
        "leerbedrijf.invoice.run.employer", "run_id", string="Employers", readonly=True
    )
    problem_ids = fields.One2many(
        "leerbedrijf.invoice.run.employer",
        "run_id",
        string="Problems",
        domain=[("problem", "!=", False)],
        readonly=True,
    )
    move_ids = fields.One2many(
        "account.move", "invoice_run_id", string="Invoices", readonly=True
    )
    employer_count = fields.Integer(compute="_compute_progress")
    employer_done_count = fields.Integer(compute="_compute_progress")
    problem_count = fields.Integer(compute="_compute_progress")
    progress = fields.Float(compute="_compute_progress", aggregator=None)
    move_count = fields.Integer(compute="_compute_invoiced")
    amount_untaxed = fields.Monetary(compute="_compute_invoiced")
    to_bill_hours = fields.Float(
        string="Approved hours to invoice", compute="_compute_to_bill"
    )
    to_bill_charges = fields.Integer(
        string="Approved charges to invoice", compute="_compute_to_bill"
    )

    _dates_in_order = models.Constraint(
        "CHECK(date_to >= date_from)", "A period cannot end before it starts."
    )

    def _get_label(self):
        return self.name or self.env._("New invoice run")

    @api.depends("company_id")
    def _compute_journal_id(self):
        journals = self.env["account.journal"]
        for run in self:
            run.journal_id = journals.search(
                [
                    *journals._check_company_domain(run.company_id),
                    ("type", "=", "sale"),
                ],
                limit=1,
            )

    @api.depends("started_on", "employer_ids.state", "employer_ids.problem")
    def _compute_progress(self):
        employers = self.env["leerbedrijf.invoice.run.employer"]
        counts = Counter()
        for run, state, problem, count in employers._read_group(
            [("run_id", "in", self.ids)], ["run_id", "state", "problem"], ["__count"]
        ):
            counts[run.id, "all"] += count
            counts[run.id, state] += count
            counts[run.id, "problem"] += count if problem else 0
        for run in self:
            id_ = run._origin.id
            total, waiting = counts[id_, "all"], counts[id_, "waiting"]
            run.employer_count = total
            run.employer_done_count = total - waiting
            run.problem_count = counts[id_, "problem"]
            run.progress = 100 * (total - waiting) / total if total else 0
            if not run.started_on:
                run.state = "draft"
            else:
                run.state = "running" if waiting else "done"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        waiting = Domain("employer_ids", "any", [("state", "=", "waiting")])
        started = Domain("started_on", "!=", False)
        domains = {
            "draft": ~started,
            "running": started & waiting,
            "done": started & ~waiting,
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    @api.depends("move_ids.amount_untaxed", "move_ids.state")
    def _compute_invoiced(self):
        groups = self.env["account.move"]._read_group(
            [("invoice_run_id", "in", self.ids), ("state", "!=", "cancel")],
            ["invoice_run_id"],
            ["__count", "amount_untaxed:sum"],
        )
        totals = {run.id: (count, amount) for run, count, amount in groups}
        for run in self:
            run.move_count, run.amount_untaxed = totals.get(run._origin.id, (0, 0.0))

    @api.depends("date_from", "date_to", "company_id")
    def _compute_to_bill(self):
        for run in self:
            hours = charges = 0
            if run.date_from and run.date_to:
                lines, others = BILLABLE_MODELS
                domain = run._get_billable_lines_domain(lines)
                [[hours]] = self.env[lines]._read_group(domain, [], ["unit_amount:sum"])
                charges = self.env[others].search_count(
                    run._get_billable_lines_domain(others)
                )
            run.to_bill_hours = hours or 0
            run.to_bill_charges = charges

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if not vals.get("name"):
                vals["name"] = self.env["ir.sequence"].next_by_code(self._name)
        return super().create(vals_list)

    def write(self, vals):
        if {"date_from", "date_to", "company_id"} & vals.keys() and any(
            run.started_on for run in self
        ):
            raise UserError(
                self.env._(
                    "This run has started, so its period stays. Make a new run for "
                    "another period."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_started(self):
        if any(run.started_on for run in self):
            raise UserError(
                self.env._(
                    "This run has started and tells what was invoiced, so it stays. "
                    "Delete or credit its invoices to invoice the work again."
                )
            )

    @api.model
    def _get_last_month(self):
        """The first and last day of last month."""
        first = fields.Date.context_today(self).replace(day=1)
        return first - relativedelta(months=1), first - relativedelta(days=1)

    # What is billed ----------------------------------------------------------------

    def _get_billable_lines_domain(self, model):
        """What this run bills of `model` (hours or charges): extend with `&`.

        Approved lines only; a line outside the domain waits for another run.
        """
        self.ensure_one()
        domain = (
            Domain("billing_state", "=", "approved")
            & Domain("company_id", "=", self.company_id.id)
            & Domain("date", ">=", self.date_from)
            & Domain("date", "<=", self.date_to)
        )
        if model == "account.analytic.line":
            domain &= Domain("task_id.is_klus", "=", True)
        return domain

    def _get_billable_partners(self):
        """The employers with work to bill, each once."""
        self.ensure_one()
        partners = self.env["res.partner"]
        for model in BILLABLE_MODELS:
            domain = self._get_billable_lines_domain(model)
            for [partner] in self.env[model]._read_group(domain, ["partner_id"]):
                partners |= partner
        return partners.sorted("id")

    def _get_partner_problems(self, partner):
        """Plain sentences: why this employer cannot be invoiced yet; to extend."""
        labels = {
            "street": self.env._("street"),
            "zip": self.env._("postal code"),
            "city": self.env._("city"),
            "country_id": self.env._("country"),
        }
        missing = [label for name, label in labels.items() if not partner[name]]
        if not missing:
            return []
        return [
            self.env._(
                "%(employer)s has no %(missing)s. Complete the address.",
                employer=partner.display_name,
                missing=", ".join(missing),
            )
        ]

    def _prepare_invoice_values(self, partner):
        """The invoice of one employer, without its lines: a whitelist to extend."""
        self.ensure_one()
        position = self.env["account.fiscal.position"]._get_fiscal_position(partner)
        return {
            "move_type": "out_invoice",
            "company_id": self.company_id.id,
            "currency_id": self.currency_id.id,
            "journal_id": self.journal_id.id,
            "partner_id": partner.id,
            "fiscal_position_id": position.id,
            "invoice_date": self.invoice_date,
            "invoice_payment_term_id": self._get_payment_term(partner).id,
            "invoice_origin": self.name,
            "invoice_run_id": self.id,
        }

    def _get_payment_term(self, partner):
        """The employer's own term, or thirty days, the usual one by Dutch law."""
        term = partner.with_company(self.company_id).property_payment_term_id
        usual = self.env.ref(
            "account.account_payment_term_30days", raise_if_not_found=False
        )
        return term or usual or term

    def _prepare_invoice_line_values(self, invoice, sources, price_unit, quantity):
        """One line for `sources`: the hours of a klus at a tariff, or one charge.

        `invoice` are the values of the invoice. Extend the line's; quantity and price
        follow from the sources and stay.
        """
        self.ensure_one()
        is_charge = sources._name == "leerbedrijf.charge"
        taxes = sources.tax_ids if is_charge else self.company_id.account_sale_tax_id
        positions = self.env["account.fiscal.position"]
        position = positions.browse(invoice["fiscal_position_id"])
        account = self.journal_id.default_account_id
        values = {
            "quantity": quantity,
            "price_unit": price_unit,
            "tax_ids": [Command.set(position.map_tax(taxes).ids)],
            "account_id": position.map_account(account).id,
        }
        if is_charge:
            return {**values, "name": sources.name}
        return {
            **values,
            "name": self._get_hours_line_name(sources),
            "product_uom_id": self.env["ir.model.data"]._xmlid_to_res_id(
                "uom.product_uom_hour"
            ),
        }

    def _get_hours_line_name(self, lines):
        return self.env._(
            "%(klus)s, %(date_from)s to %(date_to)s",
            klus=lines.task_id.name,
            date_from=format_date(self.env, min(lines.mapped("date"))),
            date_to=format_date(self.env, max(lines.mapped("date"))),
        )

    # Running -----------------------------------------------------------------------

    def action_invoice_last_month(self):
        """Open the run of last month: a draft that is there already, or a new one.

        A button of the list, so `self` are the selected runs, mostly none.
        """
        date_from, date_to = self._get_last_month()
        draft = self.search(
            [
                ("company_id", "=", self.env.company.id),
                ("started_on", "=", False),
                ("date_from", "=", date_from),
                ("date_to", "=", date_to),
            ],
            limit=1,
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": draft.id,
            "views": [(False, "form")],
        }

    def action_make_invoices(self):
        """Divide what is to bill over jobs; also what an earlier try left."""
        self.ensure_one()
        self.check_access("write")
        self._check_can_invoice()
        partners = self._get_billable_partners()
        if not partners:
            raise UserError(self._get_nothing_to_bill_message())
        # Of two who press at once, the second fails to write here and tries again.
        self.started_on = fields.Datetime.now()
        employers = self._register_employers(partners)
        for ids in split_every(self._batch_size, employers.ids):
            employers.browse(ids)._delay_invoices()

    def _register_employers(self, partners):
        known = {employer.partner_id: employer for employer in self.employer_ids}
        again = self.employer_ids.filtered(lambda x: x.partner_id in partners)
        # Superuser: finance reads this progress and never writes it by hand.
        progress = self.employer_ids.sudo()
        (progress & again).write({"state": "waiting", "problem": False})
        new = progress.create(
            [
                {
                    "run_id": self.id,
                    "company_id": self.company_id.id,
                    "partner_id": partner.id,
                }
                for partner in partners
                if partner not in known
            ]
        )
        return (again | new).sudo(False).sorted("id")

    def _check_can_invoice(self):
        """A run needs the books of the leerwerkbedrijf to be set up."""
        if self.company_id not in self.env.companies:
            raise UserError(
                self.env._(
                    "Choose %(company)s at the top right to invoice for it.",
                    company=self.company_id.display_name,
                )
            )
        account = self.journal_id.default_account_id
        if not account or not self.company_id.account_sale_tax_id:
            raise UserError(
                self.env._(
                    "%(company)s has no sales journal with an income account or no "
                    "default sales tax. Set up its chart of accounts first.",
                    company=self.company_id.display_name,
                )
            )

    def _get_nothing_to_bill_message(self):
        period = self.env._(
            "There is no approved, uninvoiced work from %(date_from)s to %(date_to)s.",
            date_from=format_date(self.env, self.date_from),
            date_to=format_date(self.env, self.date_to),
        )
        earlier = self.search(
            [
                ("id", "!=", self.id),
                ("company_id", "=", self.company_id.id),
                ("started_on", "!=", False),
                ("date_from", "<=", self.date_to),
                ("date_to", ">=", self.date_from),
            ]
        )
        if self.started_on:
            earlier |= self
        if not earlier:
            return self.env._(
                "%(period)s Approve hours or charges first.", period=period
            )
        return self.env._(
            "%(period)s This period was invoiced by %(runs)s.",
            period=period,
            runs=", ".join(earlier.mapped("name")),
        )

    def action_view_invoices(self):
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "leerbedrijf_core.invoice_action"
        )
        return {**action, "domain": [("invoice_run_id", "=", self.id)]}

    def action_refresh(self):
        """Nothing but a reload of the form: the jobs work in the background."""
        return True
