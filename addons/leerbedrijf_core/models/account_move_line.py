from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import is_other_value


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    billing_link_ids = fields.One2many(
        "leerbedrijf.billing.link", "move_line_id", string="Billing links"
    )
    billing_origin_line_id = fields.Many2one(
        "account.move.line",
        string="Credits or replaces",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The invoice line that this line was copied from by a credit note.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        replacing = lines.filtered("billing_origin_line_id")
        if replacing:
            replacing.billing_origin_line_id._hand_over_billing_links()
        return lines

    def write(self, vals):
        self._check_billed_line(vals)
        return super().write(vals)

    def unlink(self):
        # Superuser: the links follow the invoice, whoever deletes its line.
        links = self.env["leerbedrijf.billing.link"].sudo()
        links = links.search([("move_line_id", "in", self.ids)]) if self.ids else links
        links._check_not_credited_elsewhere()
        links.unlink()
        return super().unlink()

    def _copy_data_extend_business_fields(self, values):
        """A credit note's line remembers the invoice line that it reverses."""
        result = super()._copy_data_extend_business_fields(values)
        # Superuser: whether a line bills hours is no secret to who copies the invoice.
        if self.sudo().billing_link_ids:
            values["billing_origin_line_id"] = self.id
        return result

    @api.model
    def _get_billed_fields(self):
        """What a hand may not change on an invoice line that bills hours or charges."""
        return {
            "quantity",
            "price_unit",
            "discount",
            "price_subtotal",
            "price_total",
            "product_id",
            "product_uom_id",
            "display_type",
            "move_id",
            "billing_origin_line_id",
        }

    def _check_billed_line(self, vals):
        names = self._get_billed_fields() & vals.keys()
        if not names or not self.ids:
            return
        # Superuser: see unlink.
        links = self.env["leerbedrijf.billing.link"].sudo()
        billed = links.search([("move_line_id", "in", self.ids)]).move_line_id
        for line in self.filtered(
            lambda line: (
                line in billed
                or (line.billing_origin_line_id and line.move_type == "out_invoice")
            )
        ):
            if any(is_other_value(line, name, vals[name]) for name in names):
                raise UserError(
                    self.env._(
                        "“%(line)s” bills recorded work, so its quantity and price "
                        "follow from that. Delete the line or credit the invoice, "
                        "correct the hours, charge or tariff, and invoice again.",
                        line=line.name,
                    )
                )

    def _get_hours_rows(self, links):
        """A row for each week and person: the hours as billed, and their amount.

        Amounts are rounded cumulatively, so that they add up to the line to the cent.
        """
        self.ensure_one()
        hours = defaultdict(float)
        dates = defaultdict(set)
        for link in links:
            year, week, _day = link.date.isocalendar()
            key = (year, week, link.participant_code or "")
            hours[key] += link.quantity
            dates[key].add(link.date)
        rows, cumulative, spent = [], 0.0, 0.0
        for key in sorted(hours):
            cumulative += hours[key]
            share = cumulative / self.quantity if self.quantity else 0
            until = self.currency_id.round(self.price_subtotal * share)
            rows.append(
                {
                    "week": f"{key[0]}-{key[1]:02d}",
                    "date_from": min(dates[key]),
                    "date_to": max(dates[key]),
                    "code": key[2],
                    "hours": hours[key],
                    "amount": until - spent,
                }
            )
            spent = until
        return rows

    # Credit notes ----------------------------------------------------------------

    def _reverses_fully(self):
        """Whether this line takes its whole origin away; a part frees nothing."""
        origin = self.billing_origin_line_id
        return (
            origin.move_id == self.move_id.reversed_entry_id
            and self.currency_id == origin.currency_id
            and self.move_id.commercial_partner_id
            == origin.move_id.commercial_partner_id
            and (self.quantity, self.price_unit, self.discount)
            == (origin.quantity, origin.price_unit, origin.discount)
        )

    def _get_other_reversal(self, credit_note):
        """A posted line that fully reverses `self` as well, not of `credit_note`."""
        self.ensure_one()
        reversals = self.search(
            [
                ("billing_origin_line_id", "=", self.id),
                ("move_type", "=", "out_refund"),
                ("parent_state", "=", "posted"),
                ("move_id", "!=", credit_note.id),
            ]
        )
        return reversals.filtered(lambda line: line._reverses_fully())[:1]

    def _hand_over_billing_links(self):
        """Link what `self` billed to the invoice that replaces it, if there is one.

        “Reverse and create invoice” makes a credit note and a copy of the invoice: the
        copy bills the same work, so it takes the links over once they are free.
        """
        # Superuser: see unlink.
        replacing = self.sudo().search(
            [
                ("billing_origin_line_id", "in", self.ids),
                ("move_type", "=", "out_invoice"),
                ("parent_state", "!=", "cancel"),
                ("billing_link_ids", "=", False),
            ]
        )
        pairs = []
        for line in replacing:
            links = line.billing_origin_line_id.billing_link_ids
            if links and all(links.mapped("credited_by_id")):
                pairs += [(line, source) for source in links._get_sources()]
        for line, sources in pairs:
            free = sources.filtered(lambda source: source.billing_state == "approved")
            if free:
                # Superuser: links are written by invoices only, never by a user.
                self.env["leerbedrijf.billing.link"].sudo()._link([(line, free)])
