"""What a stranger, a colleague and a thief find at the server of production."""

import http.client
import json
import time
from urllib.parse import urlsplit

import pytest
from conftest import COPY, MAIL
from visitor import PROXY, Visitor

HOUR = 60 * 60
EXPIRED = "odoo.http.SessionExpiredException"
LOCKED = "odoo.addons.auth_timeout.models.ir_http.CheckIdentityException"
CALL = "<methodCall><methodName>{}</methodName><params>{}</params></methodCall>"
PARAM = "<param><value><string>{}</string></value></param>"


def _error(answer: dict) -> str:
    assert "result" not in answer
    return answer["error"]["data"]["name"]


# A stranger


@pytest.mark.parametrize(
    "path", ["manager", "selector", "create", "duplicate", "drop", "backup", "restore"]
)
def test_there_is_no_database_manager(visitor, path):
    for ask in (visitor.get, visitor.post):
        answer = ask(f"/web/database/{path}")
        assert answer.status_code in (404, 405)
        assert COPY not in answer.text


def test_no_database_is_listed(visitor):
    answer = visitor.post("/web/database/list", json={"params": {}})
    assert answer.status_code == 404
    assert COPY not in answer.text


@pytest.mark.parametrize("path", ["/xmlrpc/db", "/xmlrpc/2/db", "/xmlrpc/2/common"])
@pytest.mark.parametrize("method", ["list", "db_exist", "server_version", "version"])
def test_xml_rpc_is_closed(visitor, path, method):
    body = CALL.format(method, PARAM.format(COPY) if method == "db_exist" else "")
    answer = visitor.post(path, data=body, headers={"Content-Type": "text/xml"})
    assert answer.status_code == 404


@pytest.mark.parametrize("service", ["db", "common", "object"])
def test_json_rpc_is_closed(visitor, service):
    params = {"service": service, "method": "db_exist", "args": [COPY]}
    assert visitor.post("/jsonrpc", json={"params": params}).status_code == 404


def test_the_second_generation_of_json_asks_for_a_key(visitor):
    answer = visitor.post("/json/2/res.users/search_read", json={"domain": []})
    assert answer.status_code == 401


def test_the_password_of_the_installation_is_gone(visitor, administrator):
    for login in ("admin", administrator[0]):
        answer = visitor.log_in(login, "admin")
        assert answer.status_code == 200 and not answer.is_redirect
        assert _error(visitor.read_users()) == EXPIRED


def test_health(visitor, ports):
    assert visitor.get("/web/health").json() == {"status": "pass"}
    assert visitor.get("/web/health?db_server_status=1").ok
    websocket = Visitor(f"http://127.0.0.1:{ports['websocket']}")
    assert websocket.get("/websocket/health").json() == {"status": "pass"}


def test_jobs_are_started_by_this_machine_alone(visitor, server):
    path = f"/queue_job/runjob?db={COPY}&job_uuid=none"
    assert visitor.get(path).status_code == 404
    assert Visitor(server, proxied=False).get(path).ok


def test_a_body_that_is_too_large_is_refused(server):
    """Refused on its announced length: nothing of it is read."""
    connection = http.client.HTTPConnection(urlsplit(server).netloc, timeout=60)
    connection.putrequest("POST", "/web/session/authenticate")
    connection.putheader("Content-Type", "application/json")
    connection.putheader("Content-Length", str(26 * 1024 * 1024))
    connection.endheaders()
    answer = connection.getresponse()
    text = answer.read().decode()
    assert answer.status == 413 or "RequestEntityTooLarge" in text
    connection.close()


# The proxy, headers and cookies


def test_the_log_knows_who_came_through_the_proxy(visitor, administrator, log):
    visitor.log_in(*administrator)
    assert f"from {PROXY['X-Forwarded-For']}" in log.read_text()


@pytest.mark.parametrize("path", ["/web/login", "/odoo", "/no/such/page"])
def test_headers(visitor, server, path):
    headers = visitor.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] in ("DENY", "SAMEORIGIN")
    assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Strict-Transport-Security"].startswith("max-age=")
    near = Visitor(server, proxied=False).get(path)
    assert "Strict-Transport-Security" not in near.headers


def test_the_cookie_of_the_session_stays_in_the_browser(visitor):
    cookies = visitor.get("/web/login").raw.headers.getlist("Set-Cookie")
    session = next(cookie for cookie in cookies if cookie.startswith("session_id="))
    attributes = {part.strip().lower() for part in session.split(";")}
    assert {"httponly", "secure", "samesite=lax"} <= attributes


