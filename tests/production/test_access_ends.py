"""Access that ends is gone at the next request, in every worker process."""

import json
import subprocess
from pathlib import Path

import pytest
import requests

PLANT = Path(__file__).with_name("plant_people.py")
REQUESTS = 12  # so many that both workers answer some of them


@pytest.fixture(scope="module")
def planted(database, odoo) -> dict:
    shell = odoo(
        "shell",
        "--no-http",
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    output, _errors = shell.communicate(PLANT.read_text())
    line = next(x for x in output.splitlines() if "PLANTED" in x)
    return json.loads(line.partition("PLANTED ")[2])


@pytest.fixture(scope="module")
def ask(server, planted):
    """Call a method as one of the planted users, by `/json/2`."""

    def call(who: str, model: str, method: str, **arguments):
        answer = requests.post(
            f"{server}/json/2/{model}/{method}",
            json=arguments,
            headers={"Authorization": f"bearer {planted['keys'][who]}"},
            timeout=60,
        )
        assert answer.ok, answer.text
        return answer.json()

    return call


def _sees(ask, who, model, id_):
    """In how many of the requests this user finds the record."""
    return sum(
        ask(who, model, "search_count", domain=[["id", "=", id_]])
        for _request in range(REQUESTS)
    )


def test_an_enrolment_ends(ask, planted):
    seen = ("coordinator", "leerbedrijf.enrolment", planted["enrolment"])
    assert _sees(ask, *seen) == REQUESTS
    ask("coordinator", seen[1], "action_end", ids=[planted["enrolment"]])
    assert _sees(ask, *seen) == 0


def test_a_user_leaves_an_organisation(ask, planted):
    seen = ("coach", "leerbedrijf.participant", planted["person"])
    assert _sees(ask, *seen) == REQUESTS
    ask(
        "platform",
        "res.users",
        "write",
        ids=[planted["users"]["coach"]],
        vals={"company_ids": [[3, planted["municipality"], 0]]},
    )
    assert _sees(ask, *seen) == 0


def test_an_organisation_leaves_its_region(ask, planted):
    seen = ("manager", "leerbedrijf.cohort", planted["cohort"])
    assert _sees(ask, *seen) == REQUESTS
    ask(
        "platform",
        "leerbedrijf.region",
        "write",
        ids=[planted["region"]],
        vals={"company_ids": [[3, planted["municipality"], 0]]},
    )
    assert _sees(ask, *seen) == 0
