"""How alike two homes are: the same dwelling, the same house, the same postcode or street, or another."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler, Levenshtein

from everycall.identity.mention import Mention, house_of, same_home

_SIMILAR_STREET = 0.92
_SLIPS_OF_A_POSTCODE = 2


def address_level(a: Mention, b: Mention, communal: Collection[str]) -> str | None:
    """Return how alike the homes of two mentions are; None where they cannot be compared, or say nothing of a person.

    ``house``: the same number in the same street where a postcode is missing, or has a slip in it.
    """
    if same_home(a, b):
        return None if a.dwelling in communal or a.building in communal else "dwelling"
    if a.uprn and b.uprn and a.uprn != b.uprn:
        return "different"
    if a.building and b.building and a.building == b.building and a.postcode:
        # two different flats of one building are two dwellings; a missing flat may be the same one
        if a.dwelling and b.dwelling and a.building not in (a.dwelling, b.dwelling):
            return "different"
        return None if a.building in communal else "building"
    if a.street and b.street:
        mine, theirs = house_of(a.building, a.postcode), house_of(b.building, b.postcode)
        if mine and mine == theirs and _one_postcode(a, b) and one_street(a.street, b.street):
            return None if a.building in communal or b.building in communal else "house"
        if mine and theirs and mine != theirs and a.street == b.street:
            return "different"  # in a street where one name is common two numbers are two people
    if a.postcode and b.postcode:
        if a.located and b.located:
            return "different"
        return "postcode" if a.postcode == b.postcode else "different"
    if a.street and b.street:
        return "street" if a.street == b.street else "different"
    return None


def _one_postcode(a: Mention, b: Mention) -> bool:
    """Say whether two postcodes may be one: missing, of one district, or no more than two slips apart."""
    if not (a.postcode and b.postcode):
        return True
    if a.district == b.district:
        return True
    return int(Levenshtein.distance(a.postcode, b.postcode)) <= _SLIPS_OF_A_POSTCODE


@lru_cache(maxsize=65_536)
def one_street(one: str, other: str) -> bool:
    """Say whether two streets may be one, with a slip of the hand."""
    return one == other or float(JaroWinkler.similarity(one, other)) >= _SIMILAR_STREET


def street_level(one: str, other: str) -> str:
    """Return the same as a level, for the sweep: same or different."""
    return "same" if one_street(one, other) else "different"
