"""How far a person's skills go for a function, and why: a score that explains itself.

Each skill that a function asks gets a credit from 0 to 1:

- the level that counts, divided by the level that is asked, and at most 1. A level that
  a professional established counts before what the person says of itself;
- times SELF_CERTAINTY when the person's own word is all there is;
- plus LEARNABLE_CREDIT of what is still missing when the route teaches the skill.

The score is the average of the credits, in which a required skill weighs
REQUIRED_WEIGHT times a wished one. Whoever can do more never scores lower. A function
that asks nothing fits everybody: 1.

>>> alone, helped = Level(100, "alone"), Level(60, "with help")
>>> asked = [Wanted("sawing", alone, is_required=True), Wanted("selling", helped)]
>>> person = {"sawing": Rating(own=alone), "selling": Rating(established=helped)}
>>> result = match(asked, person)
>>> round(result.score, 3), [judged.skill for judged in result.matching]
(0.867, ['sawing', 'selling'])

A certificate that has expired does not count. Required, not held and not taught in the
route it stands in the way, and a person then does not fit, whatever the score:

>>> licence = Wanted("licence", Level(100), is_required=True, is_certificate=True)
>>> held = {"licence": Rating(established=Level(100), valid_until=date(2026, 1, 31))}
>>> [judged.is_expired for judged in match([licence], held, date(2026, 2, 1)).blocking]
[True]
>>> match([licence], held, date(2026, 1, 31)).score
1.0
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

# How far a person's own word counts, as long as nobody established the level.
SELF_CERTAINTY = 0.8
# How much of what is missing counts because the route teaches it.
LEARNABLE_CREDIT = 0.5
# How much more a required skill weighs than a wished one.
REQUIRED_WEIGHT = 2


@dataclass(frozen=True)
class Level:
    """A level by how far it goes (0 to 100); the key is the caller's."""

    progress: float
    key: Hashable = None


@dataclass(frozen=True)
class Wanted:
    """A skill that a function asks, from this level."""

    skill: Hashable
    level: Level
    is_required: bool = False
    is_learnable: bool = False  # in the route of the cohort
    is_certificate: bool = False


@dataclass(frozen=True)
class Rating:
    """What is known of one skill of a person; the last day on which it is valid."""

    own: Level | None = None
    established: Level | None = None
    established_on: date | None = None
    valid_until: date | None = None

    def judged(self, level: Level, day: date) -> "Rating":
        """With the judgement of somebody else: of two the later one is established.

        >>> rating = Rating(established=Level(20), established_on=date(2026, 5, 1))
        >>> rating.judged(Level(60), date(2026, 5, 1)).established.progress
        60
        >>> rating.judged(Level(60), date(2026, 4, 30)).established.progress
        20
        """
        if self.established and self.established_on and self.established_on > day:
            return self
        return replace(self, established=level, established_on=day)


@dataclass(frozen=True)
class Judged:
    """A wanted skill beside what the person has of it. Without a level: nothing, or
    nothing that still counts."""

    wanted: Wanted
    level: Level | None = None
    is_established: bool = False
    is_expired: bool = False

    @property
    def skill(self):
        return self.wanted.skill

    @property
    def is_sufficient(self):
        """
        >>> Judged(Wanted("sawing", Level(60)), Level(60)).is_sufficient
        True
        >>> Judged(Wanted("sawing", Level(0))).is_sufficient
        False
        """
        return self.level is not None and (
            self.level.progress >= self.wanted.level.progress
        )

    @property
    def is_uncertain(self):
        """Whether it rests on the person's own word."""
        return self.level is not None and not self.is_established

    @property
    def credit(self):
        """From 0 to 1.

        >>> half = Wanted("sawing", Level(100)), Level(50)
        >>> Judged(*half, is_established=True).credit
        0.5
        >>> Judged(*half).credit
        0.4
        >>> Judged(Wanted("sawing", Level(100), is_learnable=True)).credit
        0.5
        """
        held = self._share * (SELF_CERTAINTY if self.is_uncertain else 1)
        return held + (1 - held) * self._learnable_share

    @property
    def _share(self):
        if self.level is None:
            return 0.0
        if self.is_sufficient:
            return 1.0
        return self.level.progress / self.wanted.level.progress

    @property
    def _learnable_share(self):
        return LEARNABLE_CREDIT if self.wanted.is_learnable else 0.0

    @property
    def is_blocking(self):
        wanted = self.wanted
        return (
            wanted.is_required
            and wanted.is_certificate
            and not wanted.is_learnable
            and not self.is_sufficient
        )


@dataclass(frozen=True)
class Match:
    """The score, and each skill in one of four groups."""

    score: float
    judged: tuple[Judged, ...] = ()

    @property
    def matching(self):
        """At or above the level that is asked."""
        return tuple(j for j in self.judged if j.is_sufficient)

    @property
    def learnable(self):
        """Not enough yet, but the route teaches it."""
        return tuple(
            j for j in self.judged if not j.is_sufficient and j.wanted.is_learnable
        )

    @property
    def missing(self):
        """Not enough, and not taught; the blocking ones apart."""
        return tuple(
            j
            for j in self.judged
            if not (j.is_sufficient or j.wanted.is_learnable or j.is_blocking)
        )

    @property
    def blocking(self):
        """Required certificates, not held and not taught."""
        return tuple(j for j in self.judged if j.is_blocking)

    @property
    def is_uncertain(self):
        """Whether any part of it rests on the person's own word."""
        return any(j.is_uncertain for j in self.judged)


def match(
    wanted: Iterable[Wanted],
    ratings: Mapping[Hashable, Rating],
    today: date | None = None,
) -> Match:
    """What a person with these ratings, by skill, is for a function that asks `wanted`.

    Without a day nothing has expired.

    >>> match([], {}).score
    1.0
    """
    judged = tuple(judge(asked, ratings.get(asked.skill), today) for asked in wanted)
    weights = [REQUIRED_WEIGHT if j.wanted.is_required else 1 for j in judged]
    if not judged:
        return Match(1.0)
    credit = sum(j.credit * w for j, w in zip(judged, weights, strict=True))
    return Match(credit / sum(weights), judged)


def judge(wanted: Wanted, rating: Rating | None, today: date | None = None) -> Judged:
    """One skill: which level counts, and who says so.

    >>> judge(Wanted("sawing", Level(60)), Rating(Level(100), Level(20))).level.progress
    20
    """
    if rating is None:
        return Judged(wanted)
    level = rating.own if rating.established is None else rating.established
    if level and rating.valid_until and today and rating.valid_until < today:
        return Judged(wanted, is_expired=True)
    return Judged(wanted, level, is_established=rating.established is not None)
