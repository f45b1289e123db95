"""A store of before mentions told the town gets it from what its calls and flags tell, and loses nothing."""

from __future__ import annotations

import json
from importlib import import_module
from types import SimpleNamespace

import build
from everycall.flag import read_flag
from everycall.force import Force
from everycall.store.reference import take_flags
from everycall.store.writing import writing

HOME = "Rose Cottage, 14 Larch Road, Wisbech, Cambs"
PEOPLE = {
    "caller": {**build.MAUREEN, "address": HOME},
    "victims": [
        {"name": "Jo Day", "address": "9 Elm Close, St Ives", "postcode": "PE13 9ZX"},
        {"name": "Al Ray"},
    ],
    "others": [{"name": "Sam Poe", "address": "Elm House, Mill Lane, March", "role": "suspect"}],
    "location": {"address": "1 Far Lane, Ely", "postcode": "PE13 9ZW"},
}
TOLD = "SELECT id, which, known_until, town, house_name, dwelling, street FROM mention ORDER BY id"


def fill(force: Force) -> None:
    step = import_module("everycall.store.migrations.0005_town_and_house_name")
    with writing(force.store.connection):
        step.fill(None, SimpleNamespace(connection=force.store.connection))


def test_what_is_known_now_is_filled_in_as_a_new_call_would_have_it(force: Force) -> None:
    about = {"name": "Jo Day", "date_of_birth": "1951-03-02", "address": HOME, "postcode": "PE13 9ZZ"}
    flag = {"kind": "warning", "about": about, "source": "STORM", "recorded_on": "2026-01-05"}
    build.take(force, build.call("OLD-1", **PEOPLE), build.call("OLD-2", **PEOPLE))
    build.take(force, build.call("OLD-2", **PEOPLE | {"caller": {"name": "Ann Lee", "address": HOME}}))
    with writing(force.store.connection):
        take_flags(force.store.connection, [read_flag(flag)], build.KNOWN)
    before = build.rows(force, TOLD)
    build.change(force, "UPDATE mention SET town = NULL, house_name = NULL")
    fill(force)
    now = build.rows(force, TOLD)
    assert [row for row in now if row[2] is None] == [row for row in before if row[2] is None]
    assert {(row[1], row[3], row[4]) for row in now if row[2] is None} == {
        ("caller", "WISBECH", "ROSE COTTAGE"),
        ("victim 0", "ST IVES", None),
        ("victim 1", None, None),
        ("other 0", "MARCH", "ELM HOUSE"),
        ("location", None, None),
        ("flag", "WISBECH", "ROSE COTTAGE"),
    }
    past = [row for row in now if row[2] is not None]
    assert [row[5:] for row in past] == [row[5:] for row in before if row[2] is not None]
    assert {row[3:5] for row in past} == {(None, None)}, "what is known no longer stays as it was told"


def test_a_call_told_again_after_it_was_filled_in_makes_no_new_mention(force: Force) -> None:
    build.take(force, build.call("OLD-1", **PEOPLE))
    build.change(force, "UPDATE mention SET town = NULL, house_name = NULL")
    fill(force)
    before = build.rows(force, TOLD)
    build.take(force, build.call("OLD-1", **PEOPLE, closed_as="resolved"))
    assert build.rows(force, TOLD) == before


def test_neither_town_nor_name_of_a_house_stands_in_what_is_told_of_earlier_calls(force: Force) -> None:
    build.take(force, build.call("OLD-1", received_at="2026-06-01T21:04:00+01:00", **PEOPLE))
    caller = {**build.MAUREEN, "address": "Rose Cottage, 41 Larch Road, Wisbeach", "postcode": None}
    told = build.assess(force, "NEW-1", caller=caller).model_dump(mode="json")
    found = told["repeat"]["incidents"][0]
    assert {"town", "house_name"} <= set(found["agrees"])
    assert "wisbech" not in json.dumps(told).lower()
    assert "rose cottage" not in json.dumps(told).lower()
