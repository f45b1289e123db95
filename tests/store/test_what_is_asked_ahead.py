"""What PostgreSQL is asked ahead is the same question, answered once; what fails comes up where it is wanted."""

from __future__ import annotations

import time
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError

import build
from everycall.ahead import read_while_asked
from everycall.errors import StoreError
from everycall.force import Force
from everycall.store import in_time, reference
from everycall.store.asked_ahead import answered, asked_ahead, can_ask_ahead, forget
from everycall.store.reading import read

ONE = ("SELECT %s::int", [1])
TWO = ("SELECT %s::int + 1", [1])


@pytest.fixture
def far(postgresql_store: str) -> Any:
    force = Force.open(postgresql_store)
    yield force
    force.store.close()


def test_an_answer_is_given_once_and_only_to_the_same_question_and_values(far: Force) -> None:
    connection = far.store.connection
    with asked_ahead(connection, [ONE, TWO], None):
        pass
    assert answered(connection, ONE[0], [2]) is None
    assert answered(connection, *TWO) == [(2,)]
    assert answered(connection, *TWO) is None
    assert read(connection, *TWO) == [(2,)]  # asked anew
    forget(connection)
    assert answered(connection, *ONE) is None


def test_what_comes_after_a_question_that_fails_is_asked_again_and_the_failure_is_told_where_it_is_wanted(
    far: Force,
) -> None:
    connection = far.store.connection
    wrong = ("SELECT nothing FROM nowhere", ())
    with asked_ahead(connection, [ONE, wrong, TWO], None):
        pass
    assert answered(connection, *ONE) == [(1,)]
    assert answered(connection, *TWO) is None
    with pytest.raises(DatabaseError):
        read(connection, *wrong)
    assert read(connection, *TWO) == [(2,)]


@pytest.fixture
def once_it_sleeps(postgresql: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Break nothing off before the question that sleeps is the one under way, however slow the machine."""
    break_off = in_time._Watched.break_off
    asks = "SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND pid = %s"

    def later(watched: Any) -> None:
        with psycopg.connect(postgresql, autocommit=True) as beside:
            while not watched.is_over:
                ((many,),) = beside.execute(asks, [watched._driver.info.backend_pid]).fetchall()
                if many:
                    break
                time.sleep(0.005)
        break_off(watched)

    monkeypatch.setattr(in_time._Watched, "break_off", later)


@pytest.mark.usefixtures("once_it_sleeps")
def test_what_takes_too_long_is_broken_off_and_told_to_whoever_wants_it(far: Force) -> None:
    connection = far.store.connection
    with asked_ahead(connection, [ONE, ("SELECT pg_sleep(60)", ()), TWO], 50):
        pass
    assert read(connection, *ONE) == [(1,)]
    for slow in (("SELECT pg_sleep(60)", ()), TWO):
        with pytest.raises(StoreError, match="took longer than 50 ms"):
            read(connection, *slow)
    assert read(connection, *TWO) == [(2,)]


COUNTED = ("SELECT number, number || %s FROM generate_series(1, %s::int) AS number ORDER BY 1", ["x", 3])
NOTHING = ("SELECT 'a' AS id, true AS id WHERE %s::bool", [False])
KINDS = (("int",), ("int", "text"), ("text", "bool"))


def test_questions_that_go_as_one_are_answered_as_each_by_itself(far: Force) -> None:
    connection, questions = far.store.connection, [ONE, COUNTED, NOTHING, TWO]
    alone = [read(connection, *one) for one in questions]
    with asked_ahead(connection, questions, None, KINDS):
        pass
    assert [answered(connection, *one) for one in questions] == alone
    assert alone == [[(1,)], [(1, "1x"), (2, "2x"), (3, "3x")], [], [(2,)]]


def test_when_one_of_those_that_go_as_one_fails_each_is_asked_by_itself(far: Force) -> None:
    connection = far.store.connection
    wrong = ("SELECT 1 / %s::int", [0])
    with asked_ahead(connection, [ONE, wrong, TWO], None, (("int",), ("int",))):
        pass
    assert [answered(connection, *one) for one in (ONE, wrong, TWO)] == [None, None, None]
    assert read(connection, *ONE) == [(1,)]
    with pytest.raises(DatabaseError):
        read(connection, *wrong)


@pytest.mark.usefixtures("once_it_sleeps")
def test_of_those_that_go_as_one_only_the_first_is_asked_again_when_it_took_too_long(far: Force) -> None:
    connection, slow = far.store.connection, ("SELECT pg_sleep(60)::text", ())
    with asked_ahead(connection, [ONE, slow, TWO], 50, (("int",), ("text",))):
        pass
    assert read(connection, *ONE) == [(1,)]
    for one in (slow, TWO):
        with pytest.raises(StoreError, match="took longer than 50 ms"):
            read(connection, *one)


def test_a_block_that_fails_leaves_the_connection_usable(far: Force) -> None:
    connection = far.store.connection
    with pytest.raises(ZeroDivisionError), asked_ahead(connection, [ONE], None):
        raise ZeroDivisionError
    forget(connection)
    assert read(connection, *TWO) == [(2,)]


def test_nothing_is_asked_ahead_on_sqlite_or_within_a_transaction(force: Force) -> None:
    from django.db import transaction

    connection = force.store.connection
    assert can_ask_ahead(connection) is (connection.vendor == "postgresql")
    with transaction.atomic(using=connection.alias):
        assert not can_ask_ahead(connection)


def test_what_was_asked_ahead_is_what_the_assessment_asks(
    far: Force, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of the questions sent ahead is wanted: none is asked in vain, for one call alone and for a later one."""
    build.take(far, build.call("OLD", received_at="2026-05-09T21:04:00+01:00"))
    left: list[Any] = []

    def forgetting(connection: Any) -> None:
        from everycall.store import asked_ahead as module

        left.extend(query for query, _, _ in module._answers.get(connection, ()))
        forget(connection)

    monkeypatch.setattr("everycall.taking.forget", forgetting)
    assessed = build.assess(far, "NEW")
    assert assessed.repeat.incidents
    assert left == []


def test_what_is_asked_ahead_is_no_answer_for_a_later_call(far: Force) -> None:
    call = build.call("NEW")
    read_while_asked(call, far, build.NOW)
    build.take(far, build.call("OLD", received_at="2026-05-09T21:04:00+01:00"))
    assert build.assess(far, "NEW").repeat.incidents


def test_nothing_asked_ahead_is_left_when_taking_a_call_fails(
    far: Force, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr("everycall.store.calls.with_what_is_known", fails)
    with pytest.raises(ZeroDivisionError):
        build.assess(far, "NEW")
    assert answered(far.store.connection, *reference.LAST_CHANGE_ASKED) is None
