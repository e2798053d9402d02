"""How long the exact coverage of a very large pool of pledges takes."""

import random
import statistics
import time

from odoo.addons.leerbedrijf_core.calc.coverage import Pledge, cover

PLEDGES, PARTICIPANTS, ROUNDS = 500, 200, 9


def measure() -> float:
    """Milliseconds, the median of the rounds."""
    draw = random.Random(1)
    pledges = [
        Pledge(employer, draw.randint(1, 3), draw.random(), draw.choice((0, 0.2)))
        for employer in range(PLEDGES)
    ]
    times = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        cover(pledges, PARTICIPANTS, 0.8)
        times.append(time.perf_counter() - start)
    return 1000 * statistics.median(times)
