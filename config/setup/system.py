"""System packages: what Debian has to provide.

Root gets what is missing installed; anybody else gets the command that does it.
"""

import ctypes
import importlib.util
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from . import postgres_binaries
from .console import SetupError, note
from .paths import LOGS
from .processes import output, run


class Package(NamedTuple):
    name: str
    is_present: Callable[[], bool]


def _has(*commands: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(command) for command in commands)


def _has_library(name: str) -> Callable[[], bool]:
    def is_present() -> bool:
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True

    return is_present


def _has_fonts() -> bool:
    """The fonts of our PDF documents; `fc-list` is not on every machine."""
    return any(Path("/usr/share/fonts").rglob("Liberation*"))


PYTHON = [
    Package("python3-venv", lambda: bool(importlib.util.find_spec("ensurepip"))),
]
SERVER = [
    *PYTHON,
    Package("wkhtmltopdf", _has("wkhtmltopdf")),
    Package("fonts-liberation", _has_fonts),
]
DATABASE_SERVER = [
    Package("postgresql", lambda: bool(postgres_binaries.find())),
]
DATABASE_CLIENT = [
    Package("postgresql-client", _has("psql")),
]
BROWSER = [
    Package("chromium", _has("chromium", "chromium-browser", "google-chrome")),
    # for the Node.js that comes with Playwright
    Package("libatomic1", _has_library("libatomic.so.1")),
]


def require(packages: list[Package]):
    """Have these packages on the machine, or say in one sentence what to do."""
    missing = [package.name for package in packages if not package.is_present()]
    if not missing:
        return
    if os.geteuid() or not shutil.which("apt-get"):
        raise SetupError(
            f"These system packages are missing: {', '.join(missing)}; "
            f"install them with: sudo apt-get install {' '.join(missing)}"
        )
    _install(missing)
    absent = [package.name for package in packages if not package.is_present()]
    if absent:
        raise SetupError(f"apt-get installed {absent}, yet it is not usable.")


def _install(names: list[str]):
    note(f"installing {', '.join(names)}")
    if "postgresql" in names:
        _without_main_cluster()
    if not _can_install(names):
        _apt("update")
    try:
        _apt("install", *names)
    except SetupError:
        # the machine's package lists may be older than the archive
        _apt("update")
        _apt("install", *names)


def _can_install(names: list[str]) -> bool:
    return bool(output(["apt-get", "-s", "install", "--no-install-recommends", *names]))


def _apt(action: str, *names: str):
    run(
        ["apt-get", "-y", "-q", "--no-install-recommends", "-oAPT::Status-Fd=1"]
        + [action, *names],
        LOGS / "apt.log",
        f"apt-get {action} failed: is there a network?",
        on_line=apt_progress,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
    )


def apt_progress(line: str) -> str | None:
    """apt's machine-readable status: "dlstatus:7:20.5:Retrieving file 1 of 7"."""
    kind, *rest = line.split(":", 3)
    if kind in ("dlstatus", "pmstatus") and len(rest) == 3:
        return f"{float(rest[1]):.0f}% {rest[2].strip()}"
    return None


def _without_main_cluster():
    """Keep Debian from starting a database server that nobody asked for."""
    settings = Path("/etc/postgresql-common/createcluster.conf")
    if not settings.exists():
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text("create_main_cluster = false\n")


def require_space(folder: Path, gigabytes: float, what: str):
    """Look at the free space before anything is written."""
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free / 1e9
    if free < gigabytes:
        raise SetupError(
            f"There is {free:.1f} GB free in {folder}, and {what} needs "
            f"{gigabytes:g} GB: make room and run this again."
        )


def is_root() -> bool:
    return os.geteuid() == 0


def user_name() -> str:
    return subprocess.check_output(["id", "-un"], text=True).strip()
