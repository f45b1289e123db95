"""Looking somebody or somewhere up as a call would be: assessed by what is given, stored nowhere, told by role.

So the conditions, the tiers and what is held back are those of a call: a search by an old address never leads to a new
one, a doubtful record is offered apart, and a part that could not look says so.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from everycall.access import conflicts, processing, shown
from everycall.access.operations import COMBINATION, CONSULTATION
from everycall.access.roles import Sees
from everycall.access.viewer import Viewer
from everycall.call import read_call
from everycall.errors import InputError, Problem
from everycall.serving import ground
from everycall.serving.shape import RefusedError
from everycall.triage import assess

REF = "(look-up)"
"""The reference of what is asked; no call has it."""

NOTHING_FOUND = "(nothing found)"
"""What stands in the log as the record of a look that found none: that somebody looked is told all the same."""


def look_up(facts: Mapping[str, Any], viewer: Viewer, what: Sees) -> dict[str, Any]:
    """Return an assessment of what is asked, as this viewer may be told it; nothing is stored or logged.

    Parameters
    ----------
    facts
        ``caller`` and ``location`` as a call has them.

    Raises
    ------
    InputError
        When they cannot be read.
    RefusedError
        403 when the viewer is a party to it or a neighbour.
    """
    force, now = ground.force(), ground.now()
    read = read_call({"ref": REF, "received_at": now.isoformat(), **facts})
    if conflicts.in_conflict(force.store.connection, viewer, read.call):
        raise RefusedError(
            403,
            "conflict",
            "you are in conflict with this person or address; the glass can be broken for one call at a time",
        )
    made = assess(read, force, now, new_to_store=True).assessment
    return shown.assessment_for(what, json.loads(made.model_dump_json(by_alias=True)))


def log_look(told: Mapping[str, Any], viewer: Viewer, for_call: str | None, why: str | None) -> None:
    """Log the look at every record that is told, before it is shown.

    Parameters
    ----------
    for_call
        The call from which it was opened, which is looked at too; None: it was searched for.
    """
    force = ground.force()
    refs = shown.shown_records(told)
    looked = [for_call, *refs] if for_call else refs or [NOTHING_FOUND]
    operations = {CONSULTATION: looked, COMBINATION: refs}
    reason = why or (f"call {for_call}" if for_call else None)
    processing.log(force.store.connection, viewer, operations, for_call, reason, force.salts, ground.now())


def reason_given(why: str | None) -> str | None:
    """Return why somebody looks, as the force asks for it.

    Raises
    ------
    InputError
        When the force requires it and none is given.
    """
    rule = ground.ground().justification
    told = " ".join("".join(c for c in why or "" if c.isprintable()).split())[:200] or None
    if told is None and rule == "required":
        raise InputError("it must be known why", [Problem("why", "is needed: this force asks why")])
    return None if rule == "off" else told
