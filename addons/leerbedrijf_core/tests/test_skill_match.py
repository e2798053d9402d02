import doctest
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..calc import skill_match as calc

TODAY = date(2026, 11, 24)
SKILLS = "abcde"

levels = st.builds(calc.Level, st.integers(0, 100))
ratings = st.dictionaries(
    st.sampled_from(SKILLS),
    st.builds(
        calc.Rating,
        own=st.none() | levels,
        established=st.none() | levels,
        valid_until=st.none() | st.dates(TODAY - timedelta(3), TODAY + timedelta(3)),
    ),
)
wanted = st.lists(
    st.builds(
        calc.Wanted,
        skill=st.sampled_from(SKILLS),
        level=levels,
        is_required=st.booleans(),
        is_learnable=st.booleans(),
        is_certificate=st.booleans(),
    ),
    unique_by=lambda asked: asked.skill,
)


examples = settings(deadline=None, max_examples=100, derandomize=True)


@tagged("post_install", "-at_install", "standard")
class TestSkillMatch(BaseCase):
    """Properties of the score: see calc/skill_match.py for the formula."""

    def test_doctests(self):
        self.assertFalse(doctest.testmod(calc).failed)

    @examples
    @given(wanted, ratings)
    def test_the_score_lies_between_0_and_1_and_each_skill_in_one_group(
        self, asked, person
    ):
        result = calc.match(asked, person, TODAY)
        self.assertLessEqual(0, result.score)
        self.assertLessEqual(result.score, 1 + 1e-9)
        groups = (result.matching, result.learnable, result.missing, result.blocking)
        self.assertCountEqual(
            [judged.skill for group in groups for judged in group],
            [skill.skill for skill in asked],
        )

    @examples
    @given(wanted, ratings, st.sampled_from(SKILLS), st.integers(0, 100), st.booleans())
    def test_who_can_do_more_never_scores_lower(
        self, asked, person, skill, progress, established
    ):
        rating = person.get(skill, calc.Rating())
        field = "established" if established else "own"
        held = getattr(rating, field)
        # What a professional establishes below a person's own word is a correction.
        least = held or (established and rating.own) or calc.Level(0)
        more = replace(rating, **{field: calc.Level(max(progress, least.progress))})
        before = calc.match(asked, person, TODAY)
        after = calc.match(asked, {**person, skill: more}, TODAY)
        self.assertGreaterEqual(after.score, before.score - 1e-9)
        self.assertLessEqual(len(after.blocking), len(before.blocking))

    @examples
    @given(wanted, ratings, st.sampled_from(SKILLS))
    def test_a_certificate_that_is_valid_for_longer_never_scores_lower(
        self, asked, person, skill
    ):
        rating = person.get(skill, calc.Rating())
        longer = {**person, skill: replace(rating, valid_until=None)}
        self.assertGreaterEqual(
            calc.match(asked, longer, TODAY).score,
            calc.match(asked, person, TODAY).score - 1e-9,
        )

    @examples
    @given(wanted, ratings)
    def test_a_route_that_teaches_more_never_scores_lower(self, asked, person):
        taught = [replace(skill, is_learnable=True) for skill in asked]
        after = calc.match(taught, person, TODAY)
        self.assertGreaterEqual(
            after.score, calc.match(asked, person, TODAY).score - 1e-9
        )
        self.assertFalse(after.blocking)

    @examples
    @given(wanted, ratings)
    def test_the_order_of_the_skills_does_not_matter(self, asked, person):
        self.assertAlmostEqual(
            calc.match(asked, person, TODAY).score,
            calc.match(asked[::-1], person, TODAY).score,
        )
