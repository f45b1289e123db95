"""A call's first assessment is recorded, and each later one that differs; what is disposed of is gone everywhere."""

from __future__ import annotations

import pytest

import build
from everycall.disposal import dispose_of
from everycall.errors import RecordError
from everycall.force import Force
from everycall.record.chain import verify
from everycall.store import record


def test_only_the_first_and_differing_assessments_are_recorded(force: Force) -> None:
    for day in range(3):
        build.assess(force, at=build.NOW + day * build.DAY)
    assert build.rows(force, "SELECT COUNT(*) FROM chain_entry") == [(1,)]
    build.assess(force, at=build.NOW + 4 * build.DAY, answers={"hate": "yes"})
    assert build.rows(force, "SELECT COUNT(*) FROM chain_entry") == [(2,)]


def test_a_dry_run_keeps_nothing(force: Force) -> None:
    build.assess(force, dry_run=True)
    for table in ("call", "call_version", "mention", "mention_key", "chain_entry", "words_read"):
        assert build.rows(force, f"SELECT COUNT(*) FROM {table}") == [(0,)]


def test_with_salts_and_times_passed_in_the_chain_is_the_same(
    sqlite_store: str, postgresql_store: str
) -> None:
    bodies = []
    for where in (sqlite_store, postgresql_store):
        force = build.force_at(where)
        build.assess(force)
        (row,) = build.rows(force, "SELECT salt, body FROM chain_payload")
        bodies.append((row[0], row[1].split('"took_ms"')[0]))
        force.store.close()
    assert bodies[0] == bodies[1]


def test_what_is_disposed_of_is_gone_everywhere(force: Force) -> None:
    build.assess(force, "A")
    build.assess(
        force, "B", caller={"name": "Ann Toller", "phone": "07700 900 231", "role": "victim"}, location=None
    )
    assert dispose_of("A", "a court", force, build.NOW + build.DAY) == 1
    assert build.rows(force, "SELECT ref FROM call") == [("B",)]
    assert build.rows(force, "SELECT ref FROM assessment_made") == [("B",)]
    assert build.rows(force, "SELECT COUNT(*) FROM mention WHERE surname = 'PECK'") == [(0,)]
    assert build.rows(
        force, "SELECT COUNT(*) FROM mention_key WHERE mention_id NOT IN (SELECT id FROM mention)"
    ) == [(0,)]
    for table, column in (("chain_payload", "body"), ("call_version", "payload"), ("words_read", "findings")):
        text = str(build.rows(force, f"SELECT {column} FROM {table}"))
        assert "Maureen" not in text
        assert "Larch" not in text
    found = verify(record.links(force.store.connection))
    assert (found.wrong, len(found.disposed)) == ((), 1)
    assert record.loose_ends(force.store.connection) == []


def test_an_imported_call_that_was_never_assessed_can_be_disposed_of(force: Force) -> None:
    build.take(force, build.call("OLD"))
    assert dispose_of("OLD", "a court", force, build.NOW + build.DAY) == 0
    assert build.rows(force, "SELECT COUNT(*) FROM call") == [(0,)]
    assert build.rows(force, "SELECT COUNT(*) FROM mention_key") == [(0,)]
    found = verify(record.links(force.store.connection))
    assert (found.wrong, found.links) == ((), 1)


def test_what_is_not_there_cannot_be_disposed_of(force: Force) -> None:
    with pytest.raises(RecordError):
        dispose_of("NOBODY", "a court", force, build.NOW + build.DAY)
    assert build.rows(force, "SELECT COUNT(*) FROM chain_entry") == [(0,)]
