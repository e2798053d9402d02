"""Where else a person can go when the employer cannot deliver: in order, with reasons.

The order is that of the method: a place of another employer that fits, then a BBL job
of the next level, then further study. Of the places those come first that fit best;
what is not known neither helps nor harms. A reason is a code with its values, which
the caller puts into words: never a bare score.

>>> person = Person(hours_min=20, hours_max=28, town="Delft", skills={"lifting"})
>>> near = Place("A", hours=24, town="delft", skills={"lifting"})
>>> far = Place("B", hours=24, town="Rijswijk", skills={"lifting", "Dutch"})
>>> [place.key for place, _reasons in rank(person, [far, near])]
['A', 'B']
>>> [reason.code for reason in judge(person, far)]
['hours_fit', 'town_other', 'skills_missing']

A place of too many hours, or of too few, is none for this person:

>>> rank(person, [Place("C", hours=36)])
[]
"""

from collections.abc import Hashable, Iterable, Set
from dataclasses import dataclass

# How many places one can sensibly talk about with a person at a time.
MOST_PLACES = 5
# The first two digits of a Dutch postcode: a town and what surrounds it.
DIGITS_NEARBY = 2

GOOD = {"hours_fit", "town_same", "town_near", "skills_known"}
POOR = {"town_other", "skills_missing", "sector_other"}


@dataclass(frozen=True)
class Person:
    """What is known of who needs a place; hours a week, 0 when nobody asked."""

    hours_min: float = 0
    hours_max: float = 0
    town: str = ""
    postcode: str = ""
    skills: Set[Hashable] = frozenset()
    sector: Hashable = None


@dataclass(frozen=True)
class Place:
    """An open place that another employer promised."""

    key: Hashable
    hours: float
    town: str = ""
    postcode: str = ""
    skills: Set[Hashable] = frozenset()
    sector: Hashable = None
    same_cohort: bool = False
    guaranteed: bool = False


@dataclass(frozen=True)
class Reason:
    """Why a place fits or not: a code, and what it is about."""

    code: str
    values: tuple = ()


def rank(
    person: Person, places: Iterable[Place], most: int = MOST_PLACES
) -> list[tuple[Place, list[Reason]]]:
    """The places that fit these hours, best first, each with its reasons."""
    judged = [
        (place, judge(person, place)) for place in places if fits_hours(person, place)
    ]
    judged.sort(key=lambda pair: _order(*pair))
    return judged[:most]


def fits_hours(person: Person, place: Place) -> bool:
    """Whether the hours lie within those wished; anything goes when nobody asked.

    >>> fits_hours(Person(), Place("A", hours=36))
    True
    >>> fits_hours(Person(hours_max=24), Place("A", hours=24))
    True
    """
    most = person.hours_max or float("inf")
    return person.hours_min <= place.hours <= most


def judge(person: Person, place: Place) -> list[Reason]:
    """The reasons for and against a place, of what is known."""
    reasons = []
    if person.hours_min or person.hours_max:
        reasons.append(Reason("hours_fit", (place.hours,)))
    else:
        reasons.append(Reason("hours_unknown", (place.hours,)))
    reasons.append(_judge_travel(person, place))
    if place.skills:
        reasons.append(_judge_skills(person, place))
    if person.sector and place.sector and person.sector != place.sector:
        reasons.append(Reason("sector_other", (place.sector,)))
    return reasons


def _judge_travel(person, place):
    """By town, else by the first digits of the postcode.

    >>> _judge_travel(Person(town=" delft "), Place("A", 24, town="Delft")).code
    'town_same'
    >>> _judge_travel(Person(postcode="2611"), Place("A", 24, postcode="2628 CD")).code
    'town_near'
    >>> _judge_travel(Person(), Place("A", 24, town="Delft")).code
    'town_unknown'
    """
    here, there = _normal(person.town), _normal(place.town)
    if here and here == there:
        return Reason("town_same", (place.town.strip(),))
    near = person.postcode.strip()[:DIGITS_NEARBY]
    if near and near == place.postcode.strip()[:DIGITS_NEARBY]:
        return Reason("town_near", (place.town.strip(),))
    if not there or not (here or near):
        return Reason("town_unknown", (place.town.strip(),))
    return Reason("town_other", (place.town.strip(),))


def _judge_skills(person, place):
    """What the person still has to learn for the place.

    >>> _judge_skills(Person(skills={"a"}), Place("A", 24, skills={"a"})).code
    'skills_known'
    >>> _judge_skills(Person(), Place("A", 24, skills={"a"})).code
    'skills_unknown'
    """
    if not person.skills:
        return Reason("skills_unknown", tuple(place.skills))
    missing = place.skills - person.skills
    if missing:
        return Reason("skills_missing", tuple(missing))
    return Reason("skills_known", tuple(place.skills))


def _normal(town):
    return " ".join(town.split()).casefold()


def _order(place, reasons):
    """Least against it first, then most for it, then the own group, then certainty."""
    codes = {reason.code for reason in reasons}
    return (
        len(codes & POOR),
        -len(codes & GOOD),
        not place.same_cohort,
        not place.guaranteed,
    )
