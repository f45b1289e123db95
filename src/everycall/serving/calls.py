"""Showing a call that is known to whoever is there: only what they may see of it, and the look is logged."""

from __future__ import annotations

import json
from typing import Any

from everycall import standing
from everycall.access import conflicts, processing, protected, shown
from everycall.access.operations import CONSULTATION
from everycall.access.roles import Sees, sees
from everycall.access.viewer import Viewer
from everycall.call import Call, read_call
from everycall.force import Force
from everycall.next_step import once_lowered
from everycall.serving import away, ground
from everycall.serving.aside import Aside
from everycall.serving.ground import StoreAwayError
from everycall.serving.shape import RefusedError
from everycall.store import decisions
from everycall.store.calls import Current, current


def see(ref: str, viewer: Viewer, justification: str | None = None) -> dict[str, Any]:
    """Return a call with its last assessment and decision, as this viewer may see them; the look is logged.

    Raises
    ------
    RefusedError
        404 when there is no such call, or none that this viewer may know of; 403 when the glass must be broken.
    StoreAwayError
        Also while all that was told of the call waits beside the store: there is such a call.
    """
    force = ground.force()
    known = _must_know(ref, viewer, force)
    _, what, payload = must_see_known(known, viewer, force)
    found = whole(force, known, payload, what)
    looked = shown.shown_records(found["assessment"]) if found["assessment"] else []
    log(force, viewer, {CONSULTATION: [ref, *looked]}, ref, justification)
    return found


def _must_know(ref: str, viewer: Viewer, force: Force) -> Current:
    """Return what the store holds of a call; of one that still waits beside it, it is not said that there is none."""
    waiting = Aside(ground.ground().aside)
    # asked first: what waits now may be recorded and let go before the store is asked
    waits = waiting.waits(ref)
    known = current(force.store.connection, [ref]).get(ref)
    if known is not None:
        return known
    if waits and sees(viewer, {"ref": ref, **waiting.facts(ref)}, ground.now()) is not None:
        raise StoreAwayError(away.WAITS)
    raise not_there()


def whole(
    force: Force, known: Current, payload: dict[str, Any], what: Sees, told: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Return a call with how it stands; ``told``: the assessment as it was just told to this viewer."""
    connection, ref = force.store.connection, payload["ref"]
    hidden = protected.protected(connection, read_call(payload).call)
    assessment = decisions.last_assessment(connection, ref)
    decision = decisions.last_decision(connection, ref)
    if told is not None:
        told = protected.evidence_without_addresses(told, payload, hidden)
    elif assessment is not None:
        body = protected.evidence_without_addresses(assessment.body, payload, hidden)
        told = shown.assessment_for(what, body)
    if told is not None and decision is not None:
        told = _with_who_lowered(force, told, decision.body)
    found: dict[str, Any] = {
        "ref": ref,
        "version": known.version,
        "call": shown.call_for(what, protected.without_addresses(payload, hidden)),
        "assessment": told,
        "stands": None,
        "decision": _decision(what, decision.body) if decision else None,
    }
    if assessment:
        recommended = standing.recommended(assessment.body, payload)
        stands = standing.stands(force.policy.pack, recommended, decision.body if decision else None)
        found["stands"] = standing.told(stands)
    return found


def must_see(ref: str, viewer: Viewer) -> tuple[Call, Sees]:
    """Return a call and what this viewer sees of it; refuse what they may not know of."""
    force = ground.force()
    call, what, _ = must_see_known(_must_know(ref, viewer, force), viewer, force)
    return call, what


def must_see_known(known: Current | None, viewer: Viewer, force: Force) -> tuple[Call, Sees, dict[str, Any]]:
    """Return the same of what the store holds of a call, and its facts as JSON has them."""
    payload: dict[str, Any] | None = json.loads(known.payload) if known else None
    what = sees(viewer, payload, ground.now()) if payload else None
    if payload is None or what is None:
        raise not_there()
    call = read_call(payload).call
    _glass(force, viewer, call)
    return call, what, payload


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


def not_there() -> RefusedError:
    """Return the answer that there is no such call, or none that this viewer may know of."""
    return RefusedError(404, "not_found", "there is no such call")


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


def _with_who_lowered(force: Force, told: dict[str, Any], decision: dict[str, Any]) -> dict[str, Any]:
    """Return an assessment that was made before a person lowered what it holds, saying who did and when."""
    made = told["recommendation"]
    lowered = standing.who_lowered(force.policy.pack, made["grade"], made["attendance"], decision)
    if lowered is None:
        return told
    reasons = (once_lowered(one["code"], one["text"], lowered) for one in made["reasons"])
    named = [{"code": code, "text": text} for code, text in reasons]
    return {**told, "recommendation": {**made, "reasons": named}}


def _decision(what: Sees, body: dict[str, Any]) -> dict[str, Any]:
    kept = (
        "decided_at",
        "recommended",
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
    told["refuses"] = bool(body.get("refuses"))
    if what.full:
        told["words"] = body.get("words")
    return told if what.all_classes else {**told, "awaits_supervisor": []}
