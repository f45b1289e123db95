"""A slip that would cost the caller an answer: the call is taken, and the assessment says what was not used."""

from __future__ import annotations

import json
from typing import Any

import pytest

import build
from command import run


def _assessed(store: str, **more: Any) -> dict[str, Any]:
    ran = run("assess", "--store", store, "-", stdin=json.dumps(build.facts(**more)))
    assert (ran.exit, ran.err) == (0, "")
    return ran.only


@pytest.fixture
def store_with_history(store: str) -> str:
    build.take(
        build.force_at(store), build.call("OLD", received_at="2026-06-12T09:00:00+01:00", status="closed")
    )
    return store


@pytest.mark.parametrize("phone", ["016", "999", "1" * 30, "01632 96", "0000000000"])
def test_a_phone_that_is_none_is_said_not_to_be_searched_by(store_with_history: str, phone: str) -> None:
    found = _assessed(store_with_history, caller=build.MAUREEN | {"phone": phone})
    told = {"part": "call", "problem": "caller.phone: not a number that can be searched by"}
    assert found["problems"] == [told]
    assert "phone" not in found["repeat"]["searched"]["by"]
    assert found["repeat"]["person"]["count_12m"] == 1, "the rest is searched by"


@pytest.mark.parametrize(
    "phone", ["withheld", "ex-directory", "  ", None, "01632 960 114", "+44 (0)1632 960114"]
)
def test_no_phone_and_a_good_one_are_no_problem(store_with_history: str, phone: str | None) -> None:
    assert _assessed(store_with_history, caller=build.MAUREEN | {"phone": phone})["problems"] == []


@pytest.mark.parametrize("postcode", ["HELLO", "12345", "PE13", "not known"])
def test_a_postcode_that_is_none_is_said_not_to_be_searched_by(
    store_with_history: str, postcode: str
) -> None:
    found = _assessed(
        store_with_history, caller=build.MAUREEN | {"postcode": postcode}, location={"postcode": postcode}
    )
    assert [one["problem"] for one in found["problems"] if one["part"] == "call"] == [
        "caller.postcode: not a full postcode, so not searched by",
        "location.postcode: not a full postcode, so not searched by",
    ]
    assert postcode not in json.dumps(found["problems"])


def test_it_is_said_of_every_person_by_their_place_in_the_call(sqlite_store: str) -> None:
    other = {"name": "Priya Nandakumar", "phone": "123"}
    found = _assessed(sqlite_store, victims=[other], others=[other])
    told = [one["problem"].split(":")[0] for one in found["problems"] if one["part"] == "call"]
    assert told == ["victim 0.phone", "other 0.phone"]


def test_an_unknown_behaviour_is_kept_and_the_nearest_named(sqlite_store: str) -> None:
    (told, *_) = _assessed(sqlite_store, behaviours=["street_drinkin"])["problems"]
    assert told["part"] == "call"
    assert "'street_drinkin' is not one of" in told["problem"]
    assert told["problem"].endswith("did you mean 'street_drinking'?; kept")


@pytest.mark.parametrize("odd", ["\x00", "\x1b[2J", "\ud800", "\udfff\x07"])
def test_control_characters_and_half_characters_become_spaces(store: str, odd: str) -> None:
    found = _assessed(
        store, log=[{"text": f"YOUTHS{odd}OUTSIDE"}], caller=build.MAUREEN | {"name": f"Maureen{odd}Peck"}
    )
    told = sorted(one["problem"] for one in found["problems"] if one["part"] == "call")
    assert told == [f"{field}: control characters were replaced by spaces" for field in ("name", "text")]
    ((payload,),) = build.rows(build.force_at(store), "SELECT payload FROM call_version")
    text = payload if isinstance(payload, str) else json.dumps(payload)
    assert "\\u00" not in text
    assert "\\ud" not in text


@pytest.mark.parametrize("mark", ["\u202e", "\ufeff"])
def test_a_mark_that_nobody_sees_is_taken_out_and_tears_no_word(sqlite_store: str, mark: str) -> None:
    """One shows the rest of a log backwards; the other stands where files were joined."""
    found = _assessed(sqlite_store, log=[{"text": f"{mark}HE HAS A KN{mark}IFE"}])
    told = [one["problem"] for one in found["problems"] if one["part"] == "call"]
    assert told == ["text: marks of order and direction were taken out"]
    assert found["recommendation"]["grade"] == "emergency"
    ((payload,),) = build.rows(build.force_at(sqlite_store), "SELECT payload FROM call_version")
    assert "HE HAS A KNIFE" in (payload if isinstance(payload, str) else json.dumps(payload))


def test_many_lines_are_read_and_too_many_refused(sqlite_store: str) -> None:
    line = {"text": "YOUTHS OUTSIDE"}
    assert _assessed(sqlite_store, log=[line] * 1_000)["call_ref"] == "NEW-1"
    ran = run("assess", "--store", sqlite_store, "-", stdin=json.dumps(build.facts("B", log=[line] * 10_001)))
    assert (ran.exit, ran.out) == (2, "")
    assert "standard input log: tuple should have at most 10000 items" in ran.err
