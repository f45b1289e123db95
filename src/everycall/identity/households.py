"""Who of one dwelling belongs to the victim's household: linked, and there at the same time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from everycall.identity.compare import alike
from everycall.identity.history import PastMention
from everycall.identity.mention import Mention, same_home
from everycall.identity.namesakes import Members, Namesakes, who
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
    distinctive
        Whether a surname is so rare, by the model in use, that two bearers at one address are related.
    gap_days
        Two people overlapped when no more than this lies between them.
    """

    people: Sequence[Mention]
    own: Sequence[PastMention]
    own_as_accused: Sequence[PastMention]
    accused: Sequence[PastMention]
    shared: Shared
    distinctive: Callable[[str], bool]
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
        by_who[who(past.mention)].append(past)
    against = _against(home, by_who)
    linked: set[_Who] = set()
    people = Members(home.shared, home.distinctive, False, home.people)
    joined_them = Members(home.shared, home.distinctive, True)
    calls = {(past.call.ref, past.mention.dwelling) for past in home.own if past.call}
    todo = [one for one in by_who if one not in against]
    while joined := [one for one in todo if _linked(by_who[one], people, joined_them, calls)]:
        linked |= set(joined)
        todo = [one for one in todo if one not in linked]
        for past in (past for one in joined for past in by_who[one]):
            joined_them.add(past.mention)
            if past.call:
                calls.add((past.call.ref, past.mention.dwelling))
    household: set[int] = set()
    unlinked: set[int] = set()
    namesakes = Namesakes(mentions)
    for one, pasts in by_who.items():
        if one not in against and _overlap(namesakes.of(pasts[0].mention), home):
            (household if one in linked else unlinked).update(past.id for past in pasts)
    return Together(frozenset(household), frozenset(unlinked))


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
        one
        for one, pasts in by_who.items()
        if any(alike(pasts[0].mention, other) for other in (*accused, *accusers))
    }


def _linked(
    pasts: Sequence[PastMention], people: Members, joined: Members, calls: set[tuple[str, str | None]]
) -> bool:
    """Say whether somebody is linked to a member by a distinctive name, a line or one call, or is one who joined."""
    if any(past.call and (past.call.ref, past.mention.dwelling) in calls for past in pasts):
        return True
    mention = pasts[0].mention
    return people.link(mention) or joined.link(mention)


def _overlap(pasts: Sequence[PastMention], home: Household) -> bool:
    """Say whether they were there no longer than the gap before the person in hand was first known there."""
    here = pasts[0].mention
    moved_in = min((past.at for past in home.own if same_home(past.mention, here)), default=home.now)
    return moved_in - max(_last_here(past, home.now) for past in pasts) <= timedelta(days=home.gap_days)


def _last_here(past: PastMention, now: datetime) -> datetime:
    """Return when somebody was last known there; a flag in force says that they are there now."""
    in_force = past.call is None and not (past.flag_expires and past.flag_expires < local_date(now))
    return max(past.at, now) if in_force else past.at
