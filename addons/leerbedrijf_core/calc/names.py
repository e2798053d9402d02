"""Which names may mean the same: plain Python, no database."""

import difflib
import re
import unicodedata

# As alike as "Zonnehof" and "Zonnenhof"; below it names are different.
ALIKE = 0.85
# Shorter words ("van", "de", "Jan") are shared by too many to mean anything.
TELLING = 4


def plain(text):
    """The text without accents, capitals and punctuation, to compare by.

    >>> plain("  Café 't  Hoekje, B.V. ")
    'cafe t hoekje bv'
    """
    text = unicodedata.normalize("NFKD", text or "").casefold()
    text = "".join(x for x in text if not unicodedata.combining(x))
    text = re.sub(r"(?<=\b\w)\.(?=\w\b)", "", text)  # B.V. is one word
    return " ".join(re.findall(r"\w+", text))


def is_alike(name, other):
    """Whether two plain names are so alike that somebody has to look.

    >>> is_alike("zorggroep zonnehof", "zorggroep zonnenhof")
    True
    >>> is_alike("zorggroep zonnehof", "zorggroep maanhof")
    False
    """
    matcher = difflib.SequenceMatcher(None, name, other, autojunk=False)
    return (
        matcher.real_quick_ratio() >= ALIKE
        and matcher.quick_ratio() >= ALIKE
        and matcher.ratio() >= ALIKE
    )


def may_be_same_person(name, other):
    """Whether two names of people born on the same day may be of one person.

    Whatever the order, with a typing error, or with one name in common: people marry,
    and "J. Visser" is Jolanda.

    >>> may_be_same_person("Visser, Jolanda", "Jolanda Viser")
    True
    >>> may_be_same_person("J. Visser", "Jolanda Visser-Bos")
    True
    >>> may_be_same_person("Ali de Bos", "Lia de Wit")
    False
    >>> may_be_same_person("", "")
    False
    """
    words, others = plain(name).split(), plain(other).split()
    shared = {word for word in words if len(word) >= TELLING}.intersection(others)
    return bool(shared) or (
        bool(words) and is_alike(" ".join(sorted(words)), " ".join(sorted(others)))
    )
