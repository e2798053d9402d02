from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class LeerbedrijfSignatory(models.Model):
    """A party to an agreement and its signature."""

    _name = "leerbedrijf.signatory"
    _description = "Signatory"
    _inherit = ["leerbedrijf.agreement.part.mixin"]
    _order = "agreement_id, sequence, id"
    _rec_names_search = ["partner_id", "signer_name"]
    _label_fields = ("partner_id.name", "signer_name")

    _free_columns = frozenset({"signer_name", "state", "signed_on", "signed_by_id"})

    sequence = fields.Integer(default=10)
    # Municipalities and schools sign too, so any organisation.
    partner_id = fields.Many2one(string="Organisation", domain="[]")
    signer_name = fields.Char(help="The person who signs for the organisation.")
    role = fields.Selection(
        [
            ("employer", "Employer"),
            ("municipality", "Municipality / Werkbedrijf"),
            ("leerbedrijf", "Leerwerkbedrijf"),
            ("school", "School"),
            ("adviser", "Adviser"),
        ],
        string="Signs as",
        required=True,
        default="employer",
    )
    state = fields.Selection(
        [("pending", "To sign"), ("signed", "Signed"), ("declined", "Declined")],
        required=True,
        default="pending",
        readonly=True,
        copy=False,
    )
    signed_on = fields.Date(readonly=True, copy=False)
    signed_by_id = fields.Many2one(
        "res.users", string="Recorded by", readonly=True, copy=False
    )
    agreement_state = fields.Selection(
        related="agreement_id.state", string="State of the agreement"
    )

    _signed_on_set = models.Constraint(
        "CHECK(state != 'signed' OR signed_on IS NOT NULL)",
        "A signature needs its date.",
    )

    def _get_label(self):
        name = self.partner_id.name or ""
        return f"{name} ({self.signer_name})" if self.signer_name else name

    @api.constrains("state", "agreement_id")
    def _check_state_of_agreement(self):
        for signatory in self:
            if signatory.state != "pending" and signatory.agreement_id.state == "draft":
                raise ValidationError(
                    self.env._(
                        "The agreement is still a draft. Send it before its parties "
                        "sign."
                    )
                )

    def write(self, vals):
        if {"state", "signed_on", "signed_by_id"} & vals.keys():
            self.agreement_id._check_state_by_button({"state": None})
        if vals.keys() & self._free_columns:
            self._check_open_for_signature()
        return super().write(vals)

    def action_sign(self):
        """Record that the party signed today."""
        self._check_sent()
        for signatory in self:
            if not signatory.signer_name:
                raise UserError(
                    self.env._(
                        "Fill in who signs for %(partner)s first.",
                        partner=signatory.partner_id.name,
                    )
                )
        self._set_state(
            "signed",
            signed_on=fields.Date.context_today(self),
            signed_by_id=self.env.uid,
        )
        for signatory in self:
            signatory.agreement_id.message_post(
                body=self.env._("Signed: %(party)s", party=signatory.display_name)
            )

    def action_decline(self):
        self._check_sent()
        self._set_state("declined", signed_on=False, signed_by_id=False)
        for signatory in self:
            signatory.agreement_id.message_post(
                body=self.env._(
                    "Declined to sign: %(party)s", party=signatory.display_name
                )
            )

    def _reset_signature(self):
        return super().write(
            {"state": "pending", "signed_on": False, "signed_by_id": False}
        )

    def _set_state(self, state, **values):
        self.check_access("write")
        # Superuser is the key to a signature: our callers checked the agreement.
        self.sudo().write({"state": state, **values})

    def _check_sent(self):
        if self.agreement_id.filtered(lambda a: a.state != "sent"):
            raise UserError(
                self.env._("Parties sign an agreement that is “Sent for signature”.")
            )

    def _check_open_for_signature(self):
        """Signatures change while the agreement is a draft or out for signature."""
        closed = self.agreement_id.filtered(lambda a: a.state not in ("draft", "sent"))
        if closed:
            raise UserError(
                self.env._(
                    "The signatures of %(agreement)s are complete and cannot change.",
                    agreement=closed[:1].display_name,
                )
            )

    def _is_partner_of_region(self):
        """Also a member of the region itself: its contact has no region."""
        if super()._is_partner_of_region():
            return True
        # Superuser: which organisations are members is no secret of a tenant.
        members = self.region_id.sudo().company_ids.partner_id
        return self.partner_id in members
