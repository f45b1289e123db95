"""Does it touch a local priority? Those that match, and those that nearly do."""

from __future__ import annotations

from everycall.assessment.part import Part, Reason, Status


class PriorityMatch(Part):
    """A local priority that this call touches, and why."""

    id: str
    title: str
    because: tuple[str, ...] = ()


class PriorityNearMiss(Part):
    """A local priority that failed by one condition."""

    id: str
    title: str
    missed: str
    because: tuple[str, ...] = ()


class Priorities(Part):
    """Does it touch a local priority?"""

    status: Status
    matches: tuple[PriorityMatch, ...] = ()
    near_misses: tuple[PriorityNearMiss, ...] = ()
    reasons: tuple[Reason, ...] = ()
