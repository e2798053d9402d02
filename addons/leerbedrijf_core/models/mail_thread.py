from odoo import models
from odoo.exceptions import UserError

from ..tools import is_private


class MailThread(models.AbstractModel):
    """Nobody is told about a record that he may not read.

    A mentioned or notified person reads that message for ever, whatever the rules say
    of the record, and a follower gets its mail. So both are refused before, with a
    sentence, and left out of the mail whatever way they came in.
    """

    _inherit = "mail.thread"

    def message_post(self, *, partner_ids=None, **kwargs):
        self._check_may_be_told(partner_ids)
        return super().message_post(partner_ids=partner_ids, **kwargs)

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        self._check_may_be_told(partner_ids)
        return super().message_subscribe(partner_ids, subtype_ids)

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        ids = [recipient["id"] for recipient in recipients if recipient["id"]]
        strangers = set(self._get_strangers(ids).ids)
        return [x for x in recipients if x["id"] not in strangers]

    def _check_may_be_told(self, partner_ids):
        strangers = self._get_strangers(partner_ids)
        if strangers:
            raise UserError(
                self.env._(
                    "%(names)s may not see this record, so cannot follow it or be "
                    "mentioned in it. Choose somebody of the organisations that it is "
                    "for.",
                    names=", ".join(strangers.mapped("display_name")),
                )
            )

    def _get_strangers(self, partner_ids):
        """Who of these contacts has no business with the records: empty where there is
        no tenant to guard."""
        if not partner_ids or not self or "company_id" not in self._fields:
            return self.env["res.partner"]
        # Superuser: whether somebody has access is asked as that person.
        partners = self.env["res.partner"].sudo().browse(partner_ids).exists()
        return partners.filtered(
            lambda partner: not all(record._is_for(partner) for record in self)
        ).with_env(self.env)

    def _is_for(self, partner):
        """Whether this contact may know of the record.

        Colleagues when they may read its messages; others, such as the employer who
        gets the invoice, unless the record is about a person or of another region.
        """
        users = partner.user_ids.filtered(lambda user: user._is_internal())
        if users:
            # A message is told: of an enrolment that asks more than reading it.
            operation = self._mail_get_operation_for_mail_message_operation("read")
            documents = self.with_context(allowed_company_ids=[])
            return any(
                documents.with_user(user).has_access(operation[self]) for user in users
            )
        if is_private(self):
            return False
        # Superuser: only the regions are compared.
        region = self.sudo().region_id if "region_id" in self._fields else None
        return not region or not partner.region_id or partner.region_id == region
