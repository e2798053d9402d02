from odoo import models


class SnailmailLetter(models.Model):
    _name = "snailmail.letter"
    _inherit = ["leerbedrijf.stock.label.mixin", "snailmail.letter"]
