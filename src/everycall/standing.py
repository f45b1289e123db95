"""How a call stands: as recommended, as decided, or the higher of the two; and as the record tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from everycall.localtime import LONDON
from everycall.policy.lowering import Standing
from everycall.policy.pack import Pack


def told(standing: Standing) -> dict[str, Any]:
    """Return it ready for JSON."""
    return {
        "grade": standing.grade,
        "attendance": standing.attendance,
        "respond_by": standing.respond_by.isoformat() if standing.respond_by else None,
        "closed_as": standing.closed_as,
        "category": standing.category,
    }


def read_told(body: Mapping[str, Any]) -> Standing:
    """Return it from what `told` wrote."""
    by = body["respond_by"]
    respond_by = datetime.fromisoformat(by) if by else None
    return Standing(body["grade"], body["attendance"], respond_by, body["closed_as"], body["category"])


def recommended(assessment: Mapping[str, Any], call: Mapping[str, Any]) -> Standing:
    """Return how a call stands by its recommendation, with its category and closing as the call has them."""
    as_call = {"closed_as": call.get("closed_as"), "category": call.get("category")}
    return read_told({**assessment["recommendation"], **as_call})


def higher(pack: Pack, stood: Standing, other: Standing) -> Standing:
    """Return what stood, with all that is more in the other: a higher grade, more attendance, a sooner time."""
    grades = pack.grades
    times = [one for one in (stood.respond_by, other.respond_by) if one is not None]
    return replace(
        stood,
        grade=max(stood.grade, other.grade, key=grades.rank),
        attendance=max(stood.attendance, other.attendance, key=grades.attendance_rank),
        respond_by=min(times) if times else None,
    )


def is_more(pack: Pack, one: Standing, than: Standing) -> bool:
    """Say whether anything in ``one`` is more than in the other."""
    return higher(pack, than, one) != than


def stands(pack: Pack, now: Standing, decision: Mapping[str, Any] | None) -> Standing:
    """Return how a call stands by the last decision on it and what is recommended now.

    A decision stands against the recommendation it knew of. Where a later one recommends more than that, the call
    stands as high as either says.
    """
    if decision is None:
        return now
    decided = read_told(decision["stands"])
    knew = read_told(decision["recommended"])
    return higher(pack, decided, now) if is_more(pack, now, knew) else decided


def who_lowered(pack: Pack, grade: str, attendance: str, decision: Mapping[str, Any] | None) -> str | None:
    """Return who lowered a recommendation, to what and when (local time), in words; None where nobody has.

    A decision lowers only what it knew of: a recommendation that has become more since then stands.

    Parameters
    ----------
    decision
        The last decision on the call.
    """
    if decision is None:
        return None
    now = replace(read_told(decision["recommended"]), grade=grade, attendance=attendance)
    stood, grades = stands(pack, now, decision), pack.grades
    lower = grades.rank(stood.grade) < grades.rank(grade)
    less = grades.attendance_rank(stood.attendance) < grades.attendance_rank(attendance)
    if not (lower or less):
        return None
    who = decision["by"] + (f", approved by {decision['approved_by']}," if decision["approved_by"] else "")
    at = datetime.fromisoformat(decision["decided_at"]).astimezone(LONDON)
    to = f"{grades.grade(stood.grade).name}, {stood.attendance.replace('_', ' ')}"
    return f"{who} lowered it to {to} at {at:%H:%M} on {at.day} {at:%B %Y}"
