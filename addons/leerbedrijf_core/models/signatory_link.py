import base64
import binascii
import io
import secrets
import struct
from datetime import timedelta

from PIL import Image, UnidentifiedImageError

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import consteq, email_normalize
from odoo.tools.misc import format_date, hash_sign, verify_hash_signed

SCOPE = "leerbedrijf_sign"
LARGEST_SIGNATURE = 500_000  # bytes; a drawn signature has about 20 000
WIDEST_SIGNATURE = 4000  # pixels
NO_PICTURE = (
    *(UnidentifiedImageError, Image.DecompressionBombError, SyntaxError),
    *(IndexError, EOFError, struct.error),  # of pictures without a picture
)


class LeerbedrijfSignatory(models.Model):
    """The personal link with which somebody signs, without an account.

    The link is a signed token with the line's secret of the moment: a new link, a
    withdrawal or another signatory makes all earlier links dead. Who has answered sees
    the answer by it, and the signed document. Nobody but the addressee gets to see it,
    so it is in no template and no message of a record.
    """

    _inherit = "leerbedrijf.signatory"

    sign_nonce = fields.Char(readonly=True, copy=False, groups="base.group_system")
    invited_on = fields.Datetime(string="Link sent on", readonly=True, copy=False)
    reminded_on = fields.Datetime(readonly=True, copy=False)
    link_until = fields.Datetime(string="Link valid until", readonly=True, copy=False)
    viewed_on = fields.Datetime(string="Opened on", readonly=True, copy=False)
    delegated_by = fields.Char(
        readonly=True,
        copy=False,
        help="Who was asked to sign, and let this person do it.",
    )
    signature = fields.Binary(attachment=True, readonly=True, copy=False)

    def write(self, vals):
        if self._signer_columns & vals.keys():
            self._check_signer_change()
        before = {signatory: signatory.signer_name for signatory in self}
        result = super().write(vals)
        if self._signer_columns & vals.keys():
            self._follow_signer_change(before)
        return result

    def _check_signer_change(self):
        """Only the owner says who signs, else a neighbour could sign for others."""
        self.agreement_id._check_is_owner()
        sent = self.filtered(lambda s: s.agreement_state == "sent")
        if any(signatory.state == "signed" for signatory in sent):
            raise UserError(self.env._("Who has signed cannot be replaced any more."))

    def _follow_signer_change(self, before):
        """Once it is sent, who comes instead must be allowed to sign as well."""
        sent = self.filtered(lambda s: s.agreement_state == "sent")
        sent._check_authority()
        for signatory in sent:
            signatory._withdraw_link()
            signatory.agreement_id.message_post(
                body=self.env._(
                    "For %(party)s now signs %(after)s (was %(before)s). The earlier "
                    "link does not work any more.",
                    party=signatory.partner_id.name,
                    before=before[signatory] or "–",
                    after=signatory.signer_name or "–",
                )
            )

    # The link ---------------------------------------------------------------------

    def action_send_link(self):
        """Send a new link; an earlier one is dead from now on."""
        self._check_sent()
        self.agreement_id._check_is_owner()
        self._check_authority()
        self._check_has_signer()
        # Superuser is the key to the answer: who declined may think better of it.
        self.filtered(lambda s: s.state == "declined").sudo().state = "pending"
        if not self._get_reachable():
            raise UserError(self.env._("Who has signed needs no link any more."))
        self._invite()

    def _check_has_signer(self):
        without = self.filtered(
            lambda s: not s.signer_email or not (s.signer_name or "").strip()
        )
        if without:
            raise UserError(
                self.env._(
                    "Fill in the name and e-mail address of who signs for %(partner)s "
                    "first.",
                    partner=without[:1].partner_id.name,
                )
            )

    def action_withdraw_link(self):
        self.agreement_id._check_is_owner()
        self._withdraw_link()
        for signatory in self:
            signatory.agreement_id.message_post(
                body=self.env._(
                    "The link of %(party)s has been withdrawn.",
                    party=signatory.display_name,
                )
            )

    def _withdraw_link(self):
        # Superuser: the secret is nobody's to read or write.
        self.sudo().write({"sign_nonce": False, "link_until": False})

    def _invite(self):
        """A new link for those who have an address and still have to answer."""
        now = fields.Datetime.now()
        # Superuser: the secret is nobody's to read or write.
        for signatory in self._get_reachable().sudo():
            signatory.write(
                {
                    "sign_nonce": secrets.token_urlsafe(16),
                    "invited_on": now,
                    "link_until": now + timedelta(days=signatory._get_link_days()),
                    "reminded_on": False,
                    "viewed_on": False,
                }
            )
            signatory._mail_link("leerbedrijf_core.sign_invitation")

    def _get_reachable(self):
        return self.filtered(
            lambda s: s.state == "pending" and s.signer_email and s.signer_name
        )

    def _get_link_days(self):
        return self.env["leerbedrijf.parameter"]._get(
            "sign_link_days", company=self.company_id
        )

    def _get_sign_url(self):
        self.ensure_one()
        # Superuser: the secret is in the token, which goes to the addressee alone.
        signatory = self.sudo()
        token = hash_sign(
            signatory.env,
            SCOPE,
            [signatory.id, signatory.sign_nonce],
            expiration=signatory.link_until - fields.Datetime.now(),
        )
        return f"{signatory.get_base_url()}/ondertekenen/{token}"

    @api.model
    def _from_token(self, token):
        """The line that a link is for, as the system; empty if the link is no good.

        What a visitor does is noted by the system: colleagues cannot read the visitor.
        """
        # Superuser: the token says whose line it is, and nothing else comes out.
        lines = self.with_user(SUPERUSER_ID)
        try:
            values = verify_hash_signed(lines.env, SCOPE, token)
        except (ValueError, IndexError, binascii.Error):
            values = None
        if not values:
            return lines.browse()
        line = lines.browse(values[0]).exists()
        is_valid = (
            line.sign_nonce
            and consteq(line.sign_nonce, values[1])
            and line.agreement_state in ("sent", "signed", "ended")
        )
        return line if is_valid else lines.browse()

    # Mail -------------------------------------------------------------------------

    def _mail_link(self, template):
        self._mail(template, url=self._get_sign_url())

    def _mail(self, template, attachments=(), **values):
        """Queue a mail to who signs, in the language of the document.

        It belongs to no record and goes when it is sent, so that no colleague can read
        the link in it.
        """
        self.ensure_one()
        # Superuser: mail that no colleague may read; only the addressee gets it.
        document = self.sudo().agreement_id._in_document_language()
        company = document.company_id
        body = self.env["ir.qweb"]._render(
            template,
            {
                "signatory": self.with_env(document.env),
                "agreement": document,
                "link_until": self.link_until
                and format_date(document.env, self.link_until),
                **values,
            },
            lang=document.env.lang,
        )
        document.env["mail.mail"].create(
            {
                "subject": document._get_mail_subject(),
                "body_html": body,
                "email_to": email_normalize(self.signer_email),
                "email_from": company.email_formatted,
                "reply_to": document.user_id.email_formatted or company.email,
                "author_id": company.partner_id.id,
                "attachment_ids": [
                    fields.Command.create({"name": name, "raw": raw})
                    for name, raw in attachments
                ],
                "auto_delete": True,
            }
        )
        document.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()

    @api.model
    def _cron_remind(self):
        """Every day: remind who has not answered, and only them; a link that ran out
        lands with the contact person of the agreement."""
        now = fields.Datetime.now()
        waiting = self.search(
            [
                ("state", "=", "pending"),
                ("agreement_id.state", "=", "sent"),
                ("sign_nonce", "!=", False),
            ]
        )
        for number, signatory in enumerate(waiting, 1):
            signatory._remind(now)
            # Who was reminded is reminded once, whatever happens to the others.
            self.env["ir.cron"]._commit_progress(1, remaining=len(waiting) - number)

    def _remind(self, now):
        self.ensure_one()
        if self.link_until <= now:
            self._withdraw_link()
            self._ask_for_new_link()
            return
        days = self.env["leerbedrijf.parameter"]._get(
            "sign_reminder_days", company=self.company_id
        )
        if (self.reminded_on or self.invited_on) <= now - timedelta(days=days):
            self.reminded_on = now
            self._mail_link("leerbedrijf_core.sign_reminder")

    def _ask_for_new_link(self):
        self.agreement_id._warn_contact_person(
            self.env._("%(party)s has not signed in time", party=self.display_name),
            self.env._("The link has run out. Call, and send a new link."),
        )

    # What somebody does with the link ------------------------------------------------

    def _record_view(self):
        if not self.viewed_on and self.agreement_state == "sent":
            self.viewed_on = fields.Datetime.now()

    def _sign_by_link(self, name, signature):
        """Sign as the person whom the link is for.

        :param name: what was typed as name
        :param signature: the picture of the signature, base64 of a PNG
        :raises UserError: if somebody else signs, or there is no signature
        """
        self.ensure_one()
        is_named = self.signer_name and name
        if not is_named or self._as_compared(name) != self._as_compared(
            self.signer_name
        ):
            raise UserError(
                self.env._(
                    "This link is for %(name)s. Type that name, or let somebody else "
                    "sign with the form below.",
                    name=self.signer_name,
                )
            )
        self._check_authority()
        self._check_picture(signature)
        self._set_state("signed", signed_on=fields.Datetime.now(), signature=signature)

    @staticmethod
    def _as_compared(name):
        return " ".join(str(name or "").split()).casefold()

    def _check_picture(self, signature):
        try:
            raw = base64.b64decode(signature or "", validate=True)
            is_good = 0 < len(raw) <= LARGEST_SIGNATURE
            with Image.open(io.BytesIO(raw), formats=["PNG"]) as picture:
                is_good = is_good and max(picture.size) <= WIDEST_SIGNATURE
                if is_good:
                    picture.verify()  # to its end
        except (*NO_PICTURE, binascii.Error, TypeError, ValueError, OSError):
            is_good = False
        if not is_good:
            raise UserError(
                self.env._("There is no signature yet. Draw it, or type your name.")
            )

    def _decline_by_link(self, reason):
        if self.state != "pending":
            return  # a second time says nothing new
        if not (reason or "").strip():
            raise UserError(self.env._("Say why you do not sign, so that we can talk."))
        answered = self._set_state("declined", decline_reason=reason.strip())
        answered.agreement_id._warn_contact_person(
            self.env._("%(party)s does not sign", party=self.display_name),
            reason,
        )

    def _delegate_by_link(self, name, function, email):
        """Let somebody else of the organisation sign; this link is dead then."""
        self.ensure_one()
        if self.state != "pending":
            raise UserError(self.env._("You have answered already."))
        name, email = (name or "").strip(), email_normalize(email or "")
        if not name or not email:
            raise UserError(
                self.env._("Fill in the name and a valid e-mail address of who signs.")
            )
        before = self.signer_name
        self.write(
            {
                "mandate_id": self._find_mandate(name).id,
                "signer_name": name,
                "signer_function": (function or "").strip(),
                "signer_email": email,
                "delegated_by": before,
            }
        )
        self._invite()
