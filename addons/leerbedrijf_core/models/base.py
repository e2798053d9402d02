from collections import defaultdict

from odoo import api, models, tools
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain
from odoo.tools.misc import clean_context

#: commands of a list that name a record, and those that hold values of one
LINKING = (Command.LINK, Command.SET)
FILLING = (Command.CREATE, Command.UPDATE)


class Base(models.AbstractModel):
    """What Odoo asks of no client, for all models.

    It asks the rules before a write only, so that whoever may write a record could put
    it into a company that he cannot even see. And it lets a link point to any record:
    names, addresses and numbers of the other side then come out of fields that follow
    it, on a form even before anything is saved.
    """

    _inherit = "base"

    @api.model_create_multi
    def create(self, vals_list):
        if self._is_asked_by_tenant():
            self._check_values(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        if self._is_asked_by_tenant():
            if vals.get("company_id") and not self._transient:
                self._check_not_given_away(vals["company_id"])
            self._check_values([vals])
        return super().write(vals)

    def onchange(self, values, field_names, fields_spec):
        if self._is_asked_by_tenant():
            self._check_forms([values])
        return super().onchange(values, field_names, fields_spec)

    def _is_asked_by_tenant(self):
        return not self.env.su and self.env["res.partner"]._is_tenant()

    def _check_values(self, vals_list):
        """A dialogue shows at once what it is filled in with, as a form does."""
        if not self._transient:
            self._check_links([*vals_list, self._get_context_defaults()])
            return
        self._check_forms(vals_list)

    def _get_context_defaults(self):
        """What a client has the fields of this model filled in with."""
        return {
            name.removeprefix("default_"): value
            for name, value in self.env.context.items()
            if name.startswith("default_")
        }

    # Links

    @tools.ormcache()
    def _get_link_fields(self):
        """Name → comodel of the fields that can point to another record; once."""
        return {
            name: field.comodel_name
            for name, field in self._fields.items()
            if field.type in ("many2one", "many2many", "one2many")
        }

    def _get_links(self, vals_list):
        """Comodel → the ids to which these values of a client point."""
        targets = defaultdict(set)
        comodels = self._get_link_fields()
        for vals in vals_list:
            for name in vals.keys() & comodels.keys():
                targets[comodels[name]].update(_linked_ids(vals[name]))
        return {model: ids - {0} for model, ids in targets.items() if ids - {0}}

    def _check_links(self, vals_list):
        """Refuse links to contacts, users, organisations and regions of elsewhere, and
        to what their names and texts are copied from."""
        for model_name, ids in self._get_links(vals_list).items():
            if (model_name in LINKS and self._has_elsewhere(model_name, ids)) or (
                model_name in COPIED and self._has_hidden(model_name, ids)
            ):
                raise AccessError(
                    self.env._(
                        "You cannot choose somebody or something of another region. "
                        "Choose one of your own."
                    )
                )

    def _has_elsewhere(self, model_name, ids):
        # Superuser: only whose they are, to decide whether the user may know them.
        user = self.env.user.sudo()
        records = self.env[model_name].sudo().browse(ids).exists()
        return any(LINKS[model_name](record, user) for record in records)

    def _check_forms(self, forms):
        """Refuse forms that are filled in with records that the rules hide: what they
        compute from them would come out. All lines of all forms are asked at once."""
        for model_name, ids in self._get_form_links(forms).items():
            if model_name in LINKS:
                is_hidden = self._has_elsewhere(model_name, ids)
            else:
                is_hidden = self._has_hidden(model_name, ids)
            if is_hidden:
                raise AccessError(
                    self.env._(
                        "Something that you chose here belongs to another "
                        "organisation. Choose something of your own."
                    )
                )

    def _get_form_links(self, forms):
        """Comodel → the ids to which these forms point, with the lines on them."""
        forms = [*forms, self._get_context_defaults()]
        links = self._get_links(forms)
        # The defaults of the form itself have been looked at.
        env = self.env(context=clean_context(self.env.context))
        for name, comodel in self._get_link_fields().items():
            filled = [form[name] for form in forms if name in form]
            lines = [line for value in filled for line in _filled_lines(value)]
            if lines:
                for model_name, ids in env[comodel]._get_form_links(lines).items():
                    links[model_name] = links.get(model_name, set()) | ids
        return links

    def _has_hidden(self, model_name, ids):
        """Whether a rule hides one of these from the user, in all of his companies."""
        companies = list(self.env.user._get_company_ids())
        rules = self.env["ir.rule"].with_context(allowed_company_ids=companies)
        # Superuser: a list that the role does not have is no secret, a row that a rule
        # hides is.
        records = self.env[model_name].sudo().with_context(active_test=False)
        known = Domain("id", "in", list(ids)) & rules._compute_domain(model_name)
        return bool((records.browse(ids) - records.search(known)).exists())

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


def _filled_lines(value):
    """The values of the records that come along: lines, or the form around a line."""
    for item in value if isinstance(value, list | tuple) else [value]:
        if isinstance(item, dict):
            yield item
        elif isinstance(item, list | tuple) and item[0] in FILLING:
            yield item[2]


def _linked_ids(value):
    """The ids to which the value of a relational field points, however it is sent."""
    for item in value if isinstance(value, list | tuple) else [value]:
        if isinstance(item, dict):
            item = item.get("id")
        if isinstance(item, int):
            yield item
        elif isinstance(item, list | tuple) and item[0] in LINKING:
            yield from item[2] if item[0] == Command.SET else [item[1]]


# What links to these gets texts of theirs.
COPIED = (
    *("project.project", "project.task"),
    *("leerbedrijf.mandate", "leerbedrijf.pledge"),
    *("leerbedrijf.forecast", "leerbedrijf.function"),
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
