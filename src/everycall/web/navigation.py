"""The ways from every screen to the others, by what a role may do; the first that is theirs is their first page."""

from __future__ import annotations

from dataclasses import dataclass

from everycall.access.viewer import Viewer
from everycall.web.screens import for_whom


@dataclass(frozen=True, slots=True)
class Way:
    """One way: its words, its path, and what its screen asks for."""

    words: str
    path: str
    asks: str


WAYS: tuple[Way, ...] = (
    Way("Open calls", "/supervisors", "supervise"),
    Way("New call", "/calls/new", "assess"),
    Way("Search", "/search", "search"),
    Way("Alerts", "/alerts", "see_alerts"),
    Way("Who looked", "/log", "see_log"),
    Way("People and systems", "/settings/people", "manage_accounts"),
    Way("Policy", "/settings/policy", "see_policy"),
)
"""In the order shown. A new screen adds its own line."""


def ways(viewer: Viewer | None) -> tuple[Way, ...]:
    """Return the ways that are open to somebody."""
    return tuple(way for way in WAYS if viewer is not None and for_whom(viewer, way.asks))
