"""Breaking the glass for whoever is there: logged, an alert until somebody else has seen it, told to who asked."""

from __future__ import annotations

from everycall.access import conflicts
from everycall.access.viewer import Viewer
from everycall.serving import ground
from everycall.serving.announcing import announce
from everycall.serving.shape import RefusedError
from everycall.store.calls import current
from everycall.telling.events import GLASS


def break_for(viewer: Viewer, ref: str, why: str) -> None:
    """Let somebody see a call they are in conflict with, for an hour.

    Raises
    ------
    RefusedError
        404 when there is no such call.
    InputError
        Without a reason.
    """
    force, at = ground.force(), ground.now()
    if ref not in current(force.store.connection, [ref]):
        raise RefusedError(404, "not_found", "there is no such call")
    conflicts.break_glass(force.store.connection, viewer, ref, why, force.salts, at)
    announce(force, GLASS, ref, {"at": at.isoformat()})
