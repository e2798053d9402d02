"""Making, copying, renaming and asking databases, with PostgreSQL's own client.

Every database of ours is whole in itself: attachments are kept inside it, so that
a copy of the database is a copy of everything.
"""

import os
import subprocess

from .console import SetupError


class Databases:
    """The databases of one server."""

    def __init__(self, environment: dict[str, str]):
        self.environment = environment

    def exists(self, name: str) -> bool:
        return name in self.names()

    def names(self) -> list[str]:
        return self.ask("postgres", "SELECT datname FROM pg_database").splitlines()

    def create(self, name: str):
        self.drop(name)
        self._call("createdb", "-T", "template0", "-E", "UTF8", "--lc-collate=C", name)

    def copy(self, source: str, target: str):
        self.drop(target)
        self._call("createdb", "-T", source, target)

    def replace(self, name: str, successor: str):
        """Let the successor take the name, in one transaction."""
        old = f"{name}_old"
        self.drop(old)
        renames = [(successor, name)]
        if self.exists(name):
            renames.insert(0, (name, old))
        moves = "".join(f'ALTER DATABASE "{a}" RENAME TO "{b}";' for a, b in renames)
        self.ask("postgres", f"BEGIN; {moves} COMMIT;")
        self.drop(old)

    def drop(self, name: str):
        self._call("dropdb", "--if-exists", "--force", name)

    def is_in_use(self, name: str) -> bool:
        """Is anybody connected to it?"""
        sql = "SELECT count(*) FROM pg_stat_activity WHERE datname = :'name'"
        return self.ask("postgres", sql, name=name) != "0"

    def installed_modules(self, database: str) -> list[str]:
        sql = "SELECT name FROM ir_module_module WHERE state = 'installed'"
        return self.ask(database, sql).splitlines()

    def get_parameter(self, database: str, key: str) -> str:
        sql = "SELECT value FROM ir_config_parameter WHERE key = :'key'"
        return self.ask(database, sql, key=key)

    def set_parameter(self, database: str, key: str, value: str):
        self.ask(
            database,
            "INSERT INTO ir_config_parameter (key, value) VALUES (:'key', :'value') "
            "ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value",
            key=key,
            value=value,
        )

    def ask(self, database: str, sql: str, **values: str) -> str:
        variables = [f"--set={name}={value}" for name, value in values.items()]
        options = ["-XAtqw", "--set=ON_ERROR_STOP=1", *variables, "-d", database]
        return self._call("psql", *options, sql=sql)

    def _call(self, *command: str, sql: str | None = None) -> str:
        done = subprocess.run(
            command,
            input=sql,
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            reason = " ".join(done.stderr.split())
            raise SetupError(f"PostgreSQL refuses ({command[0]}): {reason}")
        return done.stdout.strip()
