"""The ways in: each asks the server for a record that the user may not read.

A way is a function of a client and a target. It returns the answers of the server;
`prober` looks for foreign canaries in them. A way that has an answer which is wrong
without any canary (a count, an id) raises `Found`.
"""

import base64
import datetime
import decimal
import json
from dataclasses import dataclass, field

OLD_TOO = {"active_test": False}
NAME = {"display_name": {}}
#: what is as visible as the record that it hangs on
HANGING = {
    *("ir.attachment", "mail.activity", "mail.followers", "mail.message"),
    "mail.scheduled.message",
}


class Found(Exception):
    """The server told something, even if it is no word."""


@dataclass
class Target:
    """A record to ask for, with what the plan knows of its model."""

    plan: dict
    row: dict
    random: object
    database: object
    model: str = field(init=False)
    id: int = field(init=False)

    def __post_init__(self):
        self.model, self.id = self.row["model"], self.row["id"]

    @property
    def info(self):
        return self.plan["models"][self.model]

    def word(self):
        """One of its text fields with the word in it."""
        fields = sorted(set(self.row["fields"].items()) - self.pictures())
        return self.random.choice(fields) if fields else None

    def pictures(self):
        """Those of its fields that hold the word in a picture."""
        words = self.row["fields"]
        return {(name, words[name]) for name in self.info["images"] if name in words}

    def spec(self, client):
        return spec(client, self.plan, self.model)

    def values(self):
        """Its columns as a client would send them, with other words in its texts."""
        values = self.database.values(self.model, self.id)
        texts = {name: "pushed" for name in self.row["fields"] if values.get(name)}
        filled = {
            name: as_json(value)
            for name, value in values.items()
            if value is not None and not isinstance(value, memoryview)
        }
        return {**filled, **texts}

    def only(self):
        return [("id", "in", [self.id])]

    def document(self):
        """The record that it hangs on, as (model, id); itself if it hangs on none."""
        names = ("model", "res_model"), ("res_id",)
        values = self.database.values(self.model, self.id) if self.hangs() else {}
        model = next((values[n] for n in names[0] if values.get(n)), None)
        return (model, values["res_id"]) if model and values.get("res_id") else self.key

    def hangs(self):
        """Whether who reads the document reads this: a rating is its maker's alone."""
        return self.model in HANGING

    @property
    def key(self):
        return self.model, self.id

    def company(self):
        """The organisation of its first owner."""
        for user in self.plan["users"].values():
            if user["tenant"] == self.row["owners"][0]:
                return user["company_id"]
        return None


def as_json(value):
    """A column of the database as a client sends it."""
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, dict):  # translations, or a value a company
        return next(iter(value.values()), None)
    return float(value) if isinstance(value, decimal.Decimal) else value


def spec(client, plan, model):
    """All texts of a model and all names of what it points to, for this user."""
    info = plan["models"][model]
    texts = {name: {} for name in client.readable(model, info["text"])}
    relations = client.readable(model, info["relations"])
    return {**NAME, **texts, **{name: {"fields": NAME} for name in relations}}


def must_be_empty(answer, what):
    if not answer.is_error and answer.result:
        raise Found(f"{what}: {str(answer.result)[:200]}")
    return [answer]


# Reading


def search(client, target):
    answer = client.call(target.model, "search", target.only(), context=OLD_TOO)
    return must_be_empty(answer, "found by id")


def search_count(client, target):
    answer = client.call(target.model, "search_count", target.only(), context=OLD_TOO)
    return must_be_empty(answer, "counted")


def search_read(client, target):
    answer = client.call(target.model, "search_read", target.only(), context=OLD_TOO)
    return must_be_empty(answer, "read")


def search_by_text(client, target):
    found = target.word()
    if not found:
        return []
    name, word = found
    domain = [(name, "ilike", word)]
    answer = client.call(target.model, "search_count", domain, context=OLD_TOO)
    return must_be_empty(answer, f"counted by its {name}")


def read(client, target):
    names = client.readable(target.model, target.info["text"])
    return [
        client.call(target.model, "read", [target.id], names),
        client.call(target.model, "read", [target.id], ["display_name"]),
    ]


