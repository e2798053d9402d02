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
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
sys.path[:0] = [str(FOLDER), str(FOLDER.parent)]

from mailbox_server import Mailbox
from serving import copy_database, drop_database, free_port, stop, wait_for
from visitor import ADDRESS, Visitor

ROOT = Path(__file__).resolve().parents[2]
COPY = "leerbedrijf_production"
MAIL = "beheer@leerbedrijf.example"
PASSWORD = "een lange zin als wachtwoord"
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
    copy_database(settings["TEST_DATABASE"], COPY)
    first = (ROOT / "config" / "first_administrator.py").read_text()
    shell = odoo("shell", "--no-http", stdin=subprocess.PIPE, text=True)
    shell.communicate(first)
    assert shell.returncode == 0
    yield COPY
    drop_database(COPY)


@pytest.fixture(scope="session")
def log(settings) -> Path:
    return Path(settings["LOGS"]) / "production.log"


@pytest.fixture(scope="session")
def ports() -> dict[str, int]:
    return {"http": free_port(), "websocket": free_port()}


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
                wait_for(f"http://127.0.0.1:{port}/web/health", process, log)
            yield address
        finally:
            stop(process)


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
