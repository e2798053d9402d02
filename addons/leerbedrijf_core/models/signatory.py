from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import email_normalize


class LeerbedrijfSignatory(models.Model):
    """A person who signs an agreement for one of its parties.

    A party whose people sign together has a line for each of them.
    """

    _name = "leerbedrijf.signatory"
    _description = "Signatory"
    _inherit = ["leerbedrijf.agreement.part.mixin"]
    _order = "agreement_id, sequence, id"
    _rec_names_search = ["partner_id", "signer_name"]
    _label_fields = ("partner_id.name", "signer_name")
    _allows_members = True

    # Who signs may change after the agreement was sent, see signatory_link.py.
    _signer_columns = frozenset(
        {"signer_name", "signer_function", "signer_email", "mandate_id"}
    )
    # What follows from signing: no client fills it in.
    _system_columns = frozenset(
        {
            *("state", "signed_on", "signed_by_id", "signed_on_paper", "signature"),
            *("decline_reason", "delegated_by", "sign_nonce", "invited_on"),
            *("reminded_on", "link_until", "viewed_on"),
        }
    )
    _free_columns = _signer_columns | _system_columns

    sequence = fields.Integer(default=10)
    partner_id = fields.Many2one(string="Organisation", domain="[]")
    role = fields.Selection(
        [
            ("employer", "Employer"),
            ("municipality", "Municipality / Werkbedrijf"),
            ("leerbedrijf", "Leerwerkbedrijf"),
            ("school", "School"),
            ("adviser", "Adviser"),
        ],
        string="Signs as",
        compute="_compute_role",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    mandate_id = fields.Many2one(
        "leerbedrijf.mandate",
        string="Authority",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('partner_id', '=', partner_id)]",
        help="The line of the organisation's list of who may sign.",
    )
    signer_name = fields.Char(
        compute="_compute_signer",
        store=True,
        readonly=False,
        help="The person who signs for the organisation.",
    )
    signer_function = fields.Char(
        string="Function", compute="_compute_signer", store=True, readonly=False
    )
    signer_email = fields.Char(
        string="E-mail",
        compute="_compute_signer",
        store=True,
        readonly=False,
        help="Where the personal link to sign goes. Without an address the person "
        "signs on paper.",
    )
    state = fields.Selection(
        [("pending", "To sign"), ("signed", "Signed"), ("declined", "Declined")],
        required=True,
        default="pending",
        readonly=True,
        copy=False,
    )
    signed_on = fields.Datetime(readonly=True, copy=False)
    signed_on_paper = fields.Boolean(readonly=True, copy=False)
    signed_by_id = fields.Many2one(
        "res.users", string="Recorded by", readonly=True, copy=False
    )
    decline_reason = fields.Text(string="Why not", readonly=True, copy=False)
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

    def _prepare_parties(self):
        """The parties as the agreement names them; who signs for them stands below."""
        return [
            {
                "key": f"{partner.id}-{role}",
                "organisation": partner.name,
                "city": partner.city or "",
                "registry": partner.company_registry or "",
                "role": role,
            }
            for partner, role in self.grouped(lambda s: (s.partner_id, s.role))
        ]

    @api.depends("partner_id")
    def _compute_role(self):
        """What the organisation is in the region, until somebody says otherwise."""
        for signatory in self:
            # Superuser: which organisations are members, and as what, is no secret.
            partner = signatory.partner_id.sudo()
            member = partner.ref_company_ids[:1].leerbedrijf_role
            school = partner.is_training_partner and not partner.is_employer
            signatory.role = member or ("school" if school else "employer")

    @api.depends("mandate_id")
    def _compute_signer(self):
        for signatory in self:
            mandate = signatory.mandate_id
            signatory.signer_name = mandate.name or signatory.signer_name
            signatory.signer_function = mandate.function or signatory.signer_function
            signatory.signer_email = mandate.email or signatory.signer_email

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

    @api.constrains("mandate_id", "partner_id")
    def _check_mandate(self):
        for signatory in self.filtered("mandate_id"):
            if signatory.mandate_id.partner_id != signatory.partner_id:
                raise ValidationError(
                    self.env._(
                        "%(name)s may not sign for %(organisation)s. Choose somebody "
                        "of its own list.",
                        name=signatory.mandate_id.name,
                        organisation=signatory.partner_id.name,
                    )
                )

    @api.constrains("signer_email")
    def _check_signer_email(self):
        for signatory in self.filtered("signer_email"):
            if not email_normalize(signatory.signer_email):
                raise ValidationError(
                    self.env._(
                        "“%(email)s” is not one e-mail address. A personal link goes "
                        "to one person.",
                        email=signatory.signer_email,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [
                {k: v for k, v in vals.items() if k not in self._system_columns}
                for vals in vals_list
            ]
        signatories = super().create(vals_list)
        signatories.agreement_id._check_is_owner()
        return signatories

    def write(self, vals):
        if self._system_columns & vals.keys():
            self.agreement_id._check_system_columns({"state": None})
        if vals.keys() & self._free_columns:
            self._check_open_for_signature()
        return super().write(vals)

    def action_sign(self):
        """Record that the party has signed on paper."""
        self._check_sent()
        self.agreement_id._check_is_owner()
        for signatory in self:
            if not signatory.signer_name:
                raise UserError(
                    self.env._(
                        "Fill in who signs for %(partner)s first.",
                        partner=signatory.partner_id.name,
                    )
                )
        self._check_authority()
        self._set_state(
            "signed",
            signed_on=fields.Datetime.now(),
            signed_on_paper=True,
            signed_by_id=self.env.uid,
        )

    def action_decline(self):
        self._check_sent()
        self.agreement_id._check_is_owner()
        self._set_state("declined")

    def _set_state(self, state, **values):
        """Record an answer; the last signature makes the agreement signed.

        Who has signed has signed: a second answer (a double click, a colleague at the
        same moment) changes nothing.

        :return: those whose answer this is
        """
        self.check_access("write")
        # Superuser is the key to a signature: our callers checked the agreement.
        self.sudo().agreement_id._lock_for_signature()
        signatories = self.sudo().filtered(lambda s: s.state not in (state, "signed"))
        signatories.write({"state": state, **values})
        for signatory in signatories:
            signatory.agreement_id.message_post(body=signatory._describe_answer())
        signatories.agreement_id._complete()
        return signatories

    def _describe_answer(self):
        self.ensure_one()
        if self.state == "declined":
            return self.env._(
                "Declined to sign: %(party)s. %(reason)s",
                party=self._get_label(),
                reason=self.decline_reason or "",
            )
        if self.signed_on_paper:
            return self.env._("Signed on paper: %(party)s", party=self._get_label())
        return self.env._("Signed: %(party)s", party=self._get_label())

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
