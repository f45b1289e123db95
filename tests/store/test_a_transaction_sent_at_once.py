"""What is sent to PostgreSQL at once is one transaction: all or nothing, and nothing is asked half-way."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import pytest

import build
from everycall.errors import StoreError
from everycall.force import Force
from everycall.store import at_once as at_once_module
from everycall.store import waiting_behind
from everycall.store.at_once import at_once, is_sending, tell
from everycall.store.reading import read
from everycall.store.writing import insert, writing


@pytest.fixture
def force(postgresql_store: str) -> Any:
    """Return a force on PostgreSQL."""
    made = build.force_at(postgresql_store)
    with closing(made.store):
        yield made


def set_to(force: Force, *names: str) -> None:
    for name in names:
        insert(force.store.connection, "setting", ("name", "value"), [(name, "x")])


def kept(force: Force) -> set[str]:
    return {row[0] for row in build.rows(force, "SELECT name FROM setting")} & {"one", "two"}


def test_all_of_it_is_done(force: Force) -> None:
    with at_once(force.store.connection):
        set_to(force, "one")
        with writing(force.store.connection):
            set_to(force, "two")
    assert kept(force) == {"one", "two"}


def test_nothing_is_done_when_any_of_it_is_refused_and_the_connection_goes_on(force: Force) -> None:
    with pytest.raises(StoreError), at_once(force.store.connection):
        set_to(force, "one", "two", "one")
    assert kept(force) == set()
    assert not is_sending(force.store.connection)
    test_all_of_it_is_done(force)


def read_inside(force: Force) -> None:
    with at_once(force.store.connection):
        set_to(force, "one")
        read(force.store.connection, "SELECT 1")


def test_to_read_inside_is_refused_and_nothing_is_done(force: Force) -> None:
    with pytest.raises(StoreError, match="nothing can be read"):
        read_inside(force)
    assert kept(force) == set()
    test_all_of_it_is_done(force)


def ask_inside(force: Force) -> None:
    with at_once(force.store.connection), closing(force.store.connection.cursor()) as cursor:
        set_to(force, "one")
        cursor.execute("INSERT INTO setting (name, value) VALUES ('two', 'x')")


def test_a_statement_that_would_not_be_part_of_it_is_refused(force: Force) -> None:
    with pytest.raises(StoreError, match="nothing can be asked"):
        ask_inside(force)
    assert kept(force) == set()
    test_all_of_it_is_done(force)


def fail_inside(force: Force) -> None:
    with at_once(force.store.connection):
        set_to(force, "one")
        raise ZeroDivisionError


def test_nothing_is_done_when_we_fail_ourselves(force: Force) -> None:
    with pytest.raises(ZeroDivisionError):
        fail_inside(force)
    assert kept(force) == set()
    test_all_of_it_is_done(force)


def test_it_is_no_part_of_another_transaction(force: Force) -> None:
    with writing(force.store.connection), pytest.raises(StoreError), at_once(force.store.connection):
        set_to(force, "one")
    assert kept(force) == set()


def flushed_behind(force: Force) -> bool:
    """Say whether what was written last here is on the disk; asked at once, before the server does so by itself."""
    rows = read(
        force.store.connection,
        "SELECT pg_current_wal_flush_lsn() > value::pg_lsn FROM setting WHERE name = 'before'",
    )
    return bool(rows[0][0])


def note_where_the_log_stands(force: Force) -> None:
    """Write where PostgreSQL's log stood, within the transaction: what is written with it stands behind."""
    statement = "INSERT INTO setting (name, value) SELECT 'before', pg_current_wal_insert_lsn()::text"
    tell(force.store.connection, statement, ())


def test_it_is_on_the_disk_before_it_is_answered(force: Force) -> None:
    with at_once(force.store.connection):
        note_where_the_log_stands(force)
    assert flushed_behind(force)


def test_it_is_on_the_disk_also_where_nothing_may_wait_behind_it(
    force: Force, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(waiting_behind._may, force.store.connection.connection, False)
    with at_once(force.store.connection):
        note_where_the_log_stands(force)
    assert flushed_behind(force)


def test_locks_are_let_go_before_the_disk_is_waited_for_and_later_commits_wait_as_ever(force: Force) -> None:
    with at_once(force.store.connection):
        statement = "INSERT INTO setting (name, value) SELECT 'waits', current_setting('synchronous_commit')"
        tell(force.store.connection, statement, ())
    assert build.rows(force, "SELECT value FROM setting WHERE name = 'waits'") == [("off",)]
    assert build.rows(force, "SELECT current_setting('synchronous_commit')") == [("on",)]


def test_what_is_refused_leaves_later_commits_waiting_as_ever(force: Force) -> None:
    with pytest.raises(StoreError), at_once(force.store.connection):
        set_to(force, "one", "one")
    assert build.rows(force, "SELECT current_setting('synchronous_commit')") == [("on",)]


def test_functions_that_are_called_first_go_as_one_statement_in_their_order(
    force: Force, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection, sent = force.store.connection, []
    real = at_once_module.Sent

    def seen(driver: Any, *transactions: Any) -> Any:
        sent.append([[text for text, _ in each] for each in transactions])
        return real(driver, *transactions)

    monkeypatch.setattr(at_once_module, "Sent", seen)
    called = "SELECT set_config('everycall.said', coalesce(current_setting('everycall.said', true), '') || %s, false)"
    with at_once(connection):
        tell(connection, called, ["a"])
        tell(connection, called, ["b"])
        set_to(force, "one")
        tell(connection, called, ["c"])
    assert read(connection, "SELECT current_setting('everycall.said')") == [("abc",)]
    assert kept(force) == {"one"}
    first, *others = sent[0][0]
    assert first.count("everycall.said") == 4
    assert [text.split()[0] for text in others] == ["INSERT", "SELECT"]
