"""What a call may cause to be shown of others: never the other party's circumstances, never where somebody moved to."""

from __future__ import annotations

import json
from typing import Any

import build
from everycall.store.assessments import recorded

DEAN = {"name": "Dean Foss", "phone": "01632 960 777", "address": "16 Larch Road", "postcode": "PE13 9ZZ"}
NEW_HOME = {"address": "99 Harbour Street", "postcode": "PE14 8YY"}
NEW_PHONE = "07700 900 345"


def earlier(served: Any, ref: str, day: int, **more: Any) -> None:
    build.take(served.ground.force(), build.call(ref, received_at=f"2026-06-{day:02}T21:04:00+01:00", **more))


def told(served: Any, **facts: Any) -> dict[str, Any]:
    key = served.person("s1", "supervisor")
    answer = served.ask("POST", "/assessments", build.facts("NEW-1", **facts), key=key)
    assert answer.status == 200
    assert all(one["part"] != "repeat" for one in answer.body["problems"])
    body: dict[str, Any] = answer.body
    return body


def test_one_partys_circumstances_are_not_on_the_others_call(served: Any) -> None:
    log = [{"text": "I HAVE DEMENTIA AND DEPRESSION AND MY NEIGHBOUR SHOUTS AT ME"}]
    earlier(served, "HERS", 11, log=log)
    body = told(
        served,
        caller={**DEAN, "role": "victim"},
        others=[{**build.MAUREEN, "role": "suspect"}],
        location={"address": "16 Larch Road", "postcode": "PE13 9ZZ"},
        log=[{"text": "NEIGHBOUR BANGING ON THE WALL"}],
    )
    text = json.dumps(body)
    assert "HERS" not in text
    assert [
        name for name in ("mental_ill_health", "older_or_frail", "dementia") if name in text.lower()
    ] == []


def test_who_moved_away_is_not_found_from_the_old_address(served: Any) -> None:
    earlier(served, "BEFORE", 3)
    moved = {**build.MAUREEN, **NEW_HOME, "phone": NEW_PHONE}
    earlier(served, "AFTER", 11, caller=moved, location=NEW_HOME, log=[{"text": "SHE HAS DEPRESSION"}])
    body = told(served, caller={**DEAN, "address": "14 Larch Road", "role": "victim"})
    text = json.dumps(body)
    assert [
        one for one in ("AFTER", "Harbour", "PE14", "900 345", "900345", "mental_ill_health") if one in text
    ] == []
    (old,) = [one for one in body["repeat"]["incidents"] if one["ref"] == "BEFORE"] or [None]
    if old is not None:
        assert old["tier"] == "place"
        assert old["agrees"] == old["differs"] == []


def test_nor_is_the_household_told_where_she_lives_now(served: Any) -> None:
    earlier(served, "BEFORE", 3)
    moved = {**build.MAUREEN, **NEW_HOME, "phone": NEW_PHONE}
    earlier(served, "AFTER", 11, caller=moved, location=NEW_HOME)
    husband = {
        **build.MAUREEN,
        "name": "Arthur Peck",
        "date_of_birth": "1949-01-01",
        "phone": "01632 960 115",
    }
    text = json.dumps(told(served, caller=husband))
    assert [one for one in ("AFTER", "Harbour", "PE14", "900 345", "900345") if one in text] == []


def test_what_is_recorded_holds_nothing_of_it_either(served_on_sqlite: Any) -> None:
    test_who_moved_away_is_not_found_from_the_old_address(served_on_sqlite)
    ((_, _, body),) = recorded(served_on_sqlite.connection())
    assert [one for one in ("AFTER", "Harbour", "PE14", "900345") if one in json.dumps(body)] == []
