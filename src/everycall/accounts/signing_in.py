"""Signing in with a name and a password: the same refusal whatever was wrong, and a lock after too many tries."""

from __future__ import annotations

import threading
from contextlib import closing
from datetime import datetime, timedelta

from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.accounts import people
from everycall.accounts.passwords import hashed, is_weaker_than_now, matches
from everycall.accounts.people import Person
from everycall.errors import EverycallError
from everycall.store.moments import to_number
from everycall.store.reading import read
from everycall.store.writing import writing

TRIES = 5
LOCKED_FOR = timedelta(minutes=15)

_ONE_AT_A_TIME = threading.Semaphore(1)
_WAIT_SECONDS = 2.0
"""A hash costs 40 ms of a core on purpose: a flood of sign-ins may take one thread, never those that take calls."""


class SignInError(EverycallError):
    """The name, the password, or both are wrong, or the account is closed or locked: it is not told which."""

    code = "not_signed_in"


class SignInBusyError(EverycallError):
    """Too many are signing in at this moment."""

    code = "too_many_requests"


def sign_in(connection: BaseDatabaseWrapper, name: str, password: str, now: datetime) -> Person:
    """Return who signs in.

    After `TRIES` wrong passwords the account is locked for `LOCKED_FOR`; who is signed in already stays so.

    Raises
    ------
    SignInError
        Always in the same words, after the same work.
    SignInBusyError
        When others are being looked at: try again.
    """
    if not _ONE_AT_A_TIME.acquire(timeout=_WAIT_SECONDS):
        raise SignInBusyError("too many are signing in at this moment: try again")
    try:
        return _sign_in(connection, name.strip().lower()[:100], password, now)
    finally:
        _ONE_AT_A_TIME.release()


def _sign_in(connection: BaseDatabaseWrapper, name: str, password: str, now: datetime) -> Person:
    rows = read(
        connection,
        "SELECT id, password, locked_until, failed FROM account WHERE name = %s AND closed_at IS NULL",
        [name],
    )
    number, encoded, locked_until, failed = rows[0] if rows else (None, None, None, 0)
    right = matches(encoded, password)
    locked = locked_until is not None and locked_until > to_number(now)
    if number is None or locked or not right:
        if number is not None and not locked and encoded:
            _count(connection, number, now)
        raise SignInError("the name or the password is wrong, or the account is locked for some minutes")
    if failed or is_weaker_than_now(encoded):
        with writing(connection), closing(connection.cursor()) as cursor:
            cursor.execute(
                "UPDATE account SET failed = 0, locked_until = NULL, password = %s WHERE id = %s",
                [hashed(password) if is_weaker_than_now(encoded) else encoded, number],
            )
    person = people.by_number(connection, number)
    if person is None:
        raise SignInError("the name or the password is wrong, or the account is locked for some minutes")
    return person


def _count(connection: BaseDatabaseWrapper, number: int, now: datetime) -> None:
    with writing(connection), closing(connection.cursor()) as cursor:
        cursor.execute("UPDATE account SET failed = failed + 1 WHERE id = %s", [number])
        cursor.execute(
            "UPDATE account SET failed = 0, locked_until = %s WHERE id = %s AND failed >= %s",
            [to_number(now + LOCKED_FOR), number, TRIES],
        )
