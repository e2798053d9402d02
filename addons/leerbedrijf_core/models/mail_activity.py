from odoo import models


class MailActivity(models.Model):
    """A decision is done when its to-do is."""

    _inherit = "mail.activity"

    def _action_done(self, feedback=False, attachment_ids=None):
        decisions = self.filtered(
            lambda activity: (
                activity.res_model == "leerbedrijf.steering.decision"
                and activity.automated
            )
        )
        result = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        # Superuser: whose to-do it was says that it is done, also a colleague of
        # another organisation than the one that keeps the minutes.
        todo = self.env["leerbedrijf.steering.decision"].sudo()
        todo.browse(decisions.mapped("res_id")).filtered(
            lambda decision: not decision.done
        ).done = True
        return result
