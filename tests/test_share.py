"""The interval of a share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everycall.share import interval


@pytest.mark.parametrize(
    ("many", "of", "low", "high"),
    [(50, 100, 0.404, 0.596), (33, 100, 0.246, 0.427), (0, 10, 0.0, 0.278), (9, 10, 0.5958, 0.9821)],
)
def test_intervals_are_wilsons(many: int, of: int, low: float, high: float) -> None:
    # the first two stand in HMIC's own figures of calls listened to (domain.md A4)
    assert interval(many, of) == pytest.approx((low, high), abs=0.0006)


def test_nothing_has_no_interval() -> None:
    assert interval(0, 0) is None


@given(st.integers(1, 5_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_an_interval_holds_its_share(numbers: tuple[int, int]) -> None:
    many, of = numbers
    low, high = interval(many, of) or (1, 0)
    assert 0 <= low <= many / of + 1e-12
    assert many / of - 1e-12 <= high <= 1


def test_who_wants_to_be_surer_gets_a_wider_interval() -> None:
    wide, narrow = interval(5, 20, 0.99), interval(5, 20, 0.95)
    assert wide is not None
    assert narrow is not None
    assert wide[0] < narrow[0] < narrow[1] < wide[1]
