"""How long it takes to get from one postcode area to another: an estimate, offline.

As the crow flies, times what a road is longer, at the speed of the means, plus the
minutes that every trip takes: to the stop, to the bicycle shed, to the car park. Roads
are 1.2 to 1.4 times as long as the straight line in studies of street networks; speeds
and minutes are data of the means, assumptions that the platform administrator corrects.
An estimate is no more precise than the centres of two areas, so it is rounded up to
whole five minutes.

>>> delft, the_hague = Position(52.011, 4.357), Position(52.078, 4.311)
>>> bicycle = Speed(km_per_hour=15, detour=1.3, fixed_minutes=3)
>>> transit = Speed(km_per_hour=25, detour=1.4, fixed_minutes=15)
>>> round(distance(delft, the_hague), 1)
8.1
>>> minutes(delft, the_hague, bicycle), minutes(delft, the_hague, transit)
(50, 45)

In one area it still takes the time to go round the corner:

>>> minutes(delft, delft, bicycle)
10
"""

from dataclasses import dataclass
from math import asin, ceil, cos, radians, sin, sqrt

EARTH_RADIUS = 6371.0  # km
# About how far two addresses of one area in a town lie apart (km): the centre of an
# area says nothing within it.
WITHIN_AREA = 0.7
STEP = 5  # minutes


@dataclass(frozen=True)
class Position:
    """A place on earth, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Speed:
    """How fast a means of travel is, from door to door."""

    km_per_hour: float
    detour: float = 1.0
    fixed_minutes: float = 0.0


def distance(start: Position, end: Position) -> float:
    """As the crow flies, in km (haversine)."""
    north = radians(end.latitude - start.latitude)
    east = radians(end.longitude - start.longitude)
    half = (
        sin(north / 2) ** 2
        + cos(radians(start.latitude)) * cos(radians(end.latitude)) * sin(east / 2) ** 2
    )
    return 2 * EARTH_RADIUS * asin(min(1.0, sqrt(half)))


def minutes(start: Position, end: Position, speed: Speed) -> int:
    """One way, from door to door, rounded up to whole five minutes."""
    km = max(distance(start, end), WITHIN_AREA) * speed.detour
    exact = speed.fixed_minutes + 60 * km / speed.km_per_hour
    return STEP * ceil(exact / STEP)
