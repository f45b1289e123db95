"""The pieces of a name as typed: their letters, without titles, suffixes and whoever is named behind."""

from __future__ import annotations

import re

from everycall.identity.normalise.eastern_names import is_syllable
from everycall.identity.normalise.name_words import NameWords

_DIGITS = re.compile(r"\d")
_SCANNED = str.maketrans("015", "OIS")


def letters_of(units: list[str]) -> list[str]:
    """Return the words of some pieces in capitals: SMITH-JONES is two, and what is no letter is left out."""
    parts = []
    for unit in units:
        upper = unit.upper()
        if upper.isalpha():
            parts.append(upper)
            continue
        for part in upper.split("-"):
            digits = len(_DIGITS.findall(part))
            # C7214 is a collar number; SM1TH is a slip of the finger, or of a scanner.
            part = "" if digits > 1 else _DIGITS.sub("", part.translate(_SCANNED)).replace("&", "")
            if part:
                parts.append(part)
    return parts


def names_nobody(parts: list[str], words: NameWords) -> bool:
    """Say whether these words name nobody: ANON, MALE CALLER."""
    return all(part in words.not_names for part in parts) and " ".join(parts) not in words.names_all_the_same


def without_titles(units: list[str], words: NameWords) -> tuple[list[str], bool]:
    """Return the pieces of one person's name itself, and whether a title was among them."""
    left: list[str] = []
    titled = False
    for position, unit in enumerate(units):
        upper = unit.upper()
        if (upper in words.titles and not left) or upper in words.titles_behind:
            titled = True
        elif upper in words.also_known and left:
            break
        elif _is_suffix(upper, position, units, left, words):
            continue
        elif "&" in unit or letters_of([unit]):
            left.append(unit)
    return _first_of_two(left, words), titled


def _is_suffix(upper: str, position: int, units: list[str], left: list[str], words: NameWords) -> bool:
    """Say whether the last word is a suffix such as JNR or OBE, and not a surname (ADA MA)."""
    if upper not in words.suffixes:
        return False
    behind = words.suffixes | words.titles_behind
    if any(unit.upper() not in behind for unit in units[position:]):
        return False
    if upper not in words.suffixes_or_surnames:
        return True
    # KIT MIN MA is no Master of Arts
    return len(left) > 1 and not all(is_syllable(unit.upper()) for unit in left)


def _first_of_two(units: list[str], words: NameWords) -> list[str]:
    for position, unit in enumerate(units):
        if unit == "&" or (unit.upper() == "AND" and len(units) > 1):
            before = units[:position]
            after = [u for u in units[position + 1 :] if u != "&" and u.upper() not in words.titles]
            if not before:
                return _first_of_two(after, words)
            return [*before, after[-1]] if len(before) == 1 and len(after) > 1 else before
    return units
