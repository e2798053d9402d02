"""What /websocket brings to somebody who subscribes to everything there is."""

import json
import time

import pytest
from canaries import WORD
from websocket import WebSocketTimeoutException, create_connection

PATIENCE = 20  # seconds for the first notification, of the user's own
CONTROL = "work_coach.a2"  # must hear its own, else silence would say nothing
LISTENING = 2  # seconds after it: what else comes, comes at once


@pytest.mark.parametrize(
    "login", ["coordinator.a3", "work_coach.a2", "finance.b2", "portal", ""]
)
def test_nobody_hears_what_is_anothers(plan, prober, login):
    heard = _listen(prober.clients[login], _channels(plan), login.partition(".")[2])
    words = {word.lower() for word in WORD.findall(heard)}
    foreign = {
        word: plan["words"][word]
        for word in words & plan["words"].keys()
        if login not in plan["words"][word]["readers"]
    }
    assert not foreign
    own = {w for w, known in plan["words"].items() if login in known["readers"]}
    assert words & own or login != CONTROL, "it hears nothing at all"


def _channels(plan):
    """By every name that a channel may have."""
    return [
        name
        for row in plan["rows"]
        if row["model"] in ("res.partner", "res.users", "discuss.channel", "res.groups")
        for name in (
            f"{row['model']}_{row['id']}",
            f"odoo-presence-{row['model']}_{row['id']}",
            f"editor_collaboration:{row['model']}:name:{row['id']}",
        )
    ]


def _listen(client, channels, expects_own):
    """All that comes in; `last` 1 asks for everything that was kept."""
    socket = create_connection(
        f"ws://{client.host}:{client.port}/websocket", cookie=client.cookie, timeout=1
    )
    heard = []
    deadline = time.monotonic() + (PATIENCE if expects_own else LISTENING)
    try:
        asked = {"event_name": "subscribe", "data": {"channels": channels, "last": 1}}
        socket.send(json.dumps(asked))
        while time.monotonic() < deadline:
            try:
                heard.append(socket.recv())
            except WebSocketTimeoutException:
                continue
            if WORD.search(str(heard[-1])):
                deadline = min(deadline, time.monotonic() + LISTENING)
    finally:
        socket.close()
    return "".join(map(str, heard))
