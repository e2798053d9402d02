"""What every command that starts Odoo needs first: the five steps that lead to it."""

from contextlib import ExitStack, contextmanager
from typing import NamedTuple

from . import odoo_source, postgres, python_env, system
from .building import template
from .console import Steps
from .odoo_runner import Odoo

STEPS = 5


class Workbench(NamedTuple):
    odoo: Odoo
    template: str  # the database to copy new ones from


@contextmanager
def prepared(steps: Steps, with_browser: bool = False):
    """Packages, Odoo, requirements, a running PostgreSQL and the template."""
    with steps("System packages"):
        system.require(
            system.SERVER
            + postgres.packages()
            + (system.BROWSER if with_browser else [])
        )
    with steps("Odoo 19"):
        source = odoo_source.fetch()
    with steps("Python requirements"):
        python = python_env.prepare()
    with ExitStack() as stack:
        with steps("PostgreSQL"):
            environment = stack.enter_context(postgres.running())
        odoo = Odoo(source, python, environment)
        with steps("Database template (Odoo's own modules)"):
            name = template(odoo)
        yield Workbench(odoo, name)