def web_read(client, target):
    return [
        client.call(target.model, "web_read", [target.id], target.spec(client)),
        client.call(target.model, "web_read", [target.id], NAME),
    ]


def web_search_read(client, target):
    answer = client.call(
        target.model, "web_search_read", target.only(), NAME, context=OLD_TOO
    )
    if answer.result and answer.result["length"]:
        raise Found(f"listed: {answer.result}")
    return [answer]


def name_search(client, target):
    found = target.word()
    return [
        client.call(target.model, "name_search", found[1] if found else ""),
        client.call(target.model, "name_search", "", target.only()),
        client.call(target.model, "web_name_search", "", NAME, domain=target.only()),
    ]


def group(client, target):
    names = [name for name in target.info["relations"] if name in _columns(target)]
    by = target.random.choice([*names, "id"])
    answer = client.call(
        target.model,
        "formatted_read_group",
        target.only(),
        [by],
        ["__count"],
        context=OLD_TOO,
    )
    if any(line.get("__count") for line in answer.result or ()):
        raise Found(f"grouped: {answer.result}")
    board = client.call(
        target.model, "web_read_group", target.only(), [by], context=OLD_TOO
    )
    return [answer, board]


def _columns(target):
    return set(target.info["columns"])


def export(client, target):
    names = ["id", "display_name", *target.row["fields"]]
    return [client.call(target.model, "export_data", [target.id], names)]


def copy(client, target):
    answer = client.call(target.model, "copy", [target.id])
    if not answer.is_error:
        raise Found(f"copied: {answer.text[:200]}")
    return [answer]


def metadata(client, target):
    return [
        client.call(target.model, "get_metadata", [target.id]),
        client.call(target.model, "get_formview_action", [target.id]),
        client.call(target.model, "exists", [target.id]),
    ]


def onchange(client, target):
    """Its own form, as if it were open on the screen."""
    values = {}
    found = target.word()
    if found:
        values = {found[0]: "x"}
    return [
        client.call(
            target.model,
            "onchange",
            [target.id],
            values,
            list(values),
            target.spec(client),
        )
    ]


def _pointers(target):
    return [
        (model, name)
        for model, info in target.plan["models"].items()
        for name, (kind, comodel) in info["relations"].items()
        if kind == "many2one" and comodel == target.model and not info["view"]
    ]


def points_to(client, target):
    """A form of another model in which the client fills it in."""
    pointers = _pointers(target)
    if not pointers:
        return []
    model, name = target.random.choice(pointers)
    values = {name: target.id}
    form = spec(client, target.plan, model)
    return [
        client.call(model, "onchange", [], values, [name], form),
        client.call(model, "onchange", [], values, [name], {name: {"fields": NAME}}),
        client.call(
            model,
            "onchange",
            [],
            {},
            [],
            {name: {"fields": NAME}},
            context={f"default_{name}": target.id},
        ),
        client.call(
            model, "default_get", [name], context={f"default_{name}": target.id}
        ),
    ]


def through_relation(client, target):
    """A search on a readable model with a path to the record's text."""
    found = target.word()
    paths = [
        (model, name)
        for model, info in target.plan["models"].items()
        for name, (_kind, comodel) in info["relations"].items()
        if comodel == target.model
    ]
    if not found or not paths:
        return []
    model, name = target.random.choice(paths)
    path = f"{name}.{found[0]}"
    answer = client.call(model, "search_read", [(path, "like", found[1])], ["id"])
    if answer.is_error or not answer.result:
        return [answer]
    raise Found(f"{model} found by {path}: {answer.result}")


def conversation(client, target):
    if not target.info["thread"]:
        return []
    thread = {"thread_model": target.model, "thread_id": target.id}
    data = {
        **thread,
        "access_params": {},
        "request_list": ["followers", "attachments", "activities", "contact_fields"],
    }
    document = [("model", "=", target.model), ("res_id", "=", target.id)]
    return [
        client.json("/mail/thread/messages", thread),
        client.json("/mail/data", {"fetch_params": [["mail.thread", data]]}),
        client.json("/mail/thread/recipients", {**thread, "message_id": 1}),
        client.call("mail.message", "search_read", document, ["body", "subject"]),
    ]


