"""What could have been known when: from earlier calls that named the victim, from what was told, from flags."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from typing import Any

from everycall.demo.people import Person
from everycall.demo.truth import YEAR_SECONDS

TOGETHER = frozenset(
    (
        "older_or_frail", "alone_or_isolated", "pregnancy", "language_barrier", "caring_role",
        "child_in_household", "substance_dependence",
    )
)  # fmt: skip
"""Circumstances that make vulnerable only together with another (the contract's rule)."""

COLUMNS = (
    "ref", "person_id", "is_repeat", "earlier_incidents", "earlier_identifiable", "repeat_first_ref",
    "repeat_last_ref", "suffered_unreported", "said_here", "is_vulnerable", "vulnerable_first_ref",
    "vulnerable_source",
)  # fmt: skip


def is_vulnerable(circumstances: Iterable[str]) -> bool:
    """Say whether these circumstances make vulnerable: one that does so alone, or two together."""
    found = set(circumstances)
    return bool(found - TOGETHER) or len(found) > 1


def can_be_found(party: Mapping[str, Any] | None) -> bool:
    """Say whether a call names somebody so that a search could find them: name and something else, or a number."""
    if not party:
        return False
    name, number = party.get("name"), party.get("phone")
    return bool(number) or bool(
        name and name != "ANON" and (party.get("date_of_birth") or party.get("address"))
    )


class Known:
    """Remembers, call by call in order of time, what the force could have known of each victim."""

    def __init__(self, flags: Mapping[str, list[tuple[int, int]]]) -> None:
        self._calls: dict[str, deque[tuple[int, int, str, bool]]] = defaultdict(deque)
        self._told: dict[str, tuple[int, str, set[str]]] = {}
        self._flags = flags
        self._ever: set[str] = set()
        self._unreported: set[str] = set()

    def suffered_before(self, person: Person, event: int, chance_unreported: bool) -> bool:
        """Say whether the person suffered before: by earlier events, or by some that nobody ever reported."""
        if person.person_id not in self._ever:
            self._ever.add(person.person_id)
            if chance_unreported:
                self._unreported.add(person.person_id)
        if person.person_id in self._unreported:
            return True
        return any(number != event for _, number, _, _ in self._calls[person.person_id])

    def row(
        self,
        ref: str,
        second: int,
        day: int,
        event: int,
        person: Person,
        named: bool,
        said: bool,
        circumstances: list[str],
        told: list[str],
    ) -> tuple[str, ...]:
        """Return the row of ``truth/knowable.csv`` for this call, and remember the call."""
        calls = self._calls[person.person_id]
        since = second - YEAR_SECONDS
        # What is older than a year is forgotten but for one, which still says that the person suffered before.
        while len(calls) > 1 and calls[0][0] < since:
            calls.popleft()
        year = [one for one in calls if one[0] >= since and one[1] != event]
        found = [one for one in year if one[3]]
        here = [name for name in told if name in circumstances]
        vulnerable = is_vulnerable(circumstances)
        source, first = "nobody_told", ""
        once = self._told.get(person.person_id)
        if vulnerable:
            days = [since for since, until in self._flags.get(person.person_id, ()) if since <= day < until]
            earlier = once is not None and bool(once[2] & set(circumstances))
            if days and not (earlier and once is not None and once[0] <= days[0]):
                source = "flag"
            elif earlier and once is not None:
                source, first = "earlier_call", once[1]
            elif here:
                source, first = "this_call", ref
        row = (
            ref, person.person_id, "yes" if year else "no", str(len({one[1] for one in year})),
            str(len({one[1] for one in found})), found[0][2] if found else "", found[-1][2] if found else "",
            "yes" if person.person_id in self._unreported else "no", "yes" if said else "no",
            "yes" if vulnerable else "no", first, source if vulnerable else "",
        )  # fmt: skip
        calls.append((second, event, ref, named))
        if here and named:
            known = self._told.setdefault(person.person_id, (day, ref, set()))
            known[2].update(here)
        return row
