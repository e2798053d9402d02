"""No tenant finds, reads or changes what is another's, whichever way it asks."""

import os
import time
from collections import Counter

from doors import READING
from known_open import KNOWN_OPEN, KNOWN_SMUGGLED
from policy import ROUTES
from prober import ask, ask_sweep, push, push_out
from probes import REPORT_KINDS
from pushes import ARGUMENTS, STANDARD, WAYS

SHOWN = 40


def test_every_model_that_can_hold_data_is_planted(plan):
    assert not plan["unplanted"], (
        f"{plan['unplanted']} can hold data of a tenant, and nothing says how they are "
        "protected. Make a record of each in tests/tenancy/planting.py, and give a "
        "stock model its kind in STOCK_KINDS (tests/tenancy/policy.py); or name it in "
        "NOT_PLANTED there with the reason why it holds no such data."
    )


def test_every_tenant_has_rows_to_look_for(plan):
    owners = Counter(owner for row in plan["rows"] for owner in row["owners"])
    assert len(owners) >= 3
    assert {owner[0] for owner in owners} == {"a", "b"}
    without_readers = [row for row in plan["rows"] if not row["readers"]]
    assert not without_readers, "nobody may read these: the policy forgets somebody"


def test_the_owners_read_their_own(plan, prober):
    """Else an empty answer to a stranger would say nothing."""
    ours = {name for name, info in plan["models"].items() if info["ours"]}
    read = set()
    for row in plan["rows"]:
        for login in row["readers"]:
            if row["model"] in read:
                break
            client = prober.clients[login]
            domain = [("id", "=", row["id"])]
            answer = client.call(row["model"], "search_count", domain)
            if answer.result == 1:
                read.add(row["model"])
    assert not ours - read, "nobody reads these: what is asked of them proves nothing"
    assert {"res.partner", "project.task", "hr.employee", "account.move"} <= read


def test_every_public_method_can_be_probed(plan):
    unknown = [
        f"{model}.{name}({', '.join(parameters)})"
        for model, name, parameters in plan["methods"]
        if parameters and name not in STANDARD and (model, name) not in ARGUMENTS
    ]
    assert not unknown, (
        f"{unknown} can be called by every log-in with any ids. Start its name with an "
        "underscore, or decorate it with api.private; if clients need it, give its "
        "arguments in ARGUMENTS (tests/tenancy/pushes.py), so that it is probed."
    )


def test_every_route_of_ours_is_declared(plan):
    unknown = set(plan["routes"]) - ROUTES.keys()
    assert not unknown, (
        f"nothing asks these addresses of ours as a stranger: {sorted(unknown)}. Add a "
        "way in that does to tests/tenancy/probes.py, and the address with the name of "
        "that way to ROUTES (tests/tenancy/policy.py)."
    )
    assert set(ROUTES.values()) <= READING.keys()


def test_every_report_is_asked_for(plan):
    unknown = {kind for _name, kind, _model in plan["reports"]} - REPORT_KINDS
    assert not unknown, (
        f"reports of the kind {unknown}: say in tests/tenancy/probes.py at which "
        "address they are printed."
    )


def test_nobody_reads_what_is_anothers(plan, prober, size, seed, figure):
    start = len(prober.leaks)
    prober.run(prober.sweeps(), ask_sweep)
    prober.run(prober.sample(prober.readings(), int(size * 0.4)), ask, size * 0.7)
    figure(f"probes to read: {prober.asked} (seed {seed})")
    missing = set(READING) - {way for way, count in prober.counts.items() if count}
    assert not missing, f"these ways in were never tried: {missing}"
    _assert_no_news(prober.leaks[start:], "showed what is another's")


def test_nobody_changes_what_is_anothers(plan, prober, size, seed, figure):
    start, before = len(prober.leaks), prober.asked
    rows = prober.database.snapshot()
    prober.run(prober.sample(prober.pushes(), int(size * 0.25)), push, size * 0.2)
    figure(f"probes to push: {prober.asked - before} (seed {seed})")
    missing = set(WAYS) - {way for way, count in prober.counts.items() if count}
    assert not missing, f"these ways to push were never tried: {missing}"
    _assert_no_news(prober.leaks[start:], "changed or showed what is another's")
    smuggled = [
        text
        for text in prober.database.smuggled()
        if not any(part in text for part in KNOWN_SMUGGLED)
    ]
    assert not smuggled, "\n".join(["made for others:", *smuggled[:SHOWN]])
    reported = {(leak.model, leak.id) for leak in prober.leaks[start:]}
    after = prober.database.snapshot()
    changed = {
        key
        for key, (mark, written) in rows.items()
        if key not in after
        or (
            mark != after[key][0]
            and not prober.database.is_by_its_own(key, (mark, written), after[key])
        )
    }
    unexplained = sorted(changed - reported - _of_known(prober))
    assert not unexplained, "\n".join(
        ["changed along the way:", *map(prober.database.last_writer, unexplained)]
    )


def _of_known(prober):
    """Rows about something that is known to be open."""
    roots = {root for known in KNOWN_OPEN for root in known.roots}
    asked = {model for known in KNOWN_OPEN for model in known.asked}
    return {
        key
        for key, row in prober.rows.items()
        if row["root"] in roots or key[0] in asked
    }


def test_nobody_gives_its_own_away(plan, prober, size, seed, figure):
    start, before = len(prober.leaks), prober.asked
    prober.run(prober.sample(prober.own(), int(size * 0.1)), push_out)
    figure(f"probes to give away: {prober.asked - before} (seed {seed})")
    _assert_no_news(prober.leaks[start:], "gave a record to another, or showed one")


def test_what_has_been_closed_stays_closed(prober, figure):
    if {"sweep", "points_to", "unlink", "push_out"} - prober.counts.keys():
        return  # not all tests ran
    for known in KNOWN_OPEN:
        count = sum(known.matches(leak) for leak in prober.leaks)
        figure(f"known to be open, {count} answers: {known.reason}")
    closed = [
        known.reason
        for known in KNOWN_OPEN
        if not any(known.matches(leak) for leak in prober.leaks)
    ]
    assert not closed, f"closed meanwhile: take {closed} out of known_open.py"


def test_enough_was_asked(prober, servers, size, figure):
    seconds = round(time.monotonic() - prober.started)
    used = os.times()
    own = used.user + used.system
    cpu = round(servers.cpu_seconds() + own)
    figure(f"probes: {prober.asked} in {seconds} s ({cpu} s of processor time)")
    # A sample is asked for in tenths, and rows that are gone by then are not asked.
    least = int(os.environ.get("LEERBEDRIJF_LEAST_PROBES", size))
    assert prober.asked >= least or "push_out" not in prober.counts


def _assert_no_news(leaks, what):
    news = [
        leak for leak in leaks if not any(known.matches(leak) for known in KNOWN_OPEN)
    ]
    assert not news, "\n".join([f"{len(news)} {what}:", *map(str, news[:SHOWN])])
