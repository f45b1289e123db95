"""The flat of an address: by its word and number, or by the floor it lies on."""

from __future__ import annotations

from everycall.identity.normalise.address_draft import COMMA, Reading, word_at
from everycall.identity.normalise.address_street import street_end
from everycall.identity.normalise.address_text import is_number
from everycall.identity.normalise.address_words import AddressWords


def take_flat(reading: Reading, words: AddressWords) -> None:
    """Move the words for the flat from ``reading.left`` to ``reading.flat``; the number tells more than the floor."""
    flat: str | None = None
    floor: str | None = None
    rooms: list[str] = []
    left = reading.left
    position = 0
    while position < len(left):
        word = left[position]
        starts = position == 0 or left[position - 1] == COMMA
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
                taken = 2 if word_at(left, position + 1) == "ABOVE" else 1
                floor = floor or "FLAT"
        if not taken:
            position += 1
            continue
        del left[position : position + taken]
        if 0 < position < len(left) and left[position] != COMMA and left[position - 1] != COMMA:
            left.insert(position, COMMA)
    # The number tells more than the floor: FIRST FLOOR FLAT 2 is FLAT 2.
    told = [*([flat] if flat else []), *rooms]
    reading.flat = " ".join(told) or floor
    while left and left[0] == COMMA:
        del left[0]


def _words_of_floor(left: list[str], position: int, starts: bool, words: AddressWords) -> int:
    """Return how many words say the floor: FIRST FLOOR FLAT, TOP FLAT, BASEMENT; 0 when they say no floor."""
    after = word_at(left, position + 1)
    if after == "FLOOR":
        count = 3 if word_at(left, position + 2) in words.flats else 2
    elif after in words.flats:
        count = 2
    elif starts and left[position] in words.floors_alone:
        return 1
    else:
        return 0
    last = position + count - 1
    if left[last] in words.flats and _number_after(left, last):
        # TOP FLAT 12 HIGH STREET: the number is the house. TOP FLAT 3, 12 HIGH STREET: it is the flat's.
        return count if street_end(left, last + 2, words, numbered=True) else count - 1
    return count


def _floor_name(word: str, rest: list[str]) -> str:
    return f"{word} FLOOR" if "FLOOR" in rest or word in ("GROUND", "FIRST", "SECOND", "THIRD") else word


def _number_after(left: list[str], position: int) -> str | None:
    """Return the number behind a word for a flat: 2, 2A, A, B12."""
    after = word_at(left, position + 1)
    lettered = len(after) <= 4 and after[:1].isalpha() and (len(after) == 1 or after[1:].isdigit())
    return after if after and (is_number(after) or lettered) else None
