"""How long a proposal for a large selection day takes, against a greedy one."""

import random
import statistics
import time

from odoo.addons.leerbedrijf_core.calc.matching import MODES, Choice, assess, propose

PEOPLE, FUNCTIONS, PLACES, ROUNDS = 300, 60, 4, 5


def _day():
    chance = random.Random(1)
    choices = [
        Choice(
            person,
            function,
            wish=wish,
            rating=chance.choice([None, chance.randint(1, PEOPLE)]),
            fit=chance.random(),
            vetoed=chance.random() < 0.05,
            limited=chance.random() < 0.05,
        )
        for person in range(PEOPLE)
        for wish, function in enumerate(
            chance.sample(range(FUNCTIONS), FUNCTIONS), start=1
        )
    ]
    return choices, dict.fromkeys(range(FUNCTIONS), PLACES)


def _propose(choices, places, mode):
    pairs = propose(choices, places, mode)
    assess(choices, places, pairs)
    return pairs


def _greedy(choices, places):
    pairs, left = {}, dict(places)
    for choice in sorted(choices, key=lambda choice: -choice.fit):
        is_free = choice.person not in pairs and left[choice.function]
        if is_free and not choice.obstacle:
            pairs[choice.person] = choice.function
            left[choice.function] -= 1
    return pairs


def _time(function, *args):
    times = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        pairs = function(*args)
        times.append(time.perf_counter() - start)
    return statistics.median(times), len(pairs)


def measure():
    choices, places = _day()
    peer, placed = _time(_greedy, choices, places)
    figures = {}
    for mode in MODES:
        seconds, matched = _time(_propose, choices, places, mode)
        figures[f"matching_{mode}_ms"] = 1000 * seconds
        figures[f"matching_{mode}_ratio"] = seconds / peer
        if mode == "most":
            figures["matching_most_placed_ratio"] = matched / placed
    return figures
