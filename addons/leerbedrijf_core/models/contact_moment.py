from odoo import fields, models


class LeerbedrijfContactMoment(models.Model):
    """What was discussed with an employer, for every colleague of the region."""

    _name = "leerbedrijf.contact.moment"
    _description = "Contact moment"
    _inherit = ["leerbedrijf.employer.mixin"]
    _order = "date desc, id desc"
    _rec_name = "summary"

    date = fields.Date(required=True, default=fields.Date.context_today, index=True)
    kind = fields.Selection(
        [
            ("visit", "Visit"),
            ("phone", "Phone call"),
            ("mail", "E-mail"),
            ("event", "Event"),
            ("online", "Online meeting"),
        ],
        required=True,
        default="visit",
    )
    summary = fields.Char(required=True)
    description = fields.Text(string="Notes")
    user_id = fields.Many2one(
        "res.users",
        string="By",
        required=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        index=True,
    )
