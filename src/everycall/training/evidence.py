"""What was learned, weighed against what was known before: a level that was hardly ever seen keeps to the default."""

from __future__ import annotations

from collections.abc import Mapping

EVENTS = 5.0
"""The default counts as so many agreements seen: after five hundred of the force's own it hardly matters."""


def weigh(
    learned: Mapping[str, float | None], pairs: float, default: Mapping[str, float]
) -> dict[str, float]:
    """Return the share of each level, summing to one, from what was learned on so many pairs and the default.

    A Gamma prior on each level's rate, worth five agreements at the default or at what was learned, whichever is the
    commoner: with default and learned alike (seen + 5) / (pairs + 5 / default). So a default that is far too rare
    gives way to five hundred agreements as one that is too common does. With no pairs it is the default, with many it
    is what was learned, and it is never nought.

    Examples
    --------
    >>> weigh({"same": None, "different": None}, 0, {"same": 0.25, "different": 0.75})
    {'same': 0.25, 'different': 0.75}
    >>> weigh({"same": 0.5, "different": 0.5}, 1e14, {"same": 0.25, "different": 0.75})["same"]
    0.5
    """
    rates = {level: _rate(learned[level] or 0.0, pairs, share) for level, share in default.items()}
    whole = sum(rates.values()) / sum(default.values())
    return {level: round(rate / whole, 12) for level, rate in rates.items()}


def _rate(learned: float, pairs: float, default: float) -> float:
    supposed = EVENTS / max(learned, default)
    return (pairs * learned + supposed * default) / (pairs + supposed)
