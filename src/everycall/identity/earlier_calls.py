"""Earlier calls as the search found them: each with its best match, its event, and whether that is going on now."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from everycall.identity.events import Contact, group
from everycall.identity.history import PastCall
from everycall.identity.perceived import Perceived
from everycall.identity.rules import RepeatRules
from everycall.identity.search import Searched
from everycall.identity.tiers import NEVER_VICTIM, Match

OWN = ("person", "household")
"""The tiers of the victim's own history."""

_RANK = {"person": 2, "household": 3, "possible": 4, "dwelling": 5, "phone": 6, "place": 7}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the call in hand says, as far as this room needs it."""

    ref: str
    received_at: datetime
    behaviours: frozenset[str]
    place: str | None
    answers: Mapping[str, str]
    has_victim: bool
    perceived: Perceived


class EarlierCall(NamedTuple):
    """An earlier call.

    Parameters
    ----------
    at
        When it was received, in UTC: two local times of one zone are compared by the clock on the wall, which in
        October goes back an hour.
    match
        The best of the matches of those it names: a victim of the person or household before all others, so that
        a call made for somebody of the household is theirs; ``matches`` are all of them.
    event
        The number of the event it belongs to; ``now`` says that this is the event of the call in hand.
    qualifies
        Whether it tells of ASB or crime; None while its log is not read.
    """

    past: PastCall
    at: datetime
    match: Match
    matches: tuple[Match, ...]
    event: int
    now: bool
    qualifies: bool | None

    def suffered(self, tiers: Collection[str]) -> bool:
        """Say whether somebody of these tiers was a victim in it."""
        return any(match.tier in tiers and match.past.mention.role == "victim" for match in self.matches)


def earlier_calls(asked: Asked, searched: Searched, rules: RepeatRules) -> list[EarlierCall]:
    """Bring together what was found of each earlier call, newest first, and number the events."""
    everyone: dict[str, tuple[PastCall, list[Match]]] = {}
    for match in searched.matches:
        past = match.past.call
        if past is not None:
            everyone.setdefault(past.ref, (past, []))[1].append(match)
    best = {
        ref: matches[0] if len(matches) == 1 else min(matches, key=_rank)
        for ref, (_, matches) in everyone.items()
    }
    received = {ref: past.received_at.astimezone(UTC) for ref, (past, _) in everyone.items()}
    contacts = [
        Contact(asked.ref, asked.received_at.astimezone(UTC), asked.place, asked.behaviours, own=True)
    ]
    for ref, (past, _) in everyone.items():
        own = best[ref].tier == "person"
        contacts.append(Contact(ref, received[ref], past.place, past.behaviours, own))
    events = {c.ref: number for number, event in enumerate(group(contacts, rules.event)) for c in event}
    now = events[asked.ref]
    calls = []
    for ref, (past, matches) in everyone.items():
        event = events[ref]
        qualifies = _qualifies(past, rules)
        calls.append(
            EarlierCall(past, received[ref], best[ref], tuple(matches), event, event == now, qualifies)
        )
    return sorted(calls, key=lambda c: (c.at, c.past.ref), reverse=True)


def _rank(match: Match) -> tuple[int, float, int]:
    victim = match.past.mention.role == "victim"
    rank = OWN.index(match.tier) if victim and match.tier in OWN else _RANK.get(match.tier, 9)
    return (rank, -match.probability, match.past.id)


def _qualifies(past: PastCall, rules: RepeatRules) -> bool | None:
    """Say whether a log tells of ASB or crime: by category, else by its words; None when they are not read."""
    if past.category is None or past.category in rules.categories.count:
        return True
    if past.tells_of_asb is None and past.alleges is None:
        return None
    return bool(past.tells_of_asb or past.alleges)


def never_victim(match: Match) -> bool:
    """Say whether the match is of a suspect or subject."""
    return match.past.mention.role in NEVER_VICTIM
