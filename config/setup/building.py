"""The databases: a template with the stock modules, and regions built on it.

Everything is built under a temporary name and takes its real name when it is
whole. A database carries the fingerprints of the addons that it was built from, so
that it knows itself whether it is up to date.
"""

import json

from . import addons, postgres, python_env, system
from .console import SetupError, note
from .locks import exclusive
from .odoo_runner import Odoo
from .odoo_source import OdooSource
from .paths import LOCAL, SCRIPTS, digest

DEMO = "leerbedrijf_demo"
TEMPLATE = "leerbedrijf_base_"
STAMP = "leerbedrijf.built_from"
LANGUAGES = "en_US,nl_NL"


# The template


def template(odoo: Odoo, source: OdooSource) -> str:
    """The database with every stock module that our addons ask for.

    English and Dutch, a Dutch main company, no demo data. Making it takes a minute,
    copying it a second.
    """
    name = TEMPLATE + digest(
        source.identity,
        python_env.requirements_digest(),
        *addons.dependencies(),
        (SCRIPTS / "prepare_base.py").read_text(),
    )
    with exclusive(LOCAL / "template.lock", "the database template"):
        if not odoo.databases.exists(name):
            system.require_space(LOCAL, 1, "the databases")
            _new_template(odoo, name)
    return name


def _new_template(odoo: Odoo, name: str):
    unfinished = f"{TEMPLATE}unfinished"
    odoo.databases.create(unfinished)
    note("the base of Odoo, in English and Dutch")
    odoo.install(unfinished, ["base"], f"--load-language={LANGUAGES}")
    odoo.script(unfinished, "prepare_base.py")
    note(f"the modules that our addons need: {', '.join(addons.dependencies())}")
    complain(odoo.install(unfinished, addons.dependencies()))
    _drop_older_templates(odoo)
    odoo.databases.replace(name, unfinished)


def _drop_older_templates(odoo: Odoo):
    """Not on a shared server, where another checkout may still use them."""
    if postgres.is_external():
        return
    for name in odoo.databases.names():
        if name.startswith(TEMPLATE) and not name.endswith("unfinished"):
            odoo.databases.drop(name)


# Regions


def region(odoo: Odoo, template_name: str, name: str = DEMO):
    """The demo region: made when it is not there, updated when our addons changed."""
    with exclusive(LOCAL / f"{name}.lock", "the demo region"):
        if odoo.databases.exists(name):
            bring_up_to_date(odoo, name)
        else:
            new_region(odoo, template_name, name)


def new_region(odoo: Odoo, template_name: str, name: str = DEMO):
    """Build a region with its demo data, in the place of the one that was there."""
    _refuse_if_in_use(odoo, name)
    unfinished = f"{name}_unfinished"
    note("installing our addons")
    odoo.databases.copy(template_name, unfinished)
    complain(odoo.install(unfinished, addons.names()))
    add_demo(odoo, unfinished)
    odoo.databases.replace(name, unfinished)


def add_demo(odoo: Odoo, database: str) -> list[str]:
    """Load our demo data, compile the web client's assets, stamp the database."""
    note("loading the demo data")
    complaints = odoo.script(database, "load_demo.py")
    note("compiling the web client")
    complaints += odoo.script(database, "warm_up.py")
    stamp(odoo, database)
    complain(complaints)
    return complaints


def bring_up_to_date(odoo: Odoo, name: str):
    """Update a copy, which then takes the place of the database."""
    work = _outdated(odoo, name)
    if not work:
        note("it is there and up to date")
        return
    _refuse_if_in_use(odoo, name)
    note(f"updating {', '.join(work)}")
    unfinished = f"{name}_unfinished"
    odoo.databases.copy(name, unfinished)
    present = odoo.databases.installed_modules(unfinished)
    if absent := [module for module in addons.names() if module not in present]:
        complain(odoo.install(unfinished, absent))
    complain(odoo.update(unfinished, work))
    odoo.script(unfinished, "warm_up.py")
    stamp(odoo, unfinished)
    odoo.databases.replace(name, unfinished)


def _refuse_if_in_use(odoo: Odoo, name: str):
    if odoo.databases.is_in_use(name):
        raise SetupError(
            f"The database {name} has to be rebuilt, but a server is using it: "
            "stop that one (Ctrl-C where it runs), then run this again."
        )


# What a database was built from


def stamp(odoo: Odoo, database: str):
    odoo.databases.set_parameter(database, STAMP, json.dumps(_fingerprints()))


def _outdated(odoo: Odoo, database: str) -> list[str]:
    """The addons to update; "all" when Odoo or OCA came in another version."""
    before = json.loads(odoo.databases.get_parameter(database, STAMP) or "{}")
    now = _fingerprints()
    changed = [name for name in now if now[name] != before.get(name)]
    return ["all"] if "requirements" in changed else changed


def _fingerprints() -> dict[str, str]:
    return {
        "requirements": python_env.requirements_digest(),
        **{name: addons.fingerprint(name) for name in addons.names()},
    }


def complain(complaints: list[str]):
    """Show the warnings and errors of Odoo's log."""
    for complaint in complaints:
        note(complaint.strip()[:2000].replace("\n", "\n        "))
