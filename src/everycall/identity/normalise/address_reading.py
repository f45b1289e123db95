"""From the words of an address to its flat, house, building, street and locality."""

from __future__ import annotations

from dataclasses import dataclass, field

from everycall.identity.normalise.address_text import is_number
from everycall.identity.normalise.address_words import AddressWords

_COMMA = ""


@dataclass(slots=True)
class Reading:
    """What has been made out so far; ``left`` holds the words still to be read, with ``""`` for a comma."""

    left: list[str]
    flat: str | None = None
    house: str | None = None
    building: list[str] = field(default_factory=list)
    street: list[str] = field(default_factory=list)
    locality: list[str] = field(default_factory=list)
    beside: bool = False
    of_business: bool = False


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
        left += [*part, _COMMA]
    reading = Reading(left)
    _take_beside(reading, words)
    _take_flat(reading, words)
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
            if reading.beside and left[0] in ("OF", "TO", "AT", "THE", "WITH", "FROM", "ADJ", _COMMA):
                left = left[1:]
                continue
            break
    reading.left = left


def _is_flat_number(word: str) -> bool:
    return bool(word) and (
        is_number(word)
        or (len(word) == 1 and word.isalpha())
        or (len(word) <= 4 and word[0].isalpha() and word[1:].isdigit())
    )


def _take_flat(reading: Reading, words: AddressWords) -> None:
    flat: str | None = None
    floor: str | None = None
    rooms: list[str] = []
    left = reading.left
    position = 0
    while position < len(left):
        word = left[position]
        starts = position == 0 or left[position - 1] == _COMMA
        taken = 0
        if word in words.floors:
            taken = _words_of_floor(left, position, starts, words)
            if taken:
                floor = floor or _floor_name(word, left[position + 1 : position + taken])
        elif word in words.any_flat and (
            starts or word not in words.units_at_the_start or left[position - 1] in words.buildings
        ):
            number = _number_after(left, position)
            if number and word in words.flats:
                flat, taken = number, 2
            elif number:
                rooms.append(f"{word.removesuffix('S')} {number}")
                reading.of_business |= word in words.units_of_business
                taken = 2
            elif word in words.flats and starts and word != "STUDIO":
                taken = 2 if _at(left, position + 1) == "ABOVE" else 1
                floor = floor or "FLAT"
        if not taken:
            position += 1
            continue
        del left[position : position + taken]
        if 0 < position < len(left) and left[position] != _COMMA and left[position - 1] != _COMMA:
            left.insert(position, _COMMA)
    # The number tells more than the floor: FIRST FLOOR FLAT 2 is FLAT 2.
    told = [*([flat] if flat else []), *rooms]
    reading.flat = " ".join(told) or floor
    while left and left[0] == _COMMA:
        del left[0]


def _at(left: list[str], position: int) -> str:
    return left[position] if position < len(left) else _COMMA


def _words_of_floor(left: list[str], position: int, starts: bool, words: AddressWords) -> int:
    """Return how many words say the floor: FIRST FLOOR FLAT, TOP FLAT, BASEMENT; 0 when they say no floor."""
    after = _at(left, position + 1)
    if after == "FLOOR":
        count = 3 if _at(left, position + 2) in words.flats else 2
    elif after in words.flats:
        count = 2
    elif starts and left[position] in words.floors_alone:
        return 1
    else:
        return 0
    last = position + count - 1
    if left[last] in words.flats and _number_after(left, last):
        # TOP FLAT 12 HIGH STREET: the number is the house. TOP FLAT 3, 12 HIGH STREET: it is the flat's.
        return count if _street_end(left, last + 2, words, numbered=True) else count - 1
    return count


def _floor_name(word: str, rest: list[str]) -> str:
    return f"{word} FLOOR" if "FLOOR" in rest or word in ("GROUND", "FIRST", "SECOND", "THIRD") else word


def _number_after(left: list[str], position: int) -> str | None:
    """Return the number behind a word for a flat: 2, 2A, A, B12."""
    after = _at(left, position + 1)
    lettered = len(after) <= 4 and after[:1].isalpha() and (len(after) == 1 or after[1:].isdigit())
    return after if after and (is_number(after) or lettered) else None