def test_pages_of_a_colleague_are_not_kept(colleague):
    answer = colleague.post("/web/session/get_session_info", json={"params": {}})
    assert answer.json()["result"]["uid"]
    assert answer.headers["Cache-Control"] == "no-store"


# Passwords and the second step


def test_a_short_password_is_refused(visitor, administrator, mailbox):
    visitor.submit("/web/reset_password", login=MAIL)
    answer = visitor.choose_password(mailbox.link(MAIL), "kort")
    assert "12" in answer.text and not answer.is_redirect
    answer = visitor.log_in(MAIL, "kort")
    assert not answer.is_redirect


def test_a_password_alone_opens_nothing(visitor, administrator, mailbox):
    answer = visitor.log_in(*administrator)
    assert urlsplit(answer.headers["Location"]).path == "/web/login/totp"
    assert _error(visitor.read_users()) == EXPIRED
    assert visitor.get("/odoo").is_redirect
    assert visitor.get("/web/content/1").status_code == 404

    visitor.confirm("000000")
    assert _error(visitor.read_users()) == EXPIRED

    visitor.confirm(mailbox.code(MAIL))
    assert len(visitor.read_users()["result"]) > 0


def test_nor_does_it_by_the_call_of_the_app(visitor, administrator):
    login, password = administrator
    answer = visitor.call(
        "/web/session/authenticate", db=COPY, login=login, password=password
    )
    assert answer["result"] == {"uid": None}
    assert _error(visitor.read_users()) == EXPIRED


# Sessions


def _make_older(data, sid: str, seconds: float):
    """Set every moment in the session's file back, as if it lay there for so long."""
    file = data / "sessions" / sid[:2] / sid
    now = time.time()

    def older(value):
        if isinstance(value, dict):
            return {key: older(each) for key, each in value.items()}
        if isinstance(value, list):
            return [older(each) for each in value]
        is_moment = isinstance(value, int | float) and abs(value - now) < 100 * HOUR
        return value - seconds if is_moment else value

    file.write_text(json.dumps(older(json.loads(file.read_text()))))


def test_a_session_ends_after_a_long_day(colleague, data):
    """Also for who never pauses, and whose session Odoo renews every three hours."""
    first = colleague.session_id
    for _three_hours in range(3):
        _make_older(data, colleague.session_id, 3.2 * HOUR)
        assert "result" in colleague.read_users()
    assert colleague.session_id != first
    _make_older(data, colleague.session_id, 0.5 * HOUR)
    assert _error(colleague.read_users()) == EXPIRED
    assert colleague.get("/odoo").is_redirect


def test_the_screen_locks_when_nobody_is_there(colleague, administrator):
    # what the web client tells through its websocket
    colleague.call(
        "/websocket/peek_notifications", channels=[], last=0, is_first_poll=True
    )
    minutes = 16
    colleague.call(
        "/websocket/update_bus_presence", inactivity_period=minutes * 60 * 1000
    )
    assert _error(colleague.read_users()) == LOCKED
    answer = colleague.get("/web/image/res.users/2/avatar_128")
    assert "/auth-timeout/check-identity" in answer.headers["Location"]
    colleague.call(
        "/auth-timeout/session/check-identity",
        type="password",
        password=administrator[1],
    )
    assert "result" in colleague.read_users()


# Mistakes in the program


def test_a_mistake_tells_the_log_and_not_the_client(colleague, log):
    answer = colleague.call(
        "/web/dataset/call_kw",
        model="res.users",
        method="search_read",
        args=[[]],
        kwargs={"no_such_option": "canary-of-the-test"},
    )
    assert answer["error"]["data"]["debug"] == ""
    for secret in ("Traceback", 'File "', "canary-of-the-test", "no_such_option"):
        assert secret not in json.dumps(answer)
    assert "no_such_option" in log.read_text()


def test_nor_does_an_export_that_fails(colleague):
    page = colleague.get("/odoo").text
    token = page.partition('csrf_token: "')[2].partition('"')[0]
    answer = colleague.post(
        "/web/export/xlsx", data={"data": "{}", "csrf_token": token}
    )
    assert answer.status_code == 500
    assert "Traceback (most" not in answer.text and ".py" not in answer.text


def test_nor_does_a_page_with_debug_on(visitor):
    answer = visitor.post("/web/reset_password?debug=1", data={"csrf_token": "none"})
    assert answer.status_code == 400
    assert "Traceback" not in answer.text and ".py" not in answer.text
