"""SQLite's log is emptied into the store's file by a thread beside the calls, not by the calls."""

import threading
from pathlib import Path
from time import monotonic, sleep

import build


def emptying() -> int:
    """Return how many threads there are that empty a log; others come and go with other tests."""
    return sum(one.name == "write-ahead log" for one in threading.enumerate())


def test_the_log_is_emptied_while_calls_come_and_the_thread_ends_with_the_store(sqlite_store):
    force = build.force_at(sqlite_store)
    before, at_first = emptying(), Path(sqlite_store).stat().st_size
    for number in range(40):
        build.assess(force, f"A-{number}")
    assert build.rows(force, "PRAGMA wal_autocheckpoint") == [(8_000,)]
    until = monotonic() + 120
    while Path(sqlite_store).stat().st_size == at_first and monotonic() < until:
        sleep(0.01)
    assert Path(sqlite_store).stat().st_size > at_first
    assert emptying() == before + 1
    force.store.close()
    assert emptying() == before


def test_a_few_calls_need_no_thread(sqlite_store):
    force = build.force_at(sqlite_store)
    before = emptying()
    build.assess(force, "A-1")
    assert emptying() == before
    assert build.rows(force, "PRAGMA wal_autocheckpoint") == [(1_000,)]
    force.store.close()
