"""Who says or decides: a person is who is signed in; a system must name the person for whom it speaks."""

from __future__ import annotations

from everycall.access.viewer import Viewer
from everycall.errors import InputError, Problem


def by_whom(viewer: Viewer, by: str | None) -> str:
    """Return whose word it is.

    Raises
    ------
    InputError
        When a system names nobody, or a person another than themselves.
    """
    if viewer.is_system:
        if by is None:
            raise InputError(
                "it must be known who says so", [Problem("by", "is needed: the person at your system")]
            )
        return by
    if by is not None and by.strip().lower() != viewer.name:
        raise InputError("nobody speaks for another", [Problem("by", "is not who is signed in")])
    return viewer.name
