"""Emptying SQLite's write-ahead log into the store's file beside the calls, so that no call waits for it.

SQLite does so by itself in the commit that fills the log: a call in thirty then waits some fifty milliseconds.
"""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from threading import Event, Thread

from django.db.backends.base.base import BaseDatabaseWrapper

_COMMITS = 32
"""Commits after which the log is emptied: about a thousand pages, as many as SQLite itself waits for."""

_MOST_PAGES = 8_000
"""Pages (32 MB) at which SQLite empties the log in a commit after all, should the thread not keep up."""

_log = logging.getLogger(__name__)


class WriteAheadLog:
    """One store's write-ahead log; does nothing until there were some commits, and nothing on PostgreSQL.

    Parameters
    ----------
    connection
        The store's connection; the thread that empties the log opens one of its own.
    commits
        After how many it is emptied.
    """

    def __init__(self, connection: BaseDatabaseWrapper, commits: int = _COMMITS) -> None:
        self._connection = connection
        self._every = commits
        self._commits = 0
        self._wake = Event()
        self._ended = False
        self._thread: Thread | None = None

    def committed(self) -> None:
        """Count one commit; after some, have the log emptied."""
        if self._connection.vendor != "sqlite":
            return
        self._commits += 1
        if self._commits % self._every:
            return
        if self._thread is None:
            with closing(self._connection.cursor()) as cursor:
                cursor.execute(f"PRAGMA wal_autocheckpoint={_MOST_PAGES}")
            path = str(self._connection.settings_dict["NAME"])
            self._thread = Thread(target=self._empty, args=(path,), name="write-ahead log", daemon=True)
            self._thread.start()
        self._wake.set()

    def close(self) -> None:
        """End the thread; the last connection to close empties the log."""
        if self._thread is not None:
            self._ended = True
            self._wake.set()
            self._thread.join()
            self._thread, self._ended = None, False

    def _empty(self, path: str) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as own:
            while self._wake.wait() and not self._ended:
                self._wake.clear()
                try:
                    own.execute("PRAGMA wal_checkpoint(PASSIVE)")
                except sqlite3.Error as error:
                    # nothing is lost: the log holds what was committed, and SQLite empties it when it is full
                    _log.warning("the write-ahead log was not emptied: %s", error)
