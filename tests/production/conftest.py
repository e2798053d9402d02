"""The server of `config/production.conf`, started for real, and who talks to it.

Started by `make test` and `make production`, which set:

- `LEERBEDRIJF_TEST_DATABASE`: our addons without demo data; a run works on a copy;
- `LEERBEDRIJF_LOGS`: the folder for the server's log;
- `PYTHONPATH`: Odoo; `PGHOST`, `PGPORT`, `PGUSER`, `PGPASSWORD`: the database server.

Worker processes and the one for /websocket run as they would in production; only what
belongs to the machine differs: two workers, free ports, a data folder and a mail server
of the test's own. The administrator is made as the README says, by
`config/first_administrator.py`.

Fixtures: `visitor` (a browser behind the proxy), `administrator` (the log-in and
password), `colleague` (a visitor who logged in with both steps), `mailbox`, `log`.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests

sys.path.insert(0, str(Path(__file__).parent))

from mailbox_server import Mailbox
from visitor import ADDRESS, Visitor

ROOT = Path(__file__).resolve().parents[2]
COPY = "leerbedrijf_production"
MAIL = "beheer@leerbedrijf.example"
PASSWORD = "een lange zin als wachtwoord"
STARTING = 120  # seconds that the server may take to answer
# The script that Odoo installs as `odoo`; `python -m odoo` would not start /websocket.
SCRIPT = "import odoo.cli\n\nif __name__ == '__main__':\n    odoo.cli.main()\n"


@pytest.fixture(scope="session")
def settings() -> dict[str, str]:
    names = ("TEST_DATABASE", "LOGS")
    found = {name: os.environ.get(f"LEERBEDRIJF_{name}", "") for name in names}
    if not all(found.values()):
        pytest.exit("This needs a test database: run it with `make production`.")
    return found


@pytest.fixture(scope="session")
def mailbox():
    with Mailbox() as mailbox:
        yield mailbox


@pytest.fixture(scope="session")
def data(tmp_path_factory) -> Path:
    """Where sessions lie."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="session")
def odoo(mailbox, data, tmp_path_factory):
    """Start Odoo's script with the configuration of production."""
    script = tmp_path_factory.mktemp("bin") / "odoo"
    script.write_text(SCRIPT)
    environment = {
        **os.environ,
        "ODOO_DATA_DIR": str(data),
        "ODOO_SMTP_SERVER": "127.0.0.1",
        "ODOO_SMTP_PORT": str(mailbox.port),
        "ODOO_EMAIL_FROM": "post@leerbedrijf.example",
        "LEERBEDRIJF_ADDRESS": ADDRESS,
        "LEERBEDRIJF_ADMINISTRATOR": MAIL,
    }

    def start(command: str, *options: str, **streams) -> subprocess.Popen:
        return subprocess.Popen(
            [
                sys.executable,
                script,
                command,
                f"--config={ROOT / 'config' / 'production.conf'}",
                f"--database={COPY}",
                f"--db-filter=^{COPY}$",
                *options,
            ],
            cwd=ROOT,
            env=environment,
            start_new_session=True,
            **streams,
        )

    return start


@pytest.fixture(scope="session")
def database(settings, odoo):
    """A copy of the test database with its first administrator."""
    _drop_copy()
    subprocess.run(["createdb", "-T", settings["TEST_DATABASE"], COPY], check=True)
    first = (ROOT / "config" / "first_administrator.py").read_text()
    shell = odoo("shell", "--no-http", stdin=subprocess.PIPE, text=True)
    shell.communicate(first)
    assert shell.returncode == 0
    yield COPY
    _drop_copy()


def _drop_copy():
    subprocess.run(
        ["dropdb", "--if-exists", "--force", COPY], check=True, capture_output=True
    )


@pytest.fixture(scope="session")
def log(settings) -> Path:
    return Path(settings["LOGS"]) / "production.log"


@pytest.fixture(scope="session")
def ports() -> dict[str, int]:
    return {"http": _free_port(), "websocket": _free_port()}


@pytest.fixture(scope="session")
def server(odoo, database, log, ports):
    """Where the proxy finds the server."""
    address = f"http://127.0.0.1:{ports['http']}"
    with log.open("w") as output:
        process = odoo(
            "server",
            "--workers=2",
            f"--http-port={ports['http']}",
            f"--gevent-port={ports['websocket']}",
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            for port in ports.values():
                _wait_for(f"http://127.0.0.1:{port}/web/health", process, log)
            yield address
        finally:
            _stop(process)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(address: str, process: subprocess.Popen, log: Path):
    deadline = time.monotonic() + STARTING
    while time.monotonic() < deadline and process.poll() is None:
        try:
            requests.get(address, timeout=60)
        except requests.ConnectionError:
            time.sleep(0.2)
        else:
            return
    pytest.exit(f"The server of production does not answer; see {log}.")


def _stop(process: subprocess.Popen):
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


# Who talks to it


@pytest.fixture
def visitor(server) -> Visitor:
    return Visitor(server)


@pytest.fixture(scope="session")
def administrator(server, mailbox) -> tuple[str, str]:
    """Log-in and password, chosen by the link in the mail of the first start."""
    answer = Visitor(server).choose_password(mailbox.link(MAIL), PASSWORD)
    assert answer.ok
    return MAIL, PASSWORD


@pytest.fixture
def colleague(visitor, administrator, mailbox) -> Visitor:
    visitor.log_in(*administrator)
    visitor.confirm(mailbox.code(MAIL))
    return visitor
