"""Our addons: their order, what they need of Odoo and OCA, their fingerprint."""

import ast
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

from .paths import ADDONS, digest

#: parts of an addon that change nothing in a database
NOT_INSTALLED = {"tests", "readme", "__pycache__"}


@cache
def manifests() -> dict[str, dict]:
    """Name and manifest of each of our addons, dependencies first."""
    found = {
        path.parent.name: ast.literal_eval(path.read_text())
        for path in sorted(ADDONS.glob("*/__manifest__.py"))
    }
    found = {name: m for name, m in found.items() if m.get("installable", True)}
    graph = {name: sorted({*m["depends"]} & {*found}) for name, m in found.items()}
    return {name: found[name] for name in TopologicalSorter(graph).static_order()}


def names() -> list[str]:
    return list(manifests())


def needs() -> dict[str, list[str]]:
    """For each of our addons, those of our addons that it depends on."""
    found = manifests()
    return {
        name: [need for need in found if need in manifest["depends"]]
        for name, manifest in found.items()
    }


def dependencies() -> list[str]:
    """The modules of Odoo and OCA that our manifests name."""
    wanted = {need for manifest in manifests().values() for need in manifest["depends"]}
    return sorted(wanted - set(manifests()))


def fingerprint(name: str) -> str:
    """Changes when something changes that an update would bring into a database."""
    files = sorted(path for path in (ADDONS / name).rglob("*") if _counts(path))
    return digest(
        *(
            part
            for path in files
            for part in (str(path.relative_to(ADDONS)), path.read_bytes())
        )
    )


def _counts(path: Path) -> bool:
    inside = path.relative_to(ADDONS).parts
    hidden = any(part.startswith(".") for part in inside)
    return path.is_file() and not hidden and not NOT_INSTALLED & set(inside)
