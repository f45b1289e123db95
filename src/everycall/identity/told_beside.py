"""What an address tells beside its key: the town, and the name of a house that has a number too."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from everycall.identity.mention import Mention, house_of

SLIPS_OF_A_POSTCODE = 2
_SHORT, _LONG = 4, 8
"""Shorter names must agree letter for letter; a single word of so many letters may have two slips, the others one."""


def one_code(a: Mention, b: Mention) -> bool:
    """Say whether both tell a postcode and the two are no more than two slips apart."""
    if not (a.postcode and b.postcode):
        return False
    if a.postcode == b.postcode:
        return True
    return int(Levenshtein.distance(a.postcode, b.postcode)) <= SLIPS_OF_A_POSTCODE


@lru_cache(maxsize=65_536)
def told_level(one: str, other: str) -> str:
    """Return whether two towns, or two names of houses, may be one: same or different.

    The same with a slip, or one that is told within the other: Bristol, and Kingswood, Bristol. Newcastle upon Tyne
    is two letters from Newcastle-under-Lyme: only a single word may have two.
    """
    if one == other or f" {one} " in f" {other} " or f" {other} " in f" {one} ":
        return "same"
    shorter = min(len(one), len(other))
    slips = 0 if shorter < _SHORT else 2 if shorter >= _LONG and " " not in one + other else 1
    return "same" if Levenshtein.distance(one, other, score_cutoff=slips) <= slips else "different"


def town_compared_as(a: Mention, b: Mention) -> str:
    """Return as which field two towns are compared.

    Where the postcodes are one (or two slips apart) they tell the town already, and with the number the name of the
    house: there each is a comparison of its own, which says next to nothing. Else what one address tells twice would
    count twice for a whole family.
    """
    return "town_by_postcode" if one_code(a, b) else "town"


def house_name_compared_as(a: Mention, b: Mention) -> str:
    """Return as which field two names of houses are compared (`town_compared_as`)."""
    house = house_of(a.building, a.postcode)
    by_number = house and house == house_of(b.building, b.postcode) and one_code(a, b)
    return "house_name_by_number" if by_number else "house_name"
