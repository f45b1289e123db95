"""Names in one form: forenames and surname in ASCII capitals, however they were typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from everycall.identity.normalise.eastern_names import (
    family_first,
    given_as_called,
    in_eastern_form,
    is_syllable,
)
from everycall.identity.normalise.forenames import is_forename, same_forename_family
from everycall.identity.normalise.frequencies import (
    forename_share,
    is_distinctive,
    is_listed_surname,
    surname_share,
)
from everycall.identity.normalise.name_words import NameWords, name_words
from everycall.identity.normalise.plain import plain_text

__all__ = [
    "Name",
    "forename_share",
    "initial_of",
    "is_distinctive",
    "read_name",
    "same_forename_family",
    "surname_share",
]

_LONGEST = 500
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\"[^\"]*\"")
_SLASHED = re.compile(r"\b([A-Za-z])/([A-Za-z])\b")
_UNIT = re.compile(r"[A-Za-z0-9&]+(?:-+[A-Za-z0-9]+)*")
_DIGITS = re.compile(r"\d")
_SCANNED = str.maketrans("015", "OIS")
_ARTICLES = ("AL", "EL")
"""Before a hyphen they begin a family name, though alone they may be somebody's forename."""
_VOWEL = re.compile(r"[AEIOUY]")


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name.

    Attributes
    ----------
    forenames
        In the order typed, ASCII capitals; initials stand as single letters.
    surname
        ASCII capitals; the parts of a double-barrelled surname and its particles are apart: ``SMITH JONES``,
        ``VAN DER BERG``, ``AL HASSAN``. ``O'Neil`` and ``Mc Donald`` are one word: ``ONEIL``, ``MCDONALD``.
    initials
        True when the first forename is an initial only.
    full
        Forenames and surname with spaces between.
    one_word
        True when a single bare word was given, which may be a forename or a surname. It stands in the more
        likely of the two fields; `as_forename` and `as_surname` both give it.
    """

    forenames: tuple[str, ...]
    surname: str | None
    initials: bool
    full: str
    one_word: bool = False

    @property
    def as_forename(self) -> str | None:
        """Return the first forename; for one bare word, that word."""
        if self.forenames:
            return self.forenames[0]
        return self.full if self.one_word else None

    @property
    def as_surname(self) -> str | None:
        """Return the surname; for one bare word, that word."""
        return self.surname or (self.full if self.one_word else None)

    @property
    def printed(self) -> str:
        """Return ``SURNAME, FORENAMES``, which `read_name` reads as this same name."""
        if self.surname and self.forenames:
            return f"{self.surname}, {' '.join(self.forenames)}"
        return self.full if self.one_word or not self.surname else f"{self.surname},"


def initial_of(name: str | None) -> str | None:
    """Return the first letter of a forename or surname, or None."""
    return name[0] if name else None


@lru_cache(maxsize=65_536)
def read_name(text: str | None) -> Name | None:
    """Read the name of one person as a call taker types it.

    Parameters
    ----------
    text
        Anything: ``Mrs M. Peck``, ``PECK, Maureen``, ``PECK Maureen``, ``Łukasz Nowak``, ``Siân O'Neil-Hughes``,
        ``Mr and Mrs Hart``, ``MALE CALLER``, a name in another writing system.

    Returns
    -------
    Name | None
        None when nobody was named (``ANON``, ``REFUSED``, ``THE OCCUPIER``, no letters at all): missing.

    Notes
    -----
    The surname stands last, unless a comma follows it, or it alone is in capitals before words that are not
    (``PECK Maureen``), or single letters follow it (``PECK M``), or the first word is a surname, by the list or by its
    ending, and no forename while forenames alone follow (``PATEL PRIYA``, ``KOWALSKI ADAM``), or a particle
    (``BIN LAITH JAMAL``), or it is a family's name told first in the East (``WONG KA MING``, ``NGUYEN THI LAN``). Of
    two people named together the first is read. The lists are data (``data/name_words.toml``).
    """
    if text is None:
        return None
    words = name_words()
    plain = plain_text(text[:_LONGEST])
    if "(" in plain or "[" in plain or '"' in plain:
        outside = _IN_BRACKETS.sub(" ", plain)
        plain = outside if any(map(str.isalpha, outside)) else plain
    if "/" in plain:
        plain = _SLASHED.sub(r"\1\2", plain)  # N/K, A/A
    plain = plain.replace("' ", "").replace("'", "")
    two = plain.split()
    if len(two) == 2 and two[0].isalpha() and two[1].isalpha():  # most names: nothing stands around them
        first, last = two[0].upper(), two[1].upper()
        if first not in words.around_names and last not in words.around_names:
            return _in_order(two, [[first], [last]], False, words)
    pieces = [units for units in map(_UNIT.findall, plain.split(",")) if units]
    everything = [part for units in pieces for part in _letters(units)]
    if not everything or _nobody(everything, words):
        return None
    titled = False
    kept: list[list[str]] = []
    for units in pieces:
        left, had_title = _without_titles(units, words)
        titled |= had_title
        if left:
            kept.append(left)
    if not kept:
        return None
    if len(kept) > 1:
        return _made(_upper(kept[1]), _upper(kept[0]), False, words)
    units = kept[0]
    if "," in plain and not titled and plain.rstrip(" ,") != plain.rstrip():
        return _made([], _upper(units), False, words)
    groups = [group for group in (_letters([unit]) for unit in units) if group]
    return _in_order(units, groups, titled, words)


def _letters(units: list[str]) -> list[str]:
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


def _nobody(parts: list[str], words: NameWords) -> bool:
    return all(part in words.not_names for part in parts) and " ".join(parts) not in words.names_all_the_same


def _without_titles(units: list[str], words: NameWords) -> tuple[list[str], bool]:
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
        elif "&" in unit or _letters([unit]):
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


def _upper(units: list[str]) -> list[str]:
    return [part for unit in units for part in _letters([unit])]


def _in_order(units: list[str], groups: list[list[str]], titled: bool, words: NameWords) -> Name | None:
    flat = [part for group in groups for part in group]
    if not flat:
        return None
    if len(groups) == 1:
        if len(flat) > 1:
            return _made([], flat, False, words)
        return _one_word(flat[0], titled, words)
    capitals = _leading_capitals(units)
    if capitals:
        return _made(_upper(units[capitals:]), _upper(units[:capitals]), False, words)
    first = groups[0]
    if len(first[0]) > 1 and all(len(group[0]) == 1 and len(group) == 1 for group in groups[1:]):
        return _made([part for group in groups[1:] for part in group], first, False, words)
    if family_first(flat, words):
        return _made(given_as_called(flat, words), flat[:1], False, words)
    if _is_reversed(groups, words):
        return _made(flat[len(first) :], first, False, words)
    behind = _behind_a_particle(groups, words)
    if behind:
        return _made(_parts(groups[behind:]), _parts(groups[:behind]), False, words)
    start = _surname_start(groups, words)
    return _made(_parts(groups[:start]), _parts(groups[start:]), False, words)


def _parts(groups: list[list[str]]) -> list[str]:
    return [part for group in groups for part in group]


def _behind_a_particle(groups: list[list[str]], words: NameWords) -> int:
    """Return where forenames begin behind a family name with a particle (BIN LAITH JAMAL; EL-MASRY ZIAD), or 0."""
    if groups[0][0] not in words.particles_only and not (len(groups[0]) > 1 and groups[0][0] in _ARTICLES):
        return 0
    named = next((n for n, group in enumerate(groups) if group[-1] not in words.particles), len(groups))
    behind = groups[named + 1 :]
    return named + 1 if behind and all(is_forename(group[0]) for group in behind) else 0


def _one_word(word: str, titled: bool, words: NameWords) -> Name:
    if is_forename(word) and not is_listed_surname(word):
        return Name((word,), None, len(word) == 1, word, not titled)
    if titled or is_listed_surname(word):
        return Name((), word, False, word, not titled)
    return Name((word,), None, len(word) == 1, word, True)


def _leading_capitals(units: list[str]) -> int:
    count = 0
    for unit in units:
        if not (unit.isupper() and len(unit) > 2 and _VOWEL.search(unit)):
            break
        count += 1
    rest = units[count:]
    return count if rest and count and not any(u.isupper() and len(u) > 1 for u in rest) else 0


def _is_reversed(groups: list[list[str]], words: NameWords) -> bool:
    """Say whether a family name comes first, and forenames alone behind it: PATEL PRIYA, KOWALSKI ADAM."""
    first = groups[0][0]
    if len(groups) > 3 or is_forename(first) or not (is_listed_surname(first) or _ends_so(first, words)):
        return False
    return all(
        is_forename(group[0])
        and not _ends_so(group[0], words)
        and (not is_listed_surname(group[0]) or forename_share(group[0]) > 2 * surname_share(group[0]))
        for group in groups[1:]
    )


def _ends_so(word: str, words: NameWords) -> bool:
    return len(word) > 5 and word.endswith(words.surname_endings)


def _surname_start(groups: list[list[str]], words: NameWords) -> int:
    first = 0 if groups[0][0] in words.particles_only else 1
    for position in range(first, len(groups) - 1):
        part = groups[position][0]
        if part in words.particles or part in words.joined:
            return position
        if part == "O" and groups[position + 1][0] in words.after_o:
            return position
    return 0 if len(groups) == 2 and groups[0][0] in words.joined else len(groups) - 1


def _made(forenames: list[str], surname: list[str], one_word: bool, words: NameWords) -> Name:
    joined: list[str] = []
    for part in surname:
        before = joined[-1] if joined else ""
        if before in words.joined or (before == "O" and part in words.after_o):
            joined[-1] += part
        else:
            joined.append(part)
    # Two letters without a vowel are initials typed together: JP SMITH.
    given: list[str] = []
    for part in forenames:
        given += list(part) if len(part) == 2 and not _VOWEL.search(part) else [part]
    given, joined = in_eastern_form(given, joined, words)
    last = " ".join(joined) or None
    full = " ".join([*given, *joined])
    return Name(tuple(given), last, bool(given) and len(given[0]) == 1, full, one_word)
