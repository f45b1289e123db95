"""Forenames that are one another: nicknames, spellings and transliterations, from a list of families."""

from __future__ import annotations

from functools import cache

from everycall.identity.normalise.families import families, names_of
from everycall.identity.normalise.frequencies import is_listed_forename
from everycall.identity.normalise.name_words import name_words

_FILE = "nicknames.csv"


@cache
def _families() -> dict[str, frozenset[str]]:
    return families(_FILE)


def same_forename_family(one: str, other: str) -> bool:
    """Say whether two forenames may be the same person's: equal, or together in one family.

    Parameters
    ----------
    one, other
        ASCII capitals, as `read_name` gives them. An initial belongs to no family.

    Notes
    -----
    Not transitive on purpose: ALEX belongs to ALEXANDER and to ALEXANDRA, who are two.
    """
    if one == other:
        return bool(one)
    families = _families()
    first, second = families.get(one), families.get(other)
    return first is not None and second is not None and not first.isdisjoint(second)


@cache
def _of_families() -> dict[str, tuple[str, ...]]:
    return names_of(_families())


@cache
def forenames_like(name: str, letter: str) -> tuple[str, ...]:
    """Return the names of a forename's families that begin with a letter; none for an unlisted one."""
    # not the whole list each time: a caller waits, and each new name would cost a tenth of a millisecond and more
    members = _of_families()
    found = {n for head in _families().get(name, ()) for n in members[head] if n.startswith(letter)}
    return tuple(sorted(found))


def is_forename(word: str) -> bool:
    """Say whether the word stands in the list of forenames."""
    return word in _families() or is_listed_forename(word) or word in name_words().forenames_besides
