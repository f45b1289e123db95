"""Whose turn it is to write to an SQLite store: one at a time, and who waits tries again every millisecond.

SQLite's own waiting sleeps up to a tenth of a second between two tries, and misses the moment in which a long import
lets others go.
"""

from __future__ import annotations

import time
from typing import Any

from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.transaction import Atomic

_TRY_AGAIN_SECONDS = 0.001
_PAUSE_SECONDS = 0.003
"""Longer than it takes to try again, so that whoever waits is in between."""


def begin(connection: BaseDatabaseWrapper, block: Atomic, most_seconds: float) -> None:
    """Enter a transaction as soon as nobody else writes.

    Parameters
    ----------
    most_seconds
        How long to try.

    Raises
    ------
    django.db.DatabaseError
        When the store stays locked, or cannot be written at all.
    """
    connection.ensure_connection()
    driver: Any = connection.connection
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        block.__enter__()
        return
    until = time.monotonic() + most_seconds
    driver.execute("PRAGMA busy_timeout=0")
    try:
        while True:
            try:
                block.__enter__()
                return
            except OperationalError as error:
                if not _is_taken(error) or time.monotonic() > until:
                    raise
            time.sleep(_TRY_AGAIN_SECONDS)
    finally:
        driver.execute(f"PRAGMA busy_timeout={round(most_seconds * 1000)}")


def _is_taken(error: OperationalError) -> bool:
    return str(getattr(error.__cause__, "sqlite_errorname", "")).startswith("SQLITE_BUSY")


def give_way(connection: BaseDatabaseWrapper, free_since: float) -> None:
    """Let whoever waits to write go first; between two transactions of a long import.

    Parameters
    ----------
    free_since
        When the transaction before ended, by `time.monotonic`: what was done since counts as waiting.
    """
    if connection.vendor == "sqlite":
        time.sleep(max(0.0, free_since + _PAUSE_SECONDS - time.monotonic()))
