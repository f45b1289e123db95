"""How a long import writes beside live calls: lightly while it lasts, and giving way between two chunks."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

_PAUSE_SECONDS = 0.002
"""Between two transactions on SQLite, which has one writer: who waits to write tries again every millisecond."""

_CACHE_KIB = 262_144


@contextmanager
def lightly(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Write without waiting for the disk after each chunk; at the end all of it is on the disk.

    An import is acknowledged at its end, and run again it takes what is missing: a chunk that a power cut takes
    back is no loss. The file itself stays whole at any moment (SQLite's ``synchronous=NORMAL`` with WAL;
    PostgreSQL's ``synchronous_commit=off``).
    """
    lighter, fully = _SETTINGS[connection.vendor]
    for statement in lighter:
        _set(connection, statement)
    try:
        yield
    finally:
        for statement in fully:
            _set(connection, statement)


_SETTINGS = {
    "sqlite": (
        ["PRAGMA synchronous=NORMAL", f"PRAGMA cache_size=-{_CACHE_KIB}"],
        ["PRAGMA synchronous=FULL", "PRAGMA cache_size=-65536", "PRAGMA wal_checkpoint(PASSIVE)"],
    ),
    "postgresql": (["SET synchronous_commit = off"], ["RESET synchronous_commit"]),
}


def turn_for_others(connection: BaseDatabaseWrapper) -> None:
    """Let a live call that waits to write go before the next chunk."""
    if connection.vendor == "sqlite":
        time.sleep(_PAUSE_SECONDS)


def _set(connection: BaseDatabaseWrapper, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
