"""On SQLite the calls of one process are taken one after another; on PostgreSQL several are under way."""

from __future__ import annotations

import threading
from typing import Any

import pytest

import build
from everycall.store.databases import is_postgresql


def test_a_second_call_of_a_process_waits_on_sqlite_alone(served: Any) -> None:
    begun = threading.Event()

    def second() -> None:
        with served.ground.turn:
            begun.set()

    other = threading.Thread(target=second)
    with served.ground.turn:
        other.start()
        at_once = begun.wait(120 if is_postgresql(served.where) else 0.2)
    other.join(120)
    assert at_once == is_postgresql(served.where)
    assert begun.is_set()


def test_a_call_is_taken_in_its_turn_and_lets_go_of_it(served: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    class Turn:
        def __enter__(self) -> None:
            told.append("begun")

        def __exit__(self, *error: object) -> None:
            told.append("over")

    monkeypatch.setattr(served.ground, "turn", Turn())
    assert served.ask("POST", "/assessments", build.facts(), token=served.token("assess")).status == 200
    assert told == ["begun", "over"]
