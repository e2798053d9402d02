"""The ways to push: each tries to change a foreign row or to give one away.

`prober` looks at the rows of the tenants in the database before and after.
"""

from doors import INTO
from probes import NAME, Found

VALUE = "pushed"
#: what every model has: each has a way of its own here or among the probes
STANDARD = {
    *("copy", "copy_data", "create", "default_get", "fields_get", "onchange"),
    *("read", "unlink", "web_read", "web_save", "write", "export_data"),
    *("message_post", "message_subscribe", "search_fetch", "search_read"),
    *("fetch", "init", "cache_invalidation_fields", "get_views", "get_view"),
    "load",  # Odoo's import: creates and writes, as those are probed
}
#: arguments of our public methods that take any
ARGUMENTS = {}


def write_text(client, target):
    found = target.word()
    name = found[0] if found else "active"
    return [client.call(target.model, "write", [target.id], {name: VALUE})]


def web_save(client, target):
    found = target.word()
    values = {found[0]: VALUE} if found else {}
    return [client.call(target.model, "web_save", [target.id], values, NAME)]


def steal(client, target):
    """Make it the own tenant's."""
    values = {
        name: _company(client, target)
        for name in ("company_id", "leerbedrijf_id", "access_leerbedrijf_id")
        if name in target.info["columns"]
    }
    return [client.call(target.model, "write", [target.id], values)] if values else []


def _company(client, target):
    return target.plan["users"].get(client.login, {}).get("company_id", 1)


def archive(client, target):
    if "active" not in target.info["columns"]:
        return []
    return [
        client.call(target.model, "write", [target.id], {"active": False}),
        client.call(target.model, "action_archive", [target.id]),
    ]


def load(client, target):
    """The import of a file that names the row by its id."""
    found = target.word()
    if not found:
        return []
    rows = [[str(target.id), VALUE]]
    return [client.call(target.model, "load", [".id", found[0]], rows)]


def into_list(client, target):
    """Commands in a list of a record of one's own."""
    lists = [
        (model, name)
        for model, info in target.plan["models"].items()
        for name, (kind, comodel) in info["relations"].items()
        if kind == "one2many" and comodel == target.model
    ]
    own = [
        (row, name)
        for row in target.plan["rows"]
        for model, name in lists
        if row["model"] == model and client.login in row["writers"]
    ]
    found = target.word()
    if not own or not found:
        return []
    row, name = target.random.choice(own)
    commands = (
        [1, target.id, {found[0]: VALUE}],
        [4, target.id, 0],
        [2, target.id, 0],
        [6, 0, [target.id]],
    )
    command = target.random.choice(commands)
    return [client.call(row["model"], "write", [row["id"]], {name: [command]})]


def method(client, target):
    """A public method of ours with the id."""
    names = [
        name
        for model, name, _parameters in target.plan["methods"]
        if model == target.model and name not in STANDARD
    ]
    if not names:
        return []
    name = target.random.choice(names)
    arguments = ARGUMENTS.get((target.model, name), ())
    if client.key and target.random.random() < 0.3 and not arguments:
        return [client.json2(target.model, name, ids=[target.id])]
    return [client.call(target.model, name, [target.id], *arguments)]


def wizard(client, target):
    """A dialogue of ours about the record, filled in and confirmed."""
    wizards = [
        (model, info)
        for model, info in target.plan["wizards"].items()
        if any(comodel == target.model for _t, comodel, _c in info["fields"].values())
    ]
    if not wizards:
        return []
    model, info = target.random.choice(wizards)
    values = {name: _fill_in(target, *field) for name, field in info["fields"].items()}
    values = {name: value for name, value in values.items() if value is not None}
    made = client.call(model, "create", values)
    if made.is_error:
        return [made]
    ids = made.result if isinstance(made.result, list) else [made.result]
    answers = [made, client.call(model, "read", ids)]
    return answers + [client.call(model, name, ids) for name in info["methods"]]


def _fill_in(target, kind, comodel, choices):
    if comodel == target.model:
        return target.id if kind == "many2one" else [[6, 0, [target.id]]]
    if kind == "many2one":
        rows = [row for row in target.plan["rows"] if row["model"] == comodel]
        owners = target.row["owners"]
        near = [row for row in rows if row["owners"] == owners] or rows
        return near[0]["id"] if near else choices or None
    if kind == "selection":
        return target.random.choice(choices)
    simple = {"char": VALUE, "text": VALUE, "date": "2026-10-06", "float": 1}
    return simple.get(kind)


def create_like(client, target):
    """A second one with the same owner, parents and links."""
    values = target.values()
    return [client.call(target.model, "create", values)]


def create_near(client, target):
    """One of one's own with all that the other points to; it may tell names."""
    values = target.values()
    company = _company(client, target)
    for name in ("company_id", "leerbedrijf_id"):
        if name in values:
            values[name] = company
    made = client.call(target.model, "create", values)
    if made.is_error:
        return [made]
    id_ = made.result[0] if isinstance(made.result, list) else made.result
    return [made, client.call(target.model, "web_read", [id_], target.spec(client))]


def post(client, target):
    document = {"res_model": target.model, "res_id": target.id}
    answers = [client.call("ir.attachment", "create", {"name": VALUE, **document})]
    if target.info["thread"]:
        message = {
            "thread_model": target.model,
            "thread_id": target.id,
            "post_data": {"body": VALUE, "message_type": "comment"},
        }
        answers += [
            client.json("/mail/message/post", message),
            client.call(target.model, "message_post", [target.id], body=VALUE),
        ]
    return answers


def follow(client, target):
    thread = {"res_model": target.model, "res_id": target.id}
    partner = target.plan["users"].get(client.login, {}).get("partner_id", 1)
    return [
        client.json("/mail/thread/subscribe", {**thread, "partner_ids": [partner]}),
        client.call("mail.followers", "create", {**thread, "partner_id": partner}),
    ]


def unlink(client, target):
    return [client.call(target.model, "unlink", [target.id])]


#: against whom: who does not read it, who may not write it, who may not delete it
PUSHING = {
    "readers": (post, follow, wizard, method, create_near, *INTO),
    "writers": (write_text, web_save, steal, archive, load, into_list, create_like),
    "deleters": (unlink,),
}
WAYS = {way.__name__: way for ways in PUSHING.values() for way in ways}


# Giving away --------------------------------------------------------------------------


def give_away(client, target, companies, regions):
    """Write another tenant as the owner of one's own record."""
    answers = []
    for name, ids in (("company_id", companies), ("region_id", regions)):
        if name in target.info["columns"] and ids:
            before = target.database.values(target.model, target.id).get(name)
            value = {name: target.random.choice(ids)}
            answers.append(client.call(target.model, "write", [target.id], value))
            after = target.database.values(target.model, target.id).get(name)
            if before != after and after in ids:
                raise Found(f"{name} became {after}")
    return answers


def point_to_other(client, target):
    """Link one's own record to one that the user may not read, and look at it."""
    links = [
        (name, row)
        for name, (kind, comodel) in target.info["relations"].items()
        if kind == "many2one" and name in target.info["columns"]
        for row in target.plan["rows"]
        if row["model"] == comodel and client.login not in row["readers"]
    ]
    if not links:
        return []
    name, row = target.random.choice(links)
    before = target.database.values(target.model, target.id).get(name)
    answers = [client.call(target.model, "write", [target.id], {name: row["id"]})]
    if not answers[0].is_error:
        answers.append(
            client.call(target.model, "web_read", [target.id], target.spec(client))
        )
        client.call(target.model, "write", [target.id], {name: before or False})
    return answers
