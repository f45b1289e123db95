"""Several calls about one event are one incident: place, kind, 60 minutes, six hours."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everycall.identity.events import Contact, group
from everycall.identity.rules import EventRule

RULE = EventRule(minutes_after_the_latest=60, hours_in_all=6)
START = datetime(2026, 3, 28, 20, 0, tzinfo=UTC)


def contact(minutes: int, *behaviours: str, place: str | None = "A", own: bool = False) -> Contact:
    at = START + timedelta(minutes=minutes)
    return Contact(f"R{minutes:05d}{''.join(behaviours)}{place}", at, place, frozenset(behaviours), own)


@pytest.mark.parametrize(
    ("contacts", "events"),
    [
        ([contact(0), contact(60)], 1),
        ([contact(0), contact(61)], 2),
        ([contact(60 * n) for n in range(7)], 1),
        ([contact(60 * n) for n in range(8)], 2),
        ([contact(0, "noise"), contact(5, "threats")], 2),
        ([contact(0, "noise"), contact(5), contact(10, "noise")], 1),
        ([contact(0, "noise"), contact(5), contact(10, "threats")], 2),
        ([contact(0, place="A"), contact(5, place="B")], 2),
        ([contact(0, place=None, own=True), contact(5, place="B", own=True)], 1),
        ([contact(0, place=None, own=False), contact(5, place="B", own=True)], 2),
        ([], 0),
    ],
)
def test_how_many_events(contacts: list[Contact], events: int) -> None:
    assert len(group(contacts, RULE)) == events


contacts_at = st.lists(
    st.tuples(st.integers(0, 900), st.sampled_from(["", "noise", "threats"]), st.sampled_from(["A", "B"])),
    max_size=20,
    unique=True,
).map(lambda told: [contact(m, *([b] if b else []), place=p) for m, b, p in told])


@given(contacts_at, st.randoms(use_true_random=False))
def test_the_order_in_which_calls_are_told_does_not_matter(contacts: list[Contact], shuffled: object) -> None:
    mixed = list(contacts)
    shuffled.shuffle(mixed)  # type: ignore[attr-defined]
    assert group(contacts, RULE) == group(mixed, RULE)


@given(contacts_at)
def test_every_call_is_in_one_event_and_no_event_lasts_longer_than_allowed(contacts: list[Contact]) -> None:
    events = group(contacts, RULE)
    assert sorted(c.ref for event in events for c in event) == sorted(c.ref for c in contacts)
    for event in events:
        assert event[-1].at - event[0].at <= timedelta(hours=6)
        for one, following in itertools.pairwise(event):
            assert following.at - one.at <= timedelta(minutes=60)


@given(contacts_at, st.integers(2_000, 9_000))
def test_an_incident_at_another_time_makes_one_more(contacts: list[Contact], minutes: int) -> None:
    assert len(group([*contacts, contact(minutes)], RULE)) == len(group(contacts, RULE)) + 1
