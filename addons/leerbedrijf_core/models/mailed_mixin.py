from odoo import api, fields, models
from odoo.tools import email_normalize, split_every

from ..tools import take_turns

# Mails made in one transaction: a job that fails starts these anew.
BATCH = 50


class LeerbedrijfMailedMixin(models.AbstractModel):
    """A person in a group that gets e-mail: one each, and each occasion once.

    An occasion is a mail template. What was queued is noted in the transaction that
    queues it, so a job that is tried again sends nothing twice. Mail never goes through
    the composer, which would make contacts of participants.
    """

    _name = "leerbedrijf.mailed.mixin"
    _description = "Person in a group that gets e-mail"

    mailed_template_ids = fields.Many2many(
        "mail.template", string="E-mails", readonly=True, copy=False
    )
    mailed_on = fields.Datetime(string="Last e-mail on", readonly=True, copy=False)

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._without_mail_columns(v) for v in vals_list])

    def write(self, vals):
        return super().write(self._without_mail_columns(vals))

    def _without_mail_columns(self, vals):
        """What was sent is noted by who sends it."""
        if self.env.su:
            return vals
        system = {"mailed_template_ids", "mailed_on"}
        return {key: value for key, value in vals.items() if key not in system}

    def _get_mail_address(self):
        """The person's address, for the envelope alone; empty if there is none."""
        self.ensure_one()
        # Superuser: the address goes on the envelope, to nobody else.
        return email_normalize(self.sudo().participant_id.email or "")

    def _check_can_mail(self):
        """Raise if mail to this group makes no sense now. Extend with super()."""

    def _delay_mail(self, template):
        """Send it in the background, a batch a job."""
        self._check_can_mail()
        for ids in split_every(BATCH, self.ids):
            records = self.browse(ids)
            records.with_delay(
                description=self.env._(
                    "E-mail “%(template)s”: %(count)s",
                    template=template.name,
                    count=len(ids),
                )
            )._mail_once(template)

    def _mail_once(self, template):
        """Queue a mail to each of these who has an address and did not get it yet."""
        records = self.exists()._filtered_access("write")
        take_turns(records)
        records.invalidate_recordset(["mailed_template_ids"])
        for record in records:
            address = record._get_mail_address()
            # Superuser: as in `_without_mail_columns`.
            noted = record.sudo()
            if not address or template in noted.mailed_template_ids:
                continue
            # To nobody else, whatever the template says: who reads along would see
            # the address.
            template.send_mail(
                record.id,
                email_values={
                    "email_to": address,
                    "email_cc": False,
                    "recipient_ids": [],
                },
            )
            noted.write(
                {
                    "mailed_template_ids": [fields.Command.link(template.id)],
                    "mailed_on": fields.Datetime.now(),
                }
            )
            record._log_mail(template)
        # Superuser: that mail waits is for the scheduler to know.
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    def _log_mail(self, template):
        """Where there is a conversation, it says what was sent."""

    def action_mail_group(self):
        """Choose an e-mail for these people, and see it first."""
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send an e-mail to each"),
            "res_model": "leerbedrijf.group.mail",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_res_model": self._name,
                "default_res_ids": ",".join(map(str, self.ids)),
            },
        }
