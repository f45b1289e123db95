"""Taking calls for whoever is there: assess, log the look, and tell only what they may see."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import DatabaseError
from pydantic_core import to_json

from everycall.access import shown
from everycall.access.roles import sees
from everycall.access.viewer import Viewer
from everycall.assessment import ProblemFound
from everycall.call import Call, CallRead, read_call
from everycall.errors import StoreError
from everycall.serving import away, calls, ground, shadow
from everycall.serving.aside import Aside
from everycall.serving.ground import StoreAwayError
from everycall.serving.told import Telling, Told
from everycall.store.calls import current, take_back, with_what_is_known
from everycall.store.merging import Path, merge, payload_of
from everycall.taking import NOT_RECORDED, TakenCall, take_call


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


def see_taken(ref: str, told: Told, viewer: Viewer) -> dict[str, Any]:
    """Return what `calls.see` does, of a call that this viewer has just taken: the look was logged with the taking.

    In conflict with it, or while the store is away, they see what was told of it just now and no decision.
    """
    here = ground.ground()
    try:
        force = here.force()
        known = current(force.store.connection, [ref]).get(ref)
        if known is not None and told.sees.history:
            payload = json.loads(known.payload)
            return calls.whole(force, known, payload, told.sees, told.assessment)
    except (StoreError, DatabaseError):
        known = None
    waiting = Aside(here.aside).facts(ref)
    version = known.version if known else 0
    call = shown.call_for(told.sees, {"ref": ref, **waiting})
    return {
        "ref": ref, "version": version, "call": call, "assessment": told.assessment, "stands": None, "decision": None,
    }  # fmt: skip


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
        raise calls.not_yours()
    try:
        force = here.force()
        telling = Telling(whole, viewer, what, justification, force)
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
        told = telling.told_later(taken.data) if telling else shown.assessment_for(alone, taken.data)
    else:
        told = telling.told
    if here.modes.shadow:
        told = shadow.receipt(taken)
    return Told(told, to_json(told), telling.sees if telling else alone)


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


def _taken(read: CallRead, gone: Sequence[Path], telling: Telling) -> TakenCall:
    """Take a call; once more with a new connection when the old one turns out to be broken."""
    here = ground.ground()
    behind = Aside(here.aside).waits(read.call.ref)
    for again in (True, False):
        if gone and not behind:
            take_back(telling.force.store.connection, read.call.ref, gone, ground.now())
        with here.turn:
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
