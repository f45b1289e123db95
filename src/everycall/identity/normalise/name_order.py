"""Which words of a name are the forenames and which the surname, in whatever order they were told."""

from __future__ import annotations

import re

from everycall.identity.normalise.eastern_names import family_first, given_as_called, in_eastern_form
from everycall.identity.normalise.forenames import is_forename
from everycall.identity.normalise.frequencies import forename_share, is_listed_surname, surname_share
from everycall.identity.normalise.name import Name
from everycall.identity.normalise.name_pieces import letters_of
from everycall.identity.normalise.name_words import NameWords

_ARTICLES = ("AL", "EL")
"""Before a hyphen they begin a family name, though alone they may be somebody's forename."""
_VOWEL = re.compile(r"[AEIOUY]")


def in_order(units: list[str], groups: list[list[str]], titled: bool, words: NameWords) -> Name | None:
    """Return a name whose words may stand in any order; ``groups`` are the words of each piece."""
    flat = [part for group in groups for part in group]
    if not flat:
        return None
    if len(groups) == 1:
        if len(flat) > 1:
            return name_of([], flat, False, words)
        return _one_word(flat[0], titled, words)
    capitals = _leading_capitals(units)
    if capitals:
        return name_of(letters_of(units[capitals:]), letters_of(units[:capitals]), False, words)
    first = groups[0]
    if len(first[0]) > 1 and all(len(group[0]) == 1 and len(group) == 1 for group in groups[1:]):
        return name_of([part for group in groups[1:] for part in group], first, False, words)
    if family_first(flat, words):
        return name_of(given_as_called(flat, words), flat[:1], False, words)
    if _is_reversed(groups, words):
        return name_of(flat[len(first) :], first, False, words)
    behind = _behind_a_particle(groups, words)
    if behind:
        return name_of(_parts(groups[behind:]), _parts(groups[:behind]), False, words)
    start = _surname_start(groups, words)
    return name_of(_parts(groups[:start]), _parts(groups[start:]), False, words)


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


def name_of(forenames: list[str], surname: list[str], one_word: bool, words: NameWords) -> Name:
    """Return the name of these forenames and this surname, each in its form."""
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
