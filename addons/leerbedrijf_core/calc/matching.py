"""Who goes to which function: a proposal for a selection day, and what speaks against.

A choice is what one person and one function (an employer's work, with a number of
places) say of each other. It can become a match when the person ranked the function,
the employer did not veto the person and no hard limit stands in the way. A function
that a person did not rank is not chosen, so it is never proposed. An employer that did
not rank a person has no objection: that person comes after those it ranked, the best
fit first.

Two ways to propose:

- `stable`: no person and function would both rather have each other than what they
  get; of such proposals the one that is best for the people (Gale and Shapley, by the
  library `matching`).
- `most`: as many people as can be get a place, then the highest total fit, then the
  best ranks of the people (a flow of least cost, by OR-Tools).

>>> choices = [
...     Choice("An", "kitchen", wish=1, rating=2, fit=0.6),
...     Choice("Bo", "kitchen", wish=1, rating=1, fit=0.9),
...     Choice("Bo", "garden", wish=2, fit=0.4),
... ]
>>> places = {"kitchen": 1, "garden": 1}
>>> propose(choices, places, "stable")
{'Bo': 'kitchen'}
>>> propose(choices, places, "most")
{'An': 'kitchen', 'Bo': 'garden'}

What it means is told of any proposal, also of one that was changed by hand:

>>> result = assess(choices, places, {"An": "kitchen", "Bo": "garden"})
>>> [(choice.person, choice.function) for choice in result.blocking]
[('Bo', 'kitchen')]
>>> assess(choices, places, {"Bo": "kitchen"}).unmatched
{'An': {'kitchen': 'full'}}
>>> assess(choices, {"garden": 1}, {}).unmatched["An"]
{'kitchen': 'none'}

Equals (the same rank, the same fit) are told apart by their keys, which must be
sortable: the order in which choices come in changes nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

import numpy as np
from matching import Player
from matching.algorithms import hospital_resident
from matching.players import Hospital
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

MODES = ("stable", "most")
# Fit counts in steps of a ten-thousandth, so that sums are exact.
FIT_STEPS = 10_000
NOBODY = float("inf")


@dataclass(frozen=True)
class Choice:
    """What a person and a function say of each other.

    `wish` is the rank that the person gives the function, `rating` the rank that the
    employer gives the person; 1 is the best, None is not ranked. `fit` lies between 0
    and 1. `limited`: hours, days, travel or a certificate stand in the way.
    """

    person: Hashable
    function: Hashable
    wish: int | None = None
    rating: int | None = None
    fit: float = 0.0
    vetoed: bool = False
    limited: bool = False

    @property
    def obstacle(self) -> str | None:
        """Why this can be no match: not chosen, vetoed or limited; None when it can.

        >>> Choice("An", "kitchen", wish=1, vetoed=True, limited=True).obstacle
        'vetoed'
        """
        if self.wish is None:
            return "unranked"
        if self.vetoed:
            return "vetoed"
        return "limited" if self.limited else None

    @property
    def fit_steps(self) -> int:
        return round(self.fit * FIT_STEPS)

    @property
    def wish_order(self):
        """How the person puts functions in order."""
        return (self.wish, -self.fit_steps, self.function)

    @property
    def rating_order(self):
        """How the employer puts people in order: who is not ranked comes last."""
        return (self.rating or NOBODY, -self.fit_steps, self.person)


@dataclass(frozen=True)
class Assessment:
    """What a proposal comes down to.

    `blocking`: choices of a person and a function that would both rather have each
    other. `unmatched`: for each person without a function, what became of each that
    was ranked, in that order: `vetoed`, `limited`, `none` (it has no place to give),
    `free` (it has a place left), `full` (of people whom the employer put higher),
    `equal` (of people whom it put at least as high) or `passed_over` (of people some of
    whom it put lower). `overfull`: how many people too many. `wishes`: how many people
    get their first, second … choice; None for a function that they did not rank.
    """

    pairs: Mapping[Hashable, Hashable]
    matched: tuple[Choice, ...]
    blocking: tuple[Choice, ...]
    unmatched: Mapping[Hashable, Mapping[Hashable, str]]
    free: Mapping[Hashable, int]
    overfull: Mapping[Hashable, int]

    @cached_property
    def total_fit(self) -> float:
        return sum(choice.fit_steps for choice in self.matched) / FIT_STEPS

    @cached_property
    def wishes(self) -> Mapping[int | None, int]:
        return Counter(choice.wish for choice in self.matched)

    @cached_property
    def broken(self) -> tuple[Choice, ...]:
        """The matches that one side did not choose or that a limit forbids."""
        return tuple(choice for choice in self.matched if choice.obstacle)


def propose(
    choices: Iterable[Choice], places: Mapping[Hashable, int], mode: str
) -> dict[Hashable, Hashable]:
    """Person → function. Who is not in it has no place; see `assess` for why.

    `places` tells how many people each function can have; a function that is not in it
    has none.
    """
    possible = sorted(
        (c for c in choices if not c.obstacle and places.get(c.function, 0) > 0),
        key=lambda choice: (choice.person, choice.function),
    )
    if not possible:
        return {}
    solve = {"stable": _propose_stable, "most": _propose_most}[mode]
    return dict(sorted(solve(possible, places).items()))


def assess(
    choices: Iterable[Choice],
    places: Mapping[Hashable, int],
    pairs: Mapping[Hashable, Hashable],
) -> Assessment:
    """What these pairs (person → function) come down to."""
    choices = sorted(choices, key=lambda choice: (choice.person, choice.function))
    known = {(choice.person, choice.function): choice for choice in choices}
    matched = tuple(
        known.get((person, function), Choice(person, function))
        for person, function in sorted(pairs.items())
    )
    taken = Counter(pairs.values())
    room = {key: number - taken[key] for key, number in places.items()}
    worst = _worst_ratings(matched)
    wishes = {choice.person: choice.wish or NOBODY for choice in matched}
    reached = {
        (choice.person, choice.function): _fate(choice, places, room, worst)
        for choice in choices
        if choice.wish is not None
    }
    blocking = tuple(
        choice
        for choice in choices
        if reached.get((choice.person, choice.function)) in ("free", "passed_over")
        and choice.wish < wishes.get(choice.person, NOBODY)
        and pairs.get(choice.person) != choice.function
    )
    return Assessment(
        pairs=dict(pairs),
        matched=matched,
        blocking=blocking,
        unmatched=_explain_unmatched(choices, pairs, reached),
        free={key: max(left, 0) for key, left in room.items()},
        overfull={key: -left for key, left in room.items() if left < 0},
    )


def _worst_ratings(matched):
    """For each function the rank of whom the employer likes least of its people."""
    worst = defaultdict(int)
    for choice in matched:
        worst[choice.function] = max(worst[choice.function], choice.rating or NOBODY)
    return worst


def _fate(choice, places, room, worst):
    """What a person who ranked this function may expect of it.

    >>> an = Choice("An", "kitchen", wish=1, rating=2)
    >>> [
    ...     _fate(an, {"kitchen": 1}, {"kitchen": 0}, {"kitchen": rating})
    ...     for rating in (1, 2, 3)
    ... ]
    ['full', 'equal', 'passed_over']
    """
    if choice.obstacle:
        return choice.obstacle
    if places.get(choice.function, 0) <= 0:
        return "none"
    if room[choice.function] > 0:
        return "free"
    own, worst_of = choice.rating or NOBODY, worst[choice.function]
    if own < worst_of:
        return "passed_over"
    return "equal" if own == worst_of else "full"


def _explain_unmatched(choices, pairs, reached):
    without = [choice for choice in choices if choice.person not in pairs]
    return {
        person: {
            choice.function: reached[person, choice.function]
            for choice in sorted(
                (c for c in of if c.wish is not None), key=attrgetter("wish_order")
            )
        }
        for person, of in _by_person(without).items()
    }


def _by_person(choices):
    people = defaultdict(list)
    for choice in choices:
        people[choice.person].append(choice)
    return people


# How a proposal is made -------------------------------------------------------


def _propose_stable(possible, places):
    """The stable matching that is best for the people; `possible` is sorted.

    The algorithm is asked, not the library's game around it, which checks what is so
    by construction and copies its players by a recursion as deep as there are players.
    """
    people = {choice.person: Player(choice.person) for choice in possible}
    functions = {
        choice.function: Hospital(choice.function, places[choice.function])
        for choice in possible
    }
    for players, others, own, other, order in (
        (people, functions, "person", "function", "wish_order"),
        (functions, people, "function", "person", "rating_order"),
    ):
        ordered = defaultdict(list)
        for choice in sorted(possible, key=attrgetter(order)):
            ordered[getattr(choice, own)].append(others[getattr(choice, other)])
        for key, player in players.items():
            player.set_prefs(ordered[key])
    hospital_resident(list(people.values()), list(functions.values()))
    return {
        key: player.matching.name for key, player in people.items() if player.matching
    }


def _propose_most(possible, places):
    """Most people, then total fit, then ranks: a flow from people to functions."""
    people = sorted({choice.person for choice in possible})
    functions = sorted({choice.function for choice in possible})
    node = {("person", key): number for number, key in enumerate(people)}
    node |= {
        ("function", key): number for number, key in enumerate(functions, len(people))
    }
    # No sum of ranks weighs as much as one step of fit.
    step = sum(max(c.wish for c in of) for of in _by_person(possible).values()) + 1
    tails = [node["person", choice.person] for choice in possible]
    heads = [node["function", choice.function] for choice in possible]
    costs = [choice.wish - step * choice.fit_steps for choice in possible]
    source, sink = len(node), len(node) + 1
    for person in people:
        tails.append(source)
        heads.append(node["person", person])
    for function in functions:
        tails.append(node["function", function])
        heads.append(sink)
    capacities = [1] * (len(possible) + len(people))
    capacities += [places[function] for function in functions]
    costs += [0] * (len(people) + len(functions))
    flow = SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        np.array(tails), np.array(heads), np.array(capacities), np.array(costs)
    )
    supplies = np.zeros(len(node) + 2, dtype=int)
    supplies[source], supplies[sink] = len(people), -len(people)
    flow.set_nodes_supplies(np.arange(len(supplies)), supplies)
    status = flow.solve_max_flow_with_min_cost()
    if status != flow.OPTIMAL:
        raise ArithmeticError(f"The flow of people to functions has status {status}.")
    used = flow.flows(arcs[: len(possible)])
    return {
        choice.person: choice.function
        for choice, units in zip(possible, used, strict=True)
        if units
    }
