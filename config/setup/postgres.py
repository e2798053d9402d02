"""PostgreSQL: the server named in the environment, or a private one of our own.

The private cluster listens on a unix socket only, in a folder that nobody else can
enter. It runs as long as one of our commands needs it: whoever leaves last stops
it, so that a `make test` may come and go beside a `make run`.

As root, the server must run as the `postgres` user (PostgreSQL refuses root). If
that user cannot reach the checkout, or if the checkout's path is too long for a
unix socket, the cluster lies in /var/tmp/leerbedrijf-<hash of the checkout>.
"""

import os
import shutil
import subprocess
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from . import postgres_binaries, system
from .console import SetupError, note
from .databases import Databases
from .locks import Presence, exclusive
from .paths import LOCAL, LOGS, ROOT, digest
from .processes import output, run

PORT = 5432  # only part of the socket's name: nothing listens on the network
LONGEST_SOCKET = 100  # bytes; the system's limit is 107

SETTINGS = """\
# Written by config/setup at every start.
listen_addresses = ''
port = {port}
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
timezone = 'UTC'
log_timezone = 'UTC'

# A refused statement holds a person's data: say that it failed, not what was in it.
log_min_error_statement = panic
log_error_verbosity = terse

# Fast rather than safe: what is in here can be made again with one command, and a
# crash of the machine may cost it (then: make clean). Never copy to production.
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
max_wal_size = 2GB
checkpoint_timeout = 30min

shared_buffers = 256MB
work_mem = 16MB
maintenance_work_mem = 128MB
max_connections = 150
jit = off
"""


def is_external() -> bool:
    """Does the environment name a server?"""
    return bool(os.environ.get("PGHOST") or os.environ.get("DATABASE_URL"))


def packages() -> list[system.Package]:
    return system.DATABASE_CLIENT + ([] if is_external() else system.DATABASE_SERVER)


@contextmanager
def running():
    """The environment (PGHOST and so on) of a server that answers."""
    if is_external():
        yield _external()
        return
    cluster = Cluster.of_checkout()
    presence = Presence(LOCAL / "postgres.users")
    try:
        with exclusive(LOCAL / "postgres.lock", "PostgreSQL"):
            cluster.start()
        yield cluster.environment()
    finally:
        if presence.is_last():
            cluster.stop()
        presence.leave()


# The server named in the environment


def _external() -> dict[str, str]:
    environment = _from_url(os.environ.get("DATABASE_URL", ""))
    environment = environment or {
        name: os.environ[name]
        for name in ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGSSLMODE")
        if name in os.environ
    }
    version = Databases(environment).ask("postgres", "SHOW server_version_num")
    where = environment.get("PGHOST")
    if int(version) // 10000 < postgres_binaries.OLDEST:
        raise SetupError(
            f"PostgreSQL on {where} is too old: Odoo 19 needs 13 or later."
        )
    note(f"using the server named in the environment: {where}")
    return environment


def _from_url(url: str) -> dict[str, str]:
    """DATABASE_URL names a server; the databases' names are our own."""
    if not url:
        return {}
    parts = urlsplit(url)
    options = {key: values[0] for key, values in parse_qs(parts.query).items()}
    values = {
        "PGHOST": options.get("host") or unquote(parts.hostname or "localhost"),
        "PGPORT": str(parts.port or ""),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGSSLMODE": options.get("sslmode", ""),
    }
    return {name: value for name, value in values.items() if value}


# A private one


class Cluster:
    """A database cluster in a folder of its own."""

    def __init__(self, home: Path):
        self.home = home
        self.data = home / "data"
        self.socket = home / "socket"
        self.log = home / "server.log"

    @classmethod
    def of_checkout(cls) -> "Cluster":
        home = LOCAL / "postgres"
        fallback = Path("/var/tmp") / f"leerbedrijf-{digest(str(ROOT))}"
        if fallback.exists() or not _is_usable(home):
            with suppress(OSError):
                home.rmdir()  # the trial of `_is_usable`; only if it is empty
            home = fallback
        return cls(home)

    def environment(self) -> dict[str, str]:
        return {
            "PGHOST": str(self.socket),
            "PGPORT": str(PORT),
            "PGUSER": system.user_name(),
        }

    def start(self):
        """Start the server, on a new cluster if there is none."""
        if self._is_running():
            return
        if not self.data.exists():
            self._create()
        self._write_settings()
        run(
            [*self._pg_ctl("start"), "-w", "-l", self.log],
            LOGS / "postgres.log",
            "The private PostgreSQL does not start (`make clean` throws its data away; "
            f"its log is {self.log}).",
            **_as_owner(),
        )

    def stop(self):
        if self._is_running():
            output([*self._pg_ctl("stop"), "-w", "-m", "fast"], **_as_owner())

    def remove(self):
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def _create(self):
        system.require_space(self.home.parent, 2, "the databases")
        note(f"making a private database cluster in {self.home}")
        _own_folder(self.home)
        unfinished = self.home / "unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        run(
            [self._binary("initdb"), "-D", unfinished, "--no-sync", "--auth=trust"]
            + [
                f"--username={system.user_name()}",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
            ],
            LOGS / "postgres.log",
            "The private database cluster cannot be made.",
            **_as_owner(),
        )
        unfinished.rename(self.data)

    def _write_settings(self):
        _own_folder(self.home)
        _own_folder(self.socket)
        (self.data / "postgresql.conf").write_text(
            SETTINGS.format(port=PORT, socket=self.socket)
        )

    def _is_running(self) -> bool:
        return self.data.exists() and bool(
            output(self._pg_ctl("status"), **_as_owner())
        )

    def _pg_ctl(self, action: str) -> list:
        return [self._binary("pg_ctl"), action, "-D", self.data]

    def _binary(self, name: str) -> Path:
        made_by = self.data / "PG_VERSION"
        version = int(made_by.read_text()) if made_by.exists() else None
        folder = postgres_binaries.find(version)
        if not folder:
            raise SetupError(
                f"The databases were made by PostgreSQL {version}, which is not here "
                "any more: install it, or run `make clean` to start anew."
            )
        return folder / name


def _as_owner() -> dict:
    """How to run a program as the user that owns the cluster."""
    owner = {"user": "postgres", "group": "postgres", "extra_groups": []}
    return {"cwd": "/", **(owner if system.is_root() else {})}


def _own_folder(folder: Path):
    folder.mkdir(parents=True, exist_ok=True)
    if system.is_root():
        shutil.chown(folder, "postgres", "postgres")
    elif folder.stat().st_uid != os.getuid():
        raise SetupError(f"{folder} belongs to somebody else: remove it first.")
    folder.chmod(0o700)


def _is_usable(home: Path) -> bool:
    """Can the server's user reach the folder, and is its path short enough?"""
    if len(os.fsencode(home / "socket" / f".s.PGSQL.{PORT}")) > LONGEST_SOCKET:
        return False
    _own_folder(home)
    reached = subprocess.run(["test", "-w", str(home)], check=False, **_as_owner())
    return reached.returncode == 0
