"""How alike two birth dates are: the same, a slip of the hand, two parts of three, or another."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date
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


@lru_cache(maxsize=1_024)
def slips_of(born: date) -> tuple[date, ...]:
    """Return the dates that are most often typed for one: the year before or after, and day and month swapped.

    Each is a slip of the others, so that it does not matter which of two dates is the right one.
    """
    found = {_on(born.year + by, born.month, born.day) for by in (-1, 1)}
    found.add(_on(born.year, born.day, born.month))
    return tuple(sorted(one for one in found if one is not None and one != born))


def _on(year: int, month: int, day: int) -> date | None:
    """Return a date, or None where the calendar has none."""
    if not (MINYEAR <= year <= MAXYEAR and month <= 12 and day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)
