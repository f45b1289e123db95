"""``everycall identity``: a person's word about two calls binds the search, and the later word counts."""

from __future__ import annotations

import json

import build
from command import run


def _two_calls(store: str) -> None:
    force = build.force_at(store)
    build.take(
        force, build.call("OLD", received_at="2026-06-01T20:00:00+01:00", status="closed"), build.call()
    )
    force.store.close()


def _persons(store: str) -> int:
    found = run("assess", "--dry-run", "--store", store, "-", stdin=json.dumps(build.facts())).only
    count: int = found["repeat"]["person"]["count_12m"]
    return count


def test_said_to_be_different_they_count_apart_and_the_later_word_replaces_it(store: str) -> None:
    _two_calls(store)
    assert _persons(store) == 1
    different = run("identity", "different", "NEW-1", "OLD", "--store", store)
    assert (different.exit, different.out, different.err) == (0, "", "kept: different people\n")
    assert _persons(store) == 0
    same = run("identity", "same", "OLD", "NEW-1", "--by", "PC 1", "--store", store)
    assert (same.exit, same.out, same.err) == (0, "", "kept: the same person\n")
    assert _persons(store) == 1


def test_calls_that_are_not_there_are_all_named_and_nothing_is_kept(sqlite_store: str) -> None:
    ran = run("identity", "same", "NOT-1", "NOT-2", "--store", sqlite_store)
    assert (ran.exit, ran.out) == (2, "")
    assert "first REF: is no call in this store" in ran.err
    assert "second REF: is no call in this store" in ran.err


def test_one_call_is_not_compared_with_itself(sqlite_store: str) -> None:
    _two_calls(sqlite_store)
    ran = run("identity", "different", "OLD", "OLD", "--store", sqlite_store)
    assert ran.exit == 2
    assert "the two are one call" in ran.err


def test_what_people_said_is_evidence_of_the_models_precision_in_use(store: str) -> None:
    """Two it would join, of which one was denied; one pair it would not, confirmed: missed. The last word counts."""
    force = build.force_at(store)
    away = {
        **build.MAUREEN,
        "name": "Mo Osgood",
        "phone": "07700 900 771",
        "date_of_birth": None,
        "address": None,
    }
    build.take(
        force,
        build.call(),
        build.call("OLD", received_at="2026-06-01T20:00:00+01:00"),
        build.call("SON", received_at="2026-06-02T20:00:00+01:00"),
        build.call("AWAY", received_at="2026-06-03T20:00:00+01:00", caller={**away, "postcode": "CB1 9ZZ"}),
    )
    force.store.close()
    for verb, ref in (("different", "OLD"), ("same", "OLD"), ("different", "SON"), ("same", "AWAY")):
        assert run("identity", verb, "NEW-1", ref, "--store", store).exit == 0
    told = json.loads(run("identity", "evidence", "--store", store).out)
    assert told["model"].startswith("shipped ")
    assert told["person"] == {"confirmed": 1, "denied": 1, "share": 0.5, "interval": [0.0945, 0.9055]}
    assert (told["neither"]["confirmed"], told["neither"]["denied"]) == (1, 0)
    assert told["possible"] == {"confirmed": 0, "denied": 0, "share": None, "interval": None}
