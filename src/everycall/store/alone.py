"""One large import at a time: the right to write keys before their calls, given back when its process ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from everycall.store.databases import is_postgresql
from everycall.store.reading import read
from everycall.store.store import Store

_LOCK = 4_907_201_506
"""The number by which PostgreSQL knows this right; any would do."""


@contextmanager
def alone(store: Store) -> Iterator[bool]:
    """Yield whether this process has the right; another may have it, or the store's folder may not allow it."""
    held = _on_postgresql(store) if is_postgresql(store.where) else _beside_the_file(Path(store.where))
    with held as mine:
        yield mine


@contextmanager
def _on_postgresql(store: Store) -> Iterator[bool]:
    ((mine,),) = read(store.connection, "SELECT pg_try_advisory_lock(%s)", [_LOCK])
    try:
        yield bool(mine)
    finally:
        if mine and store.connection.is_usable():
            read(store.connection, "SELECT pg_advisory_unlock(%s)", [_LOCK])


@contextmanager
def _beside_the_file(path: Path) -> Iterator[bool]:
    """Hold a lock on a file beside the store; the system lets go of it when the process ends."""
    try:
        import fcntl
    except ImportError:  # no such locks on this system
        yield False
        return
    lock = path.with_name(path.name + "-importing")
    try:
        handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        yield False
        return
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # who had it before has removed the file: then this lock is on a file that nobody else will see
            mine = lock.stat().st_ino == os.fstat(handle).st_ino
        except OSError:
            mine = False
        yield mine
        if mine:
            with suppress(OSError):
                lock.unlink()
    finally:
        os.close(handle)
