"""One transaction that PostgreSQL is sent at once, and answers once.

Its statements are gathered, sent together, and are a transaction by themselves: all of it is done, or nothing. So
neither a beginning nor an end need be asked for, each of which would be an answer to wait for while others wait for
the lock of the record; and where our own code fails half-way, nothing was sent.

Nor do others wait for the disk: it is waited for behind the transaction (`everycall.store.waiting_behind`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
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
            sent = Sent(driver, _together(statements), *([[(WAIT_FOR_THE_DISK, ())]] if behind else []))
            sent.answers()
            if sent.refused is not None:
                raise sent.refused
    except DatabaseError as error:
        from everycall.store.databases import plain

        raise StoreError(f"the store could not be written: {plain(error)}") from error


def _together(statements: list[Statement]) -> list[Statement]:
    """Return the calls of functions that are told first as one statement, and what follows as it is.

    Each statement by itself costs the server and us a little. They are called in their order.
    """
    many = next(
        (number for number, one in enumerate(statements) if not one[0].startswith("SELECT ")), len(statements)
    )
    if many < 2:
        return statements
    called = statements[:many]
    values = [value for _, its_values in called for value in its_values]
    return [(_one_text(tuple([text for text, _ in called])), values), *statements[many:]]


@lru_cache(maxsize=64)
def _one_text(texts: tuple[str, ...]) -> str:
    return "SELECT " + ", ".join([text.removeprefix("SELECT ") for text in texts])


def _refuse(*_: Any) -> NoReturn:
    raise StoreError("nothing can be asked while a transaction is being sent")


def is_sending(connection: BaseDatabaseWrapper) -> bool:
    """Say whether a transaction is being sent at once: nothing can be asked until it is."""
    return connection in _gathered


def tell(connection: BaseDatabaseWrapper, text: str, values: Sequence[Any]) -> None:
    """Have a statement done with the others of the block of `at_once` that is under way.

    One that begins with ``SELECT`` calls one function, from no table.
    """
    _gathered[connection].append((text, values))
