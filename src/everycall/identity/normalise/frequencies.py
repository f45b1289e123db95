"""How common names are in Great Britain: the share of people who bear a surname or a forename."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files

from everycall.errors import Problems
from everycall.strict import read_table

UNLISTED_SURNAME = 0.00002
"""One person in 50,000: the rarest listed surname is about one in 5,000, and most surnames are far rarer."""
UNLISTED_FORENAME = 0.0002
DISTINCTIVE = 1 / 500
"""A surname is distinctive when fewer than one person in 500 bears it (contract, "household")."""


@cache
def _shares(file: str) -> dict[str, float]:
    problems = Problems()
    shares: dict[str, float] = {}
    with as_file(files("everycall.identity").joinpath(f"data/{file}")) as path:
        rows = read_table(path, ("name", "per_100_000"), ("name", "per_100_000"), problems)
    for row in rows:
        name = row.cells["name"]
        try:
            share = float(row.cells["per_100_000"]) / 100_000
        except ValueError:
            problems.add(row.where, "per_100_000 must be a number")
            continue
        if not 0 < share < 0.1:
            problems.add(row.where, "per_100_000 must be above 0 and below 10,000")
        if not (name.isascii() and name.isalpha() and name.isupper()):
            problems.add(row.where, f"'{name[:40]}' must be plain capital letters")
        if name in shares:
            problems.add(row.where, f"'{name}' stands twice")
        shares[name] = share
    problems.raise_if_any("the identity data cannot be used")
    return shares


def surname_share(surname: str) -> float:
    """Return the share of people in Great Britain with this surname, 0 to 1; approximate.

    A surname of several words (double-barrelled, or with particles) that is not listed is rarer than each of
    its parts, so it has the default share of an unlisted surname. Source: see ``data/surnames.csv``.
    """
    return _shares("surnames.csv").get(surname, UNLISTED_SURNAME)


def forename_share(forename: str) -> float:
    """Return the share of people in Great Britain with this forename, 0 to 1; approximate."""
    return _shares("forenames.csv").get(forename, UNLISTED_FORENAME)


def is_listed_surname(word: str) -> bool:
    """Say whether the word stands in the list of surnames."""
    return word in _shares("surnames.csv")


def listed_share(field: str, name: str) -> float | None:
    """Return the share of a ``forename`` or ``surname`` that the table has, None of another."""
    return _shares("forenames.csv" if field == "forename" else "surnames.csv").get(name)


def is_listed_forename(word: str) -> bool:
    """Say whether the word stands in the table of forenames."""
    return word in _shares("forenames.csv")


def is_distinctive(surname: str) -> bool:
    """Say whether fewer than one person in 500 bears the surname: two bearers at one address are related."""
    return surname_share(surname) < DISTINCTIVE
