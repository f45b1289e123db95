"""One transaction that PostgreSQL is sent at once, and answers once.

What it is sent before it is asked for an answer is a transaction by itself: all of it is done, or nothing. So neither
a beginning nor an end need be asked for, each of which would be an answer to wait for while others wait for the lock
of the record.

Nor do others wait for the disk: the transaction is committed without waiting for it (``synchronous_commit``), which
lets the record's lock go, and a second, empty one behind it waits. What PostgreSQL writes ahead is one log in one
order, so that what is on the disk when the second is answered holds the first. Nothing is answered before.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.errors import StoreError

_now: WeakSet[BaseDatabaseWrapper] = WeakSet()

_DO_NOT_WAIT = "SELECT set_config('synchronous_commit', 'off', true)"
_WAIT_FOR_THE_DISK = "SELECT pg_logical_emit_message(true, 'everycall', '')"
"""A transaction that only reads would wait for nothing: this writes some bytes, which nobody reads."""

_MAY_WAIT_APART = (
    "SELECT bool_and(has_function_privilege(oid, 'EXECUTE')) FROM pg_proc "
    "WHERE proname = 'pg_logical_emit_message'"
)
_may: WeakKeyDictionary[Any, bool] = WeakKeyDictionary()


@contextmanager
def at_once(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Send a block's statements to PostgreSQL as one transaction; nothing inside may read.

    Raises
    ------
    StoreError
        When any of them is refused: then nothing was done.
    """
    connection.ensure_connection()
    if connection.in_atomic_block:
        raise StoreError("a transaction within another cannot be sent at once")
    driver: Any = connection.connection
    apart = _may_wait_apart(connection, driver)
    _now.add(connection)
    try:
        with connection.wrap_database_errors, driver.pipeline() as pipeline:
            try:
                if apart:
                    driver.execute(_DO_NOT_WAIT)
                yield
                if apart:
                    pipeline.sync()
                    driver.execute(_WAIT_FOR_THE_DISK)
            except BaseException:
                with suppress(DatabaseError, _refused()):  # where the database refused, all is undone already
                    driver.execute("ROLLBACK")
                raise
    except DatabaseError as error:
        from everycall.store.databases import plain

        raise StoreError(f"the store could not be written: {plain(error)}") from error
    finally:
        _now.discard(connection)


def _may_wait_apart(connection: BaseDatabaseWrapper, driver: Any) -> bool:
    """Say whether we may write what a second transaction waits for; where not, the first waits for the disk itself."""
    if driver not in _may:
        with connection.wrap_database_errors, driver.cursor() as cursor:
            _may[driver] = bool(cursor.execute(_MAY_WAIT_APART).fetchone()[0])
    return _may[driver]


def _refused() -> type[Exception]:
    from psycopg import Error  # a force on SQLite need not load it

    return Error


def is_sending(connection: BaseDatabaseWrapper) -> bool:
    """Say whether a transaction is being sent at once: to ask for an answer now would end it half-way."""
    return connection in _now
