"""How long people keep a number or a home: the share of pairs of one human that still agree, by the years between."""

from __future__ import annotations

from collections.abc import Sequence
from math import log

ENOUGH = 200
"""Pairs at least a year apart without which nothing is said about a year."""


def keeping(counts: Sequence[tuple[float, int, int]]) -> tuple[float, float] | None:
    """Return the share that agrees at once, and the share of people who stay with it for a year.

    Maximum likelihood for share(years) = at_once * stay ** years, on a grid (shares of people are no more
    certain than that).

    Parameters
    ----------
    counts
        Years between, how many pairs, how many of them agree.

    Returns
    -------
    tuple | None
        None with too few pairs a year or more apart.
    """
    if sum(pairs for years, pairs, _ in counts if years >= 1) < ENOUGH:
        return None
    best, found = float("-inf"), (0.5, 1.0)
    for at_once in (step / 100 for step in range(5, 100)):
        for stay in (step / 200 for step in range(100, 201)):
            likelihood = 0.0
            for years, pairs, agree in counts:
                share = min(max(at_once * stay**years, 1e-6), 1 - 1e-6)
                likelihood += agree * log(share) + (pairs - agree) * log(1 - share)
            if likelihood > best:
                best, found = likelihood, (at_once, stay)
    return found
