"""The virtual environment with the pinned requirements, kept in the cache.

`pip install --no-deps`: our files name every package, their dependencies too, so
that pip never looks at what Odoo's own metadata asks for (python-ldap and
psycopg2, which need a compiler).
"""

import os
import platform
import shutil
import sys
from pathlib import Path

from . import system
from .console import note
from .locks import exclusive
from .paths import CONFIG, LOGS, cache, digest
from .processes import run

FILES = [CONFIG / "requirements.txt", CONFIG / "requirements-dev.txt"]


def requirements_digest() -> str:
    return digest(*(path.read_bytes() for path in FILES))


def prepare() -> Path:
    """The environment's `python`; made when the requirements are new."""
    key = digest(requirements_digest(), platform.python_version(), sys.executable)
    target = cache() / f"venv-{key}"
    with exclusive(cache() / "venv.lock", "the Python requirements"):
        if not (target / "complete").exists():
            system.require_space(cache(), 1, "the Python requirements")
            try:
                _build(target)
            except BaseException:
                shutil.rmtree(target, ignore_errors=True)
                raise
    return target / "bin" / "python"


def _build(target: Path):
    """In place, because scripts of an environment name its path: `complete` is
    written last, and what has no such file is thrown away."""
    shutil.rmtree(target, ignore_errors=True)
    note("making a virtual environment")
    log = LOGS / "pip.log"
    run(
        [sys.executable, "-m", "venv", target],
        log,
        "The virtual environment cannot be made.",
    )
    total = sum(len(_pins(path)) for path in FILES)
    seen = 0

    def count(line: str) -> str | None:
        nonlocal seen
        if line.startswith(("Collecting", "Processing")):
            seen += 1
            return f"{seen} of {total}: {line.split()[1]}"
        return "installing" if line.startswith("Installing") else None

    run(
        [
            target / "bin" / "python",
            "-m",
            "pip",
            "install",
            "--no-deps",
            "--disable-pip-version-check",
            *(word for path in FILES for word in ("-r", path)),
        ],
        log,
        "The Python requirements cannot be installed: is there a network?",
        on_line=count,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    (target / "complete").touch()


def _pins(path: Path) -> list[str]:
    lines = (line.strip() for line in path.read_text().splitlines())
    return [line for line in lines if line and not line.startswith("#")]
