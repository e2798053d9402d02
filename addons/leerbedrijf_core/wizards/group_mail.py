from odoo import api, fields, models
from odoo.exceptions import UserError


class LeerbedrijfGroupMail(models.TransientModel):
    """One e-mail each for a group of people: who gets it, who cannot, what it says."""

    _name = "leerbedrijf.group.mail"
    _description = "E-mail to a group"

    _tenancy_kind = "private"

    res_model = fields.Selection(
        [
            ("leerbedrijf.info.invitation", "Invitations"),
            ("leerbedrijf.enrolment", "Enrolments"),
        ],
        required=True,
        readonly=True,
    )
    res_ids = fields.Char(required=True, readonly=True)
    template_id = fields.Many2one(
        "mail.template",
        string="E-mail",
        required=True,
        domain="[('model', '=', res_model)]",
    )
    ready_count = fields.Integer(
        compute="_compute_people", string="Get it now", export_string_translation=False
    )
    summary = fields.Text(compute="_compute_people", string="Who gets it")
    missing = fields.Text(compute="_compute_people", string="Call them")
    preview_subject = fields.Char(compute="_compute_preview", string="Subject")
    preview_body = fields.Html(compute="_compute_preview", string="Example")

    def _get_records(self):
        """The people that the user may write to: a client can fill in any id."""
        self.ensure_one()
        ids = [int(x) for x in (self.res_ids or "").split(",") if x.isdecimal()]
        records = self.env[self.res_model or "leerbedrijf.enrolment"].browse(ids)
        return records.exists()._filtered_access("write")

    @api.depends("template_id")
    def _compute_people(self):
        for mail in self:
            records = mail._get_records()
            reachable = records.filtered(lambda r: r._get_mail_address())
            # Superuser: which of the platform's e-mails they got.
            done = reachable.filtered(
                lambda r, mail=mail: mail.template_id in r.sudo().mailed_template_ids
            )
            unreachable = records - reachable
            mail.ready_count = len(reachable - done)
            mail.summary = mail._describe(len(reachable - done), done, unreachable)
            mail.missing = "\n".join(unreachable.mapped(mail._describe_unreachable))

    def _describe(self, ready, done, unreachable):
        lines = [
            self.env._("Get this e-mail: %(count)s.", count=ready),
        ]
        if done:
            lines.append(
                self.env._("Had it already, so not again: %(count)s.", count=len(done))
            )
        if unreachable:
            lines.append(
                self.env._(
                    "Have no e-mail address: %(count)s. Call them.",
                    count=len(unreachable),
                )
            )
        return "\n".join(lines)

    def _describe_unreachable(self, record):
        """The name, and the number for who may see it."""
        person = record.participant_id
        phone = person.has_access("read") and person.phone
        if record._name == "leerbedrijf.enrolment":
            phone = record.participant_phone
        return " · ".join(filter(None, (record.participant_name, phone)))

    @api.depends("template_id")
    def _compute_preview(self):
        for mail in self:
            records = mail._get_records()
            record = records.filtered(lambda r: r._get_mail_address())[:1]
            template = mail.template_id
            mail.preview_subject = mail.preview_body = False
            if record and template and template.model == record._name:
                values = template._generate_template(
                    record.ids, ("subject", "body_html")
                )[record.id]
                mail.preview_subject = values["subject"]
                mail.preview_body = values["body_html"]

    def action_send(self):
        """Queue it for all who have an address and did not get it yet."""
        self.ensure_one()
        template = self.template_id
        template.check_access("read")
        if template.model != self.res_model:
            raise UserError(self.env._("Choose an e-mail that is for these people."))
        if not self.ready_count:
            raise UserError(
                self.env._("Nobody of this group can get this e-mail any more.")
            )
        self._get_records()._delay_mail(template)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "E-mails on their way: %(count)s.", count=self.ready_count
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
