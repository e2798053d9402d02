from odoo import fields, models
from odoo.exceptions import UserError


class LeerbedrijfAgreement(models.Model):
    """A guarantee is tested before it is sent; what stands out is decided on."""

    _inherit = "leerbedrijf.agreement"

    guarantee_pledge_ids = fields.One2many(
        "leerbedrijf.pledge",
        "agreement_id",
        string="Guarantees",
        domain=[("force", "=", "guarantee")],
    )

    def action_send(self):
        """With a job guarantee the test comes first; intentions are sent at once.

        What sending is, is said by the model itself: the dialogue calls it on.
        """
        guaranteed = self.filtered("guarantee_pledge_ids")
        # Superuser: the system sends what it made itself.
        if self.env.su or not guaranteed:
            return super().action_send()
        if len(self) > 1:
            raise UserError(
                self.env._(
                    "%(agreement)s has a job guarantee. Send it by itself.",
                    agreement=guaranteed[:1].display_name,
                )
            )
        self.check_access("write")
        self._check_state("draft")
        self._check_complete()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Before you send a job guarantee"),
            "res_model": "leerbedrijf.guarantee.check",
            "view_mode": "form",
            "target": "new",
            "context": {"default_agreement_id": self.id},
        }

    def _send_guarantee(self, reason):
        """Send after the test; the reason to do so in spite of it is kept."""
        self.ensure_one()
        if reason:
            self.message_post(
                body=self.env._(
                    "Job guarantee sent in spite of the test. Reason: %(reason)s",
                    reason=reason,
                )
            )
        return super().action_send()

    def _make_intentions(self):
        """While it is a draft a guarantee becomes an intention without more ado."""
        self._check_state("draft")
        self.check_access("write")
        pledges = self.guarantee_pledge_ids
        pledges.write({"force": "intention"})
        self.message_post(
            body=self.env._(
                "The test made intentions of the job guarantees: %(pledges)s",
                pledges=", ".join(pledges.mapped("display_name")),
            )
        )
