"""A moment in the form most systems write is looked up by its hour; it is the moment that reading it would give."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everycall.localtime import LONDON, to_local
from everycall.store.moments import to_number
from everycall.store.quick_values import Doubt, moment_of


@given(
    st.datetimes(datetime(1972, 1, 1), datetime(2037, 12, 31)).map(lambda one: one.replace(microsecond=0)),
    st.sampled_from(["Z", "+00:00", "+01:00", "+02:00", "-05:30"]),
)
def test_a_moment_looked_up_is_the_moment_read(clock: datetime, offset: str) -> None:
    text = f"{clock.isoformat()}{offset}"
    number, told = moment_of(text, LONDON)
    assert number == to_number(datetime.fromisoformat(text))
    assert datetime.fromisoformat(told) == datetime.fromisoformat(text)
    assert told.removesuffix("Z").startswith(
        to_local(datetime.fromisoformat(text))[0].replace(tzinfo=None).isoformat()
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2026-10-25T01:30:00+01:00", "2026-10-25T01:30:00+01:00"),
        ("2026-10-25T01:30:00+00:00", "2026-10-25T01:30:00Z"),
        ("2026-03-29T01:30:00Z", "2026-03-29T02:30:00+01:00"),
        ("2026-06-12T23:59:59Z", "2026-06-13T00:59:59+01:00"),
    ],
)
def test_the_hours_round_a_change_of_the_clocks(text: str, told: str) -> None:
    assert moment_of(text, LONDON)[1] == told


@pytest.mark.parametrize(
    "text",
    ["2026-06-12T24:00:00Z", "2026-06-12T21:60:00Z", "2026-02-31T21:00:00Z", "2026-06-12T21:04:61Z",
     "1850-06-12T21:04:00Z", "2026-06-12T2١:04:00Z", "T21:04:00Z", ""],
)  # fmt: skip
def test_what_is_no_moment_is_left_to_the_long_way(text: str) -> None:
    with pytest.raises(Doubt):
        moment_of(text, LONDON)
