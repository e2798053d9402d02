from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date, split_every

# Of each billable model: quantity, code and klus as SQL on its table `source`.
SOURCES = {
    "account.analytic.line": (
        SQL("source.unit_amount"),
        SQL("source.participant_code"),
        SQL("source.task_id"),
    ),
    "leerbedrijf.charge": (SQL("source.quantity"), SQL("NULL"), SQL("NULL::int")),
}


class LeerbedrijfBillingLink(models.Model):
    """What was billed where: one source line, one invoice line, credited by which line.

    The only truth about billing. A source has at most one uncredited link, by unique
    indexes; its state “invoiced” follows from that link. Quantity, date and code are
    kept as they were billed, because credited hours may be corrected and billed anew.

    `credited_by_id` is the line that gave the source back: the credit note's line, or
    the invoice line itself when its invoice was cancelled.
    """

    _name = "leerbedrijf.billing.link"
    _description = "Billing link"
    _inherit = ["leerbedrijf.private.mixin"]
    _order = "move_line_id, date, id"
    _rec_name = "move_line_id"

    analytic_line_id = fields.Many2one(
        "account.analytic.line", string="Hours", index="btree_not_null"
    )
    charge_id = fields.Many2one("leerbedrijf.charge", index="btree_not_null")
    move_line_id = fields.Many2one(
        "account.move.line",
        string="Invoice line",
        required=True,
        index=True,
        ondelete="cascade",
    )
    move_id = fields.Many2one(
        "account.move", string="Invoice", required=True, index=True, ondelete="cascade"
    )
    credited_by_id = fields.Many2one(
        "account.move.line",
        string="Credited by",
        index="btree_not_null",
        ondelete="restrict",
    )
    quantity = fields.Float(digits=(16, 2), readonly=True)
    date = fields.Date(readonly=True)
    participant_code = fields.Char(string="Code", readonly=True)
    task_id = fields.Many2one(
        "project.task", string="Klus", readonly=True, index="btree_not_null"
    )

    _one_source = models.Constraint(
        "CHECK(num_nonnulls(analytic_line_id, charge_id) = 1)",
        "A billing link belongs to hours or to a charge.",
    )
    _hours_billed_once = models.UniqueIndex(
        "(analytic_line_id) WHERE credited_by_id IS NULL",
        "These hours are on an invoice already.",
    )
    _charge_billed_once = models.UniqueIndex(
        "(charge_id) WHERE credited_by_id IS NULL",
        "This charge is on an invoice already.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        links = super().create(vals_list)
        links._sync_sources()
        return links

    def write(self, vals):
        result = super().write(vals)
        if "credited_by_id" in vals:
            self._sync_sources()
        return result

    def unlink(self):
        sources = self._get_sources()
        result = super().unlink()
        for source in sources:
            source._sync_billing_state()
        return result

    def _get_sources(self):
        """The recordsets that these links bill: hours and charges, if any."""
        return [lines for lines in (self.analytic_line_id, self.charge_id) if lines]

    def _sync_sources(self):
        for source in self._get_sources():
            source._sync_billing_state()

    @api.model
    def _link(self, sources_by_line):
        """Link pairs (invoice line, billable records), in one statement a model.

        Raw SQL, because a run links thousands of lines: the sources' state is set
        with it and the caches of both sides are cleared. Callers hold the row locks of
        the sources, which have been approved and have no uncredited link.
        """
        pairs = {name: [] for name in SOURCES}
        for move_line, sources in sources_by_line:
            pairs[sources._name] += [(move_line.id, id_) for id_ in sources.ids]
        self.env.flush_all()
        for model, rows in pairs.items():
            for part in split_every(10_000, rows):
                self._insert_links(self.env[model], part)
        for model in (*SOURCES, "account.move", "account.move.line"):
            self.env[model].invalidate_model(["billing_link_ids"])

    @api.model
    def _insert_links(self, source_model, pairs):
        quantity, code, task = SOURCES[source_model._name]
        move_line_ids, source_ids = zip(*pairs, strict=True)
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO leerbedrijf_billing_link (
                    company_id, move_id, move_line_id, %(link)s,
                    quantity, date, participant_code, task_id,
                    create_uid, create_date, write_uid, write_date
                )
                SELECT source.company_id, line.move_id, line.id, source.id,
                       round(%(quantity)s::numeric, 2), source.date, %(code)s, %(task)s,
                       %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM unnest(%(lines)s::int[], %(sources)s::int[])
                    AS pair(line, source)
                  JOIN account_move_line line ON line.id = pair.line
                  JOIN %(table)s source ON source.id = pair.source
                """,
                link=SQL.identifier(source_model._billing_link_field),
                quantity=quantity,
                code=code,
                task=task,
                table=SQL.identifier(source_model._table),
                lines=list(move_line_ids),
                sources=list(source_ids),
                uid=self.env.uid,
                now=self.env.cr.now(),
            )
        )
        self.env.cr.execute(
            SQL(
                """
                UPDATE %s
                   SET billing_state = 'invoiced', write_uid = %s, write_date = %s
                 WHERE id = ANY(%s)
                """,
                SQL.identifier(source_model._table),
                self.env.uid,
                self.env.cr.now(),
                list(source_ids),
            )
        )
        source_model.browse(source_ids).invalidate_recordset(
            ["billing_state", "write_uid", "write_date"], flush=False
        )

    def _check_not_credited_elsewhere(self):
        """An invoice that a credit note refers to is never forgotten."""
        credited = self.filtered(
            lambda link: (
                link.credited_by_id and link.credited_by_id.move_id != link.move_id
            )
        )
        if credited:
            raise UserError(
                self.env._(
                    "%(invoice)s has been credited by %(credit_note)s, so it stays in "
                    "the books. Cancel it instead of deleting it.",
                    invoice=credited[0].move_id.display_name,
                    credit_note=credited[0].credited_by_id.move_id.display_name,
                )
            )

    # What an invoice's life does to its links ------------------------------------

    def _credit(self, credited_by):
        """Give the sources back: `credited_by` is the line that did so."""
        self.filtered(lambda link: not link.credited_by_id).write(
            {"credited_by_id": credited_by.id}
        )

    def _uncredit(self):
        """Take the sources again, unless they were billed anew or changed meanwhile."""
        for link in self:
            source = link._get_sources()[0]
            billed = source.billing_link_ids.filtered(lambda x: not x.credited_by_id)
            if billed:
                raise UserError(
                    self.env._(
                        "“%(line)s” of %(date)s has been invoiced again, on "
                        "%(invoice)s. Delete or credit that invoice first.",
                        line=source.display_name,
                        date=format_date(self.env, link.date),
                        invoice=billed[:1].move_id.display_name,
                    )
                )
            if not link._is_unchanged():
                raise UserError(
                    self.env._(
                        "“%(line)s” of %(date)s has been opened or corrected since it "
                        "was credited, so %(invoice)s no longer holds for it. Invoice "
                        "it anew instead.",
                        line=source.display_name,
                        date=format_date(self.env, link.date),
                        invoice=link.move_id.display_name,
                    )
                )
        self.write({"credited_by_id": False})

    def _is_unchanged(self):
        """Whether the source is still approved as it was billed."""
        self.ensure_one()
        if self.charge_id:
            charge = self.charge_id
            now = (charge.quantity, charge.date, charge.price_unit)
            billed = (self.quantity, self.date, self.move_line_id.price_unit)
            return charge.billing_state == "approved" and now == billed
        line = self.analytic_line_id
        now = (round(line.unit_amount, 2), line.date, line.task_id)
        now += (line.participant_code,)
        billed = (self.quantity, self.date, self.task_id, self.participant_code)
        return line.billing_state == "approved" and now == billed
