"""Serving the demo region on the loopback address until somebody stops it."""

import socket
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen

from . import demo_users
from .console import Progress, SetupError, note, say
from .odoo_runner import Odoo
from .paths import LOGS, ROOT

STARTING = 120  # seconds that a server may take to answer
LOG = LOGS / "server.log"


def require_free_port(port: int):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise SetupError(
                f"Port {port} is taken by another program: stop that one, or take "
                f"another port with `make run PORT={port + 1}`."
            ) from None


@contextmanager
def answering(odoo: Odoo, database: str, port: int, log: Path = LOG):
    """A server whose log-in page answers."""
    with odoo.serve(database, port, log) as server:
        _wait_for_page(server, f"http://127.0.0.1:{port}/web/login", log)
        yield server


def until_stopped(server: Popen) -> int:
    """Wait for Ctrl-C, which is how serving is meant to end."""
    try:
        code = server.wait()
    except KeyboardInterrupt:
        say("\nStopping what was started.")
        return 0
    raise SetupError(f"The server stopped by itself (exit code {code}); see {LOG}.")


def announce(port: int):
    say()
    say(f"The demo region is on http://127.0.0.1:{port} (log-in, password, who):")
    say()
    admin = demo_users.DemoUser("admin", "admin", "Odoo", ["technical administrator"])
    users = [*demo_users.find(), admin]
    width = max(len(user.login) for user in users)
    for user in users:
        who = f"{user.name} ({user.role_names()})"
        say(f"  {user.login:{width}}  {user.password:{width}}  {who}")
    say()
    note(f"Odoo's log: {LOG.relative_to(ROOT)}")
    note("Ctrl-C stops it, and what was started with it.")


def _wait_for_page(server: Popen, address: str, log: Path):
    progress = Progress()
    start = time.monotonic()
    while not _answers(address):
        waited = time.monotonic() - start
        if server.poll() is not None or waited > STARTING:
            raise SetupError(f"The server does not answer on {address}; see {log}.")
        progress(f"waiting for the log-in page ({waited:.0f} s)")
        time.sleep(0.3)
    progress.close()


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=60) as page:
            return b'name="password"' in page.read()
    except (urllib.error.URLError, OSError):
        return False
