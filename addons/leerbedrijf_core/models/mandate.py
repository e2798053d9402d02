from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class LeerbedrijfMandate(models.Model):
    """Who may sign for an organisation: from the trade register or a mandate list.

    Once an organisation has a list, only who is on it can sign an agreement for it;
    an organisation without a list is trusted to name the right person. A member of the
    region keeps its own list; of an employer or a school the list counts that the owner
    of the agreement keeps.
    """

    _name = "leerbedrijf.mandate"
    _description = "Authority to sign"
    _inherit = ["leerbedrijf.employer.mixin"]
    _order = "partner_id, name, id"
    _rec_names_search = ["name", "partner_id"]
    _label_fields = ("name", "function")
    _allows_members = True
    _write_once_columns = ("company_id", "region_id", "partner_id")

    partner_id = fields.Many2one(string="Organisation", domain="[]")
    name = fields.Char(required=True)
    function = fields.Char()
    email = fields.Char()
    source = fields.Selection(
        [
            ("trade_register", "Trade register"),
            ("mandate_list", "Mandate list"),
            ("proxy", "Written proxy"),
        ],
        required=True,
        default="trade_register",
    )
    is_joint = fields.Boolean(
        string="Only together",
        help="This person signs only together with somebody else of the organisation.",
    )
    places_limit = fields.Integer(
        string="Places at most",
        help="Up to so many places of the organisation in one agreement; 0 for no "
        "limit.",
    )
    date_from = fields.Date(
        string="From", required=True, default=fields.Date.context_today
    )
    date_to = fields.Date(string="Until")
    active = fields.Boolean(default=True)

    _places_limit_not_negative = models.Constraint(
        "CHECK(places_limit >= 0)", "A limit cannot be less than nothing."
    )
    _date_order = models.Constraint(
        "CHECK(date_to IS NULL OR date_to >= date_from)",
        "The end of an authority cannot be before its start.",
    )

    def _get_label(self):
        return f"{self.name} ({self.function})" if self.function else self.name

    @api.constrains("partner_id", "company_id")
    def _check_own_list(self):
        for mandate in self:
            # Superuser: which contacts are those of members is no secret.
            member = mandate.partner_id.sudo().ref_company_ids
            if member and mandate.company_id not in member:
                raise ValidationError(
                    self.env._(
                        "%(organisation)s itself says who may sign for it.",
                        organisation=mandate.partner_id.name,
                    )
                )

    @api.model
    def _of(self, partner, owner, date):
        """The list of an organisation on a day, for an agreement of `owner`."""
        # Superuser: which contacts are those of members is no secret.
        keeper = partner.sudo().ref_company_ids or owner
        return self.search(
            Domain("partner_id", "=", partner.id)
            & Domain("company_id", "in", keeper.ids)
            & Domain("date_from", "<=", date)
            & (Domain("date_to", "=", False) | Domain("date_to", ">=", date))
        )
