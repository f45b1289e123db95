"""A call that has been made up: as recorded, what is true of it, and how it stood at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from everycall.demo.clock import Clock
from everycall.demo.faults import Planted
from everycall.demo.happenings import Event
from everycall.demo.room import Handler
from everycall.demo.truth import Truth


@dataclass(slots=True)
class Made:
    """One call in the shape of the contract, its truth, and rows for the tables of the truth."""

    second: int
    call: dict[str, Any]
    truth: Truth
    asked: tuple[str, ...] | None = None
    knowable: tuple[str, ...] | None = None


@dataclass(slots=True)
class Now:
    """What is the same for all of one contact: when, about what, who takes it."""

    second: int
    day: int
    event: Event
    part: int
    ref: str
    source: str
    handler: Handler
    district: str
    faults: list[Planted]


def as_known(call: dict[str, Any], at: int, clock: Clock) -> dict[str, Any]:
    """Return the call as it stood at second ``at``, without what is not known: what comes later is not yet there."""
    known = {name: value for name, value in call.items() if value is not None and value != []}
    closed, arrived = call["closed_at"], call["attended_at"]
    if not known["answers"]:
        del known["answers"]
    if closed > at:
        known["status"] = "open"
        del known["closed_at"], known["closed_as"]
        end = clock.iso(at)
        # Compared as text, within London's time: in the hour that comes twice a line may stand a little early.
        known["log"] = [line for line in call["log"] if line["at"] <= end]
        if not known["log"]:
            del known["log"]
    else:
        known["status"] = "closed"
        known["closed_at"] = clock.iso(closed)
    if arrived is not None:
        known["attended_at"] = clock.iso(arrived)
        if arrived > at:
            del known["attended_at"]
    return known
