"""Taking and showing calls for whoever is there: assess, log the look, and tell only what they may see."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import DatabaseError
from pydantic_core import from_json, to_json

from everycall import standing
from everycall.access import conflicts, processing, protected, shown
from everycall.access.roles import Sees, sees
from everycall.access.viewer import Viewer
from everycall.assessment import ProblemFound
from everycall.call import Call, CallRead, read_call
from everycall.errors import StoreError
from everycall.force import Force
from everycall.serving import away, ground, shadow
from everycall.serving.announcing import announce, who_asked
from everycall.serving.aside import Aside
from everycall.serving.ground import StoreAwayError
from everycall.serving.shape import RefusedError
from everycall.store import decisions
from everycall.store.calls import Current, current, take_back, with_what_is_known
from everycall.store.merging import Path, merge, payload_of
from everycall.taking import NOT_RECORDED, TakenCall, take_call
from everycall.telling.events import ASSESSMENT, of_assessment


@dataclass(frozen=True, slots=True)
class Told:
    """An assessment as it is told to one viewer, its JSON, and by what it was decided how much is told."""

    assessment: dict[str, Any]
    body: str
    sees: Sees


def take(read: CallRead, viewer: Viewer, justification: str | None = None) -> Told:
    """Assess a call, record it, log what is shown of others' records, and tell what this viewer may see.

    While the store is away the call is assessed from its own facts, marked, and recorded later.

    Raises
    ------
    RefusedError
        When the viewer may see nothing of this call.
    """
    return _take(read, None, (), viewer, justification)


def with_number(payload: str, number: str | None) -> CallRead:
    """Return a call that is known, with the caller's number where none was known."""
    facts = json.loads(payload)
    caller = dict(facts.get("caller") or {})
    if number and not caller.get("phone"):
        facts["caller"] = {**caller, "phone": number}
    return read_call(facts)


def take_more(
    read: CallRead, facts: Mapping[str, Any], gone: Sequence[Path], viewer: Viewer, justification: str | None
) -> Told:
    """Do the same with a call of which more was told.

    Parameters
    ----------
    read
        The whole call, as it is now.
    facts, gone
        What was told of it just now, and where facts stand that are taken back.
    """
    return _take(read, facts, gone, viewer, justification)


def _take(
    read: CallRead,
    patched: Mapping[str, Any] | None,
    gone: Sequence[Path],
    viewer: Viewer,
    justification: str | None,
) -> Told:
    """Take a call; ``patched``: what was told of one that is known, None for a whole call."""
    here, now = ground.ground(), ground.now()
    known, whole = _with_what_is_known(read, viewer)
    # what a system sees stands in its token, whatever the call is: writing it out for that would cost a tenth
    told_of = known or ({} if viewer.is_system else read.call.model_dump(mode="json"))
    what = sees(viewer, told_of, now)
    if what is None:
        raise not_yours()
    try:
        force = here.force()
        telling = _Telling(whole, viewer, what, justification, force)
        taken = _taken(read, gone, telling)
    except StoreAwayError:
        waiting = Aside(here.aside).facts(read.call.ref)
        together = merge(waiting, _facts(read, patched)) if waiting and patched is None else None
        by_itself = read if together is None else read_call(together)
        telling, taken = None, away.from_its_own_facts(by_itself, here)
    alone = replace(what, history=False)
    if telling is None or not _is_recorded(taken):
        facts, is_patch = _facts(read, patched), patched is not None
        taken = away.put_aside(taken, facts, gone, is_patch, viewer, justification, here)
        body = from_json(taken.body)
        told = telling.told_later(body) if telling else shown.assessment_for(alone, body)
    else:
        told = telling.told
    if here.modes.shadow:
        told = shadow.receipt(taken)
    return Told(told, to_json(told).decode(), telling.sees if telling else alone)


