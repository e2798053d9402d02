"""Run in `odoo shell`: write the texts of our addons to their .pot and nl.po.

A Dutch text stays with its source text. A new source text gets an empty one, which
the tests then ask for; a Dutch text whose source is gone goes too.
"""
# ruff: noqa: F821 (`env` comes from the shell)

from io import BytesIO
from pathlib import Path

import polib

from odoo.modules.module import get_module_path
from odoo.tools.translate import trans_export

HEADER = {
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}
DUTCH = {"Language": "nl", "Plural-Forms": "nplurals=2; plural=(n != 1);"}


def exported(addon):
    """Odoo's export, without the dates that would change every time."""
    text = BytesIO()
    if not trans_export(None, [addon], text, "po", env):
        return polib.POFile()
    catalogue = polib.pofile(text.getvalue().decode())
    catalogue.metadata = {
        "Project-Id-Version": catalogue.metadata["Project-Id-Version"],
        **HEADER,
    }
    return catalogue


def fill(catalogue, path):
    """Give the catalogue the Dutch texts of the file."""
    known = {entry.msgid: entry for entry in polib.pofile(path)}
    for entry in catalogue:
        if entry.msgid in known:
            entry.msgstr = known[entry.msgid].msgstr
            entry.flags = known[entry.msgid].flags


installed = env["ir.module.module"].search(
    [("state", "=", "installed"), ("name", "=like", r"leerbedrijf\_%")], order="name"
)
for addon in installed.mapped("name"):
    folder = Path(get_module_path(addon)) / "i18n"
    folder.mkdir(exist_ok=True)
    catalogue = exported(addon)
    catalogue.save(folder / f"{addon}.pot")
    if (folder / "nl.po").exists():
        fill(catalogue, folder / "nl.po")
    catalogue.metadata |= DUTCH
    catalogue.save(folder / "nl.po")
