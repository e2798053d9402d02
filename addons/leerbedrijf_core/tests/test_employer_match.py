import doctest

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..calc import employer_match, employer_names, names, spreadsheet
from ..calc.employer_match import Identity, Matcher

texts = st.text(max_size=12)
numbers = st.sampled_from(["", "1", "2"])
identities = st.builds(Identity, texts, st.sampled_from(["", "A"]), numbers, numbers)


@tagged("post_install", "-at_install", "standard")
class TestEmployerMatch(BaseCase):
    def test_doctests(self):
        for module in (employer_match, employer_names, names, spreadsheet):
            self.assertFalse(doctest.testmod(module).failed)

    @given(st.lists(identities, max_size=6), identities)
    def test_any_names(self, known, wanted):
        matcher = Matcher()
        for key, identity in enumerate(known):
            matcher.add(key, identity)
        same = matcher.same(wanted)
        for key in same:
            by_branch = wanted.branch and known[key].branch == wanted.branch
            self.assertTrue(by_branch or not wanted.contradicts(known[key]))
        if wanted in known and wanted.branch:
            self.assertIn(known.index(wanted), same)
        keys = [key for key, _why in matcher.possible(wanted)]
        self.assertEqual(len(keys), len(set(keys)))
        self.assertLessEqual(set(matcher.mentioned(wanted)), set(range(len(known))))

    @given(texts)
    def test_a_name_is_alike_itself(self, name):
        core = employer_names.core_name(name)
        self.assertTrue(names.is_alike(core, core))
