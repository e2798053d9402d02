"""One logged-in HTTP session of one user, and what the server answered."""

import http.client
import json
import re
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from canaries import WORD

TIMEOUT = 300
BOUNDARY = "isolation-of-tenants"
TOKEN = re.compile(r"csrf_token['\"]?\s*[:=]\s*['\"]([^'\"]+)['\"]")


class Answer(NamedTuple):
    """What came back: the body as text, the result if it was a successful call."""

    text: str
    result: object
    is_error: bool
    asked: str = ""

    def words(self):
        """The canaries in it. A refusal may repeat what was asked; a result may not."""
        found = {word.lower() for word in WORD.findall(self.text)}
        return found - set(WORD.findall(self.asked)) if self.is_error else found


class Client:
    """A user's session. `login` is empty for an anonymous visitor."""

    def __init__(self, address, database, login="", password="", key=""):
        parts = urlsplit(address)
        self.host, self.port = parts.hostname, parts.port
        self.database = database
        self.login, self.password, self.key = login, password, key
        self.cookie = ""
        self.connection = None
        self.calls = 0
        self.context = {}
        self._fields = {}
        self._token = ""

    def open(self):
        if not self.login:
            return self
        params = {"db": self.database, "login": self.login, "password": self.password}
        answer = self.json("/web/session/authenticate", params)
        assert not answer.is_error, f"{self.login} cannot log in: {answer.text[:500]}"
        user_context = answer.result["user_context"]
        companies = answer.result.get("user_companies") or {}
        current = companies.get("current_company")
        self.context = {
            **user_context,
            **({"allowed_company_ids": [current]} if current else {}),
        }
        self._csrf_token()  # the first page of a user writes what he has seen of Odoo
        return self

    # Ways to ask

    def call(self, model, method, *args, context=None, **kwargs):
        """A method by RPC, as the web client does it."""
        kwargs["context"] = {**self.context, **(context or {})}
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self.json(f"/web/dataset/call_kw/{model}/{method}", params)

    def json(self, path, params, cookie=""):
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        kind = "application/json"
        _status, text = self._ask("POST", path, body, kind, cookie=cookie)
        try:
            data = json.loads(text)
        except ValueError:
            return Answer(text, None, True, body)
        return Answer(text, data.get("result"), "error" in data, body)

    def readable(self, model, names):
        """Those of these fields that the user may read; asked once a model."""
        if model not in self._fields:
            answer = self.call(model, "fields_get", [], ["type"])
            self._fields[model] = set(answer.result or ())
        return [name for name in names if name in self._fields[model]]

    def json2(self, model, method, context=None, **values):
        """A method by the API with a key."""
        body = json.dumps({"context": {**self.context, **(context or {})}, **values})
        headers = {
            "Authorization": f"bearer {self.key}",
            "X-Odoo-Database": self.database,
        }
        status, text = self._ask(
            "POST", f"/json/2/{model}/{method}", body, "application/json", headers
        )
        if status >= 400:
            return Answer(text, None, True, body)
        return Answer(text, json.loads(text), False, f"{method} {body}")

    def get(self, path, cookie="", **query):
        query = f"?{urlencode(query)}" if query else ""
        status, text = self._ask("GET", path + query, cookie=cookie)
        return Answer(text, status if status < 300 else None, status >= 400, path)

    def post(self, path, files=None, **values):
        """A form with its token; `files`: field → name and content."""
        values["csrf_token"] = self._csrf_token()
        parts = [(f'name="{name}"', value.encode()) for name, value in values.items()]
        for name, (filename, content) in (files or {}).items():
            parts.append((f'name="{name}"; filename="{filename}"', content))
        body = b"".join(
            f"--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode()
            + content
            + b"\r\n"
            for head, content in parts
        )
        body += f"--{BOUNDARY}--\r\n".encode()
        kind = f"multipart/form-data; boundary={BOUNDARY}"
        status, text = self._ask("POST", path, body, kind)
        return Answer(
            text, status if status < 300 else None, status >= 400, str(values)
        )

    def _csrf_token(self):
        if not self._token:
            for page in ("/odoo", "/my", "/web/login"):
                _status, text = self._ask("GET", page)
                if found := TOKEN.search(text):
                    self._token = found[1]
                    break
        return self._token

    # Who asks

    def partner_id(self, plan):
        return plan["users"].get(self.login, {}).get("partner_id", 1)

    def companies(self):
        return self.context.get("allowed_company_ids", [])

    def _ask(self, method, path, body=None, kind=None, headers=None, cookie=""):
        self.calls += 1
        cookies = "; ".join(filter(None, (self.cookie, cookie)))
        headers = {"Cookie": cookies, **(headers or {})}
        if kind:
            headers["Content-Type"] = kind
        for attempt in (1, 2):
            try:
                return self._send(method, path, body, headers)
            except (http.client.HTTPException, ConnectionError):
                # the server closed a connection that was kept open
                self.close()
                if attempt == 2:
                    raise
        return None

    def _send(self, method, path, body, headers):
        if not self.connection:
            self.connection = http.client.HTTPConnection(
                self.host, self.port, timeout=TIMEOUT
            )
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        text = response.read().decode("utf-8", "replace")
        for name, value in response.getheaders():
            if name.lower() == "set-cookie" and value.startswith("session_id="):
                self.cookie = value.split(";")[0]
        return response.status, text

    def close(self):
        if self.connection:
            self.connection.close()
            self.connection = None
