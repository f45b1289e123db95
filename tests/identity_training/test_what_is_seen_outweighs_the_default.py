"""A default gives way to what is seen often, and holds against what is hardly ever seen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everycall.training.evidence import weigh

RARE = {"rare": 0.00004, "rest": 0.99996}


def learned(seen: float, pairs: float, default: dict[str, float] = RARE) -> float:
    return weigh({"rare": seen / pairs, "rest": 1 - seen / pairs}, pairs, default)["rare"]


def test_what_is_seen_often_is_believed_however_rare_the_default_took_it_to_be() -> None:
    assert learned(150, 5_000) == pytest.approx(0.03, rel=0.05)


def test_what_is_seen_once_is_hardly_believed() -> None:
    assert 0.00004 < learned(1, 5_000) < 0.0001


def test_what_is_not_seen_where_it_was_not_to_be_expected_keeps_to_the_default() -> None:
    assert learned(0, 5_000) == pytest.approx(0.00004, rel=0.05)


def test_what_is_not_seen_where_it_was_to_be_expected_often_becomes_rare_and_never_nought() -> None:
    assert 0 < learned(0, 1_000_000, {"rare": 0.1, "rest": 0.9}) < 0.00001


@given(st.integers(0, 5_000), st.floats(1e-6, 0.5))
def test_what_is_learned_lies_between_what_is_seen_and_the_default(seen: int, default: float) -> None:
    found = learned(seen, 5_000, {"rare": default, "rest": 1 - default})
    low, high = sorted((seen / 5_000, default))
    assert low * 0.5 - 1e-9 <= found <= high * 1.5 + 1e-9
