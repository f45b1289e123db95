"""The interval of a share: how far what was counted of a few says something of all."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist


def interval(many: int, of: int, confidence: float = 0.95) -> tuple[float, float] | None:
    """Return the ends of a share's interval, from 0 to 1; None of nothing.

    Wilson's score interval (1927, J Am Stat Assoc 22:209-212): it holds also for few, and for none or all of them.
    """
    if not of:
        return None
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share, spread = many / of, z * z / of
    middle = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * sqrt(share * (1 - share) / of + spread / (4 * of))
    return max(middle - half, 0.0), min(middle + half, 1.0)
