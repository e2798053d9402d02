from odoo import fields, models


class MailAlias(models.Model):
    """Whose mail address it is: a rule cannot follow a model and an id to a record."""

    _inherit = "mail.alias"

    project_ids = fields.One2many("project.project", "alias_id")
    journal_ids = fields.One2many("account.journal", "alias_id")
