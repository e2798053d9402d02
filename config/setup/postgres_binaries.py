"""PostgreSQL's own programs: Debian keeps the server's outside the PATH."""

import re
import shutil
from pathlib import Path

OLDEST = 13  # Odoo 19 needs this one or later


def find(version: int | None = None) -> Path | None:
    """The folder with `initdb`: of this version, or of the newest one there is."""
    folders = {_version(folder): folder for folder in _candidates()}
    if version:
        return folders.get(version)
    return folders[max(folders)] if folders and max(folders) >= OLDEST else None


def _candidates():
    yield from Path("/usr/lib/postgresql").glob("*/bin")
    if on_path := shutil.which("initdb"):
        yield Path(on_path).resolve().parent


def _version(folder: Path) -> int:
    number = re.search(r"(\d+)", folder.parent.name)
    return int(number[1]) if number and (folder / "initdb").exists() else 0
