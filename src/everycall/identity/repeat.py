"""The rules on repeat victims, side by side; the one that decides says yes, no or unknown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

from everycall.assessment import Count, Status, Truth
from everycall.identity.rules import RepeatRule, RepeatRules
from everycall.localtime import days_before, start_of_day


@lru_cache(maxsize=64)
def first_moment(now: datetime, days: int) -> datetime:
    """Return when the ``days`` before ``now`` begin: the start of a local day; kept, since each count asks."""
    return start_of_day(days_before(now, days))


def within(moments: list[datetime], now: datetime, days: int) -> int:
    """Count the moments in the ``days`` before ``now``, local dates, ends included."""
    first = first_moment(now, days)
    return sum([moment >= first for moment in moments])


def _by_rule(rule: RepeatRule, incidents: list[datetime], now: datetime, perceived: Truth) -> bool:
    return (rule.perceived_counts and perceived is Truth.YES) or within(
        incidents, now, rule.days
    ) >= rule.earlier


def decide(
    rules: RepeatRules,
    incidents: list[datetime],
    now: datetime,
    perceived: Truth,
    searched: Status,
    unconfirmed: bool,
    has_victim: bool,
) -> tuple[Truth, Mapping[str, Truth]]:
    """Say whether this is a repeat victim, by every rule.

    Parameters
    ----------
    incidents
        When earlier incidents of the person or household happened, in a victim's role, each event once.
    perceived
        What the victim says.
    searched
        The state of the search for person and household.
    unconfirmed
        Whether a record may be the victim's own: it keeps a no at unknown until confirmed.
    has_victim
        Whether a victim is known; without one nothing is a repeat *victim*, and nothing is denied.

    Returns
    -------
    tuple
        The deciding rule's truth, and every other rule's by name. ``no`` takes a search that found nothing
        *and* the victim's no (contract, "What yes, no and unknown mean").
    """
    truths = {}
    for name, rule in rules.rules.items():
        if has_victim and _by_rule(rule, incidents, now, perceived):
            truths[name] = Truth.YES
        elif (
            has_victim
            and searched is not Status.COULD_NOT_LOOK
            and not unconfirmed
            and not (rule.perceived_counts and perceived is not Truth.NO)
        ):
            truths[name] = Truth.NO
        else:
            truths[name] = Truth.UNKNOWN
    deciding = truths.pop(rules.deciding)
    return deciding, truths


def count(status: Status, moments: list[datetime], now: datetime) -> Count:
    """Return a tier's counts: the 365 days before the call, and all, with first and last."""
    if status is Status.COULD_NOT_LOOK and not moments:
        return Count(status=status)
    ordered = sorted(moments)
    return Count.unchecked(
        status=Status.FOUND if ordered else status,
        count_12m=within(ordered, now, 365),
        count_all=len(ordered),
        first=ordered[0] if ordered else None,
        last=ordered[-1] if ordered else None,
    )
