"""Moments a while after another one, over the clock's changes too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from everycall.localtime import LONDON


def later(moment: datetime, minutes: float = 0, seconds: float = 0) -> str:
    """Return ISO text, in London's time, of so long after an aware moment; real time, not the clock's."""
    after = moment.astimezone(UTC) + timedelta(minutes=minutes, seconds=seconds)
    return after.astimezone(LONDON).isoformat()
