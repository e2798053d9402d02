from collections import defaultdict

from odoo import api, models
from odoo.exceptions import AccessError, UserError


class Base(models.AbstractModel):
    """What Odoo asks of no client, for all models.

    It asks the rules before a write only, so that whoever may write a record could put
    it into a company that he cannot even see. And it lets a link point to any record:
    names, addresses and numbers of the other side then come out of fields that follow
    it.
    """

    _inherit = "base"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and self._is_of_tenant():
            self._check_links(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and self._is_of_tenant():
            if vals.get("company_id"):
                self._check_not_given_away(vals["company_id"])
            self._check_links([vals])
        return super().write(vals)

    def _is_of_tenant(self):
        return not self._transient and self.env["res.partner"]._is_tenant()

    def _check_links(self, vals_list):
        """Refuse links to contacts, users, organisations and regions of elsewhere."""
        targets = defaultdict(set)
        for vals in vals_list:
            for name, value in vals.items():
                field = self._fields.get(name)
                if (
                    field
                    and field.type == "many2one"
                    and field.comodel_name in LINKS
                    and isinstance(value, int)
                    and value
                ):
                    targets[field.comodel_name].add(value)
        # Superuser: only whose they are, to decide whether the user may know them.
        user = self.env.user.sudo()
        for model_name, ids in targets.items():
            records = self.env[model_name].sudo().browse(ids).exists()
            if any(LINKS[model_name](record, user) for record in records):
                raise AccessError(
                    self.env._(
                        "You cannot choose somebody or something of another region. "
                        "Choose one of your own."
                    )
                )

    def _check_not_given_away(self, company_id):
        field = self._fields.get("company_id")
        user = self.env.user
        if (
            field
            and field.comodel_name == "res.company"
            and company_id not in user._get_company_ids()
            and any(record.company_id.id != company_id for record in self)
        ):
            raise UserError(
                self.env._(
                    "This cannot be given to another organisation. Make a new record "
                    "there instead."
                )
            )


# Model → whether a record of it is of elsewhere for a user.
LINKS = {
    "leerbedrijf.region": lambda region, user: (
        region.id not in user._get_leerbedrijf_region_ids()
    ),
    "res.company": lambda company, user: company._is_elsewhere(
        user._get_colleague_company_ids()
    ),
    "res.partner": lambda partner, user: partner._is_elsewhere(user),
    "res.users": lambda other, user: other.company_ids._is_elsewhere(
        user._get_colleague_company_ids()
    ),
}
