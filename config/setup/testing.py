"""`make test`: everything that shows whether the product keeps its promises.

Each part runs even when an earlier one failed, as far as it can, and says how it
ended; the exit code is that of the whole.
"""

import os
import shlex
import socket
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

from . import addons, building
from .console import SetupError, Steps, note, say
from .locks import exclusive
from .odoo_runner import Odoo
from .paths import CONFIG, LOCAL, LOGS, ROOT
from .processes import stream
from .workbench import STEPS, Workbench, prepared

DATABASE = "leerbedrijf_test"
DEMO = "leerbedrijf_demo_test"
#: run by commands of their own: without a database, on servers, by `make bench`
APART = ["static", "journeys", "production", "tenancy", "bench", "proof"]


OUTCOMES = {True: "passed", False: "FAILED", None: "nothing to run"}


class Report:
    """How the parts ended; None for a part in which there was nothing to run."""

    def __init__(self):
        self.parts: list[tuple[str, bool | None]] = []

    def run(self, name: str, part: Callable[[], bool | None]):
        try:
            passed = part()
        except SetupError as error:
            say(f"{error}")
            passed = False
        self.parts.append((name, passed))

    def close(self) -> int:
        say()
        for name, passed in self.parts:
            say(f"{OUTCOMES[passed]}: {name}")
        return int(any(passed is False for _name, passed in self.parts))


def test() -> int:
    """Everything."""
    parts = [
        ("static tests", _static),
        ("install, update, uninstall", _life_of_the_addons),
        ("demo data", _demo_region),
        ("tests of the addons and of the whole", _pytest_odoo),
        ("server of production", _production),
        ("isolation of the tenants", _tenancy),
        ("journeys in the browser", _journeys),
    ]
    return _run_parts(parts)


def proof() -> int:
    """What takes longer than a test may: the whole isolation and a large retention run,
    each with its figures."""
    return _run_parts(
        [
            ("test database", _refresh),
            ("isolation of the tenants, in full", _tenancy_in_full),
            ("retention of a hundred thousand people", _retention),
        ]
    )


def _run_parts(parts: list[tuple[str, Callable]]) -> int:
    steps = Steps(STEPS + len(parts))
    report = Report()
    with _test_bench(steps) as bench:
        for name, part in parts:
            with steps(name.capitalize()):
                report.run(name, lambda part=part: part(bench))
    return report.close()


def test_odoo() -> int:
    """The addons' own tests, under Odoo's own runner."""
    steps = Steps(STEPS + 2)
    with _test_bench(steps) as bench:
        with steps("Test database"):
            _refresh(bench)
        with steps("Tests under Odoo's own runner"):
            passed = _odoo_runner(bench)
    return int(passed is False)


def pytest_only() -> int:
    """pytest with ARGS, on a test database that is made or updated when needed."""
    steps = Steps(STEPS + 2)
    with _test_bench(steps) as bench:
        with steps("Test database"):
            _refresh(bench)
        with steps("pytest"):
            passed = _pytest_odoo(bench, shlex.split(os.environ.get("ARGS", "")))
    return int(passed is False)


def journeys_only() -> int:
    """The browser journeys with ARGS, on a demo region of the addons as they are."""
    steps = Steps(STEPS + 2)
    with _test_bench(steps) as bench:
        with steps("Demo region"):
            building.region(bench.odoo, bench.template, DEMO)
        with steps("Journeys in the browser"):
            passed = _journeys(bench, shlex.split(os.environ.get("ARGS", "")))
    return int(passed is False)


def production_only() -> int:
    """The tests of the server of production, on the addons as they are."""
    steps = Steps(STEPS + 2)
    with _test_bench(steps) as bench:
        with steps("Test database"):
            _refresh(bench)
        with steps("Server of production"):
            passed = _production(bench, shlex.split(os.environ.get("ARGS", "")))
    return int(passed is False)


@contextmanager
def _test_bench(steps: Steps):
    """One test run at a time in a checkout: they share their databases."""
    with (
        exclusive(LOCAL / "test.lock", "the tests"),
        prepared(steps, with_browser=True) as bench,
    ):
        yield bench


# The databases


def _life_of_the_addons(bench: Workbench) -> bool:
    """Each addon on no more than it needs, all together, updated, uninstalled.

    A warning or an error in Odoo's log is a failure.
    """
    complaints = _install(bench)
    note("updating all of them")
    complaints += bench.odoo.update(DATABASE, addons.names())
    complaints += building.finish(bench.odoo, DATABASE)
    complaints += _uninstall(bench.odoo)
    building.complain(complaints)
    return not complaints


def _install(bench: Workbench) -> list[str]:
    odoo, databases = bench.odoo, bench.odoo.databases
    for stale in (DATABASE, DEMO):
        databases.drop(stale)  # a failure must not leave an earlier run's to be tested
    complaints = []
    made = {}
    for name, needs in addons.needs().items():
        note(f"{name} on {needs[-1] if needs else 'Odoo'} alone")
        made[name] = f"leerbedrijf_alone_{len(made)}"
        databases.copy(made[needs[-1]] if needs else bench.template, made[name])
        complaints += odoo.install(made[name], [name])
    note("all together")
    databases.copy(made[name], DATABASE)
    complaints += odoo.install(DATABASE, addons.names())
    for database in made.values():
        databases.drop(database)
    return complaints


