"""Decisions that wait for a supervisor: what was recommended, what somebody wants instead, and why it waits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from everycall.access.viewer import Viewer
from everycall.force import Force
from everycall.store import watched
from everycall.supervising.seen import may_be_told


@dataclass(frozen=True, slots=True)
class Waiting:
    """One decision; ``stood`` is what holds until somebody approves, ``wanted`` what would then hold.

    Parameters
    ----------
    because
        The facts for which the higher stands until then.
    own
        Whether who looks decided it: another person approves.
    """

    ref: str
    at: datetime
    by: str
    reason: str | None
    stood: Mapping[str, Any]
    wanted: Mapping[str, Any]
    lowers: tuple[str, ...]
    because: tuple[str, ...]
    own: bool


def waiting(viewer: Viewer, force: Force, now: datetime) -> tuple[Waiting, ...]:
    """Return what waits, the longest first; of calls that this viewer may see, without those of a conflict."""
    found = watched.waiting(force.store.connection)
    told = may_be_told(viewer, force, [one.ref for one in found], now)
    return tuple(
        Waiting(
            ref=one.ref,
            at=one.decided_at,
            by=one.by,
            reason=one.reason,
            stood=one.body["stands"],
            wanted=one.body["wanted"],
            lowers=tuple(one.body["lowers"]),
            because=tuple(one.body["awaits_supervisor"]),
            own=one.by.strip().lower() == viewer.name,
        )
        for one in found
        if one.ref in told and one.body is not None
    )
