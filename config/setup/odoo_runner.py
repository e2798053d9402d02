"""Starting Odoo: with our configuration, on a given database, with its progress."""

import os
import re
import subprocess
from pathlib import Path

from .databases import Databases
from .odoo_source import OdooSource
from .paths import CONFIG, LOGS, ROOT, SCRIPTS
from .processes import run, started

LOADING = re.compile(r"Loading module (\w+) \((\d+)/(\d+)\)")
LOG_LINE = re.compile(r"^\d{4}-\d\d-\d\d \S+ \d+ (?P<level>[A-Z]+) ")


class Odoo:
    """An Odoo that can be started: sources, Python and database server together."""

    def __init__(self, source: OdooSource, python: Path, postgres: dict[str, str]):
        self.source = source
        self.python = python
        self.databases = Databases(postgres)
        self.environment = self._environment(postgres)

    def install(self, database: str, modules: list[str], *options: str) -> list[str]:
        return self._load(database, "--init", modules, *options)

    def update(self, database: str, modules: list[str], *options: str) -> list[str]:
        # without it, changed translations of known terms would not arrive
        return self._load(database, "--update", modules, "--i18n-overwrite", *options)

    def script(self, database: str, name: str, **settings: str) -> list[str]:
        """Run one of our scripts in `odoo shell`; the log's complaints."""
        with (SCRIPTS / name).open() as script:
            return self._run(
                ["shell", *self.options(database), "--no-http"],
                f"{database}: {name} failed.",
                database,
                stdin=script,
                env={**self.environment, **settings},
            )

    def serve(self, database: str, port: int, log: Path):
        """A running server; ends with the block."""
        address = f"http://127.0.0.1:{port}"
        # printed documents fetch their style sheets from this address
        self.databases.set_parameter(database, "web.base.url", address)
        log.parent.mkdir(parents=True, exist_ok=True)
        return started(
            self.command("server", *self.options(database), f"--http-port={port}"),
            stdout=log.open("w"),
            stderr=subprocess.STDOUT,
            cwd=ROOT,
            env=self.environment,
        )

    def command(self, *words: str) -> list:
        return [self.python, "-m", "odoo", *words]

    def options(self, database: str, configuration: str = "development") -> list[str]:
        return [
            f"--config={CONFIG / configuration}.conf",
            f"--database={database}",
            f"--db-filter=^{database}$",
        ]

    def _load(self, database: str, action: str, modules: list[str], *options: str):
        words = ["server", *self.options(database), "--no-http", "--stop-after-init"]
        words += [f"{action}={','.join(modules)}", *options]
        failure = f"Odoo cannot {action[2:]} {', '.join(modules)[:60]} in {database}."
        return self._run(words, failure, database)

    def _run(self, words: list[str], failure: str, database: str, **options):
        complaints = Complaints()

        def on_line(line: str) -> str | None:
            complaints.see(line)
            if loading := LOADING.search(line):
                name, number, total = loading.groups()
                return f"module {number} of {total}: {name}"
            return None

        run(
            self.command(*words),
            LOGS / f"{database}.log",
            failure,
            on_line=on_line,
            cwd=ROOT,
            **{"env": self.environment, **options},
        )
        return complaints.blocks

    def _environment(self, postgres: dict[str, str]) -> dict[str, str]:
        theirs = {
            name: value
            for name, value in os.environ.items()
            # settings of somebody else's Odoo or database server
            if not name.startswith(("PG", "ODOO_"))
        }
        return {
            **theirs,
            **postgres,
            "PYTHONPATH": str(self.source.path),
            "PYTHONUNBUFFERED": "1",
        }


class Complaints:
    """The warnings and errors of a log, each with the lines that belong to it."""

    levels = ("WARNING", "ERROR", "CRITICAL")

    def __init__(self):
        self.blocks: list[str] = []
        self.inside = False

    def see(self, line: str):
        if start := LOG_LINE.match(line):
            self.inside = start["level"] in self.levels
            if self.inside:
                self.blocks.append(line)
        elif self.inside:
            self.blocks[-1] += line