def _uninstall(odoo: Odoo) -> list[str]:
    """Each addon leaves the database as if it had never been there."""
    database = f"{DATABASE}_uninstall"
    odoo.databases.copy(DATABASE, database)
    complaints = []
    for name in reversed(addons.names()):
        note(f"uninstalling {name}")
        complaints += odoo.script(database, "uninstall.py", LEERBEDRIJF_UNINSTALL=name)
    left = odoo.databases.ask(
        database, "SELECT tablename FROM pg_tables WHERE tablename LIKE 'leerbedrijf%'"
    )
    odoo.databases.drop(database)
    return complaints + [f"uninstalling leaves the table {n}" for n in left.split()]


def _demo_region(bench: Workbench) -> bool:
    unfinished = f"{DEMO}_unfinished"
    bench.odoo.databases.copy(DATABASE, unfinished)
    complaints = building.add_demo(bench.odoo, unfinished)
    bench.odoo.databases.replace(DEMO, unfinished)
    building.complain(complaints)
    return not complaints


def _refresh(bench: Workbench) -> bool:
    """The test database of an earlier run, updated; or a new one."""
    if bench.odoo.databases.exists(DATABASE):
        building.bring_up_to_date(bench.odoo, DATABASE)
    else:
        unfinished = f"{DATABASE}_unfinished"
        bench.odoo.databases.copy(bench.template, unfinished)
        building.complain(bench.odoo.install(unfinished, addons.names()))
        building.complain(building.finish(bench.odoo, unfinished))
        bench.odoo.databases.replace(DATABASE, unfinished)
    return True


# The tests


def _static(bench: Workbench) -> bool | None:
    return _pytest(bench.odoo, ["-p", "no:odoo", "tests/static"])


def _pytest_odoo(bench: Workbench, words: list[str] | None = None) -> bool | None:
    options = [
        f"--odoo-config={CONFIG / 'test.conf'}",
        f"--odoo-database={DATABASE}",
        f"--odoo-extra=db-filter=^{DATABASE}$",
        "--odoo-http",
        *(f"--ignore=tests/{name}" for name in APART),
    ]
    return _pytest(bench.odoo, options + (words or ["addons", "tests"]))


def _journeys(bench: Workbench, words: list[str] | None = None) -> bool | None:
    """Browser journeys on a real server; their conftest says what it needs."""
    settings = {
        "LEERBEDRIJF_ODOO": shlex.join(map(str, bench.odoo.command("server"))),
        "LEERBEDRIJF_CONFIG": str(CONFIG / "development.conf"),
        "LEERBEDRIJF_DEMO_DATABASE": DEMO,
        "LEERBEDRIJF_LOGS": str(LOGS),
    }
    return _pytest(
        bench.odoo, ["-p", "no:odoo", *(words or ["tests/journeys"])], **settings
    )


def _production(bench: Workbench, words: list[str] | None = None) -> bool | None:
    """The configuration of production, started; their conftest says what it needs."""
    settings = {
        "LEERBEDRIJF_TEST_DATABASE": DATABASE,
        "LEERBEDRIJF_LOGS": str(LOGS),
    }
    return _pytest(
        bench.odoo, ["-p", "no:odoo", *(words or ["tests/production"])], **settings
    )


def _tenancy(bench: Workbench, **settings: str) -> bool | None:
    """Tenants on real servers; their conftest says what it needs."""
    settings = {
        "LEERBEDRIJF_ODOO": shlex.join(map(str, bench.odoo.command())),
        "LEERBEDRIJF_CONFIG": str(CONFIG / "development.conf"),
        "LEERBEDRIJF_DATABASE": DATABASE,
        "LEERBEDRIJF_LOGS": str(LOGS),
        **settings,
    }
    return _pytest(bench.odoo, ["-p", "no:odoo", "tests/tenancy"], **settings)


def _tenancy_in_full(bench: Workbench) -> bool | None:
    return _tenancy(
        bench,
        LEERBEDRIJF_PROOF="1",
        LEERBEDRIJF_PROBES="52000",
        LEERBEDRIJF_LEAST_PROBES="50000",
    )


def _retention(bench: Workbench) -> bool:
    """Anonymise what is due among many people, killed half way and resumed."""
    database = "leerbedrijf_retention"
    bench.odoo.databases.copy(DATABASE, database)
    try:
        options = ["--config", CONFIG / "development.conf"]
        script = ROOT / "tests" / "proof" / "retention.py"
        return not stream(
            [bench.odoo.python, script, database, *options],
            cwd=ROOT,
            env=bench.odoo.environment,
        )
    finally:
        bench.odoo.databases.drop(database)


def _pytest(odoo: Odoo, words: list[str], **settings: str) -> bool | None:
    folders = [Path(word) for word in words if word.startswith("tests/")]
    if folders and not any(
        folder.suffix or list(ROOT.glob(f"{folder}/**/test_*.py")) for folder in folders
    ):
        note("there are none yet")
        return None
    code = stream(
        [odoo.python.with_name("pytest"), *words],
        cwd=ROOT,
        env={
            **odoo.environment,
            "HYPOTHESIS_STORAGE_DIRECTORY": str(LOCAL / "hypothesis"),
            **settings,
        },
    )
    return code == 0


def _odoo_runner(bench: Workbench) -> bool:
    code = stream(
        bench.odoo.command(
            "server",
            *bench.odoo.options(DATABASE, "test"),
            f"--update={','.join(addons.names())}",
            f"--test-tags={','.join('/' + name for name in addons.names())}",
            f"--http-port={free_port()}",
            "--stop-after-init",
            "--log-level=warn",
            "--log-handler=odoo.tests.result:INFO",
        ),
        cwd=ROOT,
        env=bench.odoo.environment,
    )
    return code == 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
