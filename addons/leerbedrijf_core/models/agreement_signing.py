import base64

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from ..tools import sha256, take_turns


class LeerbedrijfAgreement(models.Model):
    """From sent to signed: asking the parties, counting them in, the signed paper."""

    _inherit = "leerbedrijf.agreement"

    signed_pdf = fields.Binary(
        string="Signed document", attachment=True, readonly=True, copy=False
    )
    signed_pdf_name = fields.Char(compute="_compute_signed_pdf_name")
    signed_pdf_hash = fields.Char(
        string="Mark of the document",
        readonly=True,
        copy=False,
        help="SHA-256 of the signed document.",
    )

    def _compute_signed_pdf_name(self):
        for agreement in self:
            number = (agreement.name or "").replace("/", "-")
            agreement.signed_pdf_name = f"{number} v{agreement.version}.pdf"

    def _check_complete(self):
        result = super()._check_complete()
        self._check_parties()
        self.signatory_ids.filtered("signer_email")._check_has_signer()
        self.signatory_ids._check_authority()
        return result

    def _check_parties(self):
        """Who promises or contributes something signs for it."""
        promising = self.pledge_ids.partner_id | self.contribution_ids.partner_id
        missing = promising - self.signatory_ids.partner_id
        if missing:
            raise UserError(
                self.env._(
                    "%(names)s promise something but are not among those who sign. Add "
                    "a signatory, or take out what they promise.",
                    names=", ".join(missing.mapped("name")),
                )
            )

    def _send(self):
        result = super()._send()
        self.signatory_ids._invite()
        return result

    def _lock_for_signature(self):
        """Let answers to one agreement come one after the other.

        Two parties who sign at the same moment would each not see the other's
        signature, and nobody would notice that it is complete.
        """
        take_turns(self)
        self.signatory_ids.invalidate_recordset(["state"])
        self.invalidate_recordset(["state"])

    def _complete(self):
        """Signed, once everybody has: it replaces the version before, and every party
        gets the document."""
        for agreement in self.filtered(lambda a: a.state == "sent"):
            signatories = agreement.signatory_ids
            if any(signatory.state != "signed" for signatory in signatories):
                continue
            agreement._set_state(
                "signed", signed_on=max(signatories.mapped("signed_on"))
            )
            agreement._replace_previous()
            agreement.with_delay(
                description=f"Signed document of {agreement.name}"
            )._make_signed_pdf()

    def _make_signed_pdf(self):
        """Store what was signed and send it to all who signed; once."""
        self.ensure_one()
        # Superuser: a job of the system; only who signed gets the document.
        agreement = self.sudo()._in_document_language()
        if agreement.signed_pdf_hash:
            return
        report = agreement.env["ir.actions.report"]
        pdf, _kind = report._render_qweb_pdf(
            "leerbedrijf_core.agreement_report", agreement.ids
        )
        agreement.write(
            {
                "signed_pdf": base64.b64encode(pdf),
                "signed_pdf_hash": sha256(pdf),
            }
        )
        for signatory in agreement.signatory_ids.filtered("signer_email"):
            signatory._mail(
                "leerbedrijf_core.sign_complete",
                attachments=[(agreement.signed_pdf_name, pdf)],
            )

    def _get_mail_subject(self):
        title = " ".join(self.title.split())  # a subject has one line
        return self.env._(
            "Agreement %(number)s: %(title)s", number=self.name, title=title
        )

    def _get_signed_pdf(self):
        """The signed document, if it is the one that was made; else nothing."""
        pdf = base64.b64decode(self.signed_pdf or b"")
        is_ours = sha256(pdf) == self.signed_pdf_hash
        return pdf if is_ours else b""

    def _warn_contact_person(self, summary, note):
        """An activity for whoever answers the parties' questions."""
        for agreement in self:
            agreement.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=summary,
                note=plaintext2html(note),
                user_id=(agreement.user_id or agreement.create_uid).id,
            )
