import secrets

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class LeerbedrijfCampaign(models.Model):
    """A recruitment campaign of a municipality, with a page to register on.

    Who registers becomes a lead of this municipality alone.
    """

    _name = "leerbedrijf.campaign"
    _description = "Recruitment campaign"
    _inherit = ["leerbedrijf.private.mixin"]
    _order = "date_from desc, id desc"

    name = fields.Char(required=True, help="As the page calls it.")
    company_id = fields.Many2one(string="Municipality")
    active = fields.Boolean(default=True)
    code = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: secrets.token_urlsafe(8),
        help="The part of the address that nobody can guess.",
    )
    url = fields.Char(compute="_compute_url", string="Address of the page")
    date_from = fields.Date(
        string="Open from", required=True, default=fields.Date.context_today
    )
    date_to = fields.Date(string="Open until", help="Empty: until you archive it.")
    sector_ids = fields.Many2many(
        "leerbedrijf.sector",
        "leerbedrijf_campaign_sector_rel",
        string="Work to choose from",
    )
    description = fields.Text(
        string="Text on the page", help="Short sentences, no jargon."
    )
    user_id = fields.Many2one(
        "res.users",
        string="Contact person",
        required=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        index=True,
        help="Stands on the page, with phone and e-mail.",
    )
    registration_ids = fields.One2many(
        "leerbedrijf.registration", "campaign_id", string="Registrations"
    )
    registration_count = fields.Integer(compute="_compute_counts")
    new_count = fields.Integer(compute="_compute_counts", string="To follow up")

    _code_uniq = models.Constraint(
        "UNIQUE(code)", "Another campaign has this address already."
    )
    _dates_in_order = models.Constraint(
        "CHECK(date_to >= date_from)", "A campaign cannot end before it starts."
    )

    @api.depends("code")
    def _compute_url(self):
        for campaign in self:
            campaign.url = f"{campaign.get_base_url()}/meedoen/{campaign.code}"

    @api.depends("registration_ids.state")
    def _compute_counts(self):
        groups = self.env["leerbedrijf.registration"]._read_group(
            [("campaign_id", "in", self.ids)], ["campaign_id", "state"], ["__count"]
        )
        counts = {(campaign.id, state): count for campaign, state, count in groups}
        for campaign in self:
            id_ = campaign._origin.id
            campaign.new_count = counts.get((id_, "new"), 0)
            campaign.registration_count = sum(
                count for (of, _state), count in counts.items() if of == id_
            )

    @api.constrains("company_id")
    def _check_municipality(self):
        if any(c.company_id.leerbedrijf_role != "municipality" for c in self):
            raise ValidationError(
                self.env._(
                    "A campaign is of a municipality: it keeps the people who register."
                )
            )

    @api.constrains("user_id", "company_id")
    def _check_contact_person(self):
        for campaign in self:
            # Superuser: whether somebody works for the municipality is no secret.
            user = campaign.user_id.sudo()
            if user.share or campaign.company_id not in user.company_ids:
                raise ValidationError(
                    self.env._("Choose a colleague of your own municipality.")
                )

    def write(self, vals):
        if not self.env.su:
            vals = {key: value for key, value in vals.items() if key != "code"}
        return super().write(vals)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [
                {**vals, "code": secrets.token_urlsafe(8)} for vals in vals_list
            ]
        return super().create(vals_list)

    @api.model
    def _find_open(self, code):
        """The campaign of a page that is open today, as the system; else nothing."""
        if "\0" in code:  # which the database cannot look for
            return self.browse()
        today = fields.Date.context_today(self)
        # Superuser: a visitor sees of it what the page shows.
        return self.sudo().search(
            Domain("code", "=", code)
            & Domain("date_from", "<=", today)
            & (Domain("date_to", "=", False) | Domain("date_to", ">=", today)),
            limit=1,
        )

    def _in_page_language(self):
        """In the language of the municipality."""
        company = self.company_id
        return self.with_context(lang=company.partner_id.lang or self.env.lang)

    def _get_days_kept(self):
        return int(
            self.env["leerbedrijf.parameter"]._get(
                "registration_days", company=self.company_id
            )
        )

    def action_view_registrations(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "leerbedrijf_core.registration_action"
        )
        return {**action, "domain": [("campaign_id", "=", self.id)], "context": {}}
