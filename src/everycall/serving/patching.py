"""More facts of a call, by JSON Merge Patch (RFC 7396): what is null goes, log lines are added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import DatabaseError

from everycall.access.viewer import Viewer
from everycall.call import read_call
from everycall.errors import InputError, Problem
from everycall.serving import calls, ground, taking
from everycall.serving.aside import Aside
from everycall.serving.ground import StoreAwayError
from everycall.serving.told import Told
from everycall.store.calls import current
from everycall.store.merging import Path, merge, without


def patch(
    ref: str,
    facts: Mapping[str, Any],
    viewer: Viewer,
    justification: str | None = None,
    seen: Mapping[str, Any] | None = None,
) -> Told:
    """Add facts to a call, take back what is null, and assess it again.

    Parameters
    ----------
    seen
        What `known` said of the call just now, where it was asked already.

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
    whole = without(merge(dict(known(ref, viewer) if seen is None else seen), dict(facts)), gone)
    return taking.take_more(read_call(whole), facts, gone, viewer, justification)


def known(ref: str, viewer: Viewer) -> dict[str, Any]:
    """Return what is known of a call; while the store is away, what was told of it since then.

    A call that the store has is then known by its reference alone: more facts of it are not lost.
    """
    waiting = Aside(ground.ground().aside)
    try:
        force = ground.force()
        known = current(force.store.connection, [ref]).get(ref)
        if known is None and waiting.waits(ref):
            return {"ref": ref, "received_at": ground.now().isoformat(), **waiting.facts(ref)}
        _, _, told = calls.must_see_known(known, viewer, force)
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
