"""Waiting for the disk behind a transaction and not within it, so that nobody else waits with its locks.

The transaction is committed without waiting (``synchronous_commit``), which lets its locks go, and a second, empty
one behind it waits. What PostgreSQL writes ahead is one log in one order, so that what is on the disk when the second
is answered holds the first. Nothing is acknowledged before.
"""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from django.db.backends.base.base import BaseDatabaseWrapper

DO_NOT_WAIT = "SELECT set_config('synchronous_commit', 'off', true)"
WAIT_FOR_THE_DISK = "SELECT pg_logical_emit_message(true, 'everycall', '')"
"""A transaction that only reads would wait for nothing: this writes some bytes, which nobody reads."""

_MAY_WAIT_APART = (
    "SELECT bool_and(has_function_privilege(oid, 'EXECUTE')) FROM pg_proc "
    "WHERE proname = 'pg_logical_emit_message'"
)
_may: WeakKeyDictionary[Any, bool] = WeakKeyDictionary()


def may_wait_behind(connection: BaseDatabaseWrapper) -> bool:
    """Say whether we may write what a second transaction waits for; where not, the first waits for the disk itself."""
    driver: Any = connection.connection
    if driver not in _may:
        with connection.wrap_database_errors, driver.cursor() as cursor:
            _may[driver] = bool(cursor.execute(_MAY_WAIT_APART).fetchone()[0])
    return _may[driver]


def do_not_wait(driver: Any) -> None:
    """Have the transaction that is under way committed without waiting for the disk."""
    _send(driver, DO_NOT_WAIT)


def wait_for_the_disk(driver: Any) -> None:
    """Write and wait for a transaction of its own: what was committed before is on the disk once it is answered."""
    _send(driver, WAIT_FOR_THE_DISK)


def _send(driver: Any, statement: str) -> None:
    from psycopg import Cursor  # a force on SQLite need not load it

    # its plan is kept, where Django's own cursor has it made anew each time
    Cursor(driver).execute(statement)
