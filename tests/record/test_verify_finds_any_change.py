"""Verifying finds any change of any row, a cut tail and a whole rewrite, and knows a lawful disposal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

import build
from everycall.disposal import dispose_of
from everycall.force import Force
from everycall.record.chain import Checkpoint, Link, commitment_to, link_of, verify
from everycall.store import record

CHAIN = {
    "number": 99,
    "recorded_at": 1,
    "kind": "decision",
    "commitment": "f" * 64,
    "previous": "e" * 64,
    "link": "d" * 64,
}
PAYLOAD = {"entry_id": 99, "salt": "c" * 64, "body": "{}", "subject": "Z"}
KEEPING = {"regime": "another", "retention_class": "another", "review_on": "2099-01-01"}


@pytest.fixture
def unguarded(force: Force) -> Force:
    """A record of four links (one disposed of) whose guards somebody took away."""
    for ref in ("A", "B", "C"):
        build.assess(force, ref)
    dispose_of("B", "a court", force, build.NOW + build.DAY)
    if force.store.connection.vendor == "sqlite":
        for (name,) in build.rows(force, "SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            build.change(force, f"DROP TRIGGER {name}")
    else:
        for table in ("chain_entry", "chain_payload", "disposal"):
            build.change(force, f"ALTER TABLE {table} DISABLE TRIGGER ALL")
    return force


def wrong(force: Force, against: Checkpoint | None = None) -> Sequence[str]:
    connection = force.store.connection
    return [*verify(record.links(connection), against).wrong, *record.loose_ends(connection)]


@pytest.mark.parametrize("number", [1, 2, 3, 4])
@pytest.mark.parametrize("column", CHAIN)
def test_a_changed_link_is_found(column: str, number: int, unguarded: Force) -> None:
    build.change(
        unguarded, f"UPDATE chain_entry SET {column} = %s WHERE number = %s", [CHAIN[column], number]
    )
    told = wrong(unguarded)
    assert told
    assert any(f"link {n}" in told[0] for n in (number, number + 1, 99))


@pytest.mark.parametrize("number", [1, 3, 4])
@pytest.mark.parametrize("column", [*PAYLOAD, *KEEPING])
def test_a_changed_payload_is_found(column: str, number: int, unguarded: Force) -> None:
    value = {**PAYLOAD, **KEEPING}[column]
    build.change(unguarded, f"UPDATE chain_payload SET {column} = %s WHERE entry_id = %s", [value, number])
    assert any(f"link {number}" in line for line in wrong(unguarded))


def test_a_payload_taken_away_is_found(unguarded: Force) -> None:
    build.change(unguarded, "DELETE FROM chain_payload WHERE entry_id = 1")
    assert wrong(unguarded) == ["link 1: its payload is gone without a disposal"]


def test_a_disposal_is_told_and_nothing_is_wrong(unguarded: Force) -> None:
    found = verify(record.links(unguarded.store.connection))
    assert found.wrong == ()
    assert found.disposed == ("link 2: disposed of on 2026-06-13 by a court",)


@pytest.mark.parametrize(
    ("column", "value"),
    [("authority", "nobody"), ("disposed_on", "2020-01-01"), ("recorded_in", 3), ("recorded_in", 77)],
)
def test_a_changed_disposal_is_found(column: str, value: Any, unguarded: Force) -> None:
    build.change(unguarded, f"UPDATE disposal SET {column} = %s", [value])
    assert any("link 2" in line for line in wrong(unguarded))


def test_a_forged_disposal_does_not_hide_a_payload_taken_away(unguarded: Force) -> None:
    build.change(unguarded, "DELETE FROM chain_payload WHERE entry_id = 1")
    build.change(
        unguarded,
        "INSERT INTO disposal (entry_id, recorded_in, authority, disposed_on) VALUES (1, 3, 'a court', '2026-06-13')",
    )
    assert any("link 1" in line for line in wrong(unguarded))


def test_a_link_taken_out_is_found(unguarded: Force) -> None:
    build.change(unguarded, "DELETE FROM chain_payload WHERE entry_id = 1")
    build.change(unguarded, "DELETE FROM chain_entry WHERE number = 1")
    assert wrong(unguarded)


def test_a_cut_tail_shows_against_a_checkpoint_only(unguarded: Force) -> None:
    checkpoint = record.last(unguarded.store.connection)
    for table, column in (
        ("disposal", "recorded_in"),
        ("chain_payload", "entry_id"),
        ("chain_entry", "number"),
    ):
        build.change(unguarded, f"DELETE FROM {table} WHERE {column} >= 3")
    build.change(unguarded, "DELETE FROM assessment_made WHERE entry >= 3")
    build.change(unguarded, "DELETE FROM chain_payload WHERE entry_id = 2")
    build.change(unguarded, "DELETE FROM chain_entry WHERE number = 2")
    build.change(unguarded, "DELETE FROM assessment_made WHERE entry = 2")
    assert wrong(unguarded) == []
    assert "the tail is cut" in wrong(unguarded, checkpoint)[0]


def test_a_whole_rewrite_shows_against_a_checkpoint_only() -> None:
    def chain(body: str) -> list[Link]:
        salt = "a" * 64
        about = ("A", "a regime", "a class", "2033-01-01")
        commitment, start = commitment_to(salt, body, about), "0" * 64
        link = link_of(1, 5, "assessment", commitment, start)
        return [Link(1, 5, "assessment", commitment, start, link, salt, body, about)]

    true, forged = chain("{}"), chain('{"grade": "none"}')
    checkpoint = Checkpoint(1, true[0].link)
    assert verify(forged).wrong == ()
    assert verify(true, checkpoint).wrong == ()
    assert "written anew" in verify(forged, checkpoint).wrong[0]
