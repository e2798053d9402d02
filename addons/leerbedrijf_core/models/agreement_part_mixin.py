from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import linked_by, take_turns


class LeerbedrijfAgreementPartMixin(models.AbstractModel):
    """A line of an agreement: its region and owner are the agreement's.

    They are stored copies because a rule on a flat column is several times faster than
    one along a path; what a client sends for them is ignored. Once the agreement has
    been sent its lines are frozen, but for the columns in `_free_columns`.
    """

    _name = "leerbedrijf.agreement.part.mixin"
    _description = "Part of an agreement"
    _inherit = ["leerbedrijf.child.mixin", "leerbedrijf.employer.mixin"]

    _write_once_columns = ("company_id", "region_id", "agreement_id")
    _free_columns = frozenset()

    agreement_id = fields.Many2one(
        "leerbedrijf.agreement", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="agreement_id.company_id",
        store=True,
        precompute=True,
        default=None,
    )
    region_id = fields.Many2one(
        related="agreement_id.region_id",
        store=True,
        precompute=True,
        default=None,
    )

    @api.model_create_multi
    def create(self, vals_list):
        # First of all: the sentences of the constraints name the region.
        linked_by(self, "agreement_id", vals_list).check_access("read")
        lines = super().create(vals_list)
        lines._check_agreement_is_draft()
        return lines

    def write(self, vals):
        if self._without_tenant_columns(vals).keys() - self._free_columns:
            self._check_agreement_is_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        self._check_agreement_is_draft()

    @api.model
    def _with_partner_region(self, vals):
        return vals

    def _check_agreement_is_draft(self):
        # Else a line could come in while a colleague sends what he sees without it.
        take_turns(self.agreement_id)
        sent = self.agreement_id.filtered(lambda a: a.state != "draft")
        if sent:
            raise UserError(
                self.env._(
                    "The agreement %(agreement)s has been sent, so its lines are "
                    "fixed. Make an amendment; the parties then sign the new version.",
                    agreement=sent[:1].display_name,
                )
            )
