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
from .paths import LOCAL, SCRIPTS, digest

DEMO = "leerbedrijf_demo"
TEMPLATE = "leerbedrijf_base_"
STAMP = "leerbedrijf.built_from"
LANGUAGES = "en_US,nl_NL"


# The template


def template(odoo: Odoo) -> str:
    """The database with every stock module that our addons ask for.

    English and Dutch, a Dutch main company, no demo data. Making it takes a minute,
    copying it a second.
    """
    name = TEMPLATE + digest(
        *_foundation(odoo).values(),
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
    complain(finish(odoo, unfinished))
    complain(add_demo(odoo, unfinished))
    odoo.databases.replace(name, unfinished)


def finish(odoo: Odoo, database: str) -> list[str]:
    """After every install and update: compile the web client, stamp the database."""
    note("compiling the web client")
    complaints = odoo.script(database, "warm_up.py")
    stamp = json.dumps(_fingerprints(odoo))
    odoo.databases.set_parameter(database, STAMP, stamp)
    return complaints


def add_demo(odoo: Odoo, database: str) -> list[str]:
    note("loading the demo data")
    return odoo.script(database, "load_demo.py")


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
    complain(finish(odoo, unfinished))
    odoo.databases.replace(name, unfinished)


def _refuse_if_in_use(odoo: Odoo, name: str):
    if odoo.databases.is_in_use(name):
        raise SetupError(
            f"The database {name} has to be rebuilt, but a server is using it: "
            "stop that one (Ctrl-C where it runs), then run this again."
        )


# What a database was built from


def _outdated(odoo: Odoo, database: str) -> list[str]:
    """The addons to update; "all" when Odoo or OCA came in another version."""
    before = json.loads(odoo.databases.get_parameter(database, STAMP) or "{}")
    now = _fingerprints(odoo)
    changed = [name for name in now if now[name] != before.get(name)]
    return ["all"] if set(changed) & set(_foundation(odoo)) else changed


def _fingerprints(odoo: Odoo) -> dict[str, str]:
    ours = {name: addons.fingerprint(name) for name in addons.names()}
    return {**_foundation(odoo), **ours}


def _foundation(odoo: Odoo) -> dict[str, str]:
    return {
        "odoo": odoo.source.identity,
        "requirements": python_env.requirements_digest(),
    }


def complain(complaints: list[str]):
    """Show the warnings and errors of Odoo's log."""
    for complaint in complaints:
        note(complaint.strip()[:2000].replace("\n", "\n        "))
