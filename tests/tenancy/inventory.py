"""What is there to probe: rows with their readers, fields, methods, routes, reports.

Run in `odoo shell` after the planting. The result is plain data, so that the prober
knows nothing but this plan and the running server.
"""

import inspect
import re
from pathlib import Path

from policy import (
    NOT_PLANTED,
    ROLES,
    STOCK_KINDS,
    STOCK_READERS,
    STOCK_WRITERS,
    VIEWS,
    WIDER,
)

from odoo import models

MATRIX = Path(__file__).parents[2] / "docs" / "security-matrix.md"
OURS = "leerbedrijf_"
#: where a row about another record says which
DOCUMENTS = {
    "ir.attachment": ("res_model", "res_id"),
    "mail.activity": ("res_model", "res_id"),
    "mail.followers": ("res_model", "res_id"),
    "mail.message": ("model", "res_id"),
    "mail.scheduled.message": ("model", "res_id"),
}
#: the steps of a cohort in which the region works on it together
PREPARING = ("job", "options", "route")
MODES = ("perm_read", "perm_write", "perm_create", "perm_unlink")
OF_MESSAGE = {"mail.notification", "mail.tracking.value"}


def read_matrix():
    """Model → role → the letters that docs/security-matrix.md promises."""
    lines = [line for line in MATRIX.read_text().splitlines() if line.startswith("|")]
    roles = [cell.strip() for cell in lines[0].split("|")[2:-1]]
    matrix = {}
    for line in lines[2:]:
        cells = [cell.strip() for cell in line.split("|")[1:-1]]
        if len(cells) != len(roles) + 1:
            break
        matrix[cells[0].strip("`")] = dict(zip(roles, cells[1:], strict=True))
    return matrix


