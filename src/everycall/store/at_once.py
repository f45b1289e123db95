"""One transaction that PostgreSQL is sent at once, and answers once.

Its statements are gathered, sent together, and are a transaction by themselves: all of it is done, or nothing. So
neither a beginning nor an end need be asked for, each of which would be an answer to wait for while others wait for
the lock of the record; and where our own code fails half-way, nothing was sent.

Nor do others wait for the disk: it is waited for behind the transaction (`everycall.store.waiting_behind`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn
from weakref import WeakKeyDictionary

from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.errors import StoreError
from everycall.store.driver import driver_of
from everycall.store.straight import Sent, Statement
from everycall.store.waiting_behind import DO_NOT_WAIT, WAIT_FOR_THE_DISK, may_wait_behind

_gathered: WeakKeyDictionary[BaseDatabaseWrapper, list[Statement]] = WeakKeyDictionary()


@contextmanager
def at_once(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Send what a block tells (`tell`) to PostgreSQL as one transaction; nothing inside may read.

    Raises
    ------
    StoreError
        When any of it is refused: then nothing was done.
    """
    driver = driver_of(connection)
    if connection.in_atomic_block:
        raise StoreError("a transaction within another cannot be sent at once")
    behind = may_wait_behind(connection)
    statements: list[Statement] = [(DO_NOT_WAIT, ())] if behind else []
    _gathered[connection] = statements
    try:
        with connection.execute_wrapper(_refuse):
            yield
    finally:
        del _gathered[connection]
    try:
        with connection.wrap_database_errors:
            sent = Sent(driver, statements, *([[(WAIT_FOR_THE_DISK, ())]] if behind else []))
            sent.answers()
            if sent.refused is not None:
                raise sent.refused
    except DatabaseError as error:
        from everycall.store.databases import plain

        raise StoreError(f"the store could not be written: {plain(error)}") from error


def _refuse(*_: Any) -> NoReturn:
    raise StoreError("nothing can be asked while a transaction is being sent")


def is_sending(connection: BaseDatabaseWrapper) -> bool:
    """Say whether a transaction is being sent at once: nothing can be asked until it is."""
    return connection in _gathered


def tell(connection: BaseDatabaseWrapper, text: str, values: Sequence[Any]) -> None:
    """Have a statement done with the others of the block of `at_once` that is under way."""
    _gathered[connection].append((text, values))
