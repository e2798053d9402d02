"""Which names of employers may mean the same one: plain Python, no database."""

import difflib
from collections import defaultdict

from .names import is_alike, plain

# What a name in the trade register has around what people call an employer.
LEGAL_FORMS = frozenset({"bv", "nv", "vof", "cv", "ua", "stichting", "cooperatie"})
ARTICLES = frozenset({"de", "het", "een", "en", "van"})


def core_name(name):
    """What is left of a name without legal form and articles, unless nothing is.

    >>> core_name("Stichting De Linde B.V."), core_name("Linde"), core_name("Het")
    ('linde', 'linde', 'het')
    """
    words = plain(name).split()
    left = [word for word in words if word not in LEGAL_FORMS | ARTICLES]
    return " ".join(left or words)


class NameIndex:
    """Finds alike names in the same place without comparing each with each.

    Only names that share a word or their first letters are compared. A place that is
    not known may be any.

    >>> index = NameIndex()
    >>> index.add("Zorggroep Zonnehof", "Delft", 1)
    >>> index.find("Stichting Zorggroep Zonnenhof", "delft")
    [1]
    >>> index.find("Zorggroep Zonnehof", "Den Haag")
    []
    >>> index.find("Zorggroep Zonnehof", "")
    [1]
    """

    def __init__(self):
        self._entries = []
        self._by_word = defaultdict(list)

    def add(self, name, place, key):
        core = core_name(name)
        self._entries.append((core, plain(place), key))
        for word in self._words(core):
            self._by_word[word].append(len(self._entries) - 1)

    def find(self, name, place):
        """The keys of the alike names, the most alike first."""
        core, place = core_name(name), plain(place)
        numbers = {x for word in self._words(core) for x in self._by_word[word]}
        found = [
            (difflib.SequenceMatcher(None, core, other).ratio(), key)
            for other, there, key in (self._entries[x] for x in numbers)
            if (not place or not there or place == there) and is_alike(core, other)
        ]
        return [key for _ratio, key in sorted(found, key=lambda x: (-x[0], x[1]))]

    @staticmethod
    def _words(core):
        words = {word for word in core.split() if len(word) > 3}
        return words | {core[:4]} if core else set()
