"""`make i18n`: the texts of our addons, and the Dutch ones that are still missing."""

import re

from . import addons, building
from .console import Steps, note
from .paths import ADDONS
from .workbench import STEPS, Workbench, prepared

DATABASE = "leerbedrijf_texts"


def update() -> int:
    """Bring each addon's .pot and nl.po up to date with its English texts.

    From a database without demo data, whose names would be taken for texts.
    """
    steps = Steps(STEPS + 2)
    with prepared(steps) as bench:
        with steps("A database for the texts"):
            bench.odoo.databases.copy(bench.template, DATABASE)
            building.complain(bench.odoo.install(DATABASE, addons.names()))
        with steps("Texts"):
            _write(bench)
    return 0


def _write(bench: Workbench):
    building.complain(bench.odoo.script(DATABASE, "update_texts.py"))
    bench.odoo.databases.drop(DATABASE)
    for name in addons.names():
        path = ADDONS / name / "i18n" / "nl.po"
        missing = re.findall(r'^msgstr ""\n\n', path.read_text() + "\n\n", re.MULTILINE)
        note(f"{path.relative_to(ADDONS.parent)}: {len(missing)} texts without Dutch")
