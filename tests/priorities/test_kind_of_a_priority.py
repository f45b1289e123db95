"""Of what kind: behaviour, category or keyword, any one of them; words are whole, and plurals simple."""

from __future__ import annotations

from typing import Any

import pytest

from everycall.assessment import Priorities, Status
from everycall.call import read_call
from everycall.priorities import Book, match, read_priorities


def assess(priority: dict[str, Any], *log: str, **call: Any) -> Priorities:
    data = {"ref": "1", "received_at": "2026-06-12T21:04:00+01:00", **call, "log": [{"text": t} for t in log]}
    row = {"id": "P-1", "title": "x", "status": "active", **priority}
    return match(Book.of(read_priorities([row], "p.json")), read_call(data).call, None)


WANTED = {"behaviours": ["vehicle_nuisance"], "categories": ["asb_personal"], "keywords": ["moped"]}


@pytest.mark.parametrize(
    ("call", "log", "because"),
    [
        ({"behaviours": ["noise", "vehicle_nuisance"]}, "", "behaviour vehicle_nuisance"),
        ({"category": "asb_personal"}, "", "category asb_personal"),
        ({}, "TWO MOPEDS ON PATH", "keyword 'moped' in the log"),
    ],
)
def test_any_one_kind_is_enough_and_is_told(call: dict[str, Any], log: str, because: str) -> None:
    assert assess(WANTED, log, **call).matches[0].because[-1] == because


def test_another_kind_is_a_near_miss_that_says_what_is_needed() -> None:
    (near,) = assess(WANTED, "LOUD MUSIC", behaviours=["noise"], category="asb_nuisance").near_misses
    assert near.missed == (
        "kind: needs behaviour vehicle_nuisance, or category asb_personal, or keyword 'moped'; "
        "the call has behaviour noise, category asb_nuisance"
    )


def test_a_kind_not_known_yet_is_told_as_that() -> None:
    (near,) = assess(WANTED).near_misses
    assert near.missed.endswith("the call has no behaviour or category known yet")


def test_what_missed_never_repeats_the_log() -> None:
    (near,) = assess(WANTED, "DEAN FOSS 01632 960 114 SHOUTING").near_misses
    assert "foss" not in near.missed.casefold()
    assert "960" not in near.missed


@pytest.mark.parametrize(
    ("keyword", "text", "found"),
    [
        ("drunk", "MALE DRUNK IN DOORWAY", True),
        ("drunk", "drunken male", False),
        ("moped", "mopeds", True),
        ("Mopeds", "a moped", True),
        ("party", "LOUD PARTIES", True),
        ("box", "boxes", True),
        ("off road bike", "OFF-ROAD BIKES IN PARK", True),
        ("off road bike", "off road", False),
        ("bus", "ON THE BUS", True),
        ("glass", "BROKEN GLASS", True),
        ("class", "CLAS", False),
        ("skate park", "by the skate  park.", True),
        ("café", "OUTSIDE CAFÉ", True),
        ("kid's", "the kid’s bike", True),
        ("ale", "MALE AT SALE", False),
        ("car park", "CARPARK", False),
    ],
)
def test_keywords_are_whole_words_in_any_case_with_simple_plurals(
    keyword: str, text: str, found: bool
) -> None:
    assert (assess({"keywords": [keyword]}, text).status is Status.FOUND) is found


def test_a_phrase_is_not_read_across_two_lines() -> None:
    assert assess({"keywords": ["skate park"]}, "HE CAN SKATE", "PARK IS QUIET").status is Status.LOOKED_NONE


def test_keywords_of_different_priorities_do_not_help_each_other() -> None:
    rows = [
        {"id": f"P-{word}", "title": word, "status": "active", "keywords": [word]}
        for word in ("moped", "party")
    ]
    data = {"ref": "1", "received_at": "2026-06-12T21:04:00+01:00", "log": [{"text": "LOUD PARTY"}]}
    found = match(Book.of(read_priorities(rows, "p.json")), read_call(data).call, None)
    assert [m.id for m in found.matches] == ["P-party"]
    assert [m.id for m in found.near_misses] == ["P-moped"]
