"""The case review: the third complaint in six months, by the calendar, or persistence."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everycall.assessment import Truth
from everycall.identity.case_review import may_qualify, months_before
from everycall.localtime import LONDON
from scenario_runner import policy

NOW = datetime(2026, 6, 12, 21, 4, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 8, 31), 6, date(2026, 2, 28)),
        (date(2024, 8, 31), 6, date(2024, 2, 29)),
        (date(2026, 12, 31), 6, date(2026, 6, 30)),
        (date(2026, 3, 15), 6, date(2025, 9, 15)),
        (date(2026, 1, 1), 12, date(2025, 1, 1)),
        (date(2026, 6, 12), 18, date(2024, 12, 12)),
    ],
)
def test_months_before_at_the_ends_of_months(day: date, months: int, expected: date) -> None:
    assert months_before(day, months) == expected


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(1, 36))
def test_months_before_is_always_that_many_months_back_and_never_a_later_day(day: date, months: int) -> None:
    earlier = months_before(day, months)
    assert (day.year - earlier.year) * 12 + day.month - earlier.month == months
    assert earlier.day <= day.day


def qualifies(
    complaints: list[datetime],
    elsewhere: bool = False,
    before: Truth = Truth.UNKNOWN,
    how_often: str | None = None,
    could_look: bool = True,
) -> Truth:
    rule = policy().rules.case_review
    return may_qualify(rule, complaints, NOW, elsewhere, before, how_often, could_look)


def test_this_call_is_one_of_the_three() -> None:
    one = NOW - timedelta(days=10)
    assert qualifies([one, one]) is Truth.YES
    assert qualifies([one]) is Truth.UNKNOWN
    assert qualifies([one], elsewhere=True) is Truth.YES


def test_the_first_day_of_the_six_months_counts_from_midnight() -> None:
    first = datetime(2025, 12, 12, 0, 0, tzinfo=LONDON)
    assert qualifies([first, NOW]) is Truth.YES
    assert qualifies([first - timedelta(minutes=1), NOW]) is Truth.UNKNOWN


def test_persistence_is_reason_enough() -> None:
    assert qualifies([], before=Truth.YES, how_often="weekly") is Truth.YES
    assert qualifies([], before=Truth.YES, how_often="monthly") is Truth.UNKNOWN


def test_a_no_takes_a_search_and_the_victims_own_no() -> None:
    assert qualifies([], before=Truth.NO) is Truth.NO
    assert qualifies([], before=Truth.NO, could_look=False) is Truth.UNKNOWN
    assert qualifies([]) is Truth.UNKNOWN
