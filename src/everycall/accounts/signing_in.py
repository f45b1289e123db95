"""Signing in with a name and a password: the same refusal whatever was wrong, and a lock after too many tries."""

from __future__ import annotations

import logging
import threading
import time
from contextlib import closing
from datetime import datetime, timedelta

from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.accounts import people
from everycall.accounts.passwords import hashed, is_weaker_than_now, matches
from everycall.accounts.people import Person
from everycall.errors import EverycallError, InputError, Problem
from everycall.store.moments import to_number
from everycall.store.reading import read
from everycall.store.writing import writing

_log = logging.getLogger("everycall.security")
"""Accounts stand in it by their number: what was typed as a name may be a password."""

TRIES = 5
LOCKED_FOR = timedelta(minutes=15)

_ONE_AT_A_TIME = threading.Lock()
_WAIT_SECONDS = 2.0
_waited_at = -_WAIT_SECONDS
"""A hash costs 40 ms of a core on purpose. Who comes while another is looked at waits for it, but only one in
`_WAIT_SECONDS`: of a flood all others are refused at once, so that it never holds the threads that take calls."""


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
    if not _turn():
        raise SignInBusyError("too many are signing in at this moment: try again")
    try:
        return _sign_in(connection, name.strip().lower()[:100], password, now)
    finally:
        _ONE_AT_A_TIME.release()


def change_password(connection: BaseDatabaseWrapper, name: str, old: str, new: str, now: datetime) -> Person:
    """Let a person who is signed in choose another password; whoever was signed in by that name is signed out.

    A wrong old one counts as a wrong try at signing in: a session left open is no way to guess it.

    Raises
    ------
    SignInError, SignInBusyError
        As when signing in.
    InputError
        When the new one cannot be; the old one stays.
    """
    person = sign_in(connection, name, old, now)
    if new == old:
        raise InputError("the password stays as it was", [Problem("new", "is the old one")])
    return people.change(connection, person.name, password=new)


def _turn() -> bool:
    global _waited_at
    if _ONE_AT_A_TIME.acquire(blocking=False):
        return True
    if time.monotonic() - _waited_at < _WAIT_SECONDS:
        return False
    _waited_at = time.monotonic()
    return _ONE_AT_A_TIME.acquire(timeout=_WAIT_SECONDS)


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
        _log.warning("sign-in refused: %s", "no such account" if number is None else f"account {number}")
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
    _log.info("signed in: account %s", number)
    return person


def _count(connection: BaseDatabaseWrapper, number: int, now: datetime) -> None:
    with writing(connection), closing(connection.cursor()) as cursor:
        cursor.execute("UPDATE account SET failed = failed + 1 WHERE id = %s", [number])
        cursor.execute(
            "UPDATE account SET failed = 0, locked_until = %s WHERE id = %s AND failed >= %s",
            [to_number(now + LOCKED_FOR), number, TRIES],
        )
        if cursor.rowcount:
            _log.warning("locked after %s wrong passwords: account %s", TRIES, number)
