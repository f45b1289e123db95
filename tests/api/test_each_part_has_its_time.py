"""A part that asks the database for too long is broken off: the answer comes without it, and the rest is there."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

import build
from everycall import ahead
from everycall.errors import StoreError
from everycall.force import Force
from everycall.store import in_time
from everycall.store.in_time import within
from everycall.store.reading import read

SLOW = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n",
    "postgresql": "SELECT pg_sleep(60)",
}


def test_a_query_that_takes_too_long_is_broken_off_and_the_connection_goes_on(force: Force) -> None:
    connection = force.store.connection
    with pytest.raises(StoreError, match="took longer than 50 ms"), within(connection, 50):
        read(connection, SLOW[connection.vendor])
    with within(connection, 60_000):
        assert read(connection, "SELECT 1") == [(1,)]


def test_a_query_that_begins_when_its_time_is_over_is_broken_off_too(
    force: Force, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection, broken_off = force.store.connection, threading.Event()
    break_off = in_time._Watched.break_off

    def and_tell(watched: Any) -> None:
        break_off(watched)
        broken_off.set()

    monkeypatch.setattr(in_time._Watched, "break_off", and_tell)

    def begins_late() -> None:
        with within(connection, 50):
            assert broken_off.wait(120)
            read(connection, SLOW[connection.vendor])

    with pytest.raises(StoreError, match="took longer than 50 ms"):
        begins_late()


def test_another_error_inside_stays_what_it_is(force: Force) -> None:
    from django.db import DatabaseError

    with pytest.raises(DatabaseError), within(force.store.connection, 60_000):
        read(force.store.connection, "SELECT nothing FROM nowhere")


def test_a_slow_history_is_could_not_look_and_the_call_is_recorded(
    served: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = served.token("assess")
    force = served.ground.force()
    slow = SLOW[force.store.connection.vendor]
    monkeypatch.setattr(force, "in_time", True)
    search = force.policy.rules.search.model_copy(update={"budget_ms": 50})
    policy = type(force.policy)(
        **{**vars(force.policy), "rules": force.policy.rules.model_copy(update={"search": search})}
    )
    monkeypatch.setattr(force, "policy", policy)
    monkeypatch.setattr(ahead, "can_ask_ahead", lambda connection: False)
    monkeypatch.setattr(
        type(force), "history", property(lambda self: read(self.store.connection, slow)), raising=True
    )
    answer = served.ask("POST", "/assessments", build.facts(answers={"immediate_danger": "yes"}), token=token)
    assert answer.status == 200
    assert answer.body["repeat"]["status"] == "could_not_look"
    assert {"part": "repeat", "problem": "took longer than 50 ms, and was broken off"} in answer.body[
        "problems"
    ]
    assert answer.body["recommendation"]["grade"] == "emergency"
    assert build.rows(force, "SELECT COUNT(*) FROM assessment_made") == [(1,)]


def test_blocks_that_ended_are_let_go_of_together(force: Force, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = in_time._Watch()
    monkeypatch.setattr(in_time, "_watch", lambda: watch)
    with within(force.store.connection, 1):
        pass
    for _ in range(3):
        with within(force.store.connection, 3_600_000):
            pass
    with pytest.raises(StoreError), within(force.store.connection, 50):
        read(force.store.connection, SLOW[force.store.connection.vendor])
    until = time.monotonic() + 120
    while watch._waiting and time.monotonic() < until:
        time.sleep(0.001)
    assert not watch._waiting
