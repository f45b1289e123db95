"""Whether this is a repeat victim: no takes a search that found nothing and the victim's own no."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everycall.assessment import Status, Truth
from everycall.identity.perceived import perceived
from everycall.identity.repeat import count, decide, within
from everycall.localtime import LONDON
from scenario_runner import policy

NOW = datetime(2026, 6, 12, 21, 4, tzinfo=LONDON)
truths = st.sampled_from(list(Truth))
statuses = st.sampled_from(list(Status))
moments = st.lists(st.integers(0, 2_000).map(lambda d: NOW - timedelta(days=d)), max_size=12)


def decided(
    incidents: list[datetime],
    said: Truth = Truth.UNKNOWN,
    searched: Status = Status.LOOKED_NONE,
    unconfirmed: bool = False,
    has_victim: bool = True,
) -> Truth:
    return decide(policy().rules, incidents, NOW, said, searched, unconfirmed, has_victim)[0]


@given(moments, truths, statuses, st.booleans(), st.booleans())
def test_no_only_when_looked_and_none_found_and_said_and_nothing_to_confirm(
    incidents: list[datetime], said: Truth, searched: Status, unconfirmed: bool, has_victim: bool
) -> None:
    if decided(incidents, said, searched, unconfirmed, has_victim) is Truth.NO:
        assert has_victim
        assert said is Truth.NO
        assert searched is not Status.COULD_NOT_LOOK
        assert not unconfirmed
        assert within(incidents, NOW, 365) == 0


@given(moments, moments, truths, statuses, st.booleans(), st.booleans())
def test_one_incident_more_never_takes_a_yes_away(
    incidents: list[datetime],
    more: list[datetime],
    said: Truth,
    searched: Status,
    unconfirmed: bool,
    has_victim: bool,
) -> None:
    rules = policy().rules
    before = decide(rules, incidents, NOW, said, searched, unconfirmed, has_victim)
    after = decide(rules, incidents + more, NOW, said, searched, unconfirmed, has_victim)
    if before[0] is Truth.YES:
        assert after[0] is Truth.YES
    assert all(after[1][name] is Truth.YES for name, truth in before[1].items() if truth is Truth.YES)


def test_without_a_victim_nothing_is_said_and_nothing_denied() -> None:
    assert decided([NOW], Truth.YES, has_victim=False) is Truth.UNKNOWN
    assert decided([], Truth.NO, has_victim=False) is Truth.UNKNOWN


def test_days_are_local_days_also_when_the_clocks_change() -> None:
    now = datetime(2026, 3, 30, 0, 30, tzinfo=LONDON)
    first = datetime(2025, 3, 30, 0, 0, tzinfo=LONDON)
    assert within([first], now, 365) == 1
    assert within([first - timedelta(seconds=1)], now, 365) == 0


def test_counts_of_a_tier_that_could_not_be_looked_at_are_no_none_found() -> None:
    assert count(Status.COULD_NOT_LOOK, [], NOW).status is Status.COULD_NOT_LOOK
    assert count(Status.COULD_NOT_LOOK, [NOW], NOW).status is Status.FOUND
    assert count(Status.LOOKED_NONE, [], NOW).status is Status.LOOKED_NONE


@pytest.mark.parametrize(
    ("answers", "words", "expected", "disagree"),
    [
        ({"happened_before": "yes"}, False, Truth.YES, 0),
        ({"happened_before": "no"}, False, Truth.NO, 0),
        ({"happened_before": "no"}, True, Truth.YES, 1),
        ({"happened_before": "no", "how_often": "monthly"}, False, Truth.YES, 1),
        ({"happened_before": "refused"}, False, Truth.UNKNOWN, 0),
        ({"happened_before": "unknown", "how_often": "daily"}, False, Truth.YES, 0),
        ({"how_often": "first"}, False, Truth.UNKNOWN, 0),
        ({"how_often": "refused"}, False, Truth.UNKNOWN, 0),
        ({}, True, Truth.YES, 0),
        ({}, False, Truth.UNKNOWN, 0),
    ],
)
def test_what_the_victim_says(answers: dict[str, str], words: bool, expected: Truth, disagree: int) -> None:
    said = perceived(answers, words, has_victim=True)
    assert said.truth is expected
    assert len(said.disagreements) == disagree


def test_a_passer_by_makes_a_pattern_of_the_place() -> None:
    said = perceived({"happened_before": "yes"}, words=True, has_victim=False)
    assert said.truth is Truth.UNKNOWN
    assert [reason.code for reason in said.reasons] == ["pattern_of_the_place"]
