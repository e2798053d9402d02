import re
from collections import defaultdict

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

KVK_NUMBER = re.compile(r"\d{8}")
BRANCH_NUMBER = re.compile(r"\d{12}")


class ResPartner(models.Model):
    """Employers and training partners: contacts that the tenants of a region share.

    A contact without region and without company is visible to everybody, so a tenant
    never makes one: see `_with_region`.
    """

    _inherit = "res.partner"

    _tenancy_kind = "contact"

    region_id = fields.Many2one(
        "leerbedrijf.region",
        string="Labour-market region",
        index=True,
        ondelete="restrict",
        tracking=True,
    )
    # What colleagues note of an organisation is not for its own portal users.
    comment = fields.Html(groups="base.group_user")
    is_employer = fields.Boolean(string="Employer")
    is_training_partner = fields.Boolean(string="Training partner")
    branch_number = fields.Char(
        string="Branch number",
        copy=False,
        help="The 12 digits of the establishment in the trade register.",
    )
    sector_id = fields.Many2one(
        "leerbedrijf.sector", index="btree_not_null", ondelete="restrict"
    )
    account_manager_id = fields.Many2one(
        "res.users", index="btree_not_null", domain="[('share', '=', False)]"
    )
    contact_moment_ids = fields.One2many(
        "leerbedrijf.contact.moment",
        "partner_id",
        string="Contact moments",
        groups="leerbedrijf_core.group_user",
    )
    forecast_ids = fields.One2many(
        "leerbedrijf.forecast",
        "partner_id",
        string="Future jobs",
        groups="leerbedrijf_core.group_user",
    )
    pledge_ids = fields.One2many(
        "leerbedrijf.pledge",
        "partner_id",
        string="Pledges",
        groups="leerbedrijf_core.group_user",
    )
    contact_moment_count = fields.Integer(
        compute="_compute_contact_moment_count", groups="leerbedrijf_core.group_user"
    )
    forecast_places = fields.Integer(
        string="Future places",
        compute="_compute_forecast_places",
        groups="leerbedrijf_core.group_user",
    )
    agreement_count = fields.Integer(
        compute="_compute_agreement_count", groups="leerbedrijf_core.group_user"
    )

    # Checked at the end of the transaction: it holds when two people save at once, and
    # leaves it to `_check_branch_number_unique` to say who has the number.
    _branch_number_once = models.Constraint(
        "EXCLUDE (region_id WITH =, branch_number WITH =) "
        "WHERE (active AND branch_number IS NOT NULL) DEFERRABLE INITIALLY DEFERRED",
        "Another organisation of this region has this branch number already.",
    )

    def _compute_contact_moment_count(self):
        self._count_in("leerbedrijf.contact.moment", "contact_moment_count", "__count")

    def _compute_forecast_places(self):
        self._count_in(
            "leerbedrijf.forecast",
            "forecast_places",
            "counting_places:sum",
        )

    def _compute_agreement_count(self):
        self._count_in(
            "leerbedrijf.pledge",
            "agreement_count",
            "agreement_id:count_distinct",
            [("agreement_id.state", "!=", "replaced")],
        )

    def _count_in(self, model, field_name, aggregate, domain=()):
        """Set a total per contact from one grouped query on the model."""
        totals = dict(
            self.env[model]._read_group(
                [("partner_id", "in", self.ids), *domain], ["partner_id"], [aggregate]
            )
        )
        for partner in self:
            partner[field_name] = totals.get(partner._origin, 0)

    @api.depends("region_id")
    @api.depends_context("uid")
    def _compute_display_name(self):
        """Nothing of an organisation of another region.

        Odoo reads the display name of a many2one as superuser, and a client can fill in
        any contact on a form of its own.
        """
        result = super()._compute_display_name()
        user = self.env.user
        if self.env.uid == SUPERUSER_ID or user._is_system():
            return result
        for partner in self:
            # Superuser: only whose contact it is, to decide what the user may see.
            if partner.sudo()._is_elsewhere(user.sudo()):
                partner.display_name = self.env._("Not visible to you")
        return result

    def _is_elsewhere(self, user):
        """Whether it is an organisation, a colleague or a tenant of another region."""
        self.ensure_one()
        if self.commercial_partner_id == user.commercial_partner_id:
            return False
        if self.region_id or user.share:
            regions = user._get_leerbedrijf_region_ids()
            return bool(self.region_id) and self.region_id.id not in regions
        people = self.user_ids.filtered(lambda x: not x.share)
        tenants = people.company_ids | self.ref_company_ids | self.company_id
        return tenants._is_elsewhere(user._get_colleague_company_ids())

    def _compute_same_vat_partner_id(self):
        """Stock looks past the rules for duplicates: never name another region's."""
        result = super()._compute_same_vat_partner_id()
        for partner in self:
            for field_name in (
                "same_vat_partner_id",
                "same_company_registry_partner_id",
            ):
                found = partner[field_name].with_env(self.env)
                if not found.has_access("read"):
                    partner[field_name] = partner._find_same(field_name)
        return result

    def _find_same(self, field_name):
        """A duplicate that the user may see."""
        key = "vat" if field_name == "same_vat_partner_id" else "company_registry"
        domain = Domain(key, "=", self[key])
        if self._origin:
            domain &= ~Domain("id", "child_of", self._origin.id)
        return self.with_context(active_test=False).search(domain, limit=1)

    @api.constrains("company_registry", "branch_number", "region_id", "country_id")
    def _check_trade_register_numbers(self):
        for partner in self.filtered(lambda p: p.region_id and p._is_dutch()):
            kvk = partner.company_registry
            if kvk and not KVK_NUMBER.fullmatch(kvk):
                raise ValidationError(
                    self.env._(
                        "The KvK number of %(name)s must be 8 digits; “%(number)s” is "
                        "not.",
                        name=partner.display_name,
                        number=kvk,
                    )
                )
            branch = partner.branch_number
            if branch and not BRANCH_NUMBER.fullmatch(branch):
                raise ValidationError(
                    self.env._(
                        "The branch number of %(name)s must be 12 digits; “%(number)s” "
                        "is not.",
                        name=partner.display_name,
                        number=branch,
                    )
                )

    @api.constrains("branch_number", "region_id", "active")
    def _check_branch_number_unique(self):
        for partner in self.filtered(lambda p: p.branch_number and p.active):
            other = self.search(
                [
                    ("branch_number", "=", partner.branch_number),
                    ("region_id", "=", partner.region_id.id),
                    ("id", "!=", partner.id),
                ],
                limit=1,
            )
            if other:
                raise ValidationError(
                    self.env._(
                        "%(other)s has the branch number %(number)s already. Use that "
                        "contact, or correct the number.",
                        other=other.display_name,
                        number=partner.branch_number,
                    )
                )

    @api.constrains("region_id", "parent_id")
    def _check_region_of_parent(self):
        for partner in self:
            # Superuser: the region of the parent is compared, not shown.
            parent_region = partner.parent_id.sudo().region_id
            if parent_region and parent_region != partner.region_id:
                raise ValidationError(
                    self.env._(
                        "%(name)s must be in the region of %(parent)s. Make an "
                        "establishment in another region a contact of its own.",
                        name=partner.display_name,
                        parent=partner.parent_id.sudo().name,
                    )
                )

    def _check_region_of(self, company):
        """Refuse an employer that is not of a region of this organisation."""
        # Superuser: only the regions are compared.
        region = self.sudo().region_id
        if region and region not in company.sudo().leerbedrijf_region_ids:
            raise ValidationError(
                self.env._("Choose an employer of your organisation's own region.")
            )

    def _is_dutch(self):
        """The numbers of the trade register are checked unless another land is set."""
        self.ensure_one()
        return self.country_code in (False, "NL")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        context = self.env.context
        if not (
            context.get("default_is_employer")
            or context.get("default_is_training_partner")
        ):
            return values
        if "region_id" in fields and not values.get("region_id"):
            values["region_id"] = self.env.company.leerbedrijf_region_ids[:1].id
        if "country_id" in fields and not values.get("country_id"):
            values["country_id"] = self.env.company.country_id.id
        if "lang" in fields:
            # Stock's default is the language that the database was made in.
            values["lang"] = self.env.lang or values.get("lang")
        is_manager = self.env.user.has_group("leerbedrijf_core.group_account_manager")
        if "account_manager_id" in fields and is_manager:
            values.setdefault("account_manager_id", self.env.uid)
        return values

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._with_region(vals) for vals in vals_list]
        for vals in vals_list:
            self._check_region_allowed(vals.get("region_id"))
        return super().create(
            [
                self._without_spaces(vals) if vals.get("region_id") else vals
                for vals in vals_list
            ]
        )

    def write(self, vals):
        self.check_access("write")  # first: Odoo's refusals name users and companies
        vals = self._with_parent_region(vals)
        if "region_id" in vals:
            self._check_region_change(vals["region_id"])
        if not vals.get("company_id", True):
            self._check_not_bare(vals)
        if vals.get("region_id") or self.region_id:
            vals = self._without_spaces(vals)
        if "region_id" not in vals:
            return super().write(vals)
        before = {partner: partner.region_id for partner in self}
        result = super().write(vals)
        self._push_region_to_children(before)
        return result

    @api.model
    def _with_region(self, vals):
        """The values with the region of the parent; else, when a tenant's user would
        make a contact that everybody sees, with the region or company of that tenant.

        The contact of a user or a company is no tenant's data and stays free.
        """
        vals = self._with_parent_region(vals)
        if vals.get("region_id") or vals.get("company_id"):
            return vals
        # A client can send any context, but not become superuser.
        of_user = self.env.su and self.env.context.get("leerbedrijf_user_contact")
        if of_user or not self._is_tenant():
            return vals
        region = self.env.company.leerbedrijf_region_ids[:1]
        if region:
            return {**vals, "region_id": region.id}
        return {**vals, "company_id": self.env.company.id}

    @api.model
    def _with_parent_region(self, vals):
        if not vals.get("parent_id"):
            return vals
        # Superuser: only the parent's region, which decides who sees the child.
        region = self.sudo().browse(vals["parent_id"]).region_id
        return {**vals, "region_id": region.id} if region else vals

    @api.model
    def _without_spaces(self, vals):
        """Numbers are typed as “1234 5678”; the register and the bank want digits."""
        numbers = {
            name: re.sub(r"[\s.]", "", vals[name]) or False
            for name in ("company_registry", "branch_number")
            if vals.get(name)
        }
        return {**vals, **numbers}

    @api.model
    def _is_tenant(self):
        """Whether the user works for a tenant, not for the platform."""
        user = self.env.user
        return user.has_group("leerbedrijf_core.group_user") and not user.has_group(
            "leerbedrijf_core.group_platform_admin"
        )

    def _check_region_allowed(self, region_id):
        if self.env.su or not region_id or not self._is_tenant():
            return
        if region_id not in self.env.user.leerbedrijf_region_ids.ids:
            raise UserError(
                self.env._(
                    "You can only put a contact in a region of your own organisation. "
                    "Choose another region."
                )
            )

    def _check_region_change(self, region_id):
        changed = self.filtered(lambda p: p.region_id.id != (region_id or False))
        if not changed:
            return
        self._check_region_allowed(region_id)
        self._check_region_unused(changed.filtered("region_id"))
        if not region_id and not self.env.su and self._is_tenant():
            raise UserError(
                self.env._(
                    "A contact without region would be visible to every region. Leave "
                    "the region of %(name)s as it is.",
                    name=changed[:1].display_name,
                )
            )

    def _check_region_unused(self, changed):
        """What the region agreed with an employer stays in the region."""
        for model in ("forecast", "pledge", "contact.moment"):
            # Superuser: whoever made them, they would be left behind.
            records = self.env[f"leerbedrijf.{model}"].sudo()
            used = records.search([("partner_id", "in", changed.ids)], limit=1)
            if used:
                raise UserError(
                    self.env._(
                        "%(name)s has contact moments, future jobs or pledges in its "
                        "region. Make a new contact for the other region.",
                        name=used.partner_id.display_name,
                    )
                )

    def _check_not_bare(self, vals):
        """A tenant may not make its own contact visible to everybody."""
        if self.env.su or vals.get("region_id") or not self._is_tenant():
            return
        bare = self.filtered(
            lambda p: p.company_id and not p.region_id and p.partner_share
        )
        if bare:
            raise UserError(
                self.env._(
                    "Without company %(name)s would be visible to every region. Give "
                    "it a region first.",
                    name=bare[:1].display_name,
                )
            )

    def _push_region_to_children(self, before):
        """Contacts follow their organisation; a child in another region is refused by
        the constraint, because its own colleagues would lose it."""
        for partner in self:
            # Superuser and archived ones too: a child left behind would be visible to
            # everybody, or to the wrong region.
            children = (
                self.sudo()
                .with_context(active_test=False)
                .search(
                    [
                        ("parent_id", "=", partner.id),
                        ("region_id", "in", [before[partner].id, False]),
                    ]
                )
            )
            children.write({"region_id": partner.region_id.id})
            partner.sudo().child_ids._check_region_of_parent()

    def signup_get_auth_param(self):
        """Nothing for a user's own call: the token makes a log-in of the contact.

        Odoo gives any colleague the token of any organisation, also of another region,
        and with it its invoices in the portal. Mails ask as superuser.
        """
        if not self.env.su and self._is_tenant():
            return defaultdict(dict)
        return super().signup_get_auth_param()

    def action_view_contact_moments(self):
        return self._action_of_employer("leerbedrijf_core.contact_moment_action")

    def action_view_forecasts(self):
        return self._action_of_employer("leerbedrijf_core.forecast_action")

    def action_view_agreements(self):
        self.ensure_one()
        action = self._action_of_employer("leerbedrijf_core.agreement_action")
        return {
            **action,
            "domain": [("pledge_ids.partner_id", "=", self.id)],
            "context": {"search_default_current": 1},
        }

    def _action_of_employer(self, xml_id):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(xml_id)
        return {
            **action,
            "domain": [("partner_id", "=", self.id)],
            "context": {"default_partner_id": self.id},
        }
