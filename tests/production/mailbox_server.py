"""A mail server on the loopback address that keeps what it gets."""

import email
import email.policy
import re
import socketserver
import threading
import time
from email.message import EmailMessage

PATIENCE = 30  # seconds that a mail may take
LINK = re.compile(r"https?://[^\s\"<>]+/web/(?:reset_password|signup)\?[^\s\"<>]+")
CODE = re.compile(r">\s*(\d{6})\s*<")  # not the six digits of a colour


class _Delivery(socketserver.StreamRequestHandler):
    """As much of SMTP as Odoo's client speaks."""

    def handle(self):
        self._say("220 ready")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                self._say("354 go on")
                self._receive()
            self._say("221 bye" if verb == b"QUIT" else "250 ok")

    def _receive(self):
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        mail = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        self.server.mails.append(mail)

    def _say(self, text):
        self.wfile.write(f"{text}\r\n".encode())


class Mailbox(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Delivery)
        self.mails: list[EmailMessage] = []
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def __exit__(self, *error):
        self.shutdown()
        super().__exit__(*error)

    def link(self, address: str) -> str:
        """The newest link with which that person chooses a password."""
        return self._newest(address, LINK).replace("&amp;", "&")

    def code(self, address: str) -> str:
        """The newest code of the second step."""
        return self._newest(address, CODE)

    def _newest(self, address: str, pattern: re.Pattern) -> str:
        """Take the mail out, so that nobody reads an older one."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            for mail in reversed(self.mails):
                text = mail.get_body(("html", "plain")).get_content()
                if address in mail["To"] and (found := pattern.search(text)):
                    self.mails.remove(mail)
                    return found[found.lastindex or 0]
            time.sleep(0.1)
        raise LookupError(f"No mail to {address} with {pattern.pattern}.")
