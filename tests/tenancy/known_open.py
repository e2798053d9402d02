"""Leaks that are known and not closed yet. The list only shrinks.

A run fails on a leak that is not here, and on an entry that nothing leaks any more:
take the entry out then, so that the way in stays closed.
"""

from typing import NamedTuple


class Open(NamedTuple):
    """`roots`: what the leak is about; `asked`: the model asked for; `ways`: how."""

    reason: str
    roots: tuple = ()
    asked: tuple = ()
    ways: tuple = ()

    def matches(self, leak):
        return (
            (not self.roots or leak.root in self.roots)
            and (not self.asked or leak.model in self.asked)
            and (not self.ways or leak.way in self.ways)
        )


KNOWN_OPEN = ()

# Parts of what `Database.smuggled` says of rows that hang on records known to be open.
KNOWN_SMUGGLED = (
    "on res.partner.bank(",
    "on res.partner(",
    "ir_attachment",
)
