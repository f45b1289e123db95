"""What is typed when nothing is known: numbers and e-mail addresses that are read as missing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

from everycall.errors import InputError, Problems
from everycall.strict import Data, read_toml


class _File(Data):
    phones: tuple[str, ...]
    emails: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placeholders:
    """Values that mean "missing"."""

    phones: frozenset[str]
    emails: frozenset[str]


@cache
def placeholders() -> Placeholders:
    """Return the values of ``data/placeholders.toml``, read once per process.

    Raises
    ------
    InputError
        With every problem of the file.
    """
    problems = Problems()
    with as_file(files("everycall.identity").joinpath("data/placeholders.toml")) as path:
        found = read_toml(path, _File, problems)
    problems.raise_if_any("the identity data cannot be used")
    if found is None:
        raise InputError("the identity data cannot be used")
    return Placeholders(frozenset(found.phones), frozenset(found.emails))
