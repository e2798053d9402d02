"""Dutch postcodes: plain Python, no database."""

import re

# Four digits, the first no 0; two letters that are none of those never given out.
POSTCODE = re.compile(r"([1-9]\d{3})\s*((?!SA|SD|SS)[A-Z]{2})?", re.ASCII)


def normalise(text: str) -> str | None:
    """The postcode as it is written, or None if the text is none.

    The digits alone are enough: who has no address still sleeps somewhere.

    >>> normalise(" 1234ab "), normalise("1234"), normalise("12345")
    ('1234 AB', '1234', None)
    >>> normalise("1234 SS"), normalise("0123 AB"), normalise("")
    (None, None, None)
    """
    match = POSTCODE.fullmatch((text or "").strip().upper())
    return match and " ".join(filter(None, match.groups()))


def area(text: str) -> str | None:
    """The area of a postcode: its four digits.

    >>> area("1234 ab"), area("unknown")
    ('1234', None)
    """
    return (normalise(text) or "")[:4] or None
