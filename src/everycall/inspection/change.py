"""Two reports side by side: what changed, with the interval of the change, and what shows no change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any

from everycall.errors import InputError, Problem
from everycall.share import interval
from everycall.told_once import read_once

FORM = "everycall report 1"


@dataclass(frozen=True, slots=True)
class Change:
    """How a share changed from one report to the next, in points of a hundred, with its interval (95 in 100)."""

    points: float
    low: float
    high: float

    @property
    def verdict(self) -> str:
        """Say in words whether a change is shown: not where the interval holds none."""
        if self.low <= 0 <= self.high:
            return "no change shown"
        return "rose" if self.points > 0 else "fell"


def change(before: tuple[int, int], after: tuple[int, int]) -> Change | None:
    """Return how a share (how many, of how many) changed; None where either is of nothing.

    Newcombe's hybrid of two Wilson intervals (1998, Statistics in Medicine 17:873-890, method 10).
    """
    one, other = interval(*before), interval(*after)
    if one is None or other is None:
        return None
    p, q = before[0] / before[1], after[0] / after[1]
    (low_p, high_p), (low_q, high_q) = one, other
    low = (q - p) - sqrt((q - low_q) ** 2 + (high_p - p) ** 2)
    high = (q - p) + sqrt((high_q - q) ** 2 + (p - low_p) ** 2)
    return Change(100 * (q - p), 100 * low, 100 * high)


def read_report(path: Path) -> dict[str, tuple[int, int]]:
    """Return the measures of a report that was written with ``--json``.

    Raises
    ------
    InputError
        When it is none.
    """
    try:
        told: Any = read_once(path.read_bytes().decode("utf-8-sig"))
        measures: Mapping[str, Any] = {**told["history"], **told["reviews"]} if told["form"] == FORM else {}
        found = {name: (one["many"], one["of"]) for name, one in measures.items()}
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        found = {}
    right = all(type(many) is int and type(of) is int and 0 <= many <= of for many, of in found.values())
    if not found or not right:
        problem = Problem(path.name, "is no report: what 'everycall inspect report --json' printed")
        raise InputError("the reports cannot be compared", [problem])
    return found
