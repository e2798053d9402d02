"""What `make` can ask for."""

import argparse
import os
import shlex
import shutil
from contextlib import ExitStack

from . import benching, building, checking, i18n, processes, serving, testing
from .console import SetupError, Steps, say
from .paths import LOCAL, ROOT, cache
from .postgres import Cluster
from .workbench import STEPS, prepared


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python3 -m config.setup")
    parser.add_argument("command", choices=COMMANDS)
    command = COMMANDS[parser.parse_args(words).command]
    processes.handle_signals()
    os.chdir(ROOT)
    try:
        return command()
    except (SetupError, OSError) as error:
        # an OSError names the file that is somebody else's, or the full disk
        say(f"\nStopped: {error}")
        return 1
    except KeyboardInterrupt:
        say("\nStopped on request.")
        return 130


def run() -> int:
    """Set up, create or update the demo region, serve it."""
    port = int(os.environ.get("PORT") or 8069)
    serving.require_free_port(port)
    steps = Steps(STEPS + 2)
    with prepared(steps) as bench:
        with steps("Demo region"):
            building.region(bench.odoo, bench.template)
        with ExitStack() as stack:
            with steps("Web server"):
                server = stack.enter_context(
                    serving.answering(bench.odoo, building.DEMO, port)
                )
            serving.announce(port)
            return serving.until_stopped(server)


def demo() -> int:
    """Build the demo region anew."""
    steps = Steps(STEPS + 1)
    with prepared(steps) as bench, steps("Demo region"):
        building.new_region(bench.odoo, bench.template)
    return 0


def shell() -> int:
    """`odoo shell` on the demo region."""
    steps = Steps(STEPS + 1)
    with prepared(steps) as bench:
        odoo = bench.odoo
        with steps("Demo region"):
            if not odoo.databases.exists(building.DEMO):
                building.region(odoo, bench.template)
        return processes.interactive(
            odoo.command("shell", *odoo.options(building.DEMO), "--no-http"),
            cwd=ROOT,
            env=odoo.environment,
        )


def odoo() -> int:
    """Odoo's command line with ARGS, our configuration and our database server."""
    words = shlex.split(os.environ.get("ARGS", ""))
    with prepared(Steps(STEPS)) as bench:
        environment = {
            **bench.odoo.environment,
            "ODOO_RC": str(ROOT / "config" / "development.conf"),
        }
        return processes.interactive(
            bench.odoo.command(*words), cwd=ROOT, env=environment
        )


def clean() -> int:
    """Remove what the commands made in the checkout, the databases too."""
    Cluster.of_checkout().remove()
    shutil.rmtree(LOCAL, ignore_errors=True)
    return 0


def distclean() -> int:
    """And the cache that every checkout of this user shares."""
    clean()
    shutil.rmtree(cache(), ignore_errors=True)
    return 0


COMMANDS = {
    "run": run,
    "test": testing.test,
    "test-odoo": testing.test_odoo,
    "pytest": testing.pytest_only,
    "journeys": testing.journeys_only,
    "proof": testing.proof,
    "production": testing.production_only,
    "bench": benching.bench,
    "lint": checking.lint,
    "demo": demo,
    "shell": shell,
    "odoo": odoo,
    "i18n": i18n.update,
    "clean": clean,
    "distclean": distclean,
}
