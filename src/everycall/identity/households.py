"""Who of one dwelling belongs to the victim's household: linked, and there at the same time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from everycall.identity.compare import alike, surname_level
from everycall.identity.history import PastMention
from everycall.identity.mention import Mention, same_home
from everycall.identity.normalise.names import is_distinctive
from everycall.identity.shared import Shared
from everycall.localtime import local_date

_Who: TypeAlias = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Household:
    """What is known when the people of a dwelling are told apart.

    Parameters
    ----------
    people
        Whom the call asks about.
    own, own_as_accused
        Their earlier mentions: as anything but suspect or subject, and as suspect or subject.
    accused
        Other suspects and subjects among the candidates; they never join.
    gap_days
        Two people overlapped when no more than this lies between them.
    """

    people: Sequence[Mention]
    own: Sequence[PastMention]
    own_as_accused: Sequence[PastMention]
    accused: Sequence[PastMention]
    shared: Shared
    now: datetime
    gap_days: int


@dataclass(frozen=True, slots=True)
class Together:
    """Mentions (by id) of the household, and of the same home and time without a known link."""

    household: frozenset[int]
    unlinked: frozenset[int]


def of_one_household(home: Household, mentions: Sequence[PastMention]) -> Together:
    """Say which of the mentions at the victim's own dwelling are of the household.

    A link is a like surname that is distinctive, a shared personal phone, or one call that names both as living
    there (contract, "household"); links go on from person to person, so that a household of three surnames is
    one. Linked people must have overlapped in time: the next tenant is not the household. Nobody joins whom a
    victim of the household named as suspect or subject, nor a victim who so named the person in hand.
    """
    if not mentions:
        return Together(frozenset(), frozenset())
    by_who: dict[_Who, list[PastMention]] = defaultdict(list)
    for past in mentions:
        by_who[_who(past.mention)].append(past)
    against = _against(home, by_who)
    linked: set[_Who] = set()
    joined_them: list[Mention] = []
    calls = {(past.call.ref, past.mention.dwelling) for past in home.own if past.call}
    todo = [who for who in by_who if who not in against]
    while joined := [who for who in todo if _linked(by_who[who], home, joined_them, calls)]:
        linked |= set(joined)
        todo = [who for who in todo if who not in linked]
        for past in (past for who in joined for past in by_who[who]):
            joined_them.append(past.mention)
            if past.call:
                calls.add((past.call.ref, past.mention.dwelling))
    household: set[int] = set()
    unlinked: set[int] = set()
    for who, pasts in by_who.items():
        if who not in against and _overlap(_same_human(pasts[0].mention, mentions), home):
            (household if who in linked else unlinked).update(past.id for past in pasts)
    return Together(frozenset(household), frozenset(unlinked))


def _who(mention: Mention) -> _Who:
    return (mention.dwelling, mention.forenames, mention.surname, mention.born, mention.phone)


def _against(home: Household, by_who: dict[_Who, list[PastMention]]) -> set[_Who]:
    own_calls = {past.call.ref for past in home.own if past.call}
    accusing_calls = {past.call.ref for past in home.own_as_accused if past.call}
    accused = [past.mention for past in home.accused if past.call and past.call.ref in own_calls]
    accusers = [
        past.mention
        for pasts in by_who.values()
        for past in pasts
        if past.call and past.call.ref in accusing_calls
    ]
    return {
        who
        for who, pasts in by_who.items()
        if any(alike(pasts[0].mention, other) for other in (*accused, *accusers))
    }


def _linked(
    pasts: Sequence[PastMention],
    home: Household,
    joined: Sequence[Mention],
    calls: set[tuple[str, str | None]],
) -> bool:
    """Say whether somebody is linked to a member by a distinctive name, a line or one call, or is one who joined."""
    if any(past.call and (past.call.ref, past.mention.dwelling) in calls for past in pasts):
        return True
    mention = pasts[0].mention
    return any(
        same_home(member, mention) and (_one_line(member, mention, home.shared) or _one_name(member, mention))
        for member in (*home.people, *joined)
    ) or any(same_home(member, mention) and alike(member, mention) for member in joined)


def _same_human(mention: Mention, mentions: Sequence[PastMention]) -> list[PastMention]:
    return [
        past
        for past in mentions
        if same_home(past.mention, mention)
        and (_who(past.mention) == _who(mention) or alike(past.mention, mention))
    ]


def _one_line(one: Mention, other: Mention, shared: Shared) -> bool:
    return bool(one.phone) and one.phone == other.phone and one.phone not in shared.phones


def _one_name(one: Mention, other: Mention) -> bool:
    return bool(
        one.surname
        and other.surname
        and surname_level(one.surname, other.surname) != "different"
        and is_distinctive(one.surname)
        and is_distinctive(other.surname)
    )


def _overlap(pasts: Sequence[PastMention], home: Household) -> bool:
    """Say whether they were there no longer than the gap before the person in hand was first known there."""
    here = pasts[0].mention
    moved_in = min((past.at for past in home.own if same_home(past.mention, here)), default=home.now)
    return moved_in - max(_last_here(past, home.now) for past in pasts) <= timedelta(days=home.gap_days)


def _last_here(past: PastMention, now: datetime) -> datetime:
    """Return when somebody was last known there; a flag in force says that they are there now."""
    in_force = past.call is None and not (past.flag_expires and past.flag_expires < local_date(now))
    return max(past.at, now) if in_force else past.at
