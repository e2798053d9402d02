"""Tenants planted in a copy of the installed database, and servers to probe.

Started by `make test` and `make proof`, which set:

- `LEERBEDRIJF_ODOO`: Odoo's command line, as a shell would read it;
- `LEERBEDRIJF_CONFIG`: the configuration file;
- `LEERBEDRIJF_DATABASE`: a database with our addons; every run works on a copy;
- `LEERBEDRIJF_LOGS`: the folder for the servers' logs and the plan;
- `LEERBEDRIJF_PROBES`: how many probes; `LEERBEDRIJF_SEED`: which, if not today's;
- `LEERBEDRIJF_PROOF`: set for what takes minutes: mutations, the long walk;
- `PGHOST`, `PGPORT`, `PGUSER`, `PGPASSWORD`: the database server.

pytest runs them with `-p no:odoo`: the prober knows the running server and the plan of
what was planted, nothing else. The files:

- `policy`: who may read and write what, by kind; what is declared instead of probed;
- `planting`, `canaries`, `inventory`, `plant`: run inside Odoo, make the plan;
- `client`, `probes`, `doors`, `pushes`, `prober`: ask the server.
"""

import json
import os
import shlex
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
sys.path[:0] = [str(FOLDER), str(FOLDER.parent)]

from prober import Prober
from servers import PLANTED, Servers

NAMES = ("ODOO", "CONFIG", "DATABASE", "LOGS")
COPY = "leerbedrijf_tenancy"


@pytest.fixture(scope="session")
def settings():
    found = {name: os.environ.get(f"LEERBEDRIJF_{name}", "") for name in NAMES}
    if not all(found.values()):
        pytest.exit("The isolation test needs a database: run it with `make test`.")
    return found


@pytest.fixture(scope="session")
def seed():
    """Which probes; `make proof` takes others every day. Printed at the end."""
    daily = date.today().isoformat() if os.environ.get("LEERBEDRIJF_PROOF") else "one"
    return os.environ.get("LEERBEDRIJF_SEED") or daily


@pytest.fixture(scope="session")
def size():
    return int(os.environ.get("LEERBEDRIJF_PROBES") or 4000)


@pytest.fixture(scope="session")
def servers(settings):
    """Two servers of a copy of the planted database, stopped at the end."""
    servers = Servers(settings, COPY, template=PLANTED)
    yield servers
    servers.stop()
    servers.drop()


@pytest.fixture(scope="session")
def plan(settings, servers):
    """Plant, once; the copies that are probed come from the planted database."""
    path = Path(settings["LOGS"]) / "tenancy_plan.json"
    Servers(settings, PLANTED, template=settings["DATABASE"]).copy()
    command = [
        *shlex.split(settings["ODOO"]),
        "shell",
        f"--config={settings['CONFIG']}",
        f"--database={PLANTED}",
        "--no-http",
        "--log-level=error",
    ]
    script = f"import sys; sys.path.insert(0, {str(FOLDER)!r}); import plant\n"
    done = subprocess.run(
        command,
        input=script + "plant.main(env)\n",
        env={**os.environ, "LEERBEDRIJF_PLAN": str(path)},
        cwd=FOLDER.parents[1],
        text=True,
        capture_output=True,
    )
    assert not done.returncode, f"Planting failed:\n{done.stdout}\n{done.stderr}"
    return json.loads(path.read_text())


@pytest.fixture(scope="session")
def prober(plan, servers, seed):
    """Everybody logged in, on a fresh copy of what was planted."""
    servers.copy()
    servers.start()
    return Prober(plan, servers.addresses, COPY, seed).log_in()


def pytest_terminal_summary(terminalreporter):
    for line in FIGURES:
        terminalreporter.write_line(line)


FIGURES = []


@pytest.fixture
def figure():
    """Add a line to what the run prints at its end."""
    return FIGURES.append
