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


KNOWN_OPEN = (
    Open(
        "followers are readable by every colleague of every tenant",
        asked=("mail.followers",),
    ),
    Open(
        "users, companies and their contacts show to other regions",
        roots=("res.users", "res.company"),
    ),
    Open(
        "bank accounts of a company's own contact show to other regions",
        roots=("res.partner.bank",),
    ),
    Open(
        "notifications tell every colleague who was told of what",
        asked=("mail.notification",),
    ),
    Open("work locations have no rule in stock", roots=("hr.work.location",)),
    Open(
        "the members of the general channel are all users of all tenants",
        roots=("discuss.channel.member",),
    ),
    Open(
        "a form tells the name of whatever id a client fills in",
        ways=("points_to",),
    ),
    Open(
        "a record of one's own linked to another's tells its name",
        ways=("point_to_other", "create_near", "wizard"),
    ),
)

# Parts of what `Database.smuggled` says of rows that hang on records known to be open.
KNOWN_SMUGGLED = (
    "on res.partner.bank(",
    "on res.partner(",
    "ir_attachment",
)
