from odoo import models


class LeerbedrijfEnrolment(models.Model):
    """Group mail to who takes part in a cohort, or does not."""

    _name = "leerbedrijf.enrolment"
    _inherit = ["leerbedrijf.enrolment", "leerbedrijf.mailed.mixin"]

    def _log_mail(self, template):
        self._message_log(
            body=self.env._("E-mail sent: %(template)s", template=template.name)
        )
