"""Whose address is protected is found by keys, and by nothing less than all flags where a key could miss one."""

from __future__ import annotations

from typing import Any

import pytest

import build
from everycall.access import protected
from everycall.access.protected import protected as whose
from everycall.flag import read_flag
from everycall.force import Force
from everycall.store.reading import read
from everycall.store.reference import take_flags
from everycall.store.writing import writing

ABOUT: dict[str, dict[str, Any]] = {
    "home": {"address": "14 Larch Road", "postcode": "PE13 9ZZ"},
    "flat": {"address": "Flat 2, 9 Bellfield Court", "postcode": "PE13 9ZY"},
    "phone, living elsewhere now": {
        "phone": "01632 960 114",
        "address": "1 Far Lane",
        "postcode": "PE13 9ZW",
    },
    "person, living elsewhere now": {
        "name": "Maureen Peck",
        "date_of_birth": "1951-03-02",
        "address": "1 Far Lane",
        "postcode": "PE13 9ZW",
    },
    "building by its number alone": {"address": "Common Room, Bellfield Court", "uprn": "10090000123"},
    "home by its number alone": {"uprn": "10090000124"},
}
CALLS: dict[str, dict[str, Any]] = {
    "all of her": {},
    "her name and birthday": {
        "caller": {"name": "PECK MAUREEN", "date_of_birth": "1951-03-02", "role": "victim"},
        "location": {"address": "3 Other Street"},
    },
    "her phone": {"caller": {"phone": "+44 1632 960114"}, "location": None},
    "the place alone": {"caller": None, "location": {"address": "14, LARCH RD", "postcode": "PE139ZZ"}},
    "the flat": {
        "caller": None,
        "location": {"address": "2/9 Bellfield Ct", "postcode": "PE13 9ZY"},
    },
    "a number of a building": {
        "caller": None,
        "location": {"address": "Bellfield Ct", "uprn": "10090000123"},
    },
    "a number of a home": {"caller": {"name": "Jo Day", "uprn": "10090000124"}, "location": None},
    "somebody else": {
        "caller": {"name": "Ann Example", "phone": "01632 960000"},
        "location": {"address": "9 Elm Close", "postcode": "PE13 9ZX"},
    },
    "nobody": {"caller": None, "location": None},
}


@pytest.mark.parametrize("about", ABOUT)
def test_by_keys_the_same_are_found_as_by_all_flags(
    force: Force, about: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = force.store.connection
    told = {"about": ABOUT[about], "source": "STORM", "recorded_on": "2026-01-05"}
    with writing(connection):
        take_flags(
            connection,
            [read_flag({"kind": kind, **told}) for kind in ("protected_address", "warning")],
            build.KNOWN,
        )
    calls = [build.call(f"N-{number}", **facts) for number, facts in enumerate(CALLS.values())]
    by_keys = [whose(connection, call) for call in calls]
    monkeypatch.setattr(protected, "_flagged", lambda connection, _: read(connection, protected._ALL))
    assert by_keys == [whose(connection, call) for call in calls]
    assert any(by_keys)
    assert not by_keys[list(CALLS).index("somebody else")]


def test_another_kind_of_flag_protects_nothing(force: Force) -> None:
    connection = force.store.connection
    told = {"about": ABOUT["home"], "source": "STORM", "recorded_on": "2026-01-05"}
    with writing(connection):
        take_flags(connection, [read_flag({"kind": "warning", **told})], build.KNOWN)
    assert whose(connection, build.call()) == frozenset()
