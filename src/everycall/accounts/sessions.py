"""Sessions: who is signed in at which screen, until they sign out, go away, or their shift is over."""

from __future__ import annotations

import secrets
from contextlib import closing
from datetime import datetime, timedelta
from hashlib import sha256

from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.accounts import people
from everycall.accounts.people import Person
from everycall.store.moments import to_number
from everycall.store.reading import read
from everycall.store.writing import insert, writing

IDLE = timedelta(minutes=60)
"""How long nothing may come from a screen."""

LONGEST = timedelta(hours=12)
"""A shift (OWASP ASVS 4, 3.3.2); whoever hands over later signs in once more."""

_SEEN_EVERY = timedelta(minutes=1)


def begin(connection: BaseDatabaseWrapper, person: Person, now: datetime) -> str:
    """Begin a session; return its key, which is told once and kept nowhere."""
    key = secrets.token_urlsafe(32)
    at = to_number(now)
    with writing(connection):
        with closing(connection.cursor()) as cursor:
            cursor.execute(
                "DELETE FROM signed_in WHERE seen_at < %s OR made_at < %s",
                [to_number(now - IDLE), to_number(now - LONGEST)],
            )
        columns = ("sha256", "account_id", "made_at", "seen_at")
        insert(connection, "signed_in", columns, [(_hash(key), person.number, at, at)])
    return key


def whose(connection: BaseDatabaseWrapper, key: str, now: datetime, noted: bool = True) -> Person | None:
    """Return who is signed in by a key; None: nobody, or not any more.

    Parameters
    ----------
    noted
        Whether it is noted that they are there; not when their page asks by itself.
    """
    if not 20 <= len(key) <= 100:
        return None
    rows = read(
        connection, "SELECT account_id, made_at, seen_at FROM signed_in WHERE sha256 = %s", [_hash(key)]
    )
    if not rows:
        return None
    number, made_at, seen_at = rows[0]
    if to_number(now - IDLE) > seen_at or to_number(now - LONGEST) > made_at:
        return None
    if noted and seen_at < to_number(now - _SEEN_EVERY):
        with writing(connection), closing(connection.cursor()) as cursor:
            cursor.execute(
                "UPDATE signed_in SET seen_at = %s WHERE sha256 = %s", [to_number(now), _hash(key)]
            )
    return people.by_number(connection, number)


def end(connection: BaseDatabaseWrapper, key: str) -> None:
    """End a session; whoever has its key can do nothing with it any more."""
    with writing(connection), closing(connection.cursor()) as cursor:
        cursor.execute("DELETE FROM signed_in WHERE sha256 = %s", [_hash(key)])


def end_all(connection: BaseDatabaseWrapper, account: int) -> None:
    """End every session of an account, at whatever screen."""
    with writing(connection), closing(connection.cursor()) as cursor:
        cursor.execute("DELETE FROM signed_in WHERE account_id = %s", [account])


def _hash(key: str) -> str:
    return sha256(key.encode()).hexdigest()
