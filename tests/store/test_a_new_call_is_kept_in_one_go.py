"""On PostgreSQL a new call is kept in one question; what stands in the store is what single statements would write."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

import build
from everycall.force import Force
from everycall.record.chain import verify
from everycall.store import in_one_go, record
from everycall.store.reading import read
from everycall.taking import take_call

ROWS = (
    "SELECT * FROM call",
    "SELECT * FROM call_version",
    "SELECT * FROM mention",
    "SELECT * FROM mention_key",
    "SELECT * FROM words_read",
    "SELECT number, recorded_at, kind FROM chain_entry",
    "SELECT entry_id, subject, salt, regime, retention_class, review_on FROM chain_payload",
    "SELECT ref, version, assessed_at, same_as_sha256, grade, attendance, yes_facts, entry FROM assessment_made",
)
CALLS = [
    build.read(
        "ONE",
        caller={"name": "Ann O'Leary-Ní Bhriain", "phone": "01632 960123", "role": "witness"},
        victims=[{"name": "John Smith", "address": "14 Larch Road, PE13 9ZZ", "age": 71}],
        others=[{"name": 'Dave \\ "Baz" 🙂'}],
        log=[{"text": 'HE IS IN A WHEELCHAIR\tAND SAYS "AGAIN" \\n \\u0000'}],
        answers={"happened_before": "yes"},
        monitoring={"language": "Polish"},
    ),
    build.read("TWO"),
    build.read("THREE", caller=None, location=None, log=[]),
]


@pytest.fixture
def on_postgresql(postgresql_store: str) -> Iterator[Force]:
    force = build.force_at(postgresql_store)
    yield force
    force.store.close()


def _with(where: str, option: str) -> str:
    return f"{where}{'&' if '?' in where else '?'}{option}"


def _rows(force: Force) -> list[list[tuple[Any, ...]]]:
    found = [read(force.store.connection, query) for query in ROWS]
    return [sorted([tuple([_plain(cell) for cell in row]) for row in rows]) for rows in found]


def _plain(cell: Any) -> str:
    return str(int(cell)) if isinstance(cell, bool) else str(cell)


def _counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list to which the ref of each call that is kept in one go is added."""
    kept: list[str] = []
    keep = in_one_go.keep

    def counting(*given: Any) -> None:
        kept.append(given[1].ref)
        keep(*given)

    monkeypatch.setattr(in_one_go, "keep", counting)
    return kept


def test_it_writes_what_single_statements_write(
    on_postgresql: Force, sqlite_store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = _counted(monkeypatch)
    one_by_one = build.force_at(sqlite_store)
    for number, call in enumerate(CALLS):
        for force in (on_postgresql, one_by_one):
            take_call(call, force, build.NOW + timedelta(minutes=number))
    assert kept == ["ONE", "TWO", "THREE"]
    assert _rows(on_postgresql) == _rows(one_by_one)
    one_by_one.store.close()
    assert verify(record.links(on_postgresql.store.connection)).wrong == ()


def test_a_call_that_another_process_brings_meanwhile_is_assessed_with_what_that_one_told(
    on_postgresql: Force, postgresql_store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = in_one_go.keep
    other = build.force_at(_with(postgresql_store, "application_name=other"))

    def too_late(*given: Any) -> None:
        monkeypatch.setattr(in_one_go, "keep", keep)
        take_call(build.read(answers={"happened_before": "yes"}), other, build.NOW)
        keep(*given)

    monkeypatch.setattr(in_one_go, "keep", too_late)
    taken = take_call(build.read(answers={"getting_worse": "yes"}), on_postgresql, build.NOW)
    other.store.close()
    assert "record" not in {problem.part for problem in taken.assessment.problems}
    assert taken.assessment.version == 2
    versions = "SELECT answers FROM call_version WHERE known_until IS NULL"
    assert build.rows(on_postgresql, versions) == [('{"getting_worse": "yes", "happened_before": "yes"}',)]
    links = verify(record.links(on_postgresql.store.connection))
    assert (links.links, links.wrong) == (2, ())


def test_a_store_that_refuses_leaves_nothing_and_says_so(on_postgresql: Force) -> None:
    build.change(on_postgresql, "ALTER TABLE assessment_made ADD CONSTRAINT never CHECK (version < 1)")
    taken = take_call(build.read(), on_postgresql, build.NOW)
    assert "record" in {problem.part for problem in taken.assessment.problems}
    assert build.rows(on_postgresql, "SELECT ref FROM call") == []
    build.change(on_postgresql, "ALTER TABLE assessment_made DROP CONSTRAINT never")
    again = take_call(build.read(), on_postgresql, build.NOW)
    assert "record" not in {problem.part for problem in again.assessment.problems}


def test_through_a_pooler_it_is_kept_statement_by_statement(
    postgresql_store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = _counted(monkeypatch)
    force = build.force_at(_with(postgresql_store, "prepare_threshold=none"))
    take_call(build.read(), force, build.NOW)
    assert build.rows(force, "SELECT ref FROM call") == [("NEW-1",)]
    force.store.close()
    assert kept == []
