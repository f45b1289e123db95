"""A person's word that two calls' victims are, or are not, one human: kept, and logged as theirs."""

from __future__ import annotations

from everycall.access.operations import COMBINATION
from everycall.access.viewer import Viewer
from everycall.errors import InputError, Problem
from everycall.serving import calls, ground
from everycall.store import reference
from everycall.store.writing import writing


def say_same(viewer: Viewer, ref_a: str, ref_b: str, same: bool, by: str, why: str | None) -> None:
    """Keep that two calls are, or are not, about one human: it binds every later search until another word is kept.

    Raises
    ------
    InputError
        When it is one call.
    RefusedError
        When one of them is none that this viewer may know of.
    """
    if ref_a == ref_b:
        raise InputError("the two calls cannot be compared", [Problem("ref_b", "is the same call as ref_a")])
    for ref in (ref_a, ref_b):
        calls.must_see(ref, viewer)
    force, now = ground.force(), ground.now()
    connection = force.store.connection
    with writing(connection):
        if reference.said_same(connection, ref_a, ref_b) != same:
            reference.say_same(connection, ref_a, ref_b, same, by, now)
        calls.log(force, viewer, {COMBINATION: [ref_a, ref_b]}, ref_a, why)
