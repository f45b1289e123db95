"""A search for orders on suspects that fails takes no other flag away, and is not taken for there being none."""

from __future__ import annotations

from typing import Any

import pytest

import build
from everycall import facts_found, other_systems
from everycall.errors import StoreError
from everycall.flag import read_flag
from everycall.force import Force
from everycall.store import reference
from everycall.store.writing import writing

MAUREEN = {
    "name": "Maureen Peck",
    "date_of_birth": "1951-03-02",
    "address": "14 Larch Road",
    "postcode": "PE13 9ZZ",
}
DEAN = {
    "name": "Dean Foss",
    "date_of_birth": "1988-07-19",
    "address": "16 Larch Road",
    "postcode": "PE13 9ZZ",
}
TOLD = {"source": "another system", "recorded_on": "2026-03-01"}
CALL: dict[str, Any] = {
    "caller": {**MAUREEN, "phone": "01632 960 114", "role": "victim"},
    "others": [{**DEAN, "role": "suspect"}],
}


@pytest.fixture
def flagged(force: Force) -> Force:
    """Give a force with a fresh history, whose victim is flagged as ill and whose suspect is under an order."""
    elsewhere = {"name": "Asif Rahman", "phone": "07700 900 118", "role": "victim"}
    received_at = "2026-06-12T20:30:00+01:00"
    build.take(force, build.call("OLD-1", received_at=received_at, caller=elsewhere, location={}))
    flags = [
        read_flag({"kind": "physical_disability_or_illness", "about": MAUREEN, **TOLD}),
        read_flag({"kind": "order_in_force", "about": DEAN, **TOLD}),
    ]
    with writing(force.store.connection):
        reference.take_flags(force.store.connection, flags, build.KNOWN)
    return force


def fail(*_: object, **__: object) -> tuple[int, ...]:
    raise StoreError("the store could not be read")


def test_the_victims_own_flags_are_still_told_and_only_the_orders_were_not_looked_for(
    flagged: Force, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = build.assess(flagged, dry_run=True, **CALL)
    assert {one.kind for one in whole.notices} == {"physical_disability_or_illness", "order_in_force"}
    monkeypatch.setattr(other_systems, "orders_against", fail)
    found = build.assess(flagged, dry_run=True, **CALL)
    assert {one.kind for one in found.notices} == {"physical_disability_or_illness"}
    assert found.vulnerability == whole.vulnerability, "what the flag says of the victim still counts"
    assert [one.part for one in found.problems] == ["orders"]


def test_an_order_another_system_tells_of_is_found_and_nobody_is_said_to_deny_it(flagged: Force) -> None:
    told = build.assess(flagged, dry_run=True, **CALL).recommendation
    assert "breach_check" in {one.code for one in told.actions}
    assert told.disagreements == ()


@pytest.mark.parametrize(("ends", "truth"), [("2026-06-12", True), ("2026-06-11", False)])
def test_an_order_counts_to_the_end_of_its_last_day(force: Force, ends: str, truth: bool) -> None:
    elsewhere = {"name": "Asif Rahman", "phone": "07700 900 118", "role": "victim"}
    received_at = "2026-06-12T20:30:00+01:00"
    build.take(force, build.call("OLD-1", received_at=received_at, caller=elsewhere, location={}))
    order = read_flag({"kind": "order_in_force", "about": MAUREEN, **TOLD, "expires_on": ends})
    with writing(force.store.connection):
        reference.take_flags(force.store.connection, [order], build.KNOWN)
    told = build.assess(force, dry_run=True, **CALL).recommendation
    assert ("breach_check" in {one.code for one in told.actions}) is truth


@pytest.mark.parametrize("part", ["orders_against", "known_flags"])
def test_no_order_is_claimed_and_none_ruled_out(
    part: str, flagged: Force, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Any] = []
    really = facts_found.given_facts

    def seen(*told: Any) -> Any:
        given.append(really(*told))
        return given[-1]

    monkeypatch.setattr(other_systems, part, fail)
    monkeypatch.setattr(facts_found, "given_facts", seen)
    build.assess(flagged, dry_run=True, **CALL)
    assert {one["order_in_force"] for one in given} == {"unknown"}


def test_where_flags_are_switched_off_no_order_is_looked_for(
    flagged: Force, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(other_systems, "orders_against", fail)
    flagged.switched_off = frozenset({"flags"})
    found = build.assess(flagged, dry_run=True, **CALL)
    assert [one.part for one in found.problems] == ["flags"]
