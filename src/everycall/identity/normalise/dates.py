"""Dates of birth compared: the same, a slip of the keyboard, or somebody else's."""

from __future__ import annotations

from datetime import date
from typing import Literal

from everycall.identity.normalise.placeholders import placeholders

DobRelation = Literal[
    "same", "day_month_swapped", "one_digit", "year_near", "year_only", "different", "missing"
]

YEARS_NEAR = 3
"""A remembered year of birth is this far out at most (OpenCRVS issues 4441 and 13703: two to three years)."""


def date_parts(day: date | None) -> tuple[int, int, int] | None:
    """Return (year, month, day), or None when the date is missing or a placeholder such as 1 January 1900."""
    if day is None or day in placeholders().dates_of_birth:
        return None
    return day.year, day.month, day.day


def dob_relation(one: date | None, other: date | None) -> DobRelation:
    """Say how two dates of birth stand to each other.

    Returns
    -------
    DobRelation
        ``missing`` when either is unknown or a placeholder: unknown is not different.
        ``day_month_swapped``: 2 March 1951 and 3 February 1951.
        ``one_digit``: one digit of ddmmyyyy differs, or two neighbouring digits are exchanged.
        ``year_near``: day and month agree, the year is at most three out.
        ``year_only``: the year agrees and no more. ``different`` otherwise.
    """
    first, second = date_parts(one), date_parts(other)
    if first is None or second is None:
        return "missing"
    if first == second:
        return "same"
    if (first[0], first[2], first[1]) == second:
        return "day_month_swapped"
    if _one_slip(_digits(first), _digits(second)):
        return "one_digit"
    if first[1:] == second[1:] and abs(first[0] - second[0]) <= YEARS_NEAR:
        return "year_near"
    return "year_only" if first[0] == second[0] else "different"


def _digits(parts: tuple[int, int, int]) -> str:
    return f"{parts[2]:02}{parts[1]:02}{parts[0]:04}"


def _one_slip(one: str, other: str) -> bool:
    places = [i for i in range(8) if one[i] != other[i]]
    if len(places) == 1:
        return True
    if len(places) != 2 or places[1] != places[0] + 1:
        return False
    i, j = places
    return one[i] == other[j] and one[j] == other[i]
