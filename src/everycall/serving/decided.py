"""Deciding for whoever is there: a decision or an approval is recorded, announced, and logged as theirs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from everycall import standing
from everycall.access.operations import ALTERATION
from everycall.access.viewer import Viewer
from everycall.deciding import Choice, Decided, approve, decide, refuse
from everycall.errors import InputError, Problem
from everycall.serving import calls, ground
from everycall.serving.announcing import announce
from everycall.serving.shape import RefusedError
from everycall.store import decisions
from everycall.telling.events import DECISION


def decide_for(
    viewer: Viewer,
    ref: str,
    by: str,
    grade: str | None,
    accepted: bool,
    more: Mapping[str, Any],
    why: str | None,
) -> Decided:
    """Record what somebody decides on a call they may see.

    Parameters
    ----------
    by
        Whose word it is: who is signed in, or whom a system names.
    grade, accepted
        Without a grade it must be accepted: then it is the one that is recommended.
    more
        The rest of a `Choice`.

    Raises
    ------
    InputError
        When both are given and differ, or neither is.
    """
    calls.must_see(ref, viewer)
    if grade is None and not accepted:
        problem = Problem("grade_given", "is needed, or accepted must be true")
        raise InputError("the decision cannot be used", [problem])
    if accepted:
        recommended = str(recommendation(ref)["grade"])
        if grade not in (None, recommended):
            problem = Problem("accepted", "is true, and grade_given is not what was recommended")
            raise InputError("the decision cannot be used", [problem])
        grade = recommended
    force = ground.force()
    made = decide(ref, Choice(grade=str(grade), by=by, **more), force, ground.now())
    return _announced(made, ref, viewer, why)


def approve_for(viewer: Viewer, ref: str, why: str | None) -> Decided:
    """Record that a supervisor lets the last decision on a call stand."""
    calls.must_see(ref, viewer)
    return _announced(approve(ref, viewer.name, ground.force(), ground.now()), ref, viewer, why)


def refuse_for(viewer: Viewer, ref: str, reason: str, why: str | None) -> Decided:
    """Record that a supervisor does not let the last decision on a call stand, with a code of ``decision_reason``."""
    calls.must_see(ref, viewer)
    return _announced(refuse(ref, viewer.name, reason, ground.force(), ground.now()), ref, viewer, why)


def recommendation(ref: str) -> dict[str, Any]:
    """Return what was last recommended for a call.

    Raises
    ------
    RefusedError
        When nothing was.
    """
    last = decisions.last_assessment(ground.force().store.connection, ref)
    if last is None:
        raise RefusedError(409, "record", "nothing was recommended for this call")
    made: dict[str, Any] = last.body["recommendation"]
    return made


def _announced(made: Decided, ref: str, viewer: Viewer, why: str | None) -> Decided:
    """Tell those who asked how the call stands, as codes, not by whom; and log who did it."""
    told = {"link": made.link, "stands": standing.told(made.stands), "accepted": made.accepted}
    announce(ground.force(), DECISION, ref, {**told, "awaits_supervisor": bool(made.awaits_supervisor)})
    calls.log(ground.force(), viewer, {ALTERATION: [ref]}, ref, why)
    return made
