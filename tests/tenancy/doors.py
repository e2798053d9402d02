"""Ways in by the addresses of Odoo that no list or form asks: conversations, files,
pictures, the portal, the calendar, the bus, and companies that are not the user's.

Each takes a client and a target, as those in `probes` (reading) and `pushes`.
"""

from probes import NAME, OLD_TOO, WAYS_TO_READ, Found, must_be_empty

VALUE = "pushed"
ANY = "0" * 32  # a token that was guessed


# Reading ------------------------------------------------------------------------------


def pictures(client, target):
    """Avatars and images of people and organisations, by every form of the address."""
    if not target.pictures():
        return []
    name = target.random.choice(target.info["images"])
    path = f"/{target.model}/{target.id}/{name}"
    return [
        client.get(f"/web/image{path}"),
        client.get(f"/web/image{path}/64x64"),
        client.get(f"/web/content{path}"),
        client.get("/web/image", model=target.model, id=target.id, field="avatar_128"),
        client.get(f"/web/image{path}", access_token=ANY),
    ]


def thread(client, target):
    """What the screen of a conversation asks, of a record or of what hangs on it."""
    model, id_ = target.document()
    if not target.plan["models"].get(model, {}).get("thread"):
        return []
    here = {"thread_model": model, "thread_id": id_}
    emails = [f"new{target.random.random()}@example.com"]
    asked = [
        ("/mail/chatter_fetch", here),
        ("/mail/chatter_fetch", {**here, "token": ANY}),
        ("/portal/chatter_init", here),
        ("/mail/thread/recipients/get_suggested_recipients", here),
        ("/mail/partner/from_email", {**here, "emails": emails}),
        ("/mail/thread/recipients", here),
        ("/mail/thread/unsubscribe", {"res_model": model, "res_id": id_}),
    ]
    path, params = target.random.choice(asked)
    if path.endswith("unsubscribe"):
        params = {**params, "partner_ids": [client.partner_id(target.plan)]}
    return [client.json(path, params)]


def message(client, target):
    if target.model != "mail.message":
        return []
    about = {"message_id": target.id}
    path = target.random.choice(("/mail/link_preview", "/mail/message/translate"))
    fetch = {"fetch_params": {"limit": 100}}
    reply = {**_own_thread(client, target), **about}
    return [
        client.json(path, about),
        client.json(f"/mail/{target.random.choice(BOXES)}/messages", fetch),
        client.get(f"/mail/avatar/mail.message/{target.id}/author_avatar/50x50"),
        client.get(f"/mail/message/{target.id}"),
        client.json("/mail/thread/recipients", reply),
    ]


BOXES = ("inbox", "history", "starred")


def _own_thread(client, target):
    return {"thread_model": "res.partner", "thread_id": client.partner_id(target.plan)}


def channel(client, target):
    """A conversation of others, by its id."""
    if target.model not in ("discuss.channel", "discuss.channel.member"):
        return []
    id_ = target.id
    if target.model == "discuss.channel.member":
        id_ = target.database.values(target.model, target.id)["channel_id"]
    about = {"channel_id": id_}
    answers = [
        client.json("/discuss/channel/messages", about),
        client.json("/discuss/channel/members", {**about, "known_member_ids": []}),
        client.json("/discuss/channel/pinned_messages", about),
        client.json("/discuss/channel/attachments", about),
        client.json("/discuss/channel/sub_channel/fetch", {"parent_channel_id": id_}),
        client.json("/discuss/channel/join", about),
        client.json("/mail/data", {"fetch_params": [["discuss.channel", [id_]]]}),
        client.get(f"/discuss/channel/{id_}"),
        client.get(f"/chat/{id_}/{ANY}"),
    ]
    found = target.word()
    if found:
        answers.append(client.json("/discuss/search", {"term": found[1]}))
    return answers


def files(client, target):
    if target.model != "ir.attachment":
        return []
    id_ = target.id
    return [
        client.get(f"/web/content/{id_}", access_token=ANY),
        client.get(f"/mail/attachment/pdf_first_page/{id_}", access_token=ANY),
        client.post("/mail/attachment/zip", file_ids=str(id_), zip_name="all.zip"),
        client.get(f"/account/download_invoice_attachments/{id_}"),
        client.json("/html_editor/get_image_info", {"src": f"/web/image/{id_}"}),
    ]