def _house_at(left: list[str], words: AddressWords) -> int | None:
    """Return where the house number stands: the number nearest before a street, else the first before a word."""
    first = None
    for position, word in enumerate(left):
        if not word or not is_number(word):
            continue
        following = _next_word(left, position)
        if following is None:
            if first is None:
                first = position
            continue
        if is_number(left[following]):
            continue  # 2, 9 BELLFIELD COURT: the second is the house
        end = _street_end(left, following, words, numbered=True)
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
            following = _next_word(left, position)
            return following is not None and _street_end(left, following, words, numbered=True) is not None
    return False


def _next_word(left: list[str], position: int) -> int | None:
    for later in range(position + 1, len(left)):
        if left[later]:
            return later
    return None


def _street_end(left: list[str], start: int, words: AddressWords, numbered: bool) -> int | None:
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
            following = left[position + 1] if position + 1 < len(left) else _COMMA
            if following not in words.any_street:
                return position + 1
    return None


def _names_on(left: list[str], end: int, words: AddressWords) -> bool:
    return (
        left[end - 1] in words.buildings
        and left[end] in words.buildings
        and _at(left, end + 1) not in words.streets
    )


def _street_after_number(reading: Reading, where: int, words: AddressWords) -> None:
    left = reading.left
    number = left[where]
    before = [word for word in left[:where] if word]
    following = _next_word(left, where)
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
    end = _street_end(left, following, words, numbered=True)
    if end is None:
        stop = left.index(_COMMA, following)
        ahead = _later_street(left, stop, words) if left[stop - 1] in words.building_ends else None
        if ahead and not before and reading.flat is None and "-" not in number:
            # 3 WARNERS MILL, SILKS WAY
            reading.flat, reading.house, reading.building = number, None, left[following:stop]
            reading.street = left[ahead[0] : ahead[1]]
            reading.locality = [word for word in left[ahead[1] :] if word]
            return
        reading.street = left[following:stop]
        reading.locality = [word for word in left[stop:] if word]
        return
    inner = _building_inside(left, following, end, words)
    if inner:
        later: tuple[int, int] | None = (inner, end)
        end = inner
    else:
        later = _later_street(left, end, words) if left[end - 1] in words.buildings else None
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


def _building_inside(left: list[str], start: int, end: int, words: AddressWords) -> int | None:
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


def _later_street(left: list[str], start: int, words: AddressWords) -> tuple[int, int] | None:
    for position in range(start, len(left)):
        if left[position]:
            end = _street_end(left, position, words, numbered=False)
            if end is not None:
                return position, end
            if position > start and left[position - 1] != _COMMA:
                continue
    return None


def _street_without_number(reading: Reading, words: AddressWords) -> None:
    left = reading.left
    for kinds in (words.streets, words.any_street):
        start = 0
        while start < len(left):
            stop = left.index(_COMMA, start)
            found = _street_in(left[start:stop], kinds, words)
            if found and (kinds is words.streets or not _names_a_building(left[start:stop], found, words)):
                first, end = found
                reading.building = [word for word in left[:start] if word] + left[start : start + first]
                reading.street = left[start + first : start + end]
                reading.locality = [word for word in [*left[start + end : stop], *left[stop:]] if word]
                return
            start = stop + 1
    stop = left.index(_COMMA) if _COMMA in left else len(left)
    first_part = left[:stop]
    if first_part and first_part[0] in words.boats:
        reading.building = first_part
        reading.locality = [word for word in left[stop:] if word]
        return
    cut = _end_of_building(left, words)
    if cut:
        reading.building = [word for word in left[:cut] if word]
        reading.locality = [word for word in left[cut:] if word]
    elif reading.flat and first_part:
        reading.building = first_part
        reading.locality = [word for word in left[stop:] if word]
    else:
        reading.locality = [word for word in left if word]


def _end_of_building(left: list[str], words: AddressWords) -> int:
    """Return where the name of a building ends, in the first part that holds a word for one; 0 when none does."""
    end = 0
    for position, word in enumerate(left):
        if word == _COMMA and end:
            break
        if word in words.building_ends:
            end = position + 1
    return end


def _street_in(part: list[str], kinds: frozenset[str], words: AddressWords) -> tuple[int, int] | None:
    """Return where the street begins and ends in one part that has no number."""
    for position, word in enumerate(part):
        if word in words.streets_of_one_word and (position == 0 or part[position - 1] in words.buildings):
            following = part[position + 1] if position + 1 < len(part) else _COMMA
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


def _names_a_building(part: list[str], found: tuple[int, int], words: AddressWords) -> bool:
    return part[found[1] - 1] in words.buildings