class Inventory:
    """Builds the plan of what was planted."""

    def __init__(self, planter):
        self.planter = planter
        self.env = planter.env(context={"active_test": False})
        self.matrix = read_matrix()
        self.owners = dict(planter.ledger.owners)
        self.sources = {}  # row of a view: the row that its texts come from
        for view, (model, times, plus) in VIEWS.items():
            for (name, id_), owners in planter.ledger.owners.items():
                if name == model:
                    self.owners[view, id_ * times + plus] = owners
                    self.sources[view, id_ * times + plus] = (name, id_)
        self.logins = {
            user.id: login for login, (_r, _t, user, _k) in planter.users.items()
        }

    def plan(self):
        rows = [row for row in map(self._row, self.owners) if row]
        models = {row["model"] for row in rows}
        return {
            "users": self._users(),
            "rows": rows,
            "words": self._words(rows),
            "models": {name: self._model(name, models) for name in sorted(models)},
            "matrix": self.matrix,
            "methods": self._methods(),
            "wizards": self._wizards(),
            "reports": self._reports(models),
            "ir_models": {name: self.env["ir.model"]._get_id(name) for name in models},
            "routes": self._routes(),
            "unplanted": self._unplanted(models),
            "guards": self._guards(),
        }

    # Users

    def _users(self):
        return {
            login: {
                "role": role,
                "tenant": tenant,
                "id": user.id,
                "partner_id": user.partner_id.id,
                "company_id": user.company_id.id,
                "key": key,
            }
            for login, (role, tenant, user, key) in self.planter.users.items()
        }

    # Rows and who reads them

    def _row(self, key):
        model, id_ = key
        if not self._kind(model):
            return None
        record = self.env[model].browse(id_).exists()
        if not record:
            return None
        texts = self.planter.fields.get(self.sources.get(key, key), {})
        return {
            "model": model,
            "id": id_,
            "owners": list(self.owners[key]),
            "root": self._root(model, id_),
            "fields": {
                name: word for name, word in texts.items() if name in record._fields
            },
            "readers": sorted(self._readers(model, id_)),
            "writers": sorted(self._writers(record, "W")),
            "deleters": sorted(self._writers(record, "D")),
        }

    def _kind(self, model):
        ours = getattr(self.env[model], "_tenancy_kind", None)
        return STOCK_KINDS.get(model) or (ours if ours != "catalogue" else None)

    def _readers(self, model, id_):
        owners = self.owners.get((model, id_))
        kind = self._kind(model) if model in self.env else None
        if not owners or not kind:
            return set()
        if kind == "document":
            return self._readers_of_document(self.env[model].browse(id_), owners)
        if kind == "self":
            return self._makers(self.env[model].browse(id_))
        regional = kind in ("regional", "region") or (
            kind == "scoped" and self.env[model].browse(id_).region_id
        )
        letters = {tenant[0] for tenant in owners}
        return {
            login
            for login, (role, tenant, _user, _key) in self.planter.users.items()
            if tenant
            and (tenant[0] in letters if regional else tenant in owners)
            and self._role_reads(self.env[model].browse(id_), role)
        }

    def _makers(self, record):
        """Who wrote the row or is named in it: the author, the one who is told."""
        logins = set()
        for name in ("create_uid", "res_partner_id", "author_id", "user_id"):
            known = record[name] if name in record._fields else self.env["res.users"]
            users = known if known._name == "res.users" else known.user_ids
            logins |= {self.logins.get(user.id) for user in users} - {None}
        return logins

    def _role_reads(self, record, role):
        model = record._name
        if model in STOCK_READERS and self._is_of_participant(record):
            return role in STOCK_READERS[model]
        letters = self.matrix.get(model)
        return letters is None or model in STOCK_KINDS or "R" in letters.get(role, "")

    def _is_of_participant(self, record):
        person = record.employee_id if record._name == "resource.resource" else record
        return getattr(person[:1], "is_participant", True) if person else False

    def _readers_of_document(self, record, owners):
        """Who reads the document; and whoever wrote the row."""
        author = self._makers(record)
        message = record.mail_message_id if record._name in OF_MESSAGE else record
        if not message:
            return author
        model_field, id_field = DOCUMENTS[message._name]
        model, id_ = message[model_field], message[id_field]
        if model and id_ and (model, id_) in self.owners:
            return author | self._readers(model, id_)
        return author | {
            login for login, user in self.planter.users.items() if user[1] in owners
        }

    def _writers(self, record, letter):
        """Who may change (W) or delete (D) it: by tenant, and by role."""
        model = record._name
        owners = self.owners[model, record.id]
        if self._kind(model) == "document":
            return self._writers_of_document(record)
        wider = self._wider(record, letter)
        sides = owners[-1:] if wider == "leerbedrijf" else owners[:1]
        return {
            login
            for login in self._readers(model, record.id)
            if self._role_writes(record, self.planter.users[login][0], letter)
            and (
                wider in ("region", "sides")
                or self.planter.users[login][1] in sides
                or (wider == "admin" and login.startswith("functional_admin"))
            )
        }

    def _writers_of_document(self, record):
        """Who writes the document writes what hangs on it, and so does its maker."""
        readers = self._readers(record._name, record.id)
        makers = {login for login in readers if login in self._makers(record)}
        message = record.mail_message_id if record._name in OF_MESSAGE else record
        model, id_ = (message[name] for name in DOCUMENTS[message._name])
        if model and (model, id_) in self.owners:
            return makers | self._writers(self.env[model].browse(id_), "W")
        return readers

    def _wider(self, record, letter):
        model = record._name
        if model == "leerbedrijf.agreement" and record.state != "draft":
            return None
        if model == "leerbedrijf.cohort" and record.step_code not in PREPARING:
            return None
        if model == "res.partner" and not record.region_id:
            return None
        return WIDER.get(model, {}).get(letter)

    def _role_writes(self, record, role, letter):
        model = record._name
        if model in STOCK_WRITERS and getattr(record, "is_klus", True):
            return role in STOCK_WRITERS[model]
        if model in self.matrix and model.startswith("leerbedrijf."):
            return letter in self.matrix[model].get(role, "")
        return True

    def _words(self, rows):
        readers = {(row["model"], row["id"]): row["readers"] for row in rows}
        words = {
            word: {
                "model": "bus.bus",
                "id": 0,
                "field": "message",
                "root": "bus.bus",
                "readers": sorted(logins),
            }
            for word, logins in self.planter.sent.items()
        }
        for word, (model, id_, field) in self.planter.words.items():
            if (model, id_) in readers:
                known = set(readers[model, id_]) | self._readers_of_copy(model, id_)
                words[word] = {
                    "model": model,
                    "id": id_,
                    "field": field,
                    "root": self._root(model, id_),
                    "readers": sorted(known),
                }
        return words

    def _readers_of_copy(self, model, id_):
        """The whitelist of a person goes along with the enrolment."""
        if model != "leerbedrijf.participant":
            return set()
        enrolments = self.env[model].browse(id_).enrolment_ids
        return {
            login
            for enrolment in enrolments
            for login in self._readers(enrolment._name, enrolment.id)
        }

    def _root(self, model, id_):
        """What the row is about: its document's model; whose contact it is."""
        record = self.env[model].browse(id_)
        if model in OF_MESSAGE:
            record = record.mail_message_id
        if record._name in DOCUMENTS:
            about, about_id = (record[name] for name in DOCUMENTS[record._name])
            return self._root(about, about_id) if about and about_id else model
        if model == "res.partner" and record.sudo().user_ids:
            return "res.users"
        if model == "res.partner" and record.sudo().ref_company_ids:
            return "res.company"
        return model

    # Models

    def _model(self, name, planted):
        model = self.env[name]
        return {
            "table": model._table,
            "view": name in VIEWS,
            "ours": name.startswith("leerbedrijf."),
            "thread": "message_ids" in model._fields,
            "columns": sorted(
                field.name
                for field in model._fields.values()
                if field.store and field.column_type
            ),
            "text": [field.name for field in self._text(model)],
            "images": [name for name in model._fields if name.startswith("image_")],
            "relations": {
                field.name: [field.type, field.comodel_name]
                for field in model._fields.values()
                if field.type in ("many2one", "one2many", "many2many")
                and field.comodel_name in planted
            },
            "write_once": [
                [column, model._fields[column].comodel_name]
                for column in getattr(model, "_write_once_columns", ())
            ],
        }

    def _text(self, model):
        return [
            field
            for field in model._fields.values()
            if field.type in ("char", "text", "html")
        ]

    def _unplanted(self, planted):
        """Models that can hold people's or employers' data and were forgotten."""
        return sorted(
            name
            for name, model in self.env.registry.items()
            if not model._abstract
            and not model._transient
            and name not in planted
            and name not in NOT_PLANTED
            and (self._is_ours_and_owned(model) or self._can_hold_data(name))
        )

    def _is_ours_and_owned(self, model):
        return model._name.startswith("leerbedrijf.") and (
            getattr(model, "_tenancy_kind", None) != "catalogue"
        )

    def _can_hold_data(self, name):
        """Text about a tenant or person, or that a tenant may write, and that one of
        our roles reads."""
        model = self.env[name]
        if name.startswith("leerbedrijf."):
            return False
        about = any(
            field.type == "many2one" and field.store and self._is_about(field)
            for field in model._fields.values()
        )
        texts = [f for f in self._text(model) if f.store and not f.related]
        about |= "res_id" in model._fields or self._is_open(name, "write", "create")
        return about and texts and self._is_open(name, "read")

    def _is_about(self, field):
        return field.name not in ("create_uid", "write_uid") and (
            field.comodel_name.startswith("leerbedrijf.")
            or field.comodel_name
            in ("res.partner", "res.users", "res.company", "hr.employee", "hr.version")
        )

    def _is_open(self, name, *operations):
        """Whether an access line lets a role of ours do one of these."""
        lines = self.env["ir.model.access"].search([("model_id.model", "=", name)])
        lines = lines.filtered(lambda x: any(x[f"perm_{each}"] for each in operations))
        ours = self.env["res.groups"]
        for role in ROLES:
            ours |= self.env.ref(f"leerbedrijf_core.group_{role}")
        ours |= ours.all_implied_ids
        return any(not line.group_id or line.group_id in ours for line in lines)

    # Ways in that are ours

    def _methods(self):
        """Every public method that an addon of ours defines, with its parameters."""
        found = set()
        for name, model in self.env.registry.items():
            if model._abstract:
                continue
            for cls in model.__mro__:
                if cls.__module__.startswith(f"odoo.addons.{OURS}"):
                    found |= {(name, method) for method in vars(cls)}
        return [
            [model, name, self._parameters(self.env[model], name)]
            for model, name in sorted(found)
            if self._is_public(self.env.registry[model], name)
        ]

    def _is_public(self, model, name):
        method = getattr(model, name, None)
        return (
            not name.startswith("_")
            and inspect.isfunction(method)
            and not any(
                getattr(vars(cls).get(name), "_api_private", False)
                for cls in model.__mro__
            )
        )

    def _parameters(self, model, name):
        parameters = inspect.signature(getattr(type(model), name)).parameters
        return [name for name in parameters if name != "self"]

    def _wizards(self):
        """Our dialogues: the fields that a client fills in, the buttons."""
        return {
            name: {
                "fields": {
                    field.name: [
                        field.type,
                        field.comodel_name,
                        self._choices(field),
                    ]
                    for field in model._fields.values()
                    if not field.related and field.name not in models.MAGIC_COLUMNS
                },
                "methods": [
                    method
                    for wizard, method, _parameters in self._methods()
                    if wizard == name and method.startswith("action_")
                ],
            }
            for name, model in self.env.registry.items()
            if name.startswith("leerbedrijf.") and model._transient
        }

    def _choices(self, field):
        """The values of a selection; some record for a link."""
        if field.type == "selection":
            return field.get_values(self.env)
        if field.type == "many2one":
            return self.env[field.comodel_name].search([], limit=1).id
        return None

    def _reports(self, planted):
        reports = self.env["ir.actions.report"].search([])
        return [
            [report.report_name, report.report_type, report.model]
            for report in reports
            if report.model in planted
            or report.get_external_id()[report.id].startswith(OURS)
        ]

    def _routes(self):
        rules = self.env["ir.http"].routing_map().iter_rules()
        return sorted(
            rule.rule
            for rule in rules
            if re.search(rf"addons\.{OURS}", rule.endpoint.func.__module__)
        )

    # Guards to take away

    def _guards(self):
        """Rules, access lines and groups of ours: what a mutation removes."""
        data = self.env["ir.model.data"].search([("module", "like", OURS)])
        found = {"ir.rule": [], "ir.model.access": [], "res.groups": []}
        for line in data:
            if line.model in found:
                record = self.env[line.model].browse(line.res_id).exists()
                if record:
                    model = record.model_id.model if "model_id" in record else ""
                    modes = "".join(
                        letter
                        for letter, name in zip("RWCD", MODES, strict=True)
                        if name in record and record[name]
                    )
                    found[line.model].append([record.id, line.name, model, modes])
        return found
