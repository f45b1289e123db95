"""How alike two homes are: the same dwelling, the same house, the same postcode or street, or another."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler, Levenshtein

from everycall.identity.mention import Mention, house_of, same_home

_SIMILAR_STREET = 0.92
_SLIPS_OF_A_POSTCODE = 2


def address_level(a: Mention, b: Mention, communal: Collection[str]) -> str | None:
    """Return how alike the homes of two mentions are; None where they cannot be compared, or say nothing of a person.

    ``same_number``: the same postcode and number, and quite another street: one home, as its key has it, where each
    postcode has one street.
    ``house``: the same number in the same street where a postcode is missing, or has a slip in it; or a house told
    once by number and name and once by its name alone. ``slip``: the same
    but for a slip in the number. ``elsewhere``: the same number in a street of that name, with quite another postcode.
    ``neighbour``: another number of the same street and postcode, or another flat of the building. ``other_street``:
    the same postcode, or the same number where the postcode has a slip in it, and another street.
    """
    if same_home(a, b):
        if a.dwelling in communal or a.building in communal:
            return None
        return "same_number" if _in_another_street(a, b) else "dwelling"
    if a.uprn and b.uprn and a.uprn != b.uprn:
        return "different"
    if a.building and b.building and a.building == b.building and a.postcode:
        # two different flats of one building are two dwellings; a missing flat may be the same one
        if a.dwelling and b.dwelling and a.building not in (a.dwelling, b.dwelling):
            return None if a.building in communal else "neighbour"
        return None if a.building in communal else "building"
    return _near(a, b, communal)


def _in_another_street(a: Mention, b: Mention) -> bool:
    """Say whether two of one postcode and number are in two streets; a UPRN or the name of a house settles it."""
    if not a.street or not b.street or a.street == b.street or (a.uprn and a.uprn == b.uprn):
        return False
    house = house_of(a.building, a.postcode)
    return house is not None and not house.startswith("@") and not one_street(a.street, b.street)


def _near(a: Mention, b: Mention, communal: Collection[str]) -> str | None:
    """Return the level of two addresses that are neither one home nor one building."""
    streets = street_level(a.street, b.street) if a.street and b.street else None
    if a.postcode and b.postcode and a.postcode != b.postcode and streets != "same":
        if postcode_level(a.postcode, b.postcode) == "different":
            return "different"  # nearly every pair
        mine, theirs = house_of(a.building, a.postcode), house_of(b.building, b.postcode)
        return "other_street" if mine and mine == theirs else "different"
    mine, theirs = house_of(a.building, a.postcode), house_of(b.building, b.postcode)
    houses = house_level(mine, theirs) if mine and theirs else None
    one_postcode = _one_postcode(a, b)
    by_name = (
        houses == "different" and a.postcode and b.postcode and _named_for_the_number(a, b, mine, theirs)
    )
    if by_name and one_postcode and (a.postcode == b.postcode or streets == "same"):
        return None if a.building in communal or b.building in communal else "house"
    if houses == "same" and streets == "same":
        if one_postcode:
            return None if a.building in communal or b.building in communal else "house"
        return "elsewhere"
    if a.postcode and b.postcode:
        if one_postcode and streets == "same":
            return houses if houses == "slip" else "neighbour" if a.located and b.located else "street"
        if a.postcode == b.postcode:
            if not (a.located and b.located):
                return "postcode"
            return "neighbour" if streets is None else "other_street"
        return "different"
    if streets is None:
        return None
    # without postcodes: in a street where one name is common two numbers are two people
    return "street" if a.street == b.street and houses is None else "different"


def _named_for_the_number(a: Mention, b: Mention, mine: str | None, theirs: str | None) -> bool:
    """Say whether one is told by the name alone that the other has beside its number: Rose Cottage, 12 Mill Lane."""
    return bool(
        (a.house_name and theirs == f"@{a.house_name}") or (b.house_name and mine == f"@{b.house_name}")
    )


@lru_cache(maxsize=65_536)
def house_level(one: str, other: str) -> str:
    """Return how alike the numbers or names of two houses are: same, slip or different.

    A slip of a number: a digit too many or too few, another digit, or two in each other's place.
    """
    if one == other:
        return "same"
    if one.startswith("@") and other.startswith("@"):
        alike = float(JaroWinkler.similarity(one.replace(" ", ""), other.replace(" ", ""))) >= _SIMILAR_STREET
        return "slip" if alike else "different"
    return (
        "slip"
        if max(len(one), len(other)) > 1 and OSA.distance(one, other, score_cutoff=1) <= 1
        else "different"
    )


def _one_postcode(a: Mention, b: Mention) -> bool:
    """Say whether two postcodes may be one: missing, of one district, or no more than two slips apart."""
    if not (a.postcode and b.postcode):
        return True
    if a.district == b.district:
        return True
    return int(Levenshtein.distance(a.postcode, b.postcode)) <= _SLIPS_OF_A_POSTCODE


def postcode_level(one: str, other: str) -> str:
    """Return whether two postcodes that are not the same are one slip apart: slip or different.

    A slip: one character too many, too few or another, or two neighbours in each other's place.
    """
    return "slip" if OSA.distance(one, other, score_cutoff=1) <= 1 else "different"


@lru_cache(maxsize=65_536)
def one_street(one: str, other: str) -> bool:
    """Say whether two streets may be one, with a slip of the hand."""
    return one == other or float(JaroWinkler.similarity(one, other)) >= _SIMILAR_STREET


def street_level(one: str, other: str) -> str:
    """Return the same as a level, for the sweep: same or different."""
    return "same" if one_street(one, other) else "different"
