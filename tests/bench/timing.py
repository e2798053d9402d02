"""Two ways to the same answer, by turns; their median times, their queries."""

import statistics
import time
from contextlib import contextmanager
from typing import NamedTuple
from unittest.mock import patch

from odoo.sql_db import Cursor

ROUNDS = 9  # that count; two more warm the caches of both


class Measure(NamedTuple):
    seconds: float  # the median
    queries: int  # the most that a round needed


class Pair(NamedTuple):
    """`ours` is what the product does, `peer` what it is compared with."""

    ours: Measure
    peer: Measure

    @property
    def ratio(self) -> float:
        return self.ours.seconds / self.peer.seconds

    @property
    def extra_queries(self) -> int:
        return self.ours.queries - self.peer.queries


def compare(env, ours, peer, rounds: int = ROUNDS) -> Pair:
    """Time two calls, each first in every other round, on an empty cache."""
    rows = {ours: [], peer: []}
    for number in range(-2, rounds):
        for call in (ours, peer) if number % 2 else (peer, ours):
            seconds, queries = _timed(env, call)
            if number >= 0:
                rows[call].append((seconds, queries))
    return Pair(_measure(rows[ours]), _measure(rows[peer]))


def _timed(env, call) -> tuple[float, int]:
    env.invalidate_all()
    queries, start = env.cr.sql_log_count, time.perf_counter()
    call()
    return time.perf_counter() - start, env.cr.sql_log_count - queries


def _measure(rows) -> Measure:
    return Measure(
        statistics.median(seconds for seconds, _queries in rows),
        max(queries for _seconds, queries in rows),
    )


def plans(env, call) -> list[str]:
    """What PostgreSQL does for each query of `call`."""
    env.invalidate_all()
    with _recorded() as statements:
        call()
    found = []
    for statement in statements:
        if statement.lstrip().upper().startswith("SELECT"):
            env.cr.execute("EXPLAIN (ANALYZE, BUFFERS) " + statement.replace("%", "%%"))
            plan = "\n".join(line for [line] in env.cr.fetchall())
            found.append(f"{statement.strip()}\n\n{plan}")
    return found


@contextmanager
def _recorded():
    statements = []
    execute = Cursor.execute

    def record(self, query, params=None, log_exceptions=True):
        result = execute(self, query, params, log_exceptions)
        statements.append(self._obj.query.decode())
        return result

    with patch.object(Cursor, "execute", record):
        yield statements