def _facts(read: CallRead, patched: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return what was told just now, as JSON would hold it."""
    return json.loads(payload_of(read.call)) if patched is None else dict(patched)


def _with_what_is_known(read: CallRead, viewer: Viewer) -> tuple[dict[str, Any] | None, Call]:
    """Return what the store has of a call, and the whole of it with what was told just now.

    By that, and not by what a person sends, it is decided what they see: nobody opens a closed call, or steps around
    a conflict, by telling something of it. A system sees the same of every call.
    """
    force = None if viewer.is_system else ground.ground().force_if_there()
    try:
        known = current(force.store.connection, [read.call.ref]).get(read.call.ref) if force else None
    except DatabaseError:  # the connection broke just now: taking the call finds out, and says so
        known = None
    return (json.loads(known.payload) if known else None), with_what_is_known(read.call, known)


def _taken(read: CallRead, gone: Sequence[Path], telling: _Telling) -> TakenCall:
    """Take a call; once more with a new connection when the old one turns out to be broken."""
    here = ground.ground()
    behind = Aside(here.aside).waits(read.call.ref)
    for again in (True, False):
        if gone and not behind:
            take_back(telling.force.store.connection, read.call.ref, gone, ground.now())
        taken = take_call(read, telling.force, ground.now(), dry_run=behind, beside=telling)
        if not again or behind or _is_recorded(taken) or not here.seems_away():
            break
        telling.force = here.force()
    if behind:  # what was told before is not recorded yet, and neither may this be
        waits = ProblemFound(part=NOT_RECORDED, problem=away.WAITS)
        marked = taken.assessment.model_copy(update={"problems": (*taken.assessment.problems, waits)})
        taken = replace(taken, assessment=marked)
    return taken


def _is_recorded(taken: TakenCall) -> bool:
    return all(one.part != NOT_RECORDED for one in taken.assessment.problems)


class _Telling:
    """What one viewer is told of one call; what is shown of others' records is logged with the call, or not shown."""

    def __init__(
        self, call: Call, viewer: Viewer, what: Sees, justification: str | None, force: Force
    ) -> None:
        self.call, self.viewer, self.what = call, viewer, what
        self.justification, self.force = justification, force
        self.told: dict[str, Any] = {}
        self.sees = what

    def __call__(self, taken: TakenCall) -> Callable[[str], None]:
        """Make ready what is logged and announced in the transaction that records the call."""
        body, ref = from_json(taken.body), self.call.ref
        self.sees = self._what()
        self.told = shown.assessment_for(self.sees, body)
        force, looked = self.force, shown.shown_records(self.told)
        logging = processing.ready(
            force.store.connection,
            self.viewer,
            looked,
            ref,
            self.justification,
            force.salts,
            ground.now,
            seen=not ground.ground().modes.shadow,
        )
        hooks = who_asked(force, ASSESSMENT)
        data = of_assessment(body) if hooks else {}

        def recorded(change: str) -> None:
            logging(change)
            if hooks:
                announce(force, ASSESSMENT, ref, data, hooks)

        return recorded

    def told_later(self, body: dict[str, Any]) -> dict[str, Any]:
        """Return what is told of a call that is recorded later: earlier calls only if the look can be logged."""
        try:
            self.sees = self._what()
            self.told = shown.assessment_for(self.sees, body)
            looked = shown.shown_records(self.told)
            seen = {} if ground.ground().modes.shadow else {processing.CONSULTATION: looked}
            looks = {processing.COMBINATION: looked, **seen}
            log(self.force, self.viewer, looks, self.call.ref, self.justification)
        except (StoreError, DatabaseError):
            self.sees = replace(self.what, history=False)
            self.told = shown.assessment_for(self.sees, body)
        return self.told

    def _what(self) -> Sees:
        connection = self.force.store.connection
        if not conflicts.in_conflict(connection, self.viewer, self.call):
            return self.what
        broken = conflicts.is_broken(connection, self.viewer, self.call.ref, ground.now())
        return replace(self.what, history=broken)


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
    found = _whole(force, known, payload, what)
    looked = shown.shown_records(found["assessment"]) if found["assessment"] else []
    log(force, viewer, {processing.CONSULTATION: [ref, *looked]}, ref, justification)
    return found


def see_taken(ref: str, told: Told, viewer: Viewer) -> dict[str, Any]:
    """Return the same of a call that this viewer has just taken: the look was logged with the taking.

    In conflict with it, or while the store is away, they see what was told of it just now and no decision.
    """
    here = ground.ground()
    try:
        force = here.force()
        known = current(force.store.connection, [ref]).get(ref)
        if known is not None and told.sees.history:
            payload = json.loads(known.payload)
            return _whole(force, known, payload, told.sees, told.assessment)
    except (StoreError, DatabaseError):
        known = None
    waiting = Aside(here.aside).facts(ref)
    version = known.version if known else 0
    call = shown.call_for(told.sees, {"ref": ref, **waiting})
    return {
        "ref": ref, "version": version, "call": call, "assessment": told.assessment, "stands": None, "decision": None,
    }  # fmt: skip


def _must_know(ref: str, viewer: Viewer, force: Force) -> Current:
    """Return what the store holds of a call; of one that still waits beside it, it is not said that there is none."""
    waiting = Aside(ground.ground().aside)
    waits = waiting.waits(
        ref
    )  # asked first: what waits now may be recorded and let go before the store is asked
    known = current(force.store.connection, [ref]).get(ref)
    if known is not None:
        return known
    if waits and sees(viewer, {"ref": ref, **waiting.facts(ref)}, ground.now()) is not None:
        raise StoreAwayError(away.WAITS)
    raise not_there()


def _whole(
    force: Force, known: Current, payload: dict[str, Any], what: Sees, told: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Return a call with how it stands; ``told``: the assessment as it was just told to this viewer."""
    connection, ref = force.store.connection, payload["ref"]
    hidden = protected.protected(connection, read_call(payload).call)
    assessment = decisions.last_assessment(connection, ref)
    if told is None and assessment is not None:
        body = protected.evidence_without_addresses(assessment.body, payload, hidden)
        told = shown.assessment_for(what, body)
    decision = decisions.last_decision(connection, ref)
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
