"""A real server and a real browser for the journeys.

Started by `make test` and `make journeys`, which build the demo region and set:

- `LEERBEDRIJF_ODOO`: the command that starts Odoo's server, as a shell would read it;
- `LEERBEDRIJF_CONFIG`: the configuration file to start it with;
- `LEERBEDRIJF_DEMO_DATABASE`: the demo region; every run works on a copy of it;
- `LEERBEDRIJF_LOGS`: the folder for the server's log and for screenshots of failures;
- `PGHOST`, `PGPORT`, `PGUSER`, `PGPASSWORD`: the database server.

pytest runs them with `-p no:odoo`: a journey knows the product only through its pages.

Fixtures: `server` (its address), `browser`, `login` (a role's name to a page),
`user_of` (a role's name to its demo log-in). A role is the name of a group of
leerbedrijf_core without "group_": `account_manager`, `coordinator`, `finance`.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

# For what the journeys share: `from screen import Screen`.
FOLDER = Path(__file__).parent
sys.path[:0] = [str(FOLDER), str(FOLDER.parent)]

from serving import copy_database, drop_database, free_port, stop, wait_for

ROOT = Path(__file__).resolve().parents[2]
COPY = "leerbedrijf_journeys"
PATIENCE = 30_000  # milliseconds that a page may take
# Odoo logs the sentence that a user gets as a warning; what Python deprecates; and the
# sockets that it finds unclosed, at whatever line the garbage happened to be collected.
NOT_OURS = re.compile(
    r" (odoo\.http|py\.warnings): (?!.*/leerbedrijf_)|ResourceWarning: unclosed <socket"
)
COMPLAINT = re.compile(r"^\S+ \S+ \d+ (WARNING|ERROR|CRITICAL) .*", re.MULTILINE)

expect.set_options(timeout=PATIENCE)


class DemoUser(NamedTuple):
    login: str
    password: str
    groups: str


# The server


@pytest.fixture(scope="session")
def settings() -> dict[str, str]:
    names = ("ODOO", "CONFIG", "DEMO_DATABASE", "LOGS")
    found = {name: os.environ.get(f"LEERBEDRIJF_{name}", "") for name in names}
    if not all(found.values()):
        pytest.exit("The journeys need a demo region: run them with `make journeys`.")
    return found


@pytest.fixture(scope="session")
def database(settings):
    """A copy of the demo region, thrown away at the end."""
    copy_database(settings["DEMO_DATABASE"], COPY)
    yield COPY
    drop_database(COPY)


@pytest.fixture(scope="session")
def server(settings, database):
    """The address of a running server; its log must stay free of complaints."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    log = Path(settings["LOGS"]) / "journeys.log"
    _set_address(database, address)
    command = [
        *shlex.split(settings["ODOO"]),
        f"--config={settings['CONFIG']}",
        f"--database={database}",
        f"--db-filter=^{database}$",
        f"--http-port={port}",
    ]
    with log.open("w") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            wait_for(f"{address}/web/login", process, log)
            yield address
        finally:
            stop(process)
    complaints = [match[0] for match in COMPLAINT.finditer(log.read_text())]
    complaints = [line for line in complaints if not NOT_OURS.search(line)]
    assert not complaints, f"The server complained ({log}):\n" + "\n".join(complaints)


def _set_address(database: str, address: str):
    """Printed documents fetch their style sheets from this address."""
    subprocess.run(
        ["psql", "-Xqw", "-v", f"address={address}", "-d", database],
        input="UPDATE ir_config_parameter SET value = :'address' "
        "WHERE key = 'web.base.url'",
        text=True,
        check=True,
    )


# The people


@pytest.fixture(scope="session")
def user_of():
    """The demo's log-in for a role, or of a name; read from where it is made."""
    users = [user for user in _demo_users() if user.password]

    def find(role: str) -> DemoUser:
        group = re.compile(rf"\bgroup_{role}\b")
        for user in users:
            if user.login == role:
                return user
        for user in users:
            if group.search(user.groups):
                return user
        raise LookupError(f"The demo has no user with the role {role}.")

    return find


def _demo_users():
    for path in sorted((ROOT / "addons").glob("leerbedrijf_*/demo/*.xml")):
        for record in ElementTree.parse(path).iter("record"):
            if record.get("model") == "res.users":
                fields = {field.get("name"): field for field in record.iter("field")}
                yield DemoUser(
                    _text(fields, "login"),
                    _text(fields, "password"),
                    _text(fields, "group_ids", "eval"),
                )


def _text(fields: dict, name: str, attribute: str = "") -> str:
    field = fields.get(name)
    if field is None:
        return ""
    return (field.get(attribute, "") if attribute else field.text or "").strip()


# The browser


@pytest.fixture(scope="session")
def browser():
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, names)), None)
    if not path:
        pytest.exit("The journeys need chromium: apt-get install chromium.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def contexts(browser):
    """A browser of its own for each user, who stays logged in from test to test."""
    return {}


@pytest.fixture
def login(server: str, browser: Browser, contexts, user_of, request, settings):
    """Log in as a role, in Dutch, in a window of its own: `page = login("finance")`.

    A role may also be a log-in name. `page.errors` holds what goes wrong in the
    browser. When the test fails, a screenshot of every window lies beside the server's
    log.
    """
    pages: list[Page] = []

    def enter(role: str) -> Page:
        user = user_of(role)
        known = user.login in contexts
        if not known:
            contexts[user.login] = _context(browser)
        page = contexts[user.login].new_page()
        page.errors = _listen(page)
        pages.append(page)
        page.goto(f"{server}/{'odoo' if known else 'web/login'}")
        if not known:
            page.fill("input[name=login]", user.login)
            page.fill("input[name=password]", user.password)
            page.click("button[type=submit]")
        page.wait_for_selector(".o_main_navbar")
        page.wait_for_selector(".o_action_manager > div")
        return page

    yield enter
    report = getattr(request.node, "journey_report", None)
    for number, page in enumerate(pages):
        if report is None or report.failed:
            name = re.sub(r"\W+", "_", request.node.name)
            page.screenshot(path=f"{settings['LOGS']}/{name}_{number}.png")
        page.close()


def _context(browser: Browser) -> BrowserContext:
    context = browser.new_context(
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
        viewport={"width": 1400, "height": 900},
    )
    context.set_default_timeout(PATIENCE)
    return context


def _listen(page: Page) -> list[str]:
    """The errors of the page: on its console, and those that nothing caught."""
    errors: list[str] = []
    page.on(
        "console",
        lambda message: message.type == "error" and errors.append(message.text),
    )
    page.on("pageerror", lambda error: errors.append(str(error)))
    return errors


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Let `login` know at its end whether the test failed."""
    report = yield
    if call.when == "call":
        item.journey_report = report
    return report
