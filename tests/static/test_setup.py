"""The set-up keeps its own rules."""

import ast
import re
from configparser import ConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONFIG = ROOT / "config"
PIN = re.compile(r"([A-Za-z0-9._-]+)==[^\s;]+")
# written in two parts, so that this file does not name them either
REGISTRIES = [
    f"{host}.{domain}"
    for host, domain in (
        ("deb.debian", "org"),
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
    )
]


def _requirements(name):
    lines = (CONFIG / name).read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _configuration(name):
    parser = ConfigParser(interpolation=None)
    parser.read(CONFIG / name)
    return parser


@pytest.mark.parametrize("name", ["__init__.py", "__main__.py"])
def test_an_old_python_can_read_the_entry_point(name):
    ast.parse((CONFIG / "setup" / name).read_text(), feature_version=(3, 4))


def test_every_requirement_is_pinned_once():
    lines = _requirements("requirements.txt") + _requirements("requirements-dev.txt")
    pins = [PIN.fullmatch(line) for line in lines]
    assert [line for line, pin in zip(lines, pins, strict=True) if not pin] == []
    names = [re.sub(r"[._]", "-", pin[1]).lower() for pin in pins]
    assert [name for name in names if names.count(name) > 1] == []


def test_no_file_of_the_setup_names_a_registry():
    files = [ROOT / "Makefile", *(p for p in CONFIG.rglob("*") if p.is_file())]
    texts = {path: path.read_text() for path in files if path.suffix != ".pyc"}
    named = [str(p) for p, text in texts.items() for r in REGISTRIES if r in text]
    assert named == []


def test_production_is_closed():
    options = _configuration("production.conf")["options"]
    assert options["list_db"] == "False"
    assert options["proxy_mode"] == "True"
    assert options["dbfilter"].startswith("^")
    assert int(options["workers"]) > 1
    assert "rpc" not in options["server_wide_modules"].split(",")


@pytest.mark.parametrize("name", ["development.conf", "test.conf", "production.conf"])
def test_no_configuration_holds_a_secret(name):
    options = _configuration(name)["options"]
    secrets = {"admin_passwd", "db_password", "smtp_password", "proxy_access_token"}
    assert secrets & set(options) == set()


@pytest.mark.parametrize("name", ["development.conf", "test.conf", "production.conf"])
def test_jobs_can_run(name):
    configuration = _configuration(name)
    assert "queue_job" in configuration["options"]["server_wide_modules"]
    assert configuration["queue_job"]["channels"].startswith("root:")
