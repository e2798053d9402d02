"""`make lint`: the linters, without Odoo and without a database."""

from . import addons, python_env, system
from .console import Steps
from .paths import ADDONS, ROOT
from .processes import stream


def lint() -> int:
    steps = Steps(5)
    with steps("System packages"):
        system.require(system.PYTHON)
    with steps("Python requirements"):
        python = python_env.prepare()
    failed = False
    for title, tool, *words in (
        ("ruff check", "ruff", "check", "."),
        ("ruff format", "ruff", "format", "--check", "."),
        ("pylint with pylint-odoo", "pylint", *_addon_folders()),
    ):
        with steps(title):
            failed |= bool(stream([python.with_name(tool), *words], cwd=ROOT))
    return int(failed)


def _addon_folders() -> list:
    return [ADDONS / name for name in addons.names()]
