"""One transaction that PostgreSQL is sent at once, and answers once.

What it is sent before it is asked for an answer is a transaction by itself: all of it is done, or nothing. So neither
a beginning nor an end need be asked for, each of which would be an answer to wait for while others wait for the lock
of the record.

Nor do others wait for the disk: it is waited for behind the transaction (`everycall.store.waiting_behind`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from weakref import WeakSet

from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.errors import StoreError
from everycall.store.waiting_behind import do_not_wait, may_wait_behind, wait_for_the_disk

_now: WeakSet[BaseDatabaseWrapper] = WeakSet()


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
    behind = may_wait_behind(connection)
    _now.add(connection)
    try:
        with connection.wrap_database_errors, driver.pipeline() as pipeline:
            try:
                if behind:
                    do_not_wait(driver)
                yield
                if behind:
                    pipeline.sync()
                    wait_for_the_disk(driver)
            except BaseException:
                with suppress(DatabaseError, _refused()):  # where the database refused, all is undone already
                    driver.execute("ROLLBACK")
                raise
    except DatabaseError as error:
        from everycall.store.databases import plain

        raise StoreError(f"the store could not be written: {plain(error)}") from error
    finally:
        _now.discard(connection)


def _refused() -> type[Exception]:
    from psycopg import Error  # a force on SQLite need not load it

    return Error


def is_sending(connection: BaseDatabaseWrapper) -> bool:
    """Say whether a transaction is being sent at once: to ask for an answer now would end it half-way."""
    return connection in _now
