"""A call's first assessment is recorded, and each later one that differs; what is disposed of is gone everywhere."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

import build
from everycall.disposal import dispose_of
from everycall.errors import RecordError
from everycall.force import Force
from everycall.record.chain import commitment_to, verify
from everycall.store import record
from everycall.taking import as_taken


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


@given(st.text(), st.tuples(st.text(), st.text(), st.text(), st.text()))
def test_a_commitment_is_of_the_texts_as_json_writes_them(
    body: str, about: tuple[str, str, str, str]
) -> None:
    """Whoever checks the record by other means, or a store of before, reckons so."""
    told = json.dumps([body, *about], ensure_ascii=False).encode()
    by_hand = sha256(bytes.fromhex("0a" * 32) + told).hexdigest()
    assert commitment_to("0a" * 32, body, about) == by_hand


def test_what_is_recorded_is_what_the_model_writes_of_itself(force: Force) -> None:
    build.take(force, build.call("OLD-1", received_at="2026-05-01T21:04:00+01:00"))
    for more in (
        {},
        {"answers": {"hate": "yes"}},
        {"caller": {"name": "Zoë “Z” O\u2028Brien", "role": "victim"}},
    ):
        made = build.assess(force, **more)
        taken = as_taken(made, frozenset())
        assert taken.body == made.model_dump_json(by_alias=True)
        assert json.loads(taken.body) == taken.data
