"""A random walk over everything that users do, to meet what no list thought of.

In each walk owners change, share and delete their own records while strangers ask for
them and push; hypothesis shortens a walk that shows something to the steps it needs.
"""

import os
import zlib

from doors import READING
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from known_open import KNOWN_OPEN
from prober import ask, push
from pushes import WAYS

PROOF = os.environ.get("LEERBEDRIJF_PROOF")
STRANGER = [*READING, *WAYS]
#: what an owner does with its own record between the strangers' steps
OWNER = ("write_text", "archive", "post", "follow", "method")


def test_no_walk_shows_or_changes_anything(plan, prober, figure, request):
    word = request.getfixturevalue("seed")
    rows = [row for row in plan["rows"] if not plan["models"][row["model"]]["view"]]
    step = st.tuples(
        st.sampled_from([row for row in rows if row["writers"]]),
        st.sampled_from(OWNER),
        st.sampled_from(STRANGER),
        st.integers(min_value=0),
    )
    steps = 0

    @seed(zlib.crc32(word.encode()))
    @settings(
        max_examples=60 if PROOF else 6,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(step, min_size=5, max_size=20))
    def walk(path):
        nonlocal steps
        for row, work, way, number in path:
            steps += 1
            owner = row["writers"][number % len(row["writers"])]
            _work(prober, work, owner, row)
            strangers = prober.strangers(row, "readers")
            login = strangers[number % len(strangers)]
            probe = (way, login, row["model"], row["id"])
            before = len(prober.leaks)
            (ask if way in READING else push)(prober, probe)
            news = [
                leak
                for leak in prober.leaks[before:]
                if not any(known.matches(leak) for known in KNOWN_OPEN)
            ]
            assert not news, f"after {work} by {owner}: {news[0]}"

    walk()
    figure(f"steps of the random walk: {steps} (seed {word})")


def _work(prober, work, owner, row):
    """The owner's step; what it leads to is its own business."""
    target = prober.target((work, owner, row["model"], row["id"]))
    if prober.database.row(row["model"], row["id"]):
        WAYS[work](prober.clients[owner], target)
