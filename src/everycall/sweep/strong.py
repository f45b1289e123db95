"""Which pairs are one human by themselves, as the live search has it: the condition in SQL."""

from __future__ import annotations

from math import log2

from everycall.identity.rules import Search

FORENAMES_AGAINST = ("different", "near")
BIRTHS_AGAINST = ("different", "age_differs", "two_parts")
"""Levels with which nobody is one human, whatever else agrees."""


def bits_for(probability: float, population: int) -> float:
    """Return how many bits a pair needs for a probability, given that many people."""
    return log2(max(population, 2)) + log2(probability / (1.0 - probability))


def bits_of_a_person(limits: Search) -> float:
    """Return how many bits a pair needs to be one human."""
    return bits_for(limits.person_probability, limits.population)


def none_of(column: str, levels: tuple[str, ...]) -> str:
    """Return the condition that a level is none of these; a missing one is none."""
    listed = ", ".join(f"'{level}'" for level in levels)
    return f"NOT coalesce({column} IN ({listed}), FALSE)"


def strong_pairs(limits: Search, of: str = "") -> str:
    """Return the condition on ``scored`` under which a pair is one human by itself.

    Parameters
    ----------
    of
        The name of ``scored`` in the query, with its dot.
    """
    return (
        f"{of}bits >= {bits_of_a_person(limits)!r} AND coalesce({of}forename NOT IN ('different', 'initial') "
        f"OR {of}born IN ('same', 'swapped', 'one_digit'), FALSE) "
        f"AND {none_of(of + 'forename', FORENAMES_AGAINST)} AND {none_of(of + 'born', BIRTHS_AGAINST)}"
    )
