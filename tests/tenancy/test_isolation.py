"""No tenant finds, reads or changes what is another's, whichever way it asks."""

from collections import Counter

from known_open import KNOWN_OPEN
from prober import ask_sweep, ask_target
from probes import READING

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


def test_nobody_reads_what_is_anothers(plan, prober, size, seed, figure):
    prober.run(prober.sweeps(), ask_sweep)
    asked = prober.sample(size - sum(prober.counts.values()))
    prober.run(asked, ask_target)
    figure(f"probes to read: {sum(prober.counts.values())} (seed {seed})")
    missing = set(READING) - {way for way, count in prober.counts.items() if count}
    assert not missing, f"these ways in were never tried: {missing}"
    leaks = [
        leak
        for leak in prober.leaks
        if not any(known.matches(leak) for known in KNOWN_OPEN)
    ]
    assert not leaks, "\n".join(
        [f"{len(leaks)} answers showed what is another's:", *map(str, leaks[:SHOWN])]
    )
    closed = [
        known.reason
        for known in KNOWN_OPEN
        if not any(known.matches(leak) for leak in prober.leaks)
    ]
    assert not closed, f"closed meanwhile: take {closed} out of known_open.py"
