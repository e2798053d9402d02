"""Where everything lies: the checkout, its ignored folder, the cache."""

import hashlib
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ADDONS = ROOT / "addons"
CONFIG = ROOT / "config"
SCRIPTS = CONFIG / "setup" / "scripts"

#: what belongs to this checkout: the database cluster, logs, locks
LOCAL = ROOT / ".local"
LOGS = LOCAL / "log"


def cache() -> Path:
    """What every checkout on the machine shares: Odoo and the requirements."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    home = Path(base) if os.path.isabs(base) else Path.home() / ".cache"
    return home / "leerbedrijf"


def digest(*parts: str | bytes, length: int = 12) -> str:
    """A short name for a content: it changes when one of the parts does."""
    seal = hashlib.sha256()
    for part in parts:
        seal.update(part.encode() if isinstance(part, str) else part)
        seal.update(b"\0")
    return seal.hexdigest()[:length]
