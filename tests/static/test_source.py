"""Rules of the house that a reader can check without running anything."""

import ast
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from source import python_files

SECTOR_WORDS = re.compile(r"\b(zorg|logistiek|care|logistics)\b", re.I)


def _manifest(addon):
    return ast.literal_eval((addon / "__manifest__.py").read_text())


def test_manifests(addons):
    for addon in addons:
        manifest = _manifest(addon)
        assert manifest["license"] == "AGPL-3"
        assert re.fullmatch(r"19\.0\.\d+\.\d+\.\d+", manifest["version"])
        listed = set(manifest.get("data", [])) | set(manifest.get("demo", []))
        there = {
            str(path.relative_to(addon))
            for path in addon.rglob("*.xml")
            if "static" not in path.parts
        }
        assert there - listed == set(), f"{addon.name}: files that nobody loads"
        assert {name for name in listed if not (addon / name).exists()} == set()


def test_arrows_point_one_way(addons):
    names = {addon.name for addon in addons}
    for addon in addons:
        ours = names & set(_manifest(addon)["depends"])
        expected = set() if addon.name == "leerbedrijf_core" else {"leerbedrijf_core"}
        assert ours == expected


def test_core_never_names_a_sector(addons):
    core = next(addon for addon in addons if addon.name == "leerbedrijf_core")
    sources = [*python_files(core), *core.rglob("*.xml"), *core.rglob("*.csv")]
    named = {
        f"{path.relative_to(core)}: {line.strip()}"
        for path in sources
        if "demo" not in path.parts
        for line in path.read_text().splitlines()
        if SECTOR_WORDS.search(line)
    }
    assert named == set()


def _sudo_calls(path):
    tree = ast.parse(path.read_text())
    return {
        node.end_lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _becomes_superuser(node)
    }


def _becomes_superuser(call):
    """`sudo()` in any of its spellings."""
    if isinstance(call.func, ast.Attribute) and call.func.attr == "sudo":
        return not (call.args and getattr(call.args[0], "value", None) is False)
    values = [*call.args, *(k.value for k in call.keywords if k.arg in ("su", "user"))]
    names = {ast.unparse(value).rpartition(".")[2] for value in values}
    su = any(k.arg == "su" and ast.unparse(k.value) != "False" for k in call.keywords)
    return su or "SUPERUSER_ID" in names


def _function_start(path, line):
    """The first line of the innermost function or class that holds `line`."""
    return max(
        node.lineno
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and node.lineno <= line <= node.end_lineno
    )


def test_every_sudo_says_why_it_is_safe(addons):
    """A comment that begins with “Superuser” stands above it, in the same function."""
    silent = set()
    for path in (p for addon in addons for p in python_files(addon)):
        lines = path.read_text().splitlines()
        for line in _sudo_calls(path):
            above = lines[_function_start(path, line) - 1 : line]
            if not any("# Superuser" in text for text in above):
                silent.add(f"{path.name}:{line}")
    assert silent == set(), (
        "Past the rules a tenant's data is open. Do without, or put a comment “# "
        "Superuser: …” above it that says why nothing of another tenant comes out."
    )


def test_every_address_asks_who_comes(addons):
    """A route is for users (`auth="user"`), or a comment that begins with “Open:” says
    who else may come and what guards the data then."""
    open_routes = set()
    for path in (p for addon in addons for p in python_files(addon)):
        lines = path.read_text().splitlines()
        for decorator in _routes(path):
            auth = next((k.value for k in decorator.keywords if k.arg == "auth"), None)
            above = lines[max(decorator.lineno - 4, 0) : decorator.end_lineno]
            if getattr(auth, "value", "") != "user" and not any(
                "# Open:" in text for text in above
            ):
                open_routes.add(f"{path.name}:{decorator.lineno}")
    assert open_routes == set(), (
        'Give the route auth="user"; if visitors have to come, put “# Open: …” above '
        "it that says what guards the data then."
    )


def _routes(path):
    return [
        decorator
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Call)
        and ast.unparse(decorator.func) in ("http.route", "route")
    ]


def test_no_address_of_a_package_registry(addons):
    root = addons[0].parents[1]
    hosts = re.compile(r"(pypi|pythonhosted|npmjs|deb\.debian|ghcr)\.(org|com|io)")
    tracked = [
        path
        for folder in ("addons", "config", "tests", "docs", ".ci")
        for path in (root / folder).rglob("*")
        if path.is_file() and path.suffix in {".py", ".md", ".txt", ".conf", ".toml"}
    ]
    assert {p.name for p in tracked if hosts.search(p.read_text())} == set()
