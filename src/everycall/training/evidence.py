"""What was learned, weighed against what was known before: a level that was hardly ever seen keeps to the default."""

from __future__ import annotations

from collections.abc import Mapping

EVENTS = 5.0
"""The default counts as so many agreements seen: after five hundred of the force's own it hardly matters."""


def weigh(
    learned: Mapping[str, float | None], pairs: float, default: Mapping[str, float]
) -> dict[str, float]:
    """Return the share of each level, summing to one, from what was learned on so many pairs and the default.

    A Gamma prior on each level's rate: (seen + 5) / (pairs + 5 / default). With no pairs it is the default,
    with many it is what was learned, and it is never nought.

    Examples
    --------
    >>> weigh({"same": None, "different": None}, 0, {"same": 0.25, "different": 0.75})
    {'same': 0.25, 'different': 0.75}
    >>> weigh({"same": 0.5, "different": 0.5}, 1e9, {"same": 0.25, "different": 0.75})["same"]
    0.5
    """
    rates = {
        level: (pairs * (learned[level] or 0.0) + EVENTS) / (pairs + EVENTS / share)
        for level, share in default.items()
    }
    whole = sum(rates.values()) / sum(default.values())
    return {level: round(rate / whole, 12) for level, rate in rates.items()}
