"""How right the identity model is in use: what people confirmed and denied, beside what it says of the same calls.

Nobody is asked about a pair at random, so this is evidence of the pairs that were looked at, not of all.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from everycall.call import Call, read_call
from everycall.force import Force
from everycall.identity.compare import Score, compare
from everycall.identity.mention import LOCATION, mentions_of
from everycall.localtime import local_date
from everycall.share import interval
from everycall.store import persons
from everycall.store.calls import current

_OTHERS = frozenset({"witness", "third_party", "professional", "police", "suspect", "subject"})
TIERS = ("person", "possible", "neither")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Of the pairs of one tier: how many a person confirmed and denied."""

    confirmed: int
    denied: int

    def as_dict(self) -> dict[str, Any]:
        """Return it ready for JSON, with the share confirmed and its 95 % interval (Wilson 1927); None of nothing."""
        asked = self.confirmed + self.denied
        ends = interval(self.confirmed, asked)
        return {
            "confirmed": self.confirmed,
            "denied": self.denied,
            "share": round(self.confirmed / asked, 4) if asked else None,
            "interval": [round(end, 4) for end in ends] if ends else None,
        }


def evidence(force: Force) -> dict[str, Evidence]:
    """Return, for each tier the model in use gives a pair of calls by itself, what people said of such pairs.

    Of several words on one pair the last counts. ``person``: the model would have joined them; what was denied there
    were false matches. ``neither``: it would not have; what was confirmed there it misses.
    """
    last = {frozenset((a, b)): (a, b, same) for a, b, same in persons.words(force.store.connection) if a != b}
    refs = sorted({ref for a, b, _ in last.values() for ref in (a, b)})
    known = {
        ref: read_call(json.loads(one.payload), ref).call
        for ref, one in current(force.store.connection, refs).items()
    }
    counted: Counter[tuple[str, bool]] = Counter()
    for a, b, same in last.values():
        if a in known and b in known:
            counted[_tier(known[a], known[b], force), same] += 1
    return {tier: Evidence(counted[tier, True], counted[tier, False]) for tier in TIERS}


def _tier(one: Call, other: Call, force: Force) -> str:
    """Return the best tier that the model gives the victims of two calls by themselves."""
    limits, best = force.policy.rules.search, "neither"
    for score in _scores(one, other, force):
        probability = score.probability(limits.population)
        if score.contradicted:
            continue
        if probability >= limits.person_probability and score.personal and not score.doubtful:
            return "person"
        if probability >= limits.possible_probability:
            best = "possible"
    return best


def _scores(one: Call, other: Call, force: Force) -> Iterator[Score]:
    days = local_date(one.received_at), local_date(other.received_at)
    for mine in mentions_of(one):
        for theirs in mentions_of(other):
            if LOCATION not in (mine.which, theirs.which) and not {mine.role, theirs.role} & _OTHERS:
                yield compare(mine, theirs, *days, force.model)
