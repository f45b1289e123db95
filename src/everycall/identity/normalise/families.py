"""Families of names that are one another: a head and its other forms a row, from a data file, read strictly."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import as_file, files

from everycall.errors import InputError, Problems
from everycall.strict import read_table


def families(file: str) -> dict[str, frozenset[str]]:
    """Return, for each name of a file below ``data``, the heads of its families (ALEX is two people's nickname).

    Raises
    ------
    InputError
        With every row that cannot be used; or when there is none.
    """
    problems = Problems()
    with as_file(files("everycall.identity").joinpath(f"data/{file}")) as path:
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


def names_of(families: Mapping[str, frozenset[str]]) -> dict[str, tuple[str, ...]]:
    """Return the names of each family, by its head, in the order of the list."""
    names: dict[str, list[str]] = {}
    for name, heads in families.items():
        for head in heads:
            names.setdefault(head, []).append(name)
    return {head: tuple(of) for head, of in names.items()}