def attached(client, target):
    """What hangs on it: files, followers, activities, by the document's id."""
    document = [("res_model", "=", target.model), ("res_id", "=", target.id)]
    answers = [
        client.call(model, "search_read", document)
        for model in ("ir.attachment", "mail.followers", "mail.activity")
    ]
    for answer in answers:
        must_be_empty(answer, "hangs on it")
    return answers


def content(client, target):
    """The addresses of files and pictures."""
    answers = [
        client.get(f"/web/image/{target.model}/{target.id}/avatar_128"),
        client.get("/web/content", model=target.model, id=target.id, field="name"),
    ]
    if target.model == "ir.attachment":
        answer = client.get(f"/web/content/{target.id}")
        if answer.result and not answer.is_error:
            raise Found("downloaded")
        answers.append(client.get(f"/web/image/{target.id}"))
    return answers


REPORT_KINDS = {"qweb-pdf", "qweb-html", "xlsx"}


def report(client, target):
    names = [
        (name, kind)
        for name, kind, model in target.plan["reports"]
        if model == target.model
    ]
    if not names:
        return []
    name, kind = target.random.choice(names)
    converter = "xlsx" if kind == "xlsx" else "html"
    return [client.get(f"/report/{converter}/{name}/{target.id}")]


def portal(client, target):
    pages = {
        "account.move": "/my/invoices/{}",
        "project.project": "/my/projects/{}",
        "project.task": "/my/tasks/{}",
        "account.analytic.line": "/my/timesheets",
        "res.partner": "/my/account",
        "calendar.event": "/calendar/meeting/view?token=x&id={}",
        "mail.message": "/mail/message/{}",
    }
    view = client.get("/mail/view", model=target.model, res_id=target.id)
    page = pages.get(target.model)
    return [view, client.get(page.format(target.id))] if page else [view]


SIGNING = {"leerbedrijf.agreement", "leerbedrijf.signatory"}


def sign_link(client, target):
    """The page on which a party signs, with a link that nobody sent."""
    if target.model not in SIGNING:
        return []
    message = json.dumps([target.id, target.random.choice(["", None, "secret"])])
    far = (2**40).to_bytes(8, "little")
    token = b"\x01" + far + target.random.randbytes(32) + message.encode()
    page = f"/ondertekenen/{base64.urlsafe_b64encode(token).decode().rstrip('=')}"
    answers = [client.get(page), client.get(f"{page}/pdf")]
    if not all(answer.is_error for answer in answers):
        raise Found("opened the page to sign")
    form = {"name": "Signer", "signature": "", "reason": "No", "email": "x@example.com"}
    return [
        *answers,
        client.json(f"{page}/akkoord", form),
        client.post(f"{page}/weigeren", **form),
        client.post(f"{page}/overdragen", **form),
    ]


REGISTERING = {"leerbedrijf.campaign", "leerbedrijf.registration"}


def registration_page(client, target):
    """The page of a campaign, by an address that nobody gave."""
    if target.model not in REGISTERING:
        return []
    page = f"/meedoen/{target.random.choice([target.id, 'x', '%25', '__________'])}"
    answers = [client.get(page), client.get(f"{page}/bedankt")]
    if not all(answer.is_error for answer in answers):
        raise Found("opened the page of a campaign")
    return [*answers, client.post(page, name="Visitor", consent="yes")]


def api(client, target):
    """The API for programs."""
    if not client.key:
        return []
    domain = target.only()
    answer = client.json2(target.model, "search_read", domain=domain)
    must_be_empty(answer, "read by the API")
    names = ["display_name"]
    return [answer, client.json2(target.model, "read", ids=[target.id], fields=names)]


WAYS_TO_READ = (
    *(search, search_count, search_read, search_by_text, read, web_read),
    *(web_search_read, name_search, group, export, copy, metadata, onchange),
    *(points_to, through_relation, conversation, attached, content, report),
    *(portal, sign_link, registration_page, api),
)


def sweep(client, plan, model):
    """Everything of a model that the user can list, with every field."""
    form = spec(client, plan, model)
    return [client.call(model, "web_search_read", [], form, limit=400, context=OLD_TOO)]
