"""Shadow: a force's first weeks, in which every call is assessed and measured, and nothing of it is shown or told."""

from __future__ import annotations

from typing import Any

from everycall.access.viewer import Viewer
from everycall.serving import ground
from everycall.serving.shape import RefusedError
from everycall.taking import NOT_RECORDED, TakenCall

SHOWS_NOTHING = frozenset(
    {"manage_accounts", "manage_conflicts", "manage_webhooks", "see_alerts", "see_log", "see_priorities"}
)
"""What may be done in shadow: nothing that a call was found to be is shown by it. Whatever is new is shut."""

FROM_SYSTEMS = frozenset({"assess", "caller_number"})
"""What systems go on telling; they get a receipt."""


def is_hidden(viewer: Viewer, action: str) -> bool:
    """Say whether something would show what a force in shadow does not show yet."""
    if not ground.ground().modes.shadow or action in SHOWS_NOTHING:
        return False
    return not (viewer.is_system and action in FROM_SYSTEMS)


def refuse_hidden(viewer: Viewer, action: str) -> None:
    """Raise `RefusedError` (403, ``shadow``) for what is not shown yet."""
    if is_hidden(viewer, action):
        raise RefusedError(
            403,
            "shadow",
            "Everycall works in shadow here: calls are assessed and measured, and nothing is shown yet",
        )


def receipt(taken: TakenCall) -> dict[str, Any]:
    """Return what a system is told of a call in shadow: that it was taken, and nothing of what was found."""
    made = taken.assessment
    return {
        "call_ref": made.call_ref,
        "version": made.version,
        "assessed_at": made.assessed_at.isoformat(),
        "shadow": True,
        "recorded": all(one.part != NOT_RECORDED for one in made.problems),
        "took_ms": made.took_ms,
    }
