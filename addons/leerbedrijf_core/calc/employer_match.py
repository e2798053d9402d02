"""Which employer a row of a list is about: plain Python, no database."""

from collections import defaultdict
from dataclasses import dataclass

from .employer_names import NameIndex, core_name
from .names import plain


@dataclass(frozen=True)
class Identity:
    """What an employer is known by; an empty text is not known."""

    name: str
    city: str = ""
    kvk: str = ""
    branch: str = ""

    def contradicts(self, other):
        """Whether the trade register says that these are two.

        >>> Identity("A", kvk="1").contradicts(Identity("A", kvk="2"))
        True
        >>> Identity("A", kvk="1").contradicts(Identity("A"))
        False
        """
        return differ(self.kvk, other.kvk) or differ(self.branch, other.branch)


def differ(one, other):
    """Two texts that are known and not the same."""
    return bool(one and other and one != other)


class Matcher:
    """Finds among known employers the one that a row means, or may mean.

    >>> matcher = Matcher()
    >>> matcher.add(1, Identity("Zonnehof", "Delft", "11111111", "000011111111"))
    >>> matcher.same(Identity("Other name", branch="000011111111"))
    [1]
    >>> matcher.same(Identity("Zonnehof", "Delft"))
    [1]
    >>> matcher.same(Identity("Zonnehof", "Delft", "22222222"))
    []
    >>> matcher.possible(Identity("Maanhof", "", "11111111", "000011111112"))
    [(1, 'kvk')]
    >>> matcher.possible(Identity("Stichting Zonnenhof", "Delft"))
    [(1, 'name')]
    """

    def __init__(self):
        self._identities = {}
        self._by_branch = defaultdict(list)
        self._by_kvk = defaultdict(list)
        self._by_name = defaultdict(list)
        self._by_core = defaultdict(list)
        self._index = NameIndex()

    def add(self, key, identity):
        self._identities[key] = identity
        if identity.branch:
            self._by_branch[identity.branch].append(key)
        if identity.kvk:
            self._by_kvk[identity.kvk].append(key)
        self._by_name[plain(identity.name)].append(key)
        self._by_core[core_name(identity.name)].append(key)
        self._index.add(identity.name, identity.city, key)

    def get(self, key):
        return self._identities.get(key)

    def same(self, identity):
        """The keys of those that are certainly meant: by branch number, else by name
        together with KvK number or city."""
        if identity.branch in self._by_branch:
            return self._by_branch[identity.branch]
        return [
            key
            for key in self._by_name.get(plain(identity.name), ())
            if self._agrees(identity, self._identities[key])
        ]

    @staticmethod
    def _agrees(identity, other):
        if identity.contradicts(other):
            return False
        city, there = plain(identity.city), plain(other.city)
        same_kvk = bool(identity.kvk) and identity.kvk == other.kvk
        return same_kvk or bool(city and city == there)

    def possible(self, identity):
        """(key, why) of those that may be meant: of the same KvK number ("kvk"), or
        alike by name in the same place ("name"), the likeliest first."""
        by_kvk = self._by_kvk.get(identity.kvk, ())
        # Within one KvK number the one of this name comes first.
        alike = self._index.find(identity.name, identity.city)
        ordered = [x for x in alike if x in by_kvk]
        ordered += [x for x in by_kvk if x not in ordered]
        return [(x, "kvk") for x in ordered] + [
            (x, "name")
            for x in alike
            if x not in by_kvk
            and not differ(identity.branch, self._identities[x].branch)
        ]

    def mentioned(self, identity):
        """The keys of those that a row of another list names: by branch number, else
        by KvK number and name, else by name alone."""
        if identity.branch:
            return self._by_branch.get(identity.branch, [])
        named = self._by_name.get(plain(identity.name)) or self._by_core.get(
            core_name(identity.name), []
        )
        if not identity.kvk:
            return named
        by_kvk = self._by_kvk.get(identity.kvk, [])
        return (
            [x for x in named if x in by_kvk]
            or by_kvk
            or [x for x in named if not self._identities[x].kvk]
        )
