"""Asking the database for no longer than allowed: past it the query is broken off, and its part could not look.

One thread of a process watches; both databases let another thread break a query off, so that
nothing more is asked of them. Between two queries there is none to break off: the watch looks again after as long
once more.
"""

from __future__ import annotations

import heapq
import itertools
import os
import threading
import time
from contextlib import suppress
from typing import Any

from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.errors import StoreError
from everycall.store.driver import driver_of


class within:  # noqa: N801 - used like a function; a generator would cost more than all it does
    """Run a block, and break off its queries when it takes longer than ``milliseconds`` in all.

    Raises
    ------
    StoreError
        When it was broken off.
    """

    __slots__ = ("_connection", "_milliseconds", "_watched")

    def __init__(self, connection: BaseDatabaseWrapper, milliseconds: int) -> None:
        self._connection, self._milliseconds = connection, milliseconds

    def __enter__(self) -> None:
        """Begin to watch."""
        seconds = self._milliseconds / 1_000
        self._watched = _Watched(driver_of(self._connection), self._connection.vendor, seconds)
        _watch().until(time.monotonic() + seconds, self._watched)

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Watch no more; say so where the database's error is that it was broken off."""
        broken_off = self._watched.ended()
        if broken_off and isinstance(error, DatabaseError):
            raise StoreError(f"took longer than {self._milliseconds} ms, and was broken off") from error


class _Watched:
    """One block that asks; broken off when it lasts too long, and again until it has ended."""

    __slots__ = ("_broken", "_driver", "_lock", "_over", "_vendor", "seconds")

    def __init__(self, driver: Any, vendor: str, seconds: float) -> None:
        self._driver, self._vendor, self.seconds = driver, vendor, seconds
        self._lock = threading.Lock()
        self._over = self._broken = False

    def break_off(self) -> None:
        """Break its query off, unless it ended meanwhile: what the connection is asked next must not suffer."""
        with self._lock:
            if self._over:
                return
            self._broken = True
            with suppress(Exception):  # the connection may have gone by itself
                if self._vendor == "sqlite":
                    self._driver.interrupt()
                else:
                    self._driver.cancel_safe(timeout=1.0)

    @property
    def is_over(self) -> bool:
        """Whether it ended: nothing is left to break off."""
        return self._over

    def ended(self) -> bool:
        """Note that it ended; say whether it was broken off."""
        with self._lock:
            self._over = True
            return self._broken


class _Watch:
    """The thread that watches, and what it watches, the soonest first."""

    def __init__(self) -> None:
        self.process = os.getpid()
        self._waiting: list[tuple[float, int, _Watched]] = []
        self._numbers = itertools.count()
        self._changed = threading.Condition()
        threading.Thread(target=self._run, name="everycall-in-time", daemon=True).start()

    def until(self, moment: float, watched: _Watched) -> None:
        """Break a block off at a moment (of `time.monotonic`)."""
        with self._changed:
            soonest = not self._waiting or moment < self._waiting[0][0]
            heapq.heappush(self._waiting, (moment, next(self._numbers), watched))
            if soonest:
                self._changed.notify()

    def _run(self) -> None:
        while True:
            with self._changed:
                while (left := self._left()) is None or left > 0:
                    self._changed.wait(left)
                watched = heapq.heappop(self._waiting)[2]
            watched.break_off()
            if not watched.is_over:
                self.until(time.monotonic() + watched.seconds, watched)

    def _left(self) -> float | None:
        """Return how long until the next block is broken off; None: there is none.

        Nearly all ended long before, several in each call: they are let go of together, so that this thread wakes a
        few times a second and not for each, which would take the interpreter from one that reckons.
        """
        while self._waiting and self._waiting[0][2].is_over:
            heapq.heappop(self._waiting)
        return self._waiting[0][0] - time.monotonic() if self._waiting else None


_made: _Watch | None = None
_making = threading.Lock()


def _watch() -> _Watch:
    """Return this process's watch; a process that was forked makes its own."""
    global _made
    if _made is None or _made.process != os.getpid():
        with _making:
            if _made is None or _made.process != os.getpid():
                _made = _Watch()
    return _made
