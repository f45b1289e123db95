"""How alike two birth dates are: the same, a slip of the hand, two parts of three, or another."""

from __future__ import annotations

from datetime import date
from functools import lru_cache


@lru_cache(maxsize=65_536)
def born_level(one: date, other: date) -> str:
    """Return how alike two birth dates are: same, swapped, one_digit, two_parts or different.

    ``swapped``: day and month in each other's place. ``one_digit``: one digit is another, or two digits of a day, of a
    month or at the end of a year are in each other's place. ``two_parts``: two of day, month and year agree.
    """
    if one == other:
        return "same"
    if one.year == other.year and one.month == other.day and one.day == other.month:
        return "swapped"
    mine, theirs = one.isoformat(), other.isoformat()
    parts = ((mine[:4], theirs[:4]), (mine[5:7], theirs[5:7]), (mine[8:], theirs[8:]))
    apart = [(x, y) for x, y in parts if x != y]
    if len(apart) > 1:
        return "different"
    (x, y) = apart[0]
    if sum(a != b for a, b in zip(x, y, strict=True)) == 1 or x == y[:-2] + y[:-3:-1]:
        return "one_digit"
    return "two_parts"
