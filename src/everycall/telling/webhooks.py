"""Webhooks: who asked to be told of what, what is still to be told, and what was given up."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.errors import InputError, Problem, Problems, not_allowed
from everycall.store.modes import only_invented
from everycall.store.moments import from_number, to_number
from everycall.store.reading import read
from everycall.store.writing import put, writing
from everycall.telling.events import EVENTS
from everycall.telling.targets import read_target


@dataclass(frozen=True, slots=True)
class Hook:
    """A webhook as it may be shown; its secret is told once, when it is made."""

    number: int
    url: str
    events: tuple[str, ...]
    inside: bool

    def as_dict(self) -> dict[str, Any]:
        """Return it ready for JSON."""
        return {"number": self.number, "url": self.url, "events": list(self.events), "inside": self.inside}


def add(
    connection: BaseDatabaseWrapper, url: str, events: Sequence[str], now: datetime, inside: bool = False
) -> tuple[Hook, str]:
    """Keep a webhook; return it with its secret, which is told this once.

    Raises
    ------
    InputError
        When the URL or an event cannot be, or the store is for training.
    """
    only_invented(connection, "a webhook")
    problems = Problems()
    try:
        read_target(url, inside)
    except InputError as error:
        problems.extend(error.details)
    for name in events:
        if name not in EVENTS:
            problems.add("events", not_allowed(name, EVENTS))
    if not events:
        problems.add("events", f"is needed, one or more of {', '.join(EVENTS)}")
    problems.raise_if_any("the webhook cannot be used")
    secret = secrets.token_hex(32)
    with writing(connection), closing(connection.cursor()) as cursor:
        cursor.execute(
            "INSERT INTO webhook (url, events, secret, inside, made_at) VALUES (%s, %s, %s, %s, %s) RETURNING id",
            [url, " ".join(sorted(set(events))), secret, inside, to_number(now)],
        )
        number = cursor.fetchone()[0]
    return Hook(number, url, tuple(sorted(set(events))), inside), secret


def every(connection: BaseDatabaseWrapper) -> list[Hook]:
    """Return the webhooks that are not ended."""
    rows = read(connection, "SELECT id, url, events, inside FROM webhook WHERE ended_at IS NULL ORDER BY id")
    return [Hook(number, url, tuple(events.split()), bool(inside)) for number, url, events, inside in rows]


def page(connection: BaseDatabaseWrapper, before: int | None, limit: int) -> list[Hook]:
    """Return the webhooks that are not ended, newest first, from before a number."""
    found = sorted(every(connection), key=lambda hook: -hook.number)
    return [hook for hook in found if before is None or hook.number < before][:limit]


def end(connection: BaseDatabaseWrapper, number: int, now: datetime) -> None:
    """End a webhook; what it was not told yet it is not told any more."""
    with writing(connection), closing(connection.cursor()) as cursor:
        cursor.execute(
            "UPDATE webhook SET ended_at = %s WHERE id = %s AND ended_at IS NULL", [to_number(now), number]
        )
        if cursor.rowcount == 0:
            raise InputError("there is no such webhook", [Problem("number", "is none")])
        cursor.execute(
            "UPDATE webhook_message SET next_at = NULL, why_not = 'the webhook was ended' "
            "WHERE webhook_id = %s AND next_at IS NOT NULL",
            [number],
        )


def announce(
    connection: BaseDatabaseWrapper, hooks: Sequence[Hook], kind: str, event_id: str, body: str, now: datetime
) -> None:
    """Put an event where it waits to be told, inside the caller's transaction; each is told once to each."""
    at = to_number(now)
    wanted = [(hook.number, event_id, body, at, 0, at) for hook in hooks if kind in hook.events]
    if wanted:
        put(
            connection,
            "INSERT INTO webhook_message (webhook_id, event_id, body, made_at, tries, next_at) "
            "VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (webhook_id, event_id) DO NOTHING",
            wanted,
        )


def failed(
    connection: BaseDatabaseWrapper, before: int | None = None, limit: int = 100
) -> list[dict[str, Any]]:
    """Return what was given up, newest first: its number, webhook, since when, how often it was tried and why."""
    rows = read(
        connection,
        "SELECT id, webhook_id, made_at, tries, why_not FROM webhook_message "
        "WHERE next_at IS NULL AND sent_at IS NULL AND id < %s ORDER BY id DESC LIMIT %s",
        [2**62 if before is None else before, limit],
    )
    return [
        {
            "number": number,
            "webhook": hook,
            "made_at": from_number(at).isoformat(),
            "tries": tries,
            "why": why,
        }
        for number, hook, at, tries, why in rows
    ]


def again(connection: BaseDatabaseWrapper, number: int, now: datetime) -> None:
    """Try once more to tell what was given up."""
    with writing(connection), closing(connection.cursor()) as cursor:
        cursor.execute(
            "UPDATE webhook_message SET next_at = %s, tries = 0 WHERE id = %s AND next_at IS NULL AND sent_at IS NULL",
            [to_number(now), number],
        )
        if cursor.rowcount == 0:
            raise InputError("there is no such message", [Problem("number", "is none that was given up")])
