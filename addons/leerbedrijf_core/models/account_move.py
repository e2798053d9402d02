from odoo import api, fields, models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    _inherit = "account.move"

    invoice_run_id = fields.Many2one(
        "leerbedrijf.invoice.run",
        readonly=True,
        copy=False,
        index="btree_not_null",
        check_company=True,
    )
    billing_link_ids = fields.One2many(
        "leerbedrijf.billing.link", "move_id", string="Billing links"
    )

    @api.constrains("partner_id", "company_id")
    def _check_partner_region(self):
        """An organisation is invoiced by the tenants of its own region."""
        for move in self:
            move.partner_id._check_region_of(move.company_id)

    def write(self, vals):
        self._check_billed_move(vals)
        states = {move: move.state for move in self} if "state" in vals else {}
        result = super().write(vals)
        for move, old_state in states.items():
            if move.state != old_state and move.is_sale_document():
                move._follow_billing_links(old_state)
        return result

    def copy(self, default=None):
        # Superuser: whether an invoice bills hours is no secret to who copies it.
        if (
            not (default or {}).get("reversed_entry_id")
            and self.sudo().billing_link_ids
        ):
            raise UserError(
                self.env._(
                    "This invoice bills recorded work, and a copy would bill it twice. "
                    "Make a credit note, or a new invoice run for other work."
                )
            )
        return super().copy(default)

    def _reverse_moves(self, default_values_list=None, cancel=False):
        # Superuser: as for copy.
        links = self.env["leerbedrijf.billing.link"].sudo()
        credited = links.search([("credited_by_id.move_id", "in", self.ids)])
        if credited.filtered(lambda link: link.move_id not in self):
            raise UserError(
                self.env._(
                    "%(credit_note)s has given work back to be invoiced. Reset it to "
                    "draft instead of reversing it, or invoice the work anew.",
                    credit_note=credited.credited_by_id.move_id[:1].display_name,
                )
            )
        return super()._reverse_moves(default_values_list, cancel)

    def _check_billed_move(self, vals):
        """The debtor, the currency and the kind of an invoice for work stay."""
        names = {"partner_id", "currency_id", "move_type"} & vals.keys()
        if not names:
            return
        # Superuser: as for copy.
        for move in self.filtered(lambda move: move.sudo().billing_link_ids):
            partner = self.env["res.partner"].browse(vals.get("partner_id"))
            commercial = partner.commercial_partner_id
            if (
                ("partner_id" in vals and commercial != move.commercial_partner_id)
                or vals.get("currency_id", move.currency_id.id) != move.currency_id.id
                or vals.get("move_type", move.move_type) != move.move_type
            ):
                raise UserError(
                    self.env._(
                        "%(invoice)s bills recorded work of %(employer)s, so it stays "
                        "an invoice for that employer. Delete it and invoice again.",
                        invoice=move.display_name,
                        employer=move.commercial_partner_id.name,
                    )
                )

    def _get_hours_specification(self):
        """The hours behind this invoice: for each line its weeks, codes, amounts.

        Names of persons never appear. The amounts of the rows add up to the line's.
        """
        self.ensure_one()
        # Superuser: who may print the invoice may see what it bills; codes only.
        links = self.sudo().billing_link_ids.filtered("analytic_line_id")
        specification = []
        for line in self.invoice_line_ids.filtered(lambda x: x in links.move_line_id):
            own = links.filtered(lambda x, line=line: x.move_line_id.id == line.id)
            specification.append({"line": line, "rows": line._get_hours_rows(own)})
        return specification

    # Links follow the invoice's state ------------------------------------------------

    def _follow_billing_links(self, old_state):
        if self.move_type == "out_refund":
            if self.state == "posted":
                self._credit_billing_links()
            elif old_state == "posted":
                self._uncredit_billing_links()
        elif self.state == "cancel":
            self._free_billing_links()
        elif old_state == "cancel":
            self._take_billing_links()

    def _credit_billing_links(self):
        """A posted credit note frees the work on the lines that it fully reverses."""
        for line in self.invoice_line_ids.filtered("billing_origin_line_id"):
            if line._reverses_fully():
                origin = line.billing_origin_line_id
                # Superuser: links are written by invoices only, never by a user.
                origin.sudo().billing_link_ids._credit(line)
                origin._hand_over_billing_links()

    def _uncredit_billing_links(self):
        """What this credit note freed is billed by its invoice again, or refused."""
        # Superuser: as for crediting.
        links = self.env["leerbedrijf.billing.link"].sudo()
        for link in links.search([("credited_by_id", "in", self.line_ids.ids)]):
            other = link.move_line_id._get_other_reversal(self)
            if other:
                link.credited_by_id = other
            else:
                link._uncredit()

    def _free_billing_links(self):
        """A cancelled invoice credits itself: its work can be invoiced again."""
        # Superuser: as for crediting.
        for line in self.sudo().invoice_line_ids.filtered("billing_link_ids"):
            line.billing_link_ids._credit(line)

    def _take_billing_links(self):
        """An invoice that is opened again bills its work again, or is refused."""
        # Superuser: as for crediting.
        links = self.sudo().billing_link_ids
        links.filtered(
            lambda link: link.credited_by_id == link.move_line_id
        )._uncredit()
