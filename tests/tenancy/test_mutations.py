"""Every guard of ours is needed: without any of them the probes see it.

Takes minutes, so it is part of `make proof` alone.
"""

import os
import shlex
from pathlib import Path

import pytest
from mutations import Mutations
from prober import Prober, ask, ask_sweep, push
from servers import PLANTED, Servers

pytestmark = pytest.mark.skipif(
    not os.environ.get("LEERBEDRIJF_PROOF"), reason="takes minutes: make proof"
)

UNGUARDED = Path(__file__).with_name("unguarded.py")
#: guards whose loss nobody can see, and why
EQUIVALENT = {
    "leerbedrijf.dossier.view.company_id": "a trigger of its own refuses any change",
}


@pytest.fixture(scope="module")
def mutations(prober):
    return Mutations(prober, ask, push, ask_sweep)


def test_every_record_rule_is_needed(plan, mutations, figure):
    survivors, asked = [], 0
    rules = plan["guards"]["ir.rule"]
    for id_, name, model, modes in rules:
        found = mutations.counts(model)
        with mutations.without("ir_rule", id_):
            seen = mutations.is_asked(model, modes)
            asked += bool(seen)
            # a rule of a role lets its people see more
            if not (
                seen or mutations.uncovered(model) or mutations.counts(model) != found
            ):
                survivors.append(f"{name} ({model})")
    caught = len(rules) - len(survivors)
    figure(
        f"record rules taken away: {len(rules)}, seen: {caught} "
        f"({asked} by what strangers then read or change, the rest by the rule that "
        "the model lacks)"
    )
    assert not set(survivors) - EQUIVALENT.keys(), survivors


def test_the_matrix_is_what_everybody_may_do(mutations):
    wrong = list(mutations.wrong_rights())
    assert not wrong, "docs/security-matrix.md says otherwise:\n" + "\n".join(wrong)


def test_every_access_line_is_needed(plan, mutations, figure):
    lines = plan["guards"]["ir.model.access"]
    survivors = []
    for id_, name, model, _modes in lines:
        with mutations.without("ir_model_access", id_):
            if not mutations.rights_changed(model):
                survivors.append(name)
    figure(
        f"access lines taken away: {len(lines)}, seen: {len(lines) - len(survivors)}"
    )
    assert not set(survivors) - EQUIVALENT.keys(), survivors


def test_every_group_is_needed(plan, mutations, figure):
    groups = plan["guards"]["res.groups"]
    survivors = []
    for id_, name, _model, _modes in groups:
        with mutations.without_group(id_):
            if not mutations.rights_changed():
                survivors.append(name)
    figure(f"groups taken away: {len(groups)}, seen: {len(groups) - len(survivors)}")
    assert not survivors


def test_write_once_holds_twice(plan, settings, seed, figure):
    """With Python's check off the database refuses, with both off the probes see it."""
    python = shlex.split(settings["ODOO"])[0]
    servers = Servers(settings, f"{PLANTED}_unguarded", template=PLANTED)
    servers.copy()
    try:
        servers.start([python, str(UNGUARDED)])
        prober = Prober(plan, servers.addresses, servers.database, seed).log_in()
        _move_all(plan, Mutations(prober, ask, push, ask_sweep), figure)
        prober.database.close()
    finally:
        servers.stop()
        servers.drop()


def _move_all(plan, mutations, figure):
    pairs = [
        (model, column)
        for model, info in plan["models"].items()
        if not info["view"]
        for column, comodel in info["write_once"]
        if comodel in plan["models"]
    ]
    first, by_client, by_sql, survivors = [], [], [], []
    for model, column in pairs:
        name = f"{model}.{column}"
        if mutations.moved(model, column) or mutations.moved_by_sql(model, column):
            first.append(name)
        with mutations.without_trigger(plan["models"][model]["table"], column):
            if mutations.moved(model, column):
                by_client.append(name)
            elif mutations.moved_by_sql(model, column):
                by_sql.append(name)
            else:
                survivors.append(name)
    figure(
        f"write-once columns without Python and trigger: {len(pairs)}, "
        f"seen: {len(by_client) + len(by_sql)} ({len(by_client)} by what a client then "
        "changes, the rest, which no role writes or other checks hold, by SQL)"
    )
    assert not first, f"the trigger alone did not hold: {first}"
    assert not set(survivors) - EQUIVALENT.keys(), survivors
