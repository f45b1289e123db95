"""A call told again is on the disk when it is acknowledged, and the record's lock is let go before that."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest

import build
from everycall.errors import StoreError
from everycall.force import Force
from everycall.store import waiting_behind
from everycall.store.writing import put, writing, written_together
from everycall.taking import TakenCall, take_call


@pytest.fixture
def force(postgresql_store: str) -> Any:
    """Return a force on PostgreSQL."""
    made = build.force_at(postgresql_store)
    with closing(made.store):
        yield made


def write(force: Force, name: str, value: str) -> None:
    """Write a value that PostgreSQL works out, within the transaction that is under way."""
    put(force.store.connection, f"INSERT INTO setting (name, value) SELECT '{name}', {value}", [()])


def kept(force: Force, name: str) -> list[Any]:
    return [row[0] for row in build.rows(force, f"SELECT value FROM setting WHERE name = '{name}'")]


WAITS = "current_setting('synchronous_commit')"
LOG_STANDS = "pg_current_wal_insert_lsn()::text"


def is_flushed(force: Force) -> bool:
    query = "SELECT pg_current_wal_flush_lsn() > value::pg_lsn FROM setting WHERE name = 'before'"
    return bool(build.rows(force, query)[0][0])


def test_the_transaction_does_not_wait_and_what_is_written_later_does(force: Force) -> None:
    with written_together(force.store.connection):
        write(force, "waits", WAITS)
    assert kept(force, "waits") == ["off"]
    assert build.rows(force, f"SELECT {WAITS}") == [("on",)]


@pytest.mark.parametrize("may", [True, False])
def test_it_is_on_the_disk_when_it_ends(force: Force, monkeypatch: pytest.MonkeyPatch, may: bool) -> None:
    monkeypatch.setitem(waiting_behind._may, force.store.connection.connection, may)
    with written_together(force.store.connection):
        write(force, "before", LOG_STANDS)
    assert is_flushed(force)


def test_within_another_transaction_that_one_waits(force: Force) -> None:
    with writing(force.store.connection), written_together(force.store.connection):
        write(force, "waits", WAITS)
    assert kept(force, "waits") == ["on"]


def test_what_is_refused_is_not_kept_and_later_commits_wait_as_ever(force: Force) -> None:
    twice = f"VALUES ({WAITS}), ({WAITS})) AS two (value"
    with pytest.raises(StoreError), written_together(force.store.connection):
        write(force, "waits", f"value FROM ({twice})")
    assert kept(force, "waits") == []
    assert build.rows(force, f"SELECT {WAITS}") == [("on",)]


def test_a_call_told_again_lets_the_record_go_before_it_waits(force: Force) -> None:
    def beside(taken: TakenCall) -> Callable[[str], None]:
        return lambda change: write(force, change, WAITS)

    take_call(build.read(), force, build.NOW, beside=beside)
    take_call(build.read(log=[{"text": "HE IS AT THE DOOR NOW"}]), force, build.NOW, beside=beside)
    assert [kept(force, change) for change in ("new", "changed")] == [["off"], ["off"]]
