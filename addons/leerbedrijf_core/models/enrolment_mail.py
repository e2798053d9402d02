from odoo import models


class LeerbedrijfEnrolment(models.Model):
    """Group mail to who takes part in a cohort, or does not."""

    _name = "leerbedrijf.enrolment"
    _inherit = ["leerbedrijf.enrolment", "leerbedrijf.mailed.mixin"]

    def _log_mail(self, template):
        self._message_log(
            body=self.env._("E-mail sent: %(template)s", template=template.name)
        )

    def _get_kept_fields(self):
        return super()._get_kept_fields() | {
            "mailed_on": "A date without a person.",
        }
