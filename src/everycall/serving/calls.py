"""Taking and showing calls for whoever is there: assess, log the look, and tell only what they may see."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from everycall import standing
from everycall.access import conflicts, processing, protected, shown
from everycall.access.roles import Sees, sees
from everycall.access.viewer import Viewer
from everycall.call import Call, CallRead, read_call
from everycall.force import Force
from everycall.serving import ground
from everycall.serving.shape import RefusedError
from everycall.store import decisions
from everycall.store.calls import current, take_back
from everycall.store.merging import Path
from everycall.taking import take_call


@dataclass(frozen=True, slots=True)
class Told:
    """An assessment as it is told to one viewer, and its JSON."""

    assessment: dict[str, Any]
    body: str


def take(read: CallRead, viewer: Viewer, justification: str | None = None, gone: Sequence[Path] = ()) -> Told:
    """Assess a call, record it, log what is shown of others' records, and tell what this viewer may see.

    Parameters
    ----------
    gone
        Where facts stand that are taken back first.

    Raises
    ------
    RefusedError
        When the viewer may see nothing of this call.
    StoreAwayError
        When the store cannot be reached.
    """
    force, now = ground.force(), ground.now()
    what = sees(viewer, read.call.model_dump(mode="json"), now)
    if what is None:
        raise not_yours()
    if conflicts.in_conflict(force.store.connection, viewer, read.call):
        broken = conflicts.is_broken(force.store.connection, viewer, read.call.ref, now)
        what = replace(what, history=broken)
    if gone:
        take_back(force.store.connection, read.call.ref, gone, now)
    taken = take_call(read, force, now)
    told = shown.assessment_for(what, json.loads(taken.body))
    operations = {
        processing.COLLECTION if told["version"] == 1 else processing.ALTERATION: [read.call.ref],
        processing.COMBINATION: shown.shown_records(told),
        processing.CONSULTATION: shown.shown_records(told),
    }
    log(force, viewer, operations, read.call.ref, justification)
    return Told(told, json.dumps(told, ensure_ascii=False))


def see(ref: str, viewer: Viewer, justification: str | None = None) -> dict[str, Any]:
    """Return a call with its last assessment and decision, as this viewer may see them; the look is logged.

    Raises
    ------
    RefusedError
        404 when there is no such call, or none that this viewer may know of; 403 when the glass must be broken.
    """
    force, now = ground.force(), ground.now()
    connection = force.store.connection
    known = current(connection, [ref]).get(ref)
    payload = json.loads(known.payload) if known else None
    what = sees(viewer, payload, now) if payload else None
    if known is None or payload is None or what is None:
        raise RefusedError(404, "not_found", "there is no such call")
    call = read_call(payload).call
    _glass(force, viewer, call)
    told = shown.call_for(what, protected.without_addresses(payload, protected.protected(connection, call)))
    assessment = decisions.last_assessment(connection, ref)
    decision = decisions.last_decision(connection, ref)
    found: dict[str, Any] = {
        "ref": ref,
        "version": known.version,
        "call": told,
        "assessment": shown.assessment_for(what, assessment.body) if assessment else None,
        "stands": None,
        "decision": _decision(what, decision.body) if decision else None,
    }
    if assessment:
        recommended = standing.recommended(assessment.body, payload)
        stands = standing.stands(force.policy.pack, recommended, decision.body if decision else None)
        found["stands"] = standing.told(stands)
    looked = shown.shown_records(found["assessment"]) if assessment else []
    log(force, viewer, {processing.CONSULTATION: [ref, *looked]}, ref, justification)
    return found


def must_see(ref: str, viewer: Viewer) -> tuple[Call, Sees]:
    """Return a call and what this viewer sees of it; refuse what they may not know of."""
    force = ground.force()
    known = current(force.store.connection, [ref]).get(ref)
    payload = json.loads(known.payload) if known else None
    what = sees(viewer, payload, ground.now()) if payload else None
    if payload is None or what is None:
        raise RefusedError(404, "not_found", "there is no such call")
    call = read_call(payload).call
    _glass(force, viewer, call)
    return call, what


def log(
    force: Force,
    viewer: Viewer,
    operations: dict[str, list[str]],
    for_call: str | None,
    justification: str | None,
) -> None:
    """Log what was done; without other words the call is why."""
    why = justification or (f"call {for_call}" if for_call else None)
    processing.log(force.store.connection, viewer, operations, for_call, why, force.salts, ground.now())


def not_yours() -> RefusedError:
    """Return the refusal of what a role may not see or do."""
    return RefusedError(403, "not_allowed", "this is not yours to see or do")


def _glass(force: Force, viewer: Viewer, call: Call) -> None:
    connection = force.store.connection
    if conflicts.in_conflict(connection, viewer, call) and not conflicts.is_broken(
        connection, viewer, call.ref, ground.now()
    ):
        raise RefusedError(
            403,
            "conflict",
            "you are in conflict with this call; the glass can be broken, which raises an alert",
        )


def _decision(what: Sees, body: dict[str, Any]) -> dict[str, Any]:
    kept = (
        "decided_at",
        "wanted",
        "stands",
        "accepted",
        "lowers",
        "awaits_supervisor",
        "reason",
        "by",
        "approved_by",
    )
    told = {name: body[name] for name in kept}
    return told if what.all_classes else {**told, "awaits_supervisor": []}
