"""What pledges are worth together: the chance that everybody who finishes finds a job.

Plain Python, exact, no database and no drawing of lots. Each pledged place becomes a
job with a chance of its own, and each participant finishes with a chance:

- a pledge of n places with realisation rate p gives a number of jobs that follows the
  binomial distribution; with a correlation r > 0 between the places of one pledge (they
  stand or fall together) the beta-binomial with a = p(1-r)/r and b = (1-p)(1-r)/r, and
  all or nothing when r = 1;
- the jobs J of all pledges together are the convolution of their distributions;
- those who finish F follow the binomial distribution of the participants;
- covered is P(J >= F), the sum over f of P(F = f) P(J >= f).

Pledges of different employers, and jobs and finishing, are taken as independent.
Source of the distributions: N.L. Johnson, A.W. Kemp and S. Kotz, Univariate Discrete
Distributions (3rd edition, 2005), 3.2 (binomial) and 6.2.2 (beta-binomial).

>>> half = Pledge("A", places=2, rate=0.5)
>>> [round(p, 3) for p in jobs([half], most=2)]
[0.25, 0.5, 0.25]
>>> round(cover([half], participants=1, completion=1.0).chance, 3)
0.75
>>> places_needed([half], 1, 1.0, rate=0.5, norm=0.9)
2
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import comb, prod

# More places than this are no advice any more.
MOST_EXTRA_PLACES = 500


@dataclass(frozen=True)
class Pledge:
    """Places that one employer promised, and how sure each of them is (0 to 1)."""

    employer: Hashable
    places: int
    rate: float
    correlation: float = 0.0


@dataclass(frozen=True)
class Coverage:
    """What the pledges are worth for one cohort.

    `jobs[k]` is the chance of k jobs; the last item counts all who could finish, or
    more. `expected_short` is the number of people who may expect to be without a job.
    """

    jobs: tuple[float, ...]
    expected_jobs: float
    expected_finishing: float
    chance: float
    expected_short: float


def realisation_rate(
    promised: int, delivered: int, prior_rate: float, prior_places: float
) -> float:
    """The part of promised places that became jobs, with a prior for little history.

    The prior counts as `prior_places` places of which `prior_rate` was delivered: the
    mean of the beta distribution after the history (Johnson, Kemp and Kotz, 6.9.2).

    >>> realisation_rate(0, 0, prior_rate=0.6, prior_places=5)
    0.6
    >>> realisation_rate(5, 5, prior_rate=0.6, prior_places=5)
    0.8
    """
    if not promised:
        return prior_rate
    return (delivered + prior_rate * prior_places) / (promised + prior_places)


def cover(pledges: Iterable[Pledge], participants: int, completion: float) -> Coverage:
    """What these pledges are worth for `participants` of whom `completion` finishes."""
    pledges = tuple(pledges)
    distribution = jobs(pledges, participants)
    finishing = _binomial(participants, completion)
    return Coverage(
        jobs=tuple(distribution),
        expected_jobs=sum(pledge.places * pledge.rate for pledge in pledges),
        expected_finishing=participants * completion,
        chance=_chance(distribution, finishing),
        expected_short=_short(distribution, finishing),
    )


def jobs(pledges: Iterable[Pledge], most: int) -> list[float]:
    """The chance of 0, 1, … `most` jobs; the last one is that of `most` or more."""
    total = [1.0] + [0.0] * most
    for pledge in pledges:
        total = _add(total, _distribution(pledge))
    return total


def without_each(
    pledges: Iterable[Pledge], participants: int, completion: float
) -> dict[Hashable, float]:
    """For each employer the chance that is left when it withdraws."""
    pledges = tuple(pledges)
    finishing = _binomial(participants, completion)
    return {
        employer: _chance(
            jobs((p for p in pledges if p.employer != employer), participants),
            finishing,
        )
        for employer in dict.fromkeys(pledge.employer for pledge in pledges)
    }


def places_needed(
    pledges: Iterable[Pledge],
    participants: int,
    completion: float,
    rate: float,
    norm: float,
) -> int | None:
    """How many more places of this rate lift the chance to `norm`; None if none do.

    The places are taken one by one, each of another employer.
    """
    distribution = jobs(pledges, participants)
    finishing = _binomial(participants, completion)
    for extra in range(MOST_EXTRA_PLACES + 1):
        if _chance(distribution, finishing) >= norm:
            return extra
        distribution = _add(distribution, [1 - rate, rate])
    return None


def _distribution(pledge: Pledge) -> list[float]:
    n, p, r = pledge.places, pledge.rate, pledge.correlation
    if r <= 0 or p in (0, 1) or n < 2:
        return _binomial(n, p)
    if r >= 1:
        return [1 - p] + [0.0] * (n - 1) + [p]
    a, b = p * (1 - r) / r, (1 - p) * (1 - r) / r
    whole = prod(a + b + i for i in range(n))
    return [
        comb(n, k)
        * prod(a + i for i in range(k))
        * prod(b + i for i in range(n - k))
        / whole
        for k in range(n + 1)
    ]


def _binomial(n: int, p: float) -> list[float]:
    """By adding one trial at a time: exact to the last digits, and never overflows."""
    result = [1.0] + [0.0] * n
    for trials in range(n):
        for k in range(trials + 1, 0, -1):
            result[k] = result[k] * (1 - p) + result[k - 1] * p
        result[0] *= 1 - p
    return result


def _add(total: Sequence[float], more: Sequence[float]) -> list[float]:
    """The distribution of a sum; what is beyond the end counts as the last."""
    last = len(total) - 1
    result = [0.0] * (last + 1)
    for k, chance in enumerate(more):
        if not chance:
            continue
        room = max(last - k, 0)
        for j in range(room):
            result[j + k] += total[j] * chance
        result[last] += sum(total[room:]) * chance
    return result


def _chance(distribution: Sequence[float], finishing: Sequence[float]) -> float:
    """P(J >= F) for a distribution of jobs that ends at the most who can finish."""
    tail = _tail(distribution)
    chance = sum(probability * tail[f] for f, probability in enumerate(finishing))
    return min(chance, 1.0)  # sums of floats may end a hair above


def _tail(distribution: Sequence[float]) -> list[float]:
    """The chance of at least 0, 1, 2 … jobs."""
    tail = list(distribution)
    for k in range(len(tail) - 2, -1, -1):
        tail[k] += tail[k + 1]
    return tail


def _short(distribution: Sequence[float], finishing: Sequence[float]) -> float:
    """The expected number of people without a job: the sum over m of P(F - J >= m).

    Equal to the sum over j of P(J <= j) P(F > j), since somebody is without a job for
    every number of jobs that the finishers exceed.
    """
    more, at_most, short = _tail(finishing), 0.0, 0.0
    for j in range(len(finishing) - 1):
        at_most += distribution[j]
        short += at_most * more[j + 1]
    return short
