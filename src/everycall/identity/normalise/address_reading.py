"""From the words of an address to its flat, house, building, street and locality."""

from __future__ import annotations

from everycall.identity.normalise.address_draft import COMMA, Reading, next_word
from everycall.identity.normalise.address_flat import take_flat
from everycall.identity.normalise.address_street import (
    building_inside,
    end_of_building,
    later_street,
    names_a_building,
    street_end,
    street_in,
)
from everycall.identity.normalise.address_text import is_number
from everycall.identity.normalise.address_words import AddressWords


def read_words(parts: list[list[str]], words: AddressWords) -> Reading:
    """Make out the parts of an address.

    Parameters
    ----------
    parts
        As `address_parts` gives them.

    Notes
    -----
    The order is: words for "at or by", the flat (by its word), the house number, the street behind it, and the
    building before it. A number alone never becomes a flat unless another number, or a building followed by a
    street, stands behind it: the flat must not be taken for the house, nor the house for the flat.
    """
    left: list[str] = []
    for part in parts:
        left += [*part, COMMA]
    reading = Reading(left)
    _take_beside(reading, words)
    take_flat(reading, words)
    where = _house_at(reading.left, words)
    if where is None:
        _street_without_number(reading, words)
    else:
        _street_after_number(reading, where, words)
    return reading


def _take_beside(reading: Reading, words: AddressWords) -> None:
    left = [word for word in reading.left if word not in words.ignored]
    while left:
        for length in (3, 2, 1):
            if " ".join(left[:length]) in words.beside and len([w for w in left if w]) > length:
                reading.beside = True
                left = left[length:]
                break
        else:
            if reading.beside and left[0] in ("OF", "TO", "AT", "THE", "WITH", "FROM", "ADJ", COMMA):
                left = left[1:]
                continue
            break
    reading.left = left


def _house_at(left: list[str], words: AddressWords) -> int | None:
    """Return where the house number stands: the number nearest before a street, else the first before a word."""
    first = None
    for position, word in enumerate(left):
        if not word or not is_number(word):
            continue
        following = next_word(left, position)
        if following is None:
            if first is None:
                first = position
            continue
        if is_number(left[following]):
            continue  # 2, 9 BELLFIELD COURT: the second is the house
        end = street_end(left, following, words, numbered=True)
        if end is not None and not (
            left[end - 1] in words.buildings and _later_number_before_street(left, end, words)
        ):
            return position
        if first is None:
            first = position
    return first


def _later_number_before_street(left: list[str], start: int, words: AddressWords) -> bool:
    for position in range(start, len(left)):
        if left[position] and is_number(left[position]):
            following = next_word(left, position)
            return following is not None and street_end(left, following, words, numbered=True) is not None
    return False


def _street_after_number(reading: Reading, where: int, words: AddressWords) -> None:
    left = reading.left
    number = left[where]
    before = [word for word in left[:where] if word]
    following = next_word(left, where)
    reading.house = number
    if "/" in number:
        _split_slash(reading, number)
    if len(before) > 1 and before[-1] in ("AND", "TO") and is_number(before[-2]):
        number = f"{before[-2]}-{number}"  # 71 AND 73 HIGH STREET
        reading.house, before = number, before[:-2]
    elif before and is_number(before[-1]):
        if (
            reading.flat is None and before[-1] != number
        ):  # 2, 9 BELLFIELD COURT; but 17 17 CASTLE LANE says it twice
            reading.flat = before[-1]
        before = before[:-1]
    elif before and is_number(before[0]) and reading.flat is None and before[-1] in words.buildings:
        reading.flat, before = before[0], before[1:]  # 3 WARNERS MILL, 12 SILKS WAY
    reading.building = before
    if following is None:
        return
    end = street_end(left, following, words, numbered=True)
    if end is None:
        stop = left.index(COMMA, following)
        ahead = later_street(left, stop, words) if left[stop - 1] in words.building_ends else None
        if ahead and not before and reading.flat is None and "-" not in number:
            # 3 WARNERS MILL, SILKS WAY
            reading.flat, reading.house, reading.building = number, None, left[following:stop]
            reading.street = left[ahead[0] : ahead[1]]
            reading.locality = [word for word in left[ahead[1] :] if word]
            return
        reading.street = left[following:stop]
        reading.locality = [word for word in left[stop:] if word]
        return
    inner = building_inside(left, following, end, words)
    if inner:
        later: tuple[int, int] | None = (inner, end)
        end = inner
    else:
        later = later_street(left, end, words) if left[end - 1] in words.buildings else None
    if later and "-" in number and not before:
        reading.building = left[following:end]  # 101-135 KINGS HOUSE, KINGS ROAD: a range is no flat
        following, end = later
    elif later and not before and not (reading.flat and reading.flat[0].isdigit()):
        # 3 WARNERS MILL SILKS WAY: the number belongs to the building, not to the street.
        reading.building = left[following:end]
        reading.flat = f"{reading.flat} {number}" if reading.flat else number
        reading.house = None
        following, end = later
    reading.street = left[following:end]
    reading.locality = [word for word in left[end:] if word]


def _split_slash(reading: Reading, number: str) -> None:
    """Read 2/9 as flat 2 of house 9, but 81/85 (near each other, not small) and 72/72A as a range."""
    first, second = number.split("/")[:2]
    if first.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == second.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"):
        reading.house = f"{first}-{second}"  # 72/72A
        return
    a, b = int(first.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")), int(second.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    if a >= 10 and (b - a == 1 or b - a in range(2, 11, 2)):
        reading.house = f"{first}-{second}"
    elif reading.flat is None:
        reading.flat, reading.house = first, second
    else:
        reading.house = f"{first}-{second}"


def _street_without_number(reading: Reading, words: AddressWords) -> None:
    left = reading.left
    for kinds in (words.streets, words.any_street):
        start = 0
        while start < len(left):
            stop = left.index(COMMA, start)
            found = street_in(left[start:stop], kinds, words)
            if found and (kinds is words.streets or not names_a_building(left[start:stop], found, words)):
                first, end = found
                reading.building = [word for word in left[:start] if word] + left[start : start + first]
                reading.street = left[start + first : start + end]
                reading.locality = [word for word in [*left[start + end : stop], *left[stop:]] if word]
                return
            start = stop + 1
    stop = left.index(COMMA) if COMMA in left else len(left)
    first_part = left[:stop]
    if first_part and first_part[0] in words.boats:
        reading.building = first_part
        reading.locality = [word for word in left[stop:] if word]
        return
    cut = end_of_building(left, words)
    if cut:
        reading.building = [word for word in left[:cut] if word]
        reading.locality = [word for word in left[cut:] if word]
    elif reading.flat and first_part:
        reading.building = first_part
        reading.locality = [word for word in left[stop:] if word]
    else:
        reading.locality = [word for word in left if word]