def internal_link(client, target):
    """A link to the record, of which the editor shows what it leads to."""
    base = f"http://{client.host}:{client.port}"
    url = f"{base}/odoo/{target.model}/{target.id}"
    preview = client.json("/html_editor/link_preview_internal", {"preview_url": url})
    return [preview]


def pages(client, target):
    """The portal and the calendar, with the id and a token that was guessed."""
    asked = PAGES.get(target.model)
    if not asked:
        return []
    return [
        client.get(page.format(id=target.id, token=ANY))
        for page in target.random.sample(asked, min(3, len(asked)))
    ]


PAGES = {
    "account.move": [
        "/my/invoices/{id}?access_token={token}",
        "/my/invoices/{id}?report_type=html",
        "/my/invoices?search_in=all&search={id}",
        "/my/invoices/overdue",
        "/account/download_invoice_documents/{id}/pdf",
        "/account/download_move_attachments/{id}",
        "/payment/pay?invoice_id={id}&amount=1&access_token={token}",
    ],
    "account.journal": ["/my/journal/{id}/unsubscribe"],
    "calendar.attendee": ["/calendar/meeting/join?token={token}"],
    "calendar.event": [
        "/calendar/meeting/view?token={token}&id={id}",
        "/calendar/meeting/accept?token={token}&id={id}",
        "/calendar/recurrence/decline?token={token}&id={id}",
        "/calendar/join_videocall/{token}",
    ],
    "hr.employee": ["/print/cv?employee_ids={id}&color_primary=red&show_skills=1"],
    "project.project": [
        "/my/projects/{id}",
        "/my/projects/{id}?access_token={token}",
        "/my/projects/{id}/project_sharing",
        "/my/projects",
    ],
    "project.task": [
        "/my/tasks/{id}?access_token={token}",
        "/my/tasks/{id}?report_type=html",
        "/my/tasks?search_in=name&search=q",
        "/my/timesheets",
    ],
    "res.partner": [
        "/my/address?partner_id={id}",
        "/my/addresses?partner_id={id}",
        "/web_enterprise/partner/{id}/vcard",
        "/web/partner/vcard?partner={id}",
        "/web/partner/vcard?partner_ids={id}",
        "/mail/unfollow?model=res.partner&res_id={id}&pid={id}&token={token}",
    ],
}


def chart(client, target):
    """The tree of who reports to whom, and the hours of a calendar."""
    if target.model != "hr.employee":
        return []
    about = {"employee_id": target.id}
    return [
        client.json("/hr/get_org_chart", about),
        client.json("/hr/get_subordinates", about),
        client.json("/hr/get_redirect_model", about),
    ]


def bus(client, target):
    """Listen on the channels of the record and of its people.

    What was sent there holds canaries: see `Planter._bus`. Whatever the client asks
    for, the server says which channels it gave.
    """
    id_ = target.id
    channels = [f"{target.model}_{id_}", f"{target.model},{id_}", "broadcast"]
    channels += [f"odoo-presence-{target.model}_{id_}-{ANY}{ANY}o0xffffffff"]
    channels += [f"editor_collaboration:{target.model}:name:{id_}"]
    if target.model == "res.partner":
        channels.append(f"odoo-presence-res.partner_{id_}")
    asked = {"channels": channels, "last": 1, "is_first_poll": True}
    answer = client.json("/websocket/peek_notifications", asked)
    for given in (answer.result or {}).get("channels", ()):
        if [target.model, id_] == given[1:3]:
            raise Found(f"listens to {given}")
    return [answer]


