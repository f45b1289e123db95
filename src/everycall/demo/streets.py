"""An invented town: wards, streets in them, dwellings along the streets, postcodes that do not exist."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import isqrt
from pathlib import Path
from typing import Any

from everycall.errors import PackError, Problems
from everycall.strict import Data, read_toml

WEST, SOUTH = 545_200, 308_000
"""South-west corner of the first ward in metres (OSGB36 easting, northing), near 52.66 north, 0.16 east."""

WARD_METRES = 1_000
DWELLINGS_PER_STREET = 36
DWELLINGS_PER_POSTCODE = 18
STREETS_PER_WARD = 6

NEVER_FIRST = "CIKMO"
NEVER_LAST = "CIKMOV"
"""Letters that never stand in the last two places of a real postcode (Royal Mail, PAF Programmers' Guide). V is
kept from the first place, for the postcodes of the planted situations."""

_OTHERS = "ABDEFGHJLNPQRSTUWXYZ"
BOTH_NEVER = tuple(first + last for first in NEVER_FIRST for last in NEVER_LAST)
ONE_NEVER = tuple(first + last for first in NEVER_FIRST for last in _OTHERS)
_AREAS = (("PE", 38), ("CB", 25), ("IP", 33), ("NR", 35), ("NN", 18), ("SG", 19), ("LU", 7), ("MK", 19))
OUTCODES = tuple(
    dict.fromkeys(
        (
            "PE13",
            "PE14",
            "PE15",
            "PE16",
            "CB6",
            "CB7",
            *(f"{area}{n}" for area, most in _AREAS for n in range(1, most + 1)),
        )
    )
)

CARE_HOME_EVERY, HOSTEL_EVERY = 12, 18
"""One street in so many has a care home, or a hostel, as its last building (invented)."""


class Words(Data):
    """The file ``streets.toml``."""

    wards: tuple[str, ...]
    districts: tuple[str, ...]
    streets: tuple[str, ...]
    kinds: tuple[str, ...]
    buildings: tuple[str, ...]
    parks: tuple[str, ...]


@cache
def words() -> Words:
    """Read the words of the town; raise `PackError` with every problem when the file does not load."""
    problems = Problems()
    path = Path(str(files("everycall.demo").joinpath("streets.toml")))
    read = read_toml(path, Words, problems)
    problems.raise_if_any("the streets of the made-up force do not load", PackError)
    assert read is not None
    return read


@dataclass(frozen=True, slots=True)
class Dwelling:
    """One home: where a household lives. Easting and northing in metres (OSGB36).

    ``kind`` is house, flat, care_home or hostel; only the last two have a building's name and many households.
    """

    place_id: str
    flat: str | None
    number: str
    street: str
    postcode: str
    uprn: str
    easting: int
    northing: int
    ward: int
    kind: str = "house"
    building: str | None = None


def postcode(index: int) -> str:
    """Return the invented postcode with this index, as ``PE13 9CK``; they come round after some 250,000.

    While they last, both letters are ones that no real postcode has there; then only the first of the two.
    """
    pairs, many = BOTH_NEVER, len(BOTH_NEVER) * len(OUTCODES) * 10
    if index >= many:
        pairs, index = ONE_NEVER, index - many
    index, pair = divmod(index, len(pairs))
    back, out = divmod(index, len(OUTCODES))
    return f"{OUTCODES[out]} {9 - back % 10}{pairs[pair]}"


def dwelling(index: int) -> Dwelling:
    """Return the home with this index; neighbouring indexes are neighbouring homes of one street."""
    street, along = divmod(index, DWELLINGS_PER_STREET)
    ward, row = divmod(street, STREETS_PER_WARD)
    in_flats = street % 6 == 3
    number = str(1 + along // 6) if in_flats else str(1 + along)
    flat = str(1 + along % 6) if in_flats else None
    kind, building = "flat" if in_flats else "house", None
    if along == DWELLINGS_PER_STREET - 1 and not in_flats:
        kind = _last_building(street)
        if kind != "house":
            building = words().buildings[street % len(words().buildings)]
    across, up = ward_grid(ward)
    return Dwelling(
        place_id=f"place-{index}",
        flat=flat,
        number=number,
        street=street_name(street),
        postcode=postcode(index // DWELLINGS_PER_POSTCODE),
        uprn=str(199_000_000_000 + index),
        easting=WEST + across * WARD_METRES + 60 + (along * 25) % 880,
        northing=SOUTH + up * WARD_METRES + 80 + row * 160,
        ward=ward,
        kind=kind,
        building=building,
    )


def _last_building(street: int) -> str:
    if street % CARE_HOME_EVERY == CARE_HOME_EVERY - 1:
        return "care_home"
    return "hostel" if street % HOSTEL_EVERY == 5 else "house"


def street_name(street: int) -> str:
    """Return the invented name of a street; in a large town names come back, as they do."""
    told = words()
    if street % 6 == 3:
        return f"{told.streets[street * 7 % len(told.streets)]} Court"
    kind = told.kinds[(street // len(told.streets) + street * 5) % len(told.kinds)]
    return f"{told.streets[street % len(told.streets)]} {'Road' if kind == 'Court' else kind}"


def ward_name(ward: int) -> str:
    """Return the invented name of a ward."""
    names = words().wards
    name = names[ward % len(names)]
    return name if ward < len(names) else f"{name} {ward // len(names) + 1}"


def district_name(ward: int) -> str:
    """Return the invented name of the district that a ward belongs to."""
    names = words().districts
    across, up = ward_grid(ward)
    return names[(across + up) % len(names)]


def ward_grid(ward: int) -> tuple[int, int]:
    """Return how many squares east and north of the first a ward lies: the town grows as a square."""
    shell = isqrt(ward)
    along = ward - shell * shell
    return (along, shell) if along <= shell else (shell, 2 * shell - along)


def ward_of(easting: float, northing: float) -> int:
    """Return the number of the ward in which a point (metres, OSGB36) of the town lies."""
    across, up = int(easting - WEST) // WARD_METRES, int(northing - SOUTH) // WARD_METRES
    return up * up + across if across <= up else across * across + 2 * across - up


def lon_lat(easting: float, northing: float) -> tuple[float, float]:
    """Return longitude and latitude (WGS84, degrees, six decimals) of a point in metres (OSGB36)."""
    from convertbng.cutil import convert_lonlat

    longitudes, latitudes = convert_lonlat([float(easting)], [float(northing)])
    return round(float(longitudes[0]), 6), round(float(latitudes[0]), 6)


def square(easting: int, northing: int, metres: int) -> dict[str, Any]:
    """Return a GeoJSON polygon: the square with this south-west corner, sides in metres."""
    corners = ((0, 0), (metres, 0), (metres, metres), (0, metres), (0, 0))
    return {
        "type": "Polygon",
        "coordinates": [[list(lon_lat(easting + right, northing + up)) for right, up in corners]],
    }


def ward_square(ward: int) -> dict[str, Any]:
    """Return the GeoJSON polygon of a ward."""
    across, up = ward_grid(ward)
    return square(WEST + across * WARD_METRES, SOUTH + up * WARD_METRES, WARD_METRES)
