"""What a call already tells about a question's answer, besides findings and suggested facts."""

from __future__ import annotations

from typing import Final

from everycall.call import Call, Party

ROLE_VICTIM: Final = "role_victim"
SUSPECT_NAMED: Final = "suspect_named"
HOME_KNOWN: Final = "home_known"
OPEN_CASE: Final = "open_case"

HINTS: Final = {
    ROLE_VICTIM: "the caller is put down as the victim",
    SUSPECT_NAMED: "a suspect is named",
    HOME_KNOWN: "the caller's home is known",
    OPEN_CASE: "another service has an open case about them",
}
"""Hints that a pack's questions may name beside its indicators, each with what it means."""


def hints_of(call: Call) -> set[str]:
    """Return the hints that the call's own fields give."""
    caller = call.caller
    found = set()
    if caller is not None and caller.role == "victim":
        found.add(ROLE_VICTIM)
    if caller is not None and (caller.address or caller.uprn):
        found.add(HOME_KNOWN)
    if any(other.role == "suspect" and _named(other) for other in call.others):
        found.add(SUSPECT_NAMED)
    return found


def _named(party: Party) -> bool:
    return bool(party.name or party.address or party.phone)
