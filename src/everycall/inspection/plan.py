"""How many calls to review: for a share as exact as is wanted, and for a change that would be seen."""

from __future__ import annotations

from math import ceil, sqrt
from statistics import NormalDist

from everycall.errors import InputError, Problem


def for_a_share(points: float, share: float = 0.5, of: int | None = None, confidence: float = 0.95) -> int:
    """Return how many calls tell a share to within so many points on either side.

    Parameters
    ----------
    points
        Half the interval's width, in points of a hundred.
    share
        The share that is expected, from 0 to 1; a half needs the most.
    of
        How many calls there are to draw from: of few, fewer are needed.

    Notes
    -----
    Cochran, Sampling Techniques (1977), 4.4. Where the share is a half, Wilson's interval of that many is no wider.
    """
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    wanted = z * z * share * (1 - share) / (points / 100) ** 2
    if of is not None:
        wanted = wanted / (1 + (wanted - 1) / of)
        return min(max(round(wanted), 1), of)
    return max(round(wanted), 1)


def for_a_change(before: float, after: float, power: float = 0.8, significance: float = 0.05) -> int:
    """Return how many calls, each time, show a change between two shares (0 to 1) with a chance of ``power``.

    Raises
    ------
    InputError
        When both shares are the same: no number of calls shows that nothing changed.

    Notes
    -----
    Two-sided test of two independent shares (Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions,
    2003, 4.1), without a correction for continuity.
    """
    if before == after:
        raise InputError(
            "the sample cannot be planned", [Problem("--after", "is the same as --before: no change")]
        )
    z = NormalDist().inv_cdf(1 - significance / 2)
    chance = NormalDist().inv_cdf(power)
    middle = (before + after) / 2
    spread = z * sqrt(2 * middle * (1 - middle)) + chance * sqrt(before * (1 - before) + after * (1 - after))
    return ceil((spread / (before - after)) ** 2)