def forged_company(client, target):
    """As if the user worked for the record's organisation too: by the context, the
    cookie of the web client, and the API."""
    owner = target.company()
    if not owner or not client.login:
        return []
    ids = [owner] if target.random.random() < 0.5 else [*client.companies(), owner]
    forged = {"allowed_company_ids": ids, "force_company": owner, "company_id": owner}
    cookie = f"cids={'-'.join(map(str, ids))}"
    reports = [
        name for name, _kind, model in target.plan["reports"] if model == target.model
    ]
    asks = [
        lambda: client.call(
            target.model,
            "search_read",
            target.only(),
            ["display_name"],
            context={**forged, **OLD_TOO},
        ),
        lambda: client.call(
            target.model, "web_read", [target.id], NAME, context=forged
        ),
        lambda: client.call(target.model, "name_search", "", context=forged),
        lambda: client.get(f"/web/content/{target.model}/{target.id}", cookie=cookie),
        lambda: client.get(
            "/web/image",
            cookie=cookie,
            model=target.model,
            id=target.id,
            field="image_1920",
        ),
        lambda: client.json(
            "/web/action/load", {"action_id": "menu", "context": forged}, cookie=cookie
        ),
        lambda: client.json2(
            target.model, "search_read", domain=target.only(), context=forged
        ),
    ]
    if reports:
        name = target.random.choice(reports)
        context = f'{{"allowed_company_ids":{ids}}}'
        asks += [
            lambda: client.get(f"/report/html/{name}/{target.id}", context=context),
            lambda: client.get(f"/report/html/{name}/{target.id}", cookie=cookie),
        ]
    answers = [ask() for ask in target.random.sample(asks, 4)]
    for answer in answers:
        if "search_read" in answer.asked:
            must_be_empty(answer, "found with its company")
    return answers


def composer(client, target):
    """A mail about the record, or from a template, with placeholders of all kinds."""
    model, id_ = target.document()
    values = {
        "model": model,
        "res_ids": f"[{id_}]",
        "composition_mode": "comment",
        "subject": "{{ object.display_name }}",
        "body": "<p><t t-out='object.display_name'/></p>",
    }
    if target.model == "mail.template":
        own = _own_thread(client, target)
        values |= {"template_id": target.id, "model": own["thread_model"]}
        values["res_ids"] = f"[{own['thread_id']}]"
    elif target.random.random() < 0.3:
        # what a placeholder could reach if it were not refused
        values["subject"] = "{{ object.sudo().search([]).mapped('display_name') }}"
    spec = {name: {} for name in ("subject", "body", "email_from", "reply_to")}
    spec |= {"partner_ids": {"fields": NAME}, "attachment_ids": {"fields": NAME}}
    defaults = {f"default_{name}": value for name, value in values.items()}
    form = client.call(COMPOSER, "onchange", [], {}, [], spec, context=defaults)
    made = client.call(COMPOSER, "create", values)
    if made.is_error:
        return [form, made]
    ids = made.result if isinstance(made.result, list) else [made.result]
    return [form, made, client.call(COMPOSER, "web_read", ids, spec)]


COMPOSER = "mail.compose.message"


def template(client, target):
    """A template of one's own, or of another, filled in with the record."""
    model, id_ = target.document()
    values = {"name": VALUE, "model_id": target.plan["ir_models"].get(model)}
    values["subject"] = "{{ object.display_name }}"
    if target.random.random() < 0.5:
        values["subject"] = "{{ object.sudo().display_name }}"
    ids = [target.id]
    if target.model != "mail.template":
        made = client.call("mail.template", "create", values)
        if made.is_error:
            return [made]
        ids = made.result if isinstance(made.result, list) else [made.result]
    spec = {"subject": {}, "body_html": {}, "partner_ids": {"fields": NAME}}
    preview = {"mail_template_id": ids[0], "resource_ref": f"{model},{id_}"}
    answers = [
        client.call(
            "mail.template.preview", "onchange", [], preview, list(preview), spec
        ),
        client.call("mail.template", "send_mail", ids, id_),
    ]
    if target.model != "mail.template":
        client.call("mail.template", "unlink", ids)
    return answers


DOORS = (
    *(pictures, thread, message, channel, files, internal_link, pages, chart, bus),
    *(forged_company, composer, template),
)
READING = {way.__name__: way for way in (*WAYS_TO_READ, *DOORS)}


# Pushing ------------------------------------------------------------------------------


