"""Surnames that are one another: spellings and transliterations, and the endings of men's and women's forms."""

from __future__ import annotations

from functools import cache

from everycall.identity.normalise.families import families, names_of
from everycall.identity.normalise.forenames import forenames_like
from everycall.identity.normalise.name_words import name_words

_FILE = "surnames_alike.csv"


@cache
def _families() -> dict[str, frozenset[str]]:
    return families(_FILE)


@cache
def _of_families() -> dict[str, tuple[str, ...]]:
    return names_of(_families())


@cache
def surnames_like(name: str, letter: str) -> tuple[str, ...]:
    """Return the spellings of a surname that begin with a letter; none for an unlisted one."""
    members = _of_families()
    found = {n for head in _families().get(name, ()) for n in members[head] if n.startswith(letter)}
    return (*sorted(found), *forenames_like(name, letter))


def one_surname(one: str, other: str) -> bool:
    """Say whether two surnames, plain capitals, are written forms of one: CHOUDHURY, CHOWDHURY; KOWALSKI, KOWALSKA.

    Notes
    -----
    The spellings are data (``data/surnames_alike.csv``), and so are the endings (``data/name_words.toml``).
    """
    families = _families()
    first, second = families.get(one), families.get(other)
    if first is not None and second is not None and not first.isdisjoint(second):
        return True
    if one[:1] != other[:1] or not (one.endswith(_endings()) and other.endswith(_endings())):
        return False  # nearly every pair of names: asked a hundred times a call
    return any(
        long.endswith(hers) and short.endswith(his) and long.removesuffix(hers) == short.removesuffix(his)
        for his, hers in name_words().his_and_hers
        for short, long in ((one, other), (other, one))
    )


@cache
def _endings() -> tuple[str, ...]:
    return tuple(ending for pair in name_words().his_and_hers for ending in pair)
