"""Surnames that are one another: spellings and transliterations, and the endings of men's and women's forms."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files

from everycall.errors import Problems
from everycall.identity.normalise.forenames import forenames_like
from everycall.identity.normalise.name_words import name_words
from everycall.strict import read_table

_FILE = "surnames_alike.csv"


@cache
def _families() -> dict[str, frozenset[str]]:
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
    return {name: frozenset(of) for name, of in heads.items()}


@cache
def surnames_like(name: str, letter: str) -> tuple[str, ...]:
    """Return the spellings of a surname that begin with a letter; none for an unlisted one."""
    mine = _families().get(name)
    if mine is None:
        return forenames_like(name, letter)
    found = (
        other for other, of in _families().items() if other.startswith(letter) and not mine.isdisjoint(of)
    )
    return (*found, *forenames_like(name, letter))


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
    if not (one.endswith(_endings()) and other.endswith(_endings())):
        return False  # nearly every pair of names: asked a hundred times a call
    return any(
        long.endswith(hers) and short.endswith(his) and long.removesuffix(hers) == short.removesuffix(his)
        for his, hers in name_words().his_and_hers
        for short, long in ((one, other), (other, one))
    )


@cache
def _endings() -> tuple[str, ...]:
    return tuple(ending for pair in name_words().his_and_hers for ending in pair)
