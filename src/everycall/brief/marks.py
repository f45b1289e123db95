"""Marks that tell found, none, not known and could not look apart: by shape and word, then by colour."""

from __future__ import annotations

from dataclasses import dataclass

from everycall.assessment import Status, Truth


@dataclass(frozen=True, slots=True)
class Mark:
    """How a line begins: a shape in plain ASCII, its word, and rich's style where there is colour."""

    shape: str
    word: str
    style: str


DANGER = Mark("!!!", "danger", "bold white on red")
DO = Mark(" > ", "do", "bold")
FOUND = Mark("[+]", "found", "bold yellow")
NONE = Mark("[-]", "none found", "dim")
NOT_KNOWN = Mark("[?]", "NOT KNOWN", "bold cyan")
COULD_NOT_LOOK = Mark("[X]", "COULD NOT LOOK", "bold red")


def mark_of(status: Status, truth: Truth) -> Mark:
    """Return the mark of a part: a yes is a yes whatever the search; else a failed search, unknown, no."""
    if truth is Truth.YES:
        return FOUND
    if status is Status.COULD_NOT_LOOK:
        return COULD_NOT_LOOK
    return NOT_KNOWN if truth is Truth.UNKNOWN else NONE


def mark_of_status(status: Status) -> Mark:
    """Return the mark of a part that has no yes or no."""
    return {Status.FOUND: FOUND, Status.LOOKED_NONE: NONE, Status.COULD_NOT_LOOK: COULD_NOT_LOOK}[status]
