"""A browser somewhere on the internet, and the proxy that it comes through."""

import re
from urllib.parse import urlsplit

import requests

ADDRESS = "https://leerbedrijf.example"
PROXY = {
    "X-Forwarded-For": "203.0.113.7",
    "X-Forwarded-Host": "leerbedrijf.example",
    "X-Forwarded-Proto": "https",
}
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Visitor:
    """`proxied=False` is somebody on the machine itself, who comes past no proxy."""

    def __init__(self, server: str, proxied: bool = True):
        self.server = server
        self.session = requests.Session()
        self.session.headers.update(PROXY if proxied else {})

    def get(self, path: str, **options) -> requests.Response:
        return self._ask("GET", path, **options)

    def post(self, path: str, **options) -> requests.Response:
        return self._ask("POST", path, **options)

    def call(self, path: str, **params) -> dict:
        """A call of the web client: `result` or `error`."""
        answer = self.post(path, json={"params": params})
        answer.raise_for_status()
        return answer.json()

    def read_users(self) -> dict:
        """What everybody may read who is logged in."""
        return self.call(
            "/web/dataset/call_kw",
            model="res.users",
            method="search_read",
            args=[[], ["name"]],
            kwargs={},
        )

    def submit(self, path: str, **fields: str) -> requests.Response:
        """Fill the form on the page and send it."""
        return self._send(self.get(path), path, **fields)

    def choose_password(self, link: str, password: str) -> requests.Response:
        parts = urlsplit(link)
        return self.submit(
            f"{parts.path}?{parts.query}", password=password, confirm_password=password
        )

    def log_in(self, login: str, password: str) -> requests.Response:
        """The first step; the second is asked by the page that this leads to."""
        answer = self.submit("/web/login", login=login, password=password)
        if answer.is_redirect:
            self.second_step = self.get(urlsplit(answer.headers["Location"]).path)
        return answer

    def confirm(self, code: str) -> requests.Response:
        return self._send(self.second_step, "/web/login/totp", totp_token=code)

    @property
    def session_id(self) -> str:
        return self.session.cookies["session_id"]

    def _send(self, page: requests.Response, path: str, **fields: str):
        token = TOKEN.search(page.text)[1]
        return self.post(path, data={"csrf_token": token, **fields})

    def _ask(self, verb: str, path: str, **options) -> requests.Response:
        answer = self.session.request(
            verb, f"{self.server}{path}", allow_redirects=False, timeout=60, **options
        )
        for cookie in self.session.cookies:
            # the browser has TLS as far as the proxy, from there to us there is none
            cookie.secure = False
        return answer
