"""Shadow, training and parts switched off: kept in the store, and training never mixed with real records."""

from __future__ import annotations

import pytest

import build
from everycall.accounts import tokens
from everycall.errors import InputError, StoreError
from everycall.force import Force
from everycall.store.modes import Modes, mark_training, modes, set_shadow, switch
from everycall.telling import webhooks


def test_a_new_store_shows_everything_and_looks_at_everything(force: Force) -> None:
    assert modes(force.store.connection) == Modes(False, False, frozenset())


def test_shadow_is_begun_and_ended(force: Force) -> None:
    set_shadow(force.store.connection, True)
    assert modes(force.store.connection).shadow
    set_shadow(force.store.connection, False)
    assert not modes(force.store.connection).shadow


def test_parts_are_switched_off_and_on_and_a_force_opened_later_knows_it(force: Force) -> None:
    connection = force.store.connection
    switch(connection, ["priorities", "harm"], on=False)
    switch(connection, ["flags"], on=False)
    assert Force.open(force.store.where).switched_off == {"priorities", "harm", "flags"}
    switch(connection, ["priorities", "flags", "harm"], on=True)
    assert modes(connection).switched_off == frozenset()


@pytest.mark.parametrize("part", ["words", "policy", "record", "harms"])
def test_what_finds_danger_or_keeps_the_call_cannot_be_switched_off(part: str, force: Force) -> None:
    with pytest.raises(InputError, match="cannot be switched"):
        switch(force.store.connection, ["harm", part], on=False)
    assert modes(force.store.connection).switched_off == frozenset()


def test_a_store_with_calls_is_never_made_one_for_training(force: Force) -> None:
    build.take(force, build.call())
    with pytest.raises(StoreError, match="training has a store of its own"):
        mark_training(force.store.connection)
    assert not modes(force.store.connection).training


def test_no_other_system_feeds_a_training_store_or_is_told_of_it(force: Force) -> None:
    connection = force.store.connection
    mark_training(connection)
    mark_training(connection)
    with pytest.raises(InputError, match="not for a training store"):
        tokens.make(connection, "STORM", ["assess"], build.NOW)
    with pytest.raises(InputError, match="not for a training store"):
        webhooks.add(connection, "https://example.com/told", ["assessment.made"], build.NOW)
