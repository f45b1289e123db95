"""Stop-keys: lines and homes shared by many, which match a place and never a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from everycall.identity.history import PastMention
from everycall.identity.likeness import surname_level
from everycall.identity.rules import Search
from everycall.localtime import local_date

SHARED_PHONE = "shared_phone"
COMMUNAL = "communal_address"


@dataclass(frozen=True, slots=True)
class Shared:
    """Which lines (E.164) and which dwellings or buildings (keys) are shared by many."""

    phones: frozenset[str]
    communal: frozenset[str]


def unrelated(surnames: Iterable[str], enough: int) -> bool:
    """Say whether at least ``enough`` surnames are not alike: spellings of one name are one."""
    # stopping there, since a control room's own line has thousands
    kept: list[str] = []
    for surname in sorted(surnames):
        if all(surname_level(surname, other) == "different" for other in kept):
            kept.append(surname)
            if len(kept) >= enough:
                return True
    return len(kept) >= enough


def find_shared(candidates: Iterable[PastMention], now: datetime, limits: Search) -> Shared:
    """Find shared lines and homes among the candidates, from flags and from the names that used them.

    Parameters
    ----------
    now
        When the call was received: a home is communal by the names of the last ``household_days`` only,
        so that a rented flat's tenants of ten years do not make it a hostel.
    """
    on_line: dict[str, set[str]] = defaultdict(set)
    at_home: dict[str, set[str]] = defaultdict(set)
    phones, communal = set(), set()
    since = now - timedelta(days=limits.household_days)
    for past in candidates:
        mention = past.mention
        if past.flag_expires and past.flag_expires < local_date(now):
            continue
        if past.flag_kind == SHARED_PHONE and mention.phone:
            phones.add(mention.phone)
        elif past.flag_kind == COMMUNAL:
            communal |= {home for home in (mention.dwelling, mention.building) if home}
        elif past.call and mention.surname:
            if mention.phone:
                on_line[mention.phone].add(mention.surname)
            if past.call.received_at >= since and mention.dwelling:
                at_home[mention.dwelling].add(mention.surname)
    phones |= {line for line, names in on_line.items() if unrelated(names, limits.shared_phone_surnames)}
    communal |= {home for home, names in at_home.items() if unrelated(names, limits.communal_surnames)}
    return Shared(frozenset(phones), frozenset(communal))
