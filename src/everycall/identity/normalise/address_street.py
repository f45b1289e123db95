"""Where a street's name begins and ends among the words of an address, and where a building's does."""

from __future__ import annotations

from everycall.identity.normalise.address_draft import COMMA, word_at
from everycall.identity.normalise.address_text import is_number
from everycall.identity.normalise.address_words import AddressWords


def street_end(left: list[str], start: int, words: AddressWords, numbered: bool) -> int | None:
    """Return where the street that begins at ``start`` ends (exclusive), within its part, or None."""
    kinds = words.any_street if numbered else words.streets
    for position in range(start, len(left)):
        word = left[position]
        if not word or (is_number(word) and position > start):
            return None
        if position > start and word in kinds:
            end = position + 1
            # MILL HILL ROAD; NAVESTOCK HALL COTTAGES; but STATION COURT | STATION APPROACH
            while end < len(left) and (left[end] in words.streets or _names_on(left, end, words)):
                end += 1
            return end
        if word in words.streets_of_one_word and (position == start):
            following = left[position + 1] if position + 1 < len(left) else COMMA
            if following not in words.any_street:
                return position + 1
    return None


def _names_on(left: list[str], end: int, words: AddressWords) -> bool:
    return (
        left[end - 1] in words.buildings
        and left[end] in words.buildings
        and word_at(left, end + 1) not in words.streets
    )


def later_street(left: list[str], start: int, words: AddressWords) -> tuple[int, int] | None:
    """Return where a further street begins and ends, told by a word that is a street's for certain."""
    for position in range(start, len(left)):
        if left[position]:
            end = street_end(left, position, words, numbered=False)
            if end is not None:
                return position, end
            if position > start and left[position - 1] != COMMA:
                continue
    return None


def street_in(part: list[str], kinds: frozenset[str], words: AddressWords) -> tuple[int, int] | None:
    """Return where the street begins and ends in one part that has no number."""
    for position, word in enumerate(part):
        if word in words.streets_of_one_word and (position == 0 or part[position - 1] in words.buildings):
            following = part[position + 1] if position + 1 < len(part) else COMMA
            if following not in words.any_street:
                return position, position + 1
        if position == 0 or word not in kinds:
            continue
        end = position + 1
        while end < len(part) and part[end] in words.streets:
            end += 1
        # The street's own name is at least one word; what ends in a building's word before it is the building.
        first = 0
        for back in range(position - 2, -1, -1):
            # WOOTTON SCHOOL | HALL END ROAD: a word that is also a street's, before another, is the street's.
            of_street = part[back] in words.streets_or_places and part[back + 1] in words.any_street
            if part[back] in words.building_ends and not of_street:
                first = back + 1
                break
        return first, end
    return None


def names_a_building(part: list[str], found: tuple[int, int], words: AddressWords) -> bool:
    """Say whether what was found as a street ends in a word for a building (BELLFIELD COURT)."""
    return part[found[1] - 1] in words.buildings


def end_of_building(left: list[str], words: AddressWords) -> int:
    """Return where the name of a building ends, in the first part that holds a word for one; 0 when none does."""
    end = 0
    for position, word in enumerate(left):
        if word == COMMA and end:
            break
        if word in words.building_ends:
            end = position + 1
    return end


def building_inside(left: list[str], start: int, end: int, words: AddressWords) -> int | None:
    """Return where a building's name ends that stands before the street's: WARNERS MILL | SILKS WAY."""
    for position in range(end - 3, start, -1):
        word = left[position]
        if (
            word in words.buildings
            and word not in words.streets_or_places
            and left[position + 1] not in words.any_street
        ):
            return position + 1
    return None