def into_thread(client, target):
    """Into the conversation of a record: a file, a follower less, a sign of typing."""
    model, id_ = target.document()
    if not target.plan["models"].get(model, {}).get("thread"):
        return []
    about = {"res_model": model, "res_id": id_}
    others = [user["partner_id"] for user in target.plan["users"].values()][:40]
    picture = {"name": "p.png", "data": PIXEL, "is_image": True}
    asks = [
        lambda: client.post(
            "/mail/attachment/upload",
            {"ufile": ("pushed.txt", b"pushed")},
            thread_model=model,
            thread_id=str(id_),
        ),
        lambda: client.post(
            "/web/binary/upload_attachment",
            {"ufile": ("pushed.txt", b"pushed")},
            model=model,
            id=str(id_),
        ),
        lambda: client.json(
            "/mail/thread/unsubscribe", {**about, "partner_ids": others}
        ),
        lambda: client.json("/html_editor/attachment/add_data", {**picture, **about}),
        lambda: client.json(
            "/html_editor/bus_broadcast",
            {
                "model_name": model,
                "field_name": "message_ids",
                "res_id": id_,
                "bus_data": {},
            },
        ),
    ]
    return [ask() for ask in target.random.sample(asks, 2)]


PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQ"
    "AAAABJRU5ErkJggg=="
)


def into_message(client, target):
    if target.model != "mail.message":
        return []
    about = {"message_id": target.id}
    content = "\N{THUMBS UP SIGN}"
    answers = [
        client.json(
            "/mail/message/update_content", {**about, "update_data": {"body": VALUE}}
        ),
        client.json(
            "/mail/message/reaction", {**about, "content": content, "action": "add"}
        ),
        client.json("/mail/update_is_internal", {**about, "is_internal": False}),
        client.call("mail.message", "toggle_message_starred", [target.id]),
    ]
    partner = client.partner_id(target.plan)
    for table, column in REACTIONS:
        marked = target.database.ask(
            f"SELECT 1 FROM {table} WHERE {column} = %s AND {PARTNER[table]} = %s",
            target.id,
            partner,
        )
        if marked:
            raise Found(f"a row in {table}")
    return answers


REACTIONS = (
    ("mail_message_reaction", "message_id"),
    ("mail_message_res_partner_starred_rel", "mail_message_id"),
)
PARTNER = {
    "mail_message_reaction": "partner_id",
    "mail_message_res_partner_starred_rel": "res_partner_id",
}


def into_file(client, target):
    if target.model != "ir.attachment":
        return []
    about = {"attachment_id": target.id, "access_token": ANY}
    return [
        client.json("/mail/attachment/delete", about),
        client.json("/portal/attachment/remove", about),
        client.json("/mail/attachment/update_thumbnail", {**about, "thumbnail": PIXEL}),
        client.json("/html_editor/attachment/remove", {"ids": [target.id]}),
        client.json(f"/html_editor/modify_image/{target.id}", {"data": PIXEL}),
    ]


def into_channel(client, target):
    if target.model != "discuss.channel":
        return []
    about = {"channel_id": target.id}
    own = [client.partner_id(target.plan)]
    return [
        client.json("/discuss/channel/notify_typing", {**about, "is_typing": True}),
        client.json("/discuss/channel/mark_as_read", {**about, "last_message_id": 1}),
        client.json("/discuss/channel/update_avatar", {**about, "data": PIXEL}),
        client.json(
            "/discuss/channel/sub_channel/create", {"parent_channel_id": target.id}
        ),
        client.call(target.model, "add_members", [target.id], partner_ids=own),
        client.call(target.model, "channel_rename", [target.id], name=VALUE),
        client.json("/mail/rtc/channel/join_call", about),
    ]


def into_calendar(client, target):
    """An answer to somebody else's invitation."""
    if target.model != "calendar.attendee":
        return []
    return [
        client.call(target.model, "do_accept", [target.id]),
        client.call(target.model, "do_decline", [target.id]),
    ]


def into_address(client, target):
    """The form of the portal with which one changes one's own address."""
    if target.model != "res.partner":
        return []
    return [
        client.post(
            "/my/address/submit",
            partner_id=str(target.id),
            name=VALUE,
            email="pushed@example.com",
            street=VALUE,
            city=VALUE,
            zip="1234AB",
            country_id="165",
            required_fields="",
        ),
        client.json("/my/address/archive", {"partner_id": target.id}),
    ]


INTO = (
    *(into_thread, into_message, into_file, into_channel, into_calendar),
    into_address,
)
