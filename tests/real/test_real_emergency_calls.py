"""Real emergency calls fed one at a time: a place that called before is told, and no other."""

from __future__ import annotations

from functools import cache

import pytest
from benchmarks.real_911 import Fed, feed, independent, same_point

import shared_data

pytestmark = pytest.mark.shared_data


@cache
def _fed() -> Fed:
    return feed(shared_data.path("us-911/montgomery-911.csv"))


def test_every_place_that_called_before_by_address_is_told() -> None:
    by_address = independent(shared_data.path("us-911/montgomery-911.csv"))
    missed = [
        n
        for n, (told, known) in enumerate(zip(_fed().earlier, by_address, strict=True))
        if known and not told
    ]
    assert sum(count > 0 for count in by_address) == 125  # the file is the one that was looked at
    assert missed == []


def test_no_place_is_told_that_the_file_does_not_have_before() -> None:
    file = shared_data.path("us-911/montgomery-911.csv")
    told = [count > 0 for count in _fed().earlier]
    known = [a > 0 or b for a, b in zip(independent(file), same_point(file), strict=True)]
    assert told == known
