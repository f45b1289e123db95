"""More facts of a call, by JSON Merge Patch (RFC 7396): what is null goes, log lines are added."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import DatabaseError

from everycall.access.viewer import Viewer
from everycall.call import read_call
from everycall.errors import InputError, Problem
from everycall.serving import calls, ground
from everycall.serving.aside import Aside
from everycall.serving.calls import Told
from everycall.serving.ground import StoreAwayError
from everycall.store.calls import current
from everycall.store.merging import Path, merge, without


def patch(ref: str, facts: Mapping[str, Any], viewer: Viewer, justification: str | None = None) -> Told:
    """Add facts to a call, take back what is null, and assess it again.

    Raises
    ------
    RefusedError
        404 when there is no such call.
    InputError
        With every problem of what the call would be.
    """
    if facts.get("ref", ref) != ref:
        raise InputError("the call cannot be changed", [Problem("ref", "is another call's")])
    for needed in ("ref", "received_at"):
        if needed in facts and facts[needed] is None:
            raise InputError("the call cannot be changed", [Problem(needed, "cannot be taken back")])
    gone = tuple(taken_back(facts))
    whole = without(merge(known(ref, viewer), dict(facts)), gone)
    return calls.take_more(read_call(whole), facts, gone, viewer, justification)


def known(ref: str, viewer: Viewer) -> dict[str, Any]:
    """Return what is known of a call; while the store is away, what was told of it since then.

    A call that the store has is then known by its reference alone: more facts of it are not lost.
    """
    waiting = Aside(ground.ground().aside)
    try:
        connection = ground.force().store.connection
        known = current(connection, [ref]).get(ref)
        if known is None and waiting.waits(ref):
            return {"ref": ref, "received_at": ground.now().isoformat(), **waiting.facts(ref)}
        calls.must_see(ref, viewer)
        told: dict[str, Any] = json.loads(current(connection, [ref])[ref].payload)
    except (StoreAwayError, DatabaseError):
        return {"ref": ref, "received_at": ground.now().isoformat(), **waiting.facts(ref)}
    return merge(told, waiting.facts(ref)) if waiting.waits(ref) else told


def taken_back(facts: Mapping[str, Any], path: Path = ()) -> Iterator[Path]:
    """Yield the paths of what a patch takes back: nulls, and lists that are now empty; never a line of the log."""
    for name, value in facts.items():
        if not path and name == "log":
            continue
        if value is None or value == []:
            yield (*path, name)
        elif isinstance(value, dict):
            yield from taken_back(value, (*path, name))
