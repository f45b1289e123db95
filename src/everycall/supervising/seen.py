"""Which calls of a list a supervisor may be told of: by their role, and without those they are in conflict with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from everycall.access import conflicts
from everycall.access.roles import sees
from everycall.access.viewer import Viewer
from everycall.call import read_call
from everycall.force import Force
from everycall.store.calls import current


def may_be_told(
    viewer: Viewer, force: Force, refs: Sequence[str], now: datetime
) -> dict[str, dict[str, Any]]:
    """Return those of the calls (their payloads) that a viewer may see, without those they are in conflict with."""
    connection = force.store.connection
    payloads: dict[str, dict[str, Any]] = {}
    for start in range(0, len(refs), 500):
        known = current(connection, list(dict.fromkeys(refs[start : start + 500])))
        payloads |= {ref: json.loads(one.payload) for ref, one in known.items()}
    told = {ref: payload for ref, payload in payloads.items() if sees(viewer, payload, now) is not None}
    if conflicts.any_of(connection, viewer):
        told = {
            ref: payload
            for ref, payload in told.items()
            if not conflicts.in_conflict(connection, viewer, read_call(payload).call)
        }
    return told
