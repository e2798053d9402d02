import doctest
import random
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..calc import coverage
from ..calc.coverage import Pledge, cover, jobs, places_needed, without_each

chances = st.floats(0, 1).map(lambda p: round(p, 3))
correlations = st.sampled_from([0.0, 0.1, 0.5, 0.9, 1.0])
pledges = st.lists(
    st.builds(Pledge, st.integers(0, 2), st.integers(0, 3), chances, correlations),
    max_size=4,
)


@tagged("post_install", "-at_install", "standard")
class TestCoverage(BaseCase):
    def test_doctests(self):
        self.assertFalse(doctest.testmod(coverage).failed)

    @settings(deadline=None, max_examples=60, derandomize=True)
    @given(
        st.lists(st.builds(Pledge, st.just(1), st.integers(0, 2), chances), max_size=4),
        st.integers(0, 4),
        chances,
    )
    def test_it_is_what_enumeration_gives(self, drawn, participants, completion):
        """Every way in which each place and each participant can turn out."""
        rates = [p.rate for p in drawn for _place in range(p.places)]
        chance = short = 0.0
        for places in product((0, 1), repeat=len(rates)):
            weight = _weight(places, rates)
            for people in product((0, 1), repeat=participants):
                both = weight * _weight(people, [completion] * participants)
                missing = sum(people) - sum(places)
                chance += both * (missing <= 0)
                short += both * max(missing, 0)
        result = cover(drawn, participants, completion)
        self.assertAlmostEqual(result.chance, chance, places=9)
        self.assertAlmostEqual(result.expected_short, short, places=9)

    @settings(deadline=None, max_examples=60, derandomize=True)
    @given(pledges, st.integers(0, 12))
    def test_chances_add_up_and_correlation_keeps_the_mean(self, drawn, most):
        distribution = jobs(drawn, most)
        self.assertAlmostEqual(sum(distribution), 1, places=9)
        self.assertTrue(all(p >= 0 for p in distribution))
        if sum(p.places for p in drawn) <= most:
            mean = sum(k * p for k, p in enumerate(distribution))
            expected = sum(p.places * p.rate for p in drawn)
            self.assertAlmostEqual(mean, expected, places=9)

    @settings(deadline=None, max_examples=60, derandomize=True)
    @given(pledges, st.integers(0, 8), chances, chances)
    def test_more_pledges_never_harm(self, drawn, participants, completion, rate):
        before = cover(drawn, participants, completion).chance
        after = cover([*drawn, Pledge("new", 1, rate)], participants, completion).chance
        self.assertGreaterEqual(after, before - 1e-12)
        for left in without_each(drawn, participants, completion).values():
            self.assertLessEqual(left, before + 1e-12)

    def test_it_is_what_drawing_lots_gives(self):
        """Ten thousand classes, with places that stand or fall together."""
        drawn = [Pledge("a", 6, 0.7, 0.3), Pledge("b", 5, 0.5), Pledge("c", 4, 0.9, 1)]
        lots = random.Random(42)
        rounds, covered = 10_000, 0
        for _round in range(rounds):
            found = sum(_draw(pledge, lots) for pledge in drawn)
            finished = sum(lots.random() < 0.8 for _person in range(12))
            covered += found >= finished
        self.assertAlmostEqual(
            cover(drawn, 12, 0.8).chance, covered / rounds, delta=0.015
        )

    def test_the_places_that_lift_the_chance_to_the_norm(self):
        drawn = [Pledge("a", 10, 0.6)]
        extra = places_needed(drawn, 10, 0.8, rate=0.6, norm=0.9)
        with_extra = [*drawn, *(Pledge(i, 1, 0.6) for i in range(extra))]
        self.assertGreaterEqual(cover(with_extra, 10, 0.8).chance, 0.9)
        self.assertLess(cover(with_extra[:-1], 10, 0.8).chance, 0.9)
        self.assertEqual(places_needed(drawn, 10, 0.8, rate=0.6, norm=0.1), 0)
        self.assertIsNone(places_needed(drawn, 10, 0.8, rate=0.0, norm=0.9))

    def test_splitting_a_risk_over_employers_helps(self):
        """The second edition of the method against the first, with the same mean."""
        one = cover([Pledge("a", 12, 0.75, 0.5)], 10, 0.8)
        pool = cover([Pledge(i, 3, 0.75, 0.5) for i in range(4)], 10, 0.8)
        self.assertAlmostEqual(one.expected_jobs, pool.expected_jobs)
        self.assertGreater(pool.chance, one.chance)


def _weight(outcomes, rates):
    weight = 1.0
    for outcome, rate in zip(outcomes, rates, strict=True):
        weight *= rate if outcome else 1 - rate
    return weight


def _draw(pledge, lots):
    """The jobs of one pledge: a rate for all its places, then each place."""
    r, p = pledge.correlation, pledge.rate
    if r >= 1:
        return pledge.places * (lots.random() < p)
    rate = p if r <= 0 else lots.betavariate(p * (1 - r) / r, (1 - p) * (1 - r) / r)
    return sum(lots.random() < rate for _place in range(pledge.places))
