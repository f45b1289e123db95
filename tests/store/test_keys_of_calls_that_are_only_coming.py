"""An import writes keys before their calls: until the calls are there, the keys hide nobody and find nobody."""

from __future__ import annotations

import build
from everycall.force import Force
from everycall.identity.keys import Key, keys_of
from everycall.identity.mention import mentions_of
from everycall.store.history import StoredHistory
from everycall.store.writing import insert, writing

MOST = 3


def _coming(force: Force, keys: list[Key], many: int) -> None:
    with writing(force.store.connection):
        insert(
            force.store.connection,
            "mention_key",
            ("hash", "mention_id"),
            [(key.hash, 1_000 + number) for key in keys for number in range(many)],
        )


def test_they_take_no_place_of_one_that_is_there(force: Force) -> None:
    build.take(force, build.call("OLD"))
    asked = list(keys_of(next(iter(mentions_of(build.call())))))
    _coming(force, asked, MOST + 2)
    history = StoredHistory(force.store.connection, MOST)
    found = history.candidates(asked, "NEW-1", build.NOW, build.NOW)
    assert [one.call.ref for one in found.mentions if one.call] == ["OLD"]
    assert found.capped == ()


def test_the_newest_that_are_there_are_taken_and_the_rest_is_said(force: Force) -> None:
    build.take(force, *[build.call(f"OLD-{number}") for number in range(MOST + 1)])
    asked = list(keys_of(next(iter(mentions_of(build.call())))))
    _coming(force, asked, 1)
    history = StoredHistory(force.store.connection, MOST)
    found = history.candidates(asked, "NEW-1", build.NOW, build.NOW)
    refs = {one.call.ref for one in found.mentions if one.call}
    assert {f"OLD-{number}" for number in range(1, MOST + 1)} <= refs
    assert "phone" in found.capped
