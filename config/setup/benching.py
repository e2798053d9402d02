"""`make bench`: the figures of tests/bench, on a database that is made once.

The database has the size of a region that has run for years, so it is kept: its name
carries the fingerprints of the addons and of what generates it.
"""

import os

from . import addons, building, system
from .console import SetupError, Steps, note
from .locks import exclusive
from .odoo_runner import Odoo
from .paths import LOCAL, LOGS, ROOT, digest
from .processes import started
from .workbench import STEPS, prepared

FOLDER = ROOT / "tests" / "bench"
GENERATOR = ("bulk.py", "region.py", "generate.py")
PREFIX = "leerbedrijf_bench_"
PLANS = LOCAL / "bench" / "plans.txt"


def bench() -> int:
    """Generate the regions when they are not there, print one line a figure."""
    steps = Steps(STEPS + 2)
    scale = os.environ.get("SCALE") or "1"
    with exclusive(LOCAL / "bench.lock", "the benchmarks"), prepared(steps) as bench:
        with steps(f"Regions of the benchmark (size {scale})"):
            database = _database(bench.odoo, bench.template, scale)
        with steps("Figures"):
            PLANS.parent.mkdir(parents=True, exist_ok=True)
            _script(
                bench.odoo,
                database,
                "figures.py",
                LEERBEDRIJF_BENCH_SCALE=scale,
                LEERBEDRIJF_BENCH_ONLY=os.environ.get("ARGS", ""),
                LEERBEDRIJF_PLANS=str(PLANS),
            )
            note(f"PostgreSQL's plans: {PLANS.relative_to(ROOT)}")
    return 0


def _database(odoo: Odoo, template: str, scale: str) -> str:
    parts = [addons.fingerprint(name) for name in addons.names()]
    parts += [(FOLDER / name).read_text() for name in GENERATOR]
    name = PREFIX + digest(template, scale, *parts)
    if odoo.databases.exists(name):
        note("it is there")
        return name
    for other in odoo.databases.names():
        if other.startswith(PREFIX):
            odoo.databases.drop(other)
    system.require_space(LOCAL, 8, "the benchmark")
    unfinished = f"{PREFIX}unfinished"
    odoo.databases.copy(template, unfinished)
    note("installing our addons")
    building.complain(odoo.install(unfinished, addons.names()))
    note("generating, a few minutes")
    _script(odoo, unfinished, "generate.py", LEERBEDRIJF_BENCH_SCALE=scale)
    odoo.databases.ask(unfinished, "VACUUM ANALYZE")
    odoo.databases.replace(name, unfinished)
    return name


def _script(odoo: Odoo, database: str, name: str, **settings: str):
    """Run a script of tests/bench in `odoo shell`: its output is ours, Odoo's a log."""
    log = LOGS / f"bench_{name.removesuffix('.py')}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with (
        (FOLDER / name).open() as script,
        log.open("w") as errors,
        started(
            odoo.command("shell", *odoo.options(database), "--no-http"),
            stdin=script,
            stderr=errors,
            cwd=ROOT,
            env={**odoo.environment, **settings},
        ) as child,
    ):
        code = child.wait()
    if code:
        raise SetupError(f"{name} of the benchmark failed; see {log}.")
