import doctest
import random
from collections import Counter
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..calc import matching
from ..calc.matching import Choice, assess, propose

PEOPLE, FUNCTIONS = range(4), "abc"
fits = st.integers(0, 4).map(lambda quarter: quarter / 4)
ranks = st.none() | st.integers(1, 3)


@st.composite
def days(draw):
    """A small selection day: choices of some of the pairs, and places. Ranks and fits
    tie often on purpose."""
    pairs = draw(
        st.sets(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(FUNCTIONS)))
    )
    choices = [
        Choice(
            person,
            function,
            wish=draw(ranks),
            rating=draw(ranks),
            fit=draw(fits),
            vetoed=draw(st.sampled_from([False, False, False, True])),
            limited=draw(st.sampled_from([False, False, False, True])),
        )
        for person, function in sorted(pairs)
    ]
    places = {function: draw(st.integers(0, 2)) for function in FUNCTIONS}
    return choices, places


def every_way(choices, places):
    """Every allowed set of pairs: the brute force that proposals are held against."""
    for ways in product((None, *FUNCTIONS), repeat=len(PEOPLE)):
        pairs = {p: f for p, f in zip(PEOPLE, ways, strict=True) if f}
        known = {(c.person, c.function): c for c in choices if not c.obstacle}
        if all(pair in known for pair in pairs.items()) and all(
            count <= places[function]
            for function, count in Counter(pairs.values()).items()
        ):
            yield pairs, [known[pair] for pair in pairs.items()]


def quality(matched):
    """What `most` makes as large as it can, in this order."""
    return (
        len(matched),
        sum(choice.fit_steps for choice in matched),
        -sum(choice.wish for choice in matched),
    )


def is_stable(choices, places, pairs):
    """By the strict orders in which ties are broken; written apart from `assess`."""
    known = {(c.person, c.function): c for c in choices}
    for choice in choices:
        if choice.obstacle or pairs.get(choice.person) == choice.function:
            continue
        now = known.get((choice.person, pairs.get(choice.person)))
        if now and now.wish_order < choice.wish_order:
            continue
        there = [known[p, f] for p, f in pairs.items() if f == choice.function]
        if len(there) < places[choice.function] or any(
            choice.rating_order < other.rating_order for other in there
        ):
            return False
    return True


@tagged("post_install", "-at_install", "standard")
class TestMatchingCalc(BaseCase):
    def test_doctests(self):
        self.assertFalse(doctest.testmod(matching).failed)

    @settings(deadline=None, max_examples=150, derandomize=True)
    @given(days(), st.sampled_from(matching.MODES))
    def test_no_veto_limit_or_place_is_broken(self, day, mode):
        choices, places = day
        pairs = propose(choices, places, mode)
        self.assertIn(pairs, [ways for ways, _matched in every_way(choices, places)])
        result = assess(choices, places, pairs)
        self.assertFalse(result.broken)
        self.assertFalse(result.overfull)

    @settings(deadline=None, max_examples=100, derandomize=True)
    @given(days())
    def test_stable_is_the_stable_one_that_is_best_for_the_people(self, day):
        choices, places = day
        pairs = propose(choices, places, "stable")
        self.assertFalse(assess(choices, places, pairs).blocking)
        known = {(c.person, c.function): c.wish_order for c in choices}
        worst = (float("inf"),)
        stable = [
            ways
            for ways, _matched in every_way(choices, places)
            if is_stable(choices, places, ways)
        ]
        self.assertIn(pairs, stable)
        for other in stable:
            for person in PEOPLE:
                self.assertLessEqual(
                    known.get((person, pairs.get(person)), worst),
                    known.get((person, other.get(person)), worst),
                )

    @settings(deadline=None, max_examples=100, derandomize=True)
    @given(days())
    def test_most_places_the_most_with_the_best_fit_and_then_ranks(self, day):
        choices, places = day
        pairs = propose(choices, places, "most")
        ways = {
            tuple(sorted(pairs.items())): quality(matched)
            for pairs, matched in every_way(choices, places)
        }
        self.assertEqual(ways[tuple(sorted(pairs.items()))], max(ways.values()))

    @settings(deadline=None, max_examples=100, derandomize=True)
    @given(days(), st.sampled_from(matching.MODES), st.randoms())
    def test_the_order_of_the_input_changes_nothing(self, day, mode, chance):
        choices, places = day
        shuffled = chance.sample(choices, len(choices))
        turned = dict(reversed(places.items()))
        pairs = propose(choices, places, mode)
        self.assertEqual(propose(shuffled, turned, mode), pairs)
        self.assertEqual(
            assess(shuffled, turned, pairs), assess(choices, places, pairs)
        )

    @settings(deadline=None, max_examples=100, derandomize=True)
    @given(days(), st.data())
    def test_of_any_pairs_it_is_told_who_would_rather_have_each_other(self, day, data):
        """And why somebody has nothing: every ranked function has its answer."""
        choices, places = day
        ways = [pairs for pairs, _matched in every_way(choices, places)]
        pairs = data.draw(st.sampled_from(ways))
        result = assess(choices, places, pairs)
        if is_stable(choices, places, pairs):
            self.assertFalse(result.blocking)
        people = {choice.person for choice in choices}
        self.assertEqual(result.unmatched.keys(), people - pairs.keys())
        for person, fates in result.unmatched.items():
            ranked = {c.function for c in choices if c.person == person and c.wish}
            self.assertEqual(fates.keys(), ranked)
            rather = {c.function for c in result.blocking if c.person == person}
            self.assertEqual(
                rather,
                {f for f, fate in fates.items() if fate in ("free", "passed_over")},
            )

    def test_a_draft_may_break_everything_and_says_so(self):
        choices = [
            Choice("An", "kitchen", wish=1),
            Choice("Bo", "kitchen", wish=1, limited=True),
            Choice("Cas", "kitchen"),
        ]
        pairs = dict.fromkeys(("An", "Bo", "Cas"), "kitchen")
        result = assess(choices, {"kitchen": 1}, pairs)
        self.assertEqual(result.overfull, {"kitchen": 2})
        self.assertEqual([c.person for c in result.broken], ["Bo", "Cas"])
        self.assertEqual(result.wishes, {1: 2, None: 1})

    def test_a_large_day_is_the_same_every_time(self):
        chance = random.Random(5)
        choices = [
            Choice(person, function, wish=rank, rating=chance.choice([None, 1, 2]))
            for person in range(300)
            for rank, function in enumerate(chance.sample(range(60), 60), 1)
        ]
        places = dict.fromkeys(range(60), 4)
        for mode in matching.MODES:
            pairs = propose(choices, places, mode)
            self.assertEqual(len(pairs), 240)
            self.assertEqual(propose(choices[::-1], places, mode), pairs)
