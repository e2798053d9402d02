from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ..tools import is_other_value

BILLING_FIELDS = {
    "billing_state",
    "approved_by_id",
    "approved_on",
    "billing_link_ids",
    "participant_code",  # whose hours they are follows from the employee
}


class LeerbedrijfBillableMixin(models.AbstractModel):
    """What is approved once and billed at most once: an hour line or a charge.

    The state is on the line itself and only our actions change it: a client can forge
    values and context, but never the superuser flag that `_check_billing_fields` asks.
    “Invoiced” is never set by hand: it follows the billing links.
    """

    _name = "leerbedrijf.billable.mixin"
    _description = "Billable line"
    _inherit = ["leerbedrijf.bounded.mixin"]

    # The field of leerbedrijf.billing.link that points to this model.
    _billing_link_field = None

    billing_state = fields.Selection(
        [
            ("to_approve", "To approve"),
            ("approved", "Approved"),
            ("invoiced", "Invoiced"),
        ],
        string="Billing",
        default="to_approve",
        readonly=True,
        copy=False,
    )
    approved_by_id = fields.Many2one(
        "res.users", string="Approved by", readonly=True, copy=False
    )
    approved_on = fields.Datetime(readonly=True, copy=False)

    @api.model
    def default_get(self, fields):
        """Without what a client may put in the context for the billing fields."""
        values = super().default_get(fields)
        for name in BILLING_FIELDS & values.keys():
            values.pop(name)
            default = self._fields[name].default
            if default:
                values[name] = default(self)
        return values

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_billing_fields(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_billing_fields(vals)
        self._check_billing_lock(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_locked(self):
        locked = self.filtered(lambda line: line._is_billing_locked())
        if locked:
            raise UserError(locked._get_lock_message())
        # Superuser: the links are no secret of the line's own tenant, and who may
        # delete hours need not read invoices.
        linked = self.sudo().filtered("billing_link_ids")
        if linked:
            raise UserError(
                self.env._(
                    "“%(line)s” was on an invoice that has been credited, so it cannot "
                    "be deleted. Change it instead.",
                    line=linked[:1].display_name,
                )
            )

    # Lock --------------------------------------------------------------------

    @api.model
    def _get_billing_locked_fields(self):
        """The fields that no longer change once a line is approved."""
        return {"name", "date", "partner_id", "company_id"}

    def _is_billing_locked(self):
        return self.billing_state in ("approved", "invoiced")

    def _check_billing_fields(self, vals):
        if not self.env.su and BILLING_FIELDS & vals.keys():
            raise AccessError(
                self.env._(
                    "The billing state follows from approving and invoicing. Use the "
                    "buttons “Approve” and “Back to “to approve””."
                )
            )

    def _check_billing_lock(self, vals):
        names = self._get_billing_locked_fields() & vals.keys()
        if not names:
            return
        changed = self.filtered(
            lambda line: (
                line._is_billing_locked()
                and any(is_other_value(line, name, vals[name]) for name in names)
            )
        )
        if changed:
            raise UserError(changed._get_lock_message())

    def _get_lock_message(self):
        line = self[:1]
        if line.billing_state == "invoiced":
            return self.env._(
                "“%(line)s” of %(date)s is on an invoice, so it can no longer change. "
                "Ask finance to credit or delete that invoice first.",
                line=line.display_name,
                date=format_date(self.env, line.date),
            )
        return self.env._(
            "“%(line)s” of %(date)s is approved, so it can no longer change. Set it "
            "back to “to approve” first.",
            line=line.display_name,
            date=format_date(self.env, line.date),
        )

    # Actions -----------------------------------------------------------------

    @api.model
    def _get_approver_groups(self):
        """The roles that approve lines of this model, as a string for has_groups."""
        return "leerbedrijf_core.group_work_leader"

    def action_approve(self):
        """Approve the lines that wait for it; others stay as they are."""
        self._check_approver()
        lines = self.filtered(lambda line: line.billing_state == "to_approve")
        if not lines:
            raise UserError(
                self.env._("None of these lines waits for approval. Select others.")
            )
        lines._set_billing_state(
            "approved", approved_by_id=self.env.uid, approved_on=fields.Datetime.now()
        )

    def action_set_to_approve(self):
        """Open approved lines for correction; invoiced ones need a credit first."""
        self._check_approver()
        invoiced = self.filtered(lambda line: line.billing_state == "invoiced")
        if invoiced:
            raise UserError(invoiced._get_lock_message())
        self.filtered(lambda line: line.billing_state == "approved")._set_billing_state(
            "to_approve", approved_by_id=False, approved_on=False
        )

    def _check_approver(self):
        self.check_access("write")
        if not self.env.su and not self.env.user.has_groups(
            self._get_approver_groups()
        ):
            raise AccessError(
                self.env._("Your role cannot approve this. Ask a colleague who can.")
            )

    def _sync_billing_state(self):
        """Let the state follow the links: an uncredited link is “invoiced”."""
        # Superuser: called by the links, whose writers may not write hours.
        lines = self.sudo()
        billed = lines.filtered(
            lambda line: any(not x.credited_by_id for x in line.billing_link_ids)
        )
        billed.filtered(lambda x: x.billing_state != "invoiced").write(
            {"billing_state": "invoiced"}
        )
        (lines - billed).filtered(lambda x: x.billing_state == "invoiced").write(
            {"billing_state": "approved"}
        )

    def _set_billing_state(self, state, **values):
        # Superuser is the key to the billing fields: our callers checked the rights.
        self.sudo().write({"billing_state": state, **values})
