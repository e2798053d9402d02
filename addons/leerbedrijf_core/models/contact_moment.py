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

    def action_new_forecast(self):
        """Record the job that came up in this conversation."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "leerbedrijf.forecast",
            "views": [(False, "form")],
            "context": {"default_partner_id": self.partner_id.id},
        }

    def action_plan_follow_up(self):
        """Plan an activity at the employer: what was agreed, by when, for whom."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Plan a follow-up"),
            "res_model": "mail.activity.schedule",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "active_model": "res.partner",
                "active_id": self.partner_id.id,
                "active_ids": self.partner_id.ids,
                "dialog_size": "large",
            },
        }
