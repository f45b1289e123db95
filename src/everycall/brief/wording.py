"""Moments and codes in the words of a control room: local times, days ago, codes without underscores."""

from __future__ import annotations

from datetime import datetime

from everycall.localtime import LONDON, local_date


def words(code: str) -> str:
    """Return a code as words: ``older_or_frail`` as ``older or frail``."""
    return code.replace("_", " ")


def clock(moment: datetime, beside: datetime | None = None) -> str:
    """Return a local time, with its date unless it falls on the same day as ``beside``."""
    local = moment.astimezone(LONDON)
    if beside is not None and local_date(moment) == local_date(beside):
        return f"{local:%H:%M}"
    return f"{local:%H:%M} on {local.day} {local:%B}" if beside else f"{local:%d/%m/%Y %H:%M}"


def ago(moment: datetime, received_at: datetime | None) -> str:
    """Return how long before the call a moment was, in local days; the date without the call's time."""
    if received_at is None:
        return f"on {moment.astimezone(LONDON):%d/%m/%Y}"
    days = (local_date(received_at) - local_date(moment)).days
    if days <= 0:
        return f"today at {moment.astimezone(LONDON):%H:%M}"
    if days == 1:
        return "yesterday"
    if days < 60:
        return f"{days} days ago"
    return f"{days // 30} months ago" if days < 730 else f"{days // 365} years ago"
