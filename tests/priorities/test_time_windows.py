"""Time windows: both ends, midnight, and the two nights on which the clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everycall.localtime import LONDON
from everycall.priorities.windows import Window, day_names, duration

FRI, SAT, SUN = 4, 5, 6
WEEKEND = Window(frozenset({FRI, SAT}), time(18), time(2))


def at(text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON, fold=fold)


@pytest.mark.parametrize(
    ("moment", "inside"),
    [
        ("2026-06-12T17:59:59", False),  # Friday
        ("2026-06-12T18:00:00", True),
        ("2026-06-13T01:59:59", True),
        ("2026-06-13T02:00:00", True),
        ("2026-06-13T02:00:59", True),
        ("2026-06-13T02:01:00", False),
        ("2026-06-12T01:30:00", False),  # the night of Thursday
        ("2026-06-14T01:30:00", True),  # Sunday, in the window that began on Saturday
        ("2026-06-14T18:30:00", False),  # Sunday evening
    ],
)
def test_days_are_those_on_which_the_window_begins_and_both_ends_are_inside(
    moment: str, inside: bool
) -> None:
    assert WEEKEND.covers(at(moment)) is inside


def test_no_days_means_every_day() -> None:
    assert all(
        Window(frozenset(), time(9), time(10)).covers(at(f"2026-06-{d}T09:30:00")) for d in range(10, 17)
    )


def test_equal_times_are_one_whole_day_and_no_more() -> None:
    friday = Window(frozenset({FRI}), time(0), time(0))
    assert friday.covers(at("2026-06-12T00:00:00"))
    assert friday.covers(at("2026-06-12T23:59:59"))
    assert not friday.covers(at("2026-06-13T00:00:00"))
    from_six = Window(frozenset({FRI}), time(18), time(18))
    assert from_six.covers(at("2026-06-13T17:59:00"))
    assert not from_six.covers(at("2026-06-13T18:00:00"))


def test_a_moment_in_another_zone_is_read_on_british_clocks() -> None:
    assert WEEKEND.covers(datetime(2026, 6, 12, 17, 30, tzinfo=UTC))  # 18:30 in summer
    assert not WEEKEND.covers(datetime(2026, 1, 9, 17, 30, tzinfo=UTC))  # 17:30 in winter


@pytest.mark.parametrize("fold", [0, 1])
def test_both_of_the_doubled_hours_are_inside_a_window_over_them(fold: int) -> None:
    assert WEEKEND.covers(at("2026-10-25T01:30:00", fold))


def test_a_window_ending_in_the_doubled_hour_runs_to_the_last_time_the_clock_shows_its_end() -> None:
    window = Window(frozenset({SAT}), time(22), time(1, 30))
    assert window.covers(at("2026-10-25T01:45:00", fold=0))  # 01:30 comes once more
    assert window.covers(at("2026-10-25T01:15:00", fold=1))
    assert window.covers(at("2026-10-25T01:30:00", fold=1))
    assert not window.covers(at("2026-10-25T01:31:00", fold=1))


def test_a_window_beginning_in_the_doubled_hour_runs_from_the_first_time() -> None:
    window = Window(frozenset({SUN}), time(1, 30), time(3))
    assert not window.covers(at("2026-10-25T01:29:00", fold=0))
    assert window.covers(at("2026-10-25T01:30:00", fold=0))
    assert window.covers(at("2026-10-25T01:10:00", fold=1))  # it has begun and not ended


def test_when_the_clocks_go_forward_the_window_keeps_its_clock_times() -> None:
    night = Window(frozenset({SAT}), time(22), time(1, 30))
    assert night.covers(datetime(2026, 3, 29, 0, 59, tzinfo=UTC))
    assert not night.covers(datetime(2026, 3, 29, 1, 0, tzinfo=UTC))  # the clock shows 02:00
    late = Window(frozenset({SUN}), time(1, 30), time(3))
    assert not late.covers(datetime(2026, 3, 29, 0, 59, tzinfo=UTC))
    assert late.covers(datetime(2026, 3, 29, 1, 0, tzinfo=UTC))


times = st.times().map(lambda one: one.replace(second=0, microsecond=0))
moments = st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1)).map(lambda one: one.replace(tzinfo=UTC))
near_changes = st.sampled_from(
    [datetime(2026, 10, 25, 1, tzinfo=UTC), datetime(2026, 3, 29, 1, tzinfo=UTC)]
).flatmap(lambda change: st.integers(-180, 180).map(lambda minutes: change + timedelta(minutes=minutes)))
windows = st.builds(Window, st.frozensets(st.integers(0, 6)), times, times)


@given(windows, moments | near_changes)
def test_away_is_told_exactly_when_outside(window: Window, moment: datetime) -> None:
    away = window.minutes_away(moment)
    assert (away is None) == window.covers(moment)
    assert away is None or 0 < away[0] <= 7 * 24 * 60


@given(times, times, moments | near_changes)
def test_every_day_is_the_same_as_each_day_named(begins: time, ends: time, moment: datetime) -> None:
    named = Window(frozenset(range(7)), begins, ends)
    assert named.covers(moment) == Window(frozenset(), begins, ends).covers(moment)
    each = [Window(frozenset({day}), begins, ends).covers(moment) for day in range(7)]
    assert named.covers(moment) == any(each)


@given(times, times, moments | near_changes)
def test_a_window_and_what_it_leaves_out_cover_the_day(begins: time, ends: time, moment: datetime) -> None:
    day = frozenset[int]()
    assert Window(day, begins, ends).covers(moment) or Window(day, ends, begins).covers(moment)


@given(windows, st.sampled_from([datetime(2026, 10, 24, tzinfo=UTC), datetime(2026, 3, 28, tzinfo=UTC)]))
def test_a_window_is_one_piece_on_the_night_the_clocks_change(window: Window, noon: datetime) -> None:
    one_night = Window(frozenset({SAT}), window.begins, window.ends)
    covered = [one_night.covers(noon + timedelta(minutes=m)) for m in range(0, 60 * 50, 3)]
    changes = sum(a != b for a, b in pairwise(covered))
    assert changes <= 2


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({FRI, SAT}, "Fri-Sat"),
        ({0, 2}, "Mon, Wed"),
        ({SUN, 0}, "Sun-Mon"),
        ({0, 1, 2, 3, 4}, "Mon-Fri"),
        (set(), "every day"),
        (set(range(7)), "every day"),
        ({3}, "Thu"),
    ],
)
def test_days_are_told_as_a_person_writes_them(days: set[int], words: str) -> None:
    assert day_names(days) == words


def test_windows_and_durations_are_told_in_words() -> None:
    assert str(WEEKEND) == "Fri-Sat 18:00-02:00"
    assert str(Window(frozenset({SAT}), time(0), time(0))) == "Sat all day"
    assert str(Window(frozenset(), time(6), time(6))) == "every day 24 hours from 06:00"
    assert [duration(m) for m in (20, 60, 200, 1440, 3000)] == [
        "20 min",
        "1 h",
        "3 h 20 min",
        "1 day",
        "2 days 2 h",
    ]
