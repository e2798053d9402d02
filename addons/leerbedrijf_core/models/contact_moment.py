from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date


class LeerbedrijfContactMoment(models.Model):
    """What was discussed with an employer, or is planned to be, for every colleague of
    the region."""

    _name = "leerbedrijf.contact.moment"
    _description = "Contact moment"
    _inherit = ["leerbedrijf.employer.mixin"]
    _order = "date desc, id desc"
    _rec_name = "summary"

    date = fields.Date(required=True, default=fields.Date.context_today, index=True)
    kind_id = fields.Many2one(
        "leerbedrijf.contact.kind",
        required=True,
        default=lambda self: self.env["leerbedrijf.contact.kind"].search([], limit=1),
        index=True,
        ondelete="restrict",
    )
    state = fields.Selection(
        [("planned", "Planned"), ("done", "Done")],
        compute="_compute_state",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        help="What lies ahead is planned; it is done when somebody writes down what "
        "was said.",
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
    colleague_contact = fields.Text(related="partner_id.colleague_contact")

    _planned_idx = models.Index("(partner_id, date) WHERE state = 'planned'")

    @api.depends("date")
    def _compute_state(self):
        today = fields.Date.context_today(self)
        for moment in self:
            ahead = moment.date and moment.date > today
            moment.state = "planned" if ahead else moment.state or "done"

    @api.constrains("state", "date")
    def _check_done_is_past(self):
        today = fields.Date.context_today(self)
        if self.filtered(lambda m: m.state == "done" and m.date > today):
            raise ValidationError(
                self.env._(
                    "A conversation that is still to come cannot be done. Choose today "
                    "or an earlier date, or call it planned."
                )
            )

    def _get_colleague_sentence(self):
        """Who of another organisation is in touch, how and when."""
        self.ensure_one()
        # Superuser: who may read a moment may know which member of the region it is of.
        colleague = self.user_id.sudo()
        values = {
            "name": colleague.name,
            "company": colleague.company_id.name,
            "kind": self.kind_id.name.lower(),
            "date": format_date(self.env, self.date, date_format="d MMMM y"),
        }
        if self.state == "planned":
            return self.env._(
                "%(name)s of %(company)s has planned: %(kind)s on %(date)s.", **values
            )
        return self.env._(
            "%(name)s of %(company)s was in touch on %(date)s: %(kind)s.", **values
        )

    def action_log(self):
        """Write down what was said: the form that also keeps the future jobs."""
        self.ensure_one()
        return self.partner_id._action_log_contact(default_moment_id=self.id)

    def action_prepare(self):
        self.ensure_one()
        return self.partner_id.action_prepare_contact()

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
