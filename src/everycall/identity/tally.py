"""Counting what was found: incidents by tier, bursts of contacts, incidents in which nobody was seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from everycall.assessment import Burst, Status, Truth
from everycall.identity.earlier_calls import OWN, Asked, EarlierCall, never_victim
from everycall.identity.repeat import first_moment
from everycall.identity.rules import RepeatRules
from everycall.identity.search import Searched
from everycall.identity.tiers import SAYS_NOT_WHO_SUFFERS, Match

_DAY = timedelta(hours=24)
_WEEK = timedelta(days=7)


def incidents(calls: Sequence[EarlierCall]) -> dict[str, dict[int, datetime]]:
    """Return the earlier events of each tier, each with its latest call; the tiers nest.

    Person, household and phone count what the victim suffered (a victim's role); a place counts whatever
    happened there, by whomever it was told.
    """
    person: dict[int, datetime] = {}
    household: dict[int, datetime] = {}
    place: dict[int, datetime] = {}
    phone: dict[int, datetime] = {}
    for call in reversed(calls):
        if call.now or not call.qualifies:
            continue
        for match in call.matches:
            tier = match.tier
            if tier == "place":
                place[call.event] = call.past.received_at
            elif match.past.mention.role == "victim":
                if tier == "person":
                    person[call.event] = household[call.event] = call.past.received_at
                elif tier == "household":
                    household[call.event] = call.past.received_at
                if tier == "phone" or _same_line(match):
                    phone[call.event] = call.past.received_at
    return {"person": person, "household": household, "place": place, "phone": phone}


def _same_line(match: Match) -> bool:
    return match.score is not None and match.score.level("phone") == "same"


def of_same_kind(calls: Sequence[EarlierCall], asked: Asked) -> frozenset[int]:
    """Return the events that share a behaviour with the call in hand."""
    return frozenset({call.event for call in calls if call.past.behaviours & asked.behaviours})


def unconfirmed(calls: Sequence[EarlierCall], now: datetime, rules: RepeatRules) -> bool:
    """Say whether a record may be the victim's own: role unknown, possibly the same person, or log unread."""
    first = first_moment(now, rules.rules[rules.deciding].days)
    for call in calls:
        if call.now or call.qualifies is False or call.past.received_at < first:
            continue
        for match in call.matches:
            role = match.past.mention.role
            if match.tier in OWN and (
                role in SAYS_NOT_WHO_SUFFERS or (role == "victim" and call.qualifies is None)
            ):
                return True
            if match.tier == "possible" and (role == "victim" or role in SAYS_NOT_WHO_SUFFERS):
                return True
    return False


def burst(
    calls: Sequence[EarlierCall], now: datetime, searched: Searched, rules: RepeatRules
) -> tuple[Burst, Truth]:
    """Count contacts of the person or household, this one included; stale data is no clean history."""
    asked = now.astimezone(UTC)  # not by the clock on the wall, which in October goes back an hour
    ages = [age for call in calls if timedelta(0) <= (age := asked - call.at) <= _WEEK and _own_contact(call)]
    last_24h = 1 + sum(age <= _DAY for age in ages)
    last_7d = 1 + len(ages)
    if last_24h >= rules.burst.in_24_hours or last_7d >= rules.burst.in_7_days:
        return Burst(status=Status.FOUND, last_24h=last_24h, last_7d=last_7d), Truth.YES
    if searched.status is Status.COULD_NOT_LOOK or searched.stale_for_burst:
        return Burst(status=Status.COULD_NOT_LOOK, last_24h=last_24h, last_7d=last_7d), Truth.UNKNOWN
    status = Status.FOUND if last_7d > 1 else Status.LOOKED_NONE
    return Burst(status=status, last_24h=last_24h, last_7d=last_7d), Truth.NO


def _own_contact(call: EarlierCall) -> bool:
    return any(match.tier in OWN and not never_victim(match) for match in call.matches)


def nobody_seen(calls: Sequence[EarlierCall], now: datetime, rules: RepeatRules, looked: bool) -> Truth:
    """Say whether nobody was seen in several earlier incidents (domain.md P14)."""
    rule = rules.nobody_seen
    first = first_moment(now, rule.days)
    seen: dict[int, bool] = {}
    for call in calls:
        if call.qualifies and not call.now and call.past.received_at >= first and call.suffered(OWN):
            unseen = call.past.closed_as in rule.closed_as and not call.past.attended
            seen[call.event] = seen.get(call.event, False) or not unseen
    if sum(not was_seen for was_seen in seen.values()) >= rule.earlier:
        return Truth.YES
    return Truth.NO if looked else Truth.UNKNOWN
