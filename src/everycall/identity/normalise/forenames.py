"""Forenames that are one another: nicknames, spellings and transliterations, from a list of families."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files

from everycall.errors import InputError, Problems
from everycall.identity.normalise.frequencies import is_listed_forename
from everycall.identity.normalise.name_words import name_words
from everycall.strict import read_table

_FILE = "nicknames.csv"


@cache
def _families() -> dict[str, frozenset[str]]:
    """Return, for each forename, the heads of the families it belongs to (ALEX is two people's nickname)."""
    problems = Problems()
    with as_file(files("everycall.identity").joinpath(f"data/{_FILE}")) as path:
        rows = read_table(path, ("name", "also"), ("name", "also"), problems)
    heads: dict[str, set[str]] = {}
    for row in rows:
        head, members = row.cells["name"], row.cells["also"].split()
        if len(set(members)) < len(members) or head in members or head in heads.get(head, ()):
            problems.add(row.where, "a name stands twice")
        for name in (head, *members):
            if not (name.isascii() and name.isalpha() and name.isupper() and len(name) > 1):
                problems.add(row.where, f"'{name[:40]}' must be plain capital letters, two or more")
            heads.setdefault(name, set()).add(head)
    problems.raise_if_any("the identity data cannot be used")
    if not heads:
        raise InputError("the identity data cannot be used")
    return {name: frozenset(of) for name, of in heads.items()}


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
    """Return the names of each family, by its head, in the order of the list."""
    names: dict[str, list[str]] = {}
    for name, heads in _families().items():
        for head in heads:
            names.setdefault(head, []).append(name)
    return {head: tuple(of) for head, of in names.items()}


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
