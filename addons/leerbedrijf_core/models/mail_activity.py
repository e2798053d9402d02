from odoo import models


class MailActivity(models.Model):
    """Work is done when its to-do is."""

    _inherit = "mail.activity"

    def _action_done(self, feedback=False, attachment_ids=None):
        todos = self.filtered("automated").grouped("res_model")
        done = [(model, todo.mapped("res_id")) for model, todo in todos.items()]
        result = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        work = self.env.registry["leerbedrijf.todo.mixin"]
        for model, ids in done:
            if model and issubclass(self.env.registry[model], work):
                self.env[model].browse(ids).exists()._finish_todo()
        return result
