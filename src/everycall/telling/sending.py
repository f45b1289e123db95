"""Sending what waits: signed, tried again ever later, given up after a day; one dead system holds up no other."""

from __future__ import annotations

import base64
import hmac
from contextlib import closing
from datetime import datetime, timedelta
from hashlib import sha256

from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.errors import InputError
from everycall.store.moments import to_number
from everycall.store.reading import read
from everycall.store.writing import writing
from everycall.telling.targets import TargetError, post, read_target

MOST_TRIES = 12
_FIRST = timedelta(seconds=10)
_LONGEST = timedelta(hours=6)
_AT_A_TIME = 50


def later(tries: int) -> timedelta:
    """Return how long after so many tries the next one is: ten seconds, then twice as long each time."""
    doubled: timedelta = _FIRST * 2 ** (tries - 1)
    return min(doubled, _LONGEST)


def signed(secret: str, event_id: str, at: int, body: bytes) -> dict[str, str]:
    """Return the headers of a message, after the Standard Webhooks convention.

    Parameters
    ----------
    at
        When it is sent, in seconds since 1970: the receiver refuses what is old, so that nothing can be replayed.
    """
    mark = hmac.new(bytes.fromhex(secret), f"{event_id}.{at}.".encode() + body, sha256).digest()
    return {
        "Content-Type": "application/cloudevents+json",
        "Webhook-Id": event_id,
        "Webhook-Timestamp": str(at),
        "Webhook-Signature": f"v1,{base64.b64encode(mark).decode()}",
    }


def send_due(connection: BaseDatabaseWrapper, now: datetime) -> int:
    """Send what is due, the oldest first; return how many were taken.

    After one failure the same system is left alone until its next time.
    """
    rows = read(
        connection,
        "SELECT m.id, m.webhook_id, m.event_id, m.body, m.tries, h.url, h.secret, h.inside "
        "FROM webhook_message m JOIN webhook h ON h.id = m.webhook_id "
        "WHERE m.next_at <= %s ORDER BY m.id LIMIT %s",
        [to_number(now), _AT_A_TIME],
    )
    dead: set[int] = set()
    taken = 0
    for number, hook, event_id, body, tries, url, secret, inside in rows:
        if hook in dead:
            continue
        data = body.encode("utf-8", "replace")
        try:
            post(read_target(url, bool(inside)), data, signed(secret, event_id, int(now.timestamp()), data))
        except (TargetError, InputError) as error:
            dead.add(hook)
            _failed(connection, number, tries + 1, str(error)[:100], now)
        else:
            _update(connection, number, tries + 1, None, now, None)
            taken += 1
    return taken


def _failed(connection: BaseDatabaseWrapper, number: int, tries: int, why: str, now: datetime) -> None:
    next_at = None if tries >= MOST_TRIES else now + later(tries)
    _update(connection, number, tries, next_at, None, why)


def _update(
    connection: BaseDatabaseWrapper,
    number: int,
    tries: int,
    next_at: datetime | None,
    sent_at: datetime | None,
    why: str | None,
) -> None:
    with writing(connection), closing(connection.cursor()) as cursor:
        cursor.execute(
            "UPDATE webhook_message SET tries = %s, next_at = %s, sent_at = %s, why_not = %s WHERE id = %s",
            [
                tries,
                to_number(next_at) if next_at else None,
                to_number(sent_at) if sent_at else None,
                why,
                number,
            ],
        )
