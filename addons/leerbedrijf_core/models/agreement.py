from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class LeerbedrijfAgreement(models.Model):
    """Who promises how many places with which force, signed by every party."""

    _name = "leerbedrijf.agreement"
    _description = "Agreement"
    _inherit = ["leerbedrijf.regional.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date_from desc, id desc"
    _rec_names_search = ["name", "title"]
    _label_fields = ("name", "title", "version")
    _mail_post_access = "read"

    _write_once_columns = (
        *("company_id", "region_id"),
        *("content", "content_hash", "signed_pdf_hash"),
    )
    # What a signature stands for: nobody changes it once the parties have it.
    _frozen_columns = frozenset(
        {"title", "purpose", "amendment_reason", "date_from", "date_to"}
    )
    # What follows from buttons and signatures: no client fills it in.
    _system_columns = frozenset(
        {
            *("name", "state", "sent_on", "signed_on", "version", "previous_id"),
            *("content", "content_hash", "signed_pdf", "signed_pdf_hash"),
        }
    )

    name = fields.Char(string="Number", readonly=True, copy=False, index=True)
    title = fields.Char(required=True)
    purpose = fields.Text(help="What the parties want to reach together.")
    date_from = fields.Date(
        string="Start", required=True, default=fields.Date.context_today
    )
    date_to = fields.Date(string="End")
    review_date = fields.Date(
        tracking=True, help="When the parties look back on what became of it."
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("sent", "Sent for signature"),
            ("signed", "Signed"),
            ("ended", "Ended"),
            ("replaced", "Replaced"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
        group_expand=True,
        index=True,
    )
    sent_on = fields.Datetime(readonly=True, copy=False)
    signed_on = fields.Datetime(string="Signed by all on", readonly=True, copy=False)
    user_id = fields.Many2one(
        "res.users",
        string="Contact person",
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        index=True,
        help="Who answers the questions of the parties, and hears who signed or not.",
    )
    pledge_ids = fields.One2many(
        "leerbedrijf.pledge", "agreement_id", string="Pledges", copy=True
    )
    contribution_ids = fields.One2many(
        "leerbedrijf.contribution", "agreement_id", string="Contributions", copy=True
    )
    signatory_ids = fields.One2many(
        "leerbedrijf.signatory", "agreement_id", string="Signatories", copy=True
    )
    pledge_change_ids = fields.One2many(
        "leerbedrijf.pledge.change", "agreement_id", string="Changes of force"
    )
    employer_ids = fields.Many2many(
        "res.partner", compute="_compute_pledge_totals", string="Employers"
    )
    places = fields.Integer(compute="_compute_pledge_totals", string="Pledged places")
    signed_count = fields.Integer(compute="_compute_signed_count")
    signatory_count = fields.Integer(
        compute="_compute_signed_count", string="Signatures needed"
    )
    signed_summary = fields.Char(compute="_compute_signed_count", string="Signed by")
    waiting_for = fields.Char(
        compute="_compute_signed_count", help="Who still has to sign."
    )
    declined_by = fields.Char(compute="_compute_signed_count")
    cohort_ids = fields.Many2many(
        "leerbedrijf.cohort", compute="_compute_cohort_ids", string="Cohorts"
    )
    cohort_count = fields.Integer(compute="_compute_cohort_ids")
    note = fields.Text(string="Notes", help="For colleagues; not printed.")

    _date_order = models.Constraint(
        "CHECK(date_to IS NULL OR date_to >= date_from)",
        "The end of an agreement cannot be before its start.",
    )
    _review_date_order = models.Constraint(
        "CHECK(review_date IS NULL OR review_date >= date_from)",
        "The review of an agreement cannot be before its start.",
    )

    def _get_label(self):
        number = self.name
        if number and self.version > 1:
            number = f"{number} v{self.version}"
        return " · ".join(filter(None, (number, self.title)))

    @api.depends("pledge_ids.partner_id", "pledge_ids.places")
    def _compute_pledge_totals(self):
        for agreement in self:
            agreement.employer_ids = agreement.pledge_ids.partner_id
            agreement.places = sum(agreement.pledge_ids.mapped("places"))

    @api.depends("state", "signatory_ids.state")
    def _compute_signed_count(self):
        nobody = self.env["leerbedrijf.signatory"]
        for agreement in self:
            signatories = agreement.signatory_ids
            by_state = signatories.grouped("state")
            agreement.signatory_count = len(signatories)
            agreement.signed_count = len(by_state.get("signed", nobody))
            for name, state in (
                ("waiting_for", "pending"),
                ("declined_by", "declined"),
            ):
                parties = by_state.get(state, nobody).partner_id.mapped("name")
                agreement[name] = agreement.state == "sent" and ", ".join(parties)
            agreement.signed_summary = bool(signatories) and self.env._(
                "%(signed)s of %(all)s",
                signed=agreement.signed_count,
                all=agreement.signatory_count,
            )

    @api.depends("pledge_ids.cohort_id")
    def _compute_cohort_ids(self):
        for agreement in self:
            agreement.cohort_ids = agreement.pledge_ids.cohort_id
            agreement.cohort_count = len(agreement.cohort_ids)

    @api.constrains("state")
    def _check_signed_by_all(self):
        for agreement in self.filtered(lambda a: a.state == "signed"):
            missing = agreement.signatory_ids.filtered(lambda s: s.state != "signed")
            if missing or not agreement.signatory_ids:
                raise ValidationError(
                    self.env._(
                        "Not everybody has signed %(agreement)s yet: %(names)s. Record "
                        "their signature first.",
                        agreement=agreement.display_name,
                        names=", ".join(missing.mapped("display_name")),
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._as_draft(vals) for vals in vals_list])

    @api.model
    def _as_draft(self, vals):
        """An agreement starts as a numbered draft, whatever a client sends.

        A next version is made by us alone, and keeps the number of the first.
        """
        if not self.env.su:
            vals = {k: v for k, v in vals.items() if k not in self._system_columns}
        number = vals.get("name") or self.env["ir.sequence"].next_by_code(
            "leerbedrijf.agreement"
        )
        return {**vals, "name": number, "state": "draft"}

    def write(self, vals):
        self._check_system_columns(vals)
        frozen = self._frozen_columns & vals.keys()
        if frozen and self.filtered(lambda a: a.state != "draft"):
            raise UserError(
                self.env._(
                    "The agreement has been sent, so its text is fixed. Make an "
                    "amendment; the parties then sign the new version."
                )
            )
        return super().write(vals)

    def _check_system_columns(self, vals):
        """The way of an agreement: no text is changed behind its signatures."""
        if self._system_columns & vals.keys() and not self.env.su:
            raise UserError(
                self.env._(
                    "The state of an agreement and its signatures follow from their "
                    "buttons, so they cannot be filled in."
                )
            )

    def _set_state(self, state, **values):
        self.check_access("write")
        # Superuser is the key to the state: our callers checked the way of it.
        self.sudo().write({"state": state, **values})

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        kept = self.filtered(
            lambda a: (
                a.state not in ("draft", "cancelled")
                or any(signatory.state == "signed" for signatory in a.signatory_ids)
            )
        )
        if kept:
            raise UserError(
                self.env._(
                    "The agreement %(agreement)s has been sent to the parties. Cancel "
                    "it before you delete it; what somebody has signed stays.",
                    agreement=kept[:1].display_name,
                )
            )

    def action_send(self):
        """Fix the text and ask the parties to sign."""
        self.check_access("write")  # first: what is missing tells what was delivered
        for agreement in self:
            agreement._check_state("draft")
            agreement._check_complete()
        self._send()

    def _send(self):
        self._set_state("sent", sent_on=fields.Datetime.now())

    def action_end(self):
        self._check_state("signed")
        self._set_state("ended")

    def action_cancel(self):
        self._check_state("draft", "sent", "signed")
        self._set_state("cancelled")

    def action_view_cohorts(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "leerbedrijf_core.cohort_action"
        )
        return {**action, "domain": [("id", "in", self.cohort_ids.ids)]}

    def _check_state(self, *states):
        wrong = self.filtered(lambda a: a.state not in states)
        if wrong:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "The agreement %(agreement)s is “%(state)s”, so this step does not "
                    "apply.",
                    agreement=wrong[:1].display_name,
                    state=labels[wrong[:1].state],
                )
            )

    def _check_complete(self):
        """A party can only sign for something, and somebody must be asked to sign."""
        self.ensure_one()
        if not self.pledge_ids or not self.signatory_ids:
            raise UserError(
                self.env._(
                    "Add at least one pledge and one signatory to %(agreement)s before "
                    "you send it.",
                    agreement=self.display_name,
                )
            )
