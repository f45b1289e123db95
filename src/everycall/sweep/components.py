"""Which mentions hang together by strong pairs at all: connected components, for millions of pairs at once."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]


def components(size: int, a: Any, b: Any) -> Numbers:
    """Return, for each of ``size`` mentions, the lowest mention that it hangs together with.

    Parameters
    ----------
    a, b
        The two ends of each pair, numbers below ``size``.
    """
    lowest = np.arange(size, dtype=np.int64)
    one, other = np.asarray(a, np.int64), np.asarray(b, np.int64)
    while len(one):
        low = np.minimum(lowest[one], lowest[other])
        np.minimum.at(lowest, lowest[one], low)
        np.minimum.at(lowest, lowest[other], low)
        while not np.array_equal(shorter := lowest[lowest], lowest):
            lowest = shorter
        open_still = lowest[one] != lowest[other]
        one, other = one[open_still], other[open_still]
    return lowest
