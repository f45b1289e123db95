"""Statements sent straight to PostgreSQL are answered in order, each transaction by itself, whatever is refused."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import pytest
from django.db import DatabaseError

import build
from everycall.store.reading import read, read_straight
from everycall.store.straight import Sent
from everycall.store.writing import writing

ASKED = ("SELECT %s::int, %s::text, %s::bool, %s::text", [-1, "it's ü %s \\", True, None])
NO_PLAN = ("SELECT nothing FROM nowhere", ())
REFUSED = ("SELECT 1 / %s::int", [0])
KEPT = "INSERT INTO setting (name, value) VALUES (%s, 'x')"


@pytest.fixture
def driver(postgresql_store: str) -> Any:
    """Return psycopg's connection to a store."""
    force = build.force_at(postgresql_store)
    with closing(force.store):
        yield force.store.connection.connection


def answers(driver: Any, *transactions: Any) -> list[Any]:
    return Sent(driver, *transactions).answers()


def names(driver: Any) -> set[str]:
    return {row[0] for row in driver.execute("SELECT name FROM setting WHERE value = 'x'").fetchall()}


def test_values_come_back_as_they_were_told_the_first_time_and_with_the_plan(driver: Any) -> None:
    for _ in range(2):
        assert answers(driver, [ASKED, ASKED], [("SELECT 2", ())]) == [[tuple(ASKED[1])]] * 2 + [[(2,)]]


@pytest.mark.parametrize("refused", [NO_PLAN, REFUSED])
def test_what_is_refused_undoes_its_own_transaction_and_no_other(driver: Any, refused: Any) -> None:
    for number in range(2):
        sent = Sent(driver, [(KEPT, ["no"]), refused, ASKED], [(KEPT, [f"yes {number}"])])
        first, error, none, last = sent.answers()
        assert (first, none, last) == ([], None, [])
        assert isinstance(error, Exception)
        assert sent.refused is error
    assert names(driver) == {"yes 0", "yes 1"}
    assert answers(driver, [ASKED]) == [[tuple(ASKED[1])]]


def test_what_is_refused_only_at_the_end_of_a_transaction_is_told(driver: Any) -> None:
    driver.execute("CREATE TEMP TABLE once (n int UNIQUE DEFERRABLE INITIALLY DEFERRED)")
    sent = Sent(driver, [("INSERT INTO once VALUES (%s), (%s)", [1, 1])], [("SELECT 2", ())])
    assert sent.answers() == [[], [(2,)]]
    assert "duplicate key" in str(sent.refused)
    assert driver.execute("SELECT count(*) FROM once").fetchall() == [(0,)]


def test_what_is_larger_than_a_network_takes_at_a_time_arrives(driver: Any) -> None:
    text = "x" * 3_000_000
    assert answers(driver, [("SELECT %s::text", [text]), ("SELECT length(%s)", [text])]) == [
        [(text,)],
        [(3_000_000,)],
    ]


def test_a_value_of_a_kind_that_is_not_sent_is_refused_before_anything_is(driver: Any) -> None:
    with pytest.raises(TypeError):
        Sent(driver, [(KEPT, ["no"]), ("SELECT %s", [1.5])])
    assert names(driver) == set()


def test_a_connection_that_breaks_is_told(driver: Any) -> None:
    with pytest.raises(Exception, match=r"terminat|closed|connection"):
        Sent(driver, [("SELECT pg_terminate_backend(pg_backend_pid())", ())], [ASKED]).answers()
    assert driver.closed


def test_what_is_read_straight_is_what_is_read(force: Any) -> None:
    connection = force.store.connection
    asked = (
        "SELECT CAST(%s AS INTEGER), CAST(%s AS VARCHAR(9)), name FROM setting ORDER BY name",
        [7, "it's"],
    )
    assert read_straight(connection, *asked) == read(connection, *asked)
    with writing(connection):
        assert read_straight(connection, *asked) == read(connection, *asked)
    with pytest.raises(DatabaseError):
        read_straight(connection, "SELECT nothing FROM nowhere", [])
    assert read_straight(connection, *asked) == read(connection, *asked)
