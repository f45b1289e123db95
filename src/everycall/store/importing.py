"""How a long import writes beside live calls: lightly while it lasts, and giving way between two chunks."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.store.pressing import press, wait_for_the_disk
from everycall.store.turns import give_way
from everycall.store.write_ahead import WriteAheadLog
from everycall.store.writing import writing

_COMMITS = 8
"""Chunks after which SQLite's write-ahead log is emptied, so that no live call finds it full."""

_CACHE_KIB = 262_144


class Chunks:
    """The transactions of a long import: each short, and after each a turn for whoever waits.

    Parameters
    ----------
    connection
        The store's connection.
    log
        Its write-ahead log, emptied beside the import.
    """

    def __init__(self, connection: BaseDatabaseWrapper, log: WriteAheadLog) -> None:
        self.connection = connection
        self._log = log
        self._free_since = 0.0

    @contextmanager
    def one(self) -> Iterator[None]:
        """Let others go, then run a block in one transaction."""
        give_way(self.connection, self._free_since)
        with writing(self.connection):
            yield
        self._free_since = time.monotonic()
        self._log.committed()


@contextmanager
def lightly(connection: BaseDatabaseWrapper) -> Iterator[Chunks]:
    """Write without waiting for the disk after each chunk; at the end all of it is on the disk.

    An import is acknowledged at its end, and run again it takes what is missing: a chunk that a power cut takes
    back is no loss. The file itself stays whole at any moment (SQLite's ``synchronous=NORMAL`` with WAL;
    PostgreSQL's ``synchronous_commit=off``).
    """
    lighter, fully = _SETTINGS[connection.vendor]
    for statement in lighter:
        _set(connection, statement)
    log = WriteAheadLog(connection, _COMMITS)
    try:
        yield Chunks(connection, log)
    finally:
        log.close()
        for statement in fully:
            _set(connection, statement)
        wait_for_the_disk(connection)
    press(connection)


_SETTINGS = {
    "sqlite": (
        ["PRAGMA synchronous=NORMAL", f"PRAGMA cache_size=-{_CACHE_KIB}"],
        ["PRAGMA synchronous=FULL", "PRAGMA cache_size=-65536"],
    ),
    # plans made while the tables were empty would read them whole, again and again as they grow
    "postgresql": (
        ["SET synchronous_commit = off", "SET enable_seqscan = off"],
        ["RESET synchronous_commit", "RESET enable_seqscan"],
    ),
}


def _set(connection: BaseDatabaseWrapper, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
