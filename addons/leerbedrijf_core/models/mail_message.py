from odoo import models


class MailMessage(models.Model):
    _name = "mail.message"
    _inherit = ["leerbedrijf.stock.label.mixin", "mail.message"]
