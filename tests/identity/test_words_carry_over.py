"""What people said of two calls holds for a third: confirmed and denied matches bind for ever."""

from __future__ import annotations

from typing import Any

import build
from everycall.assessment import Assessment
from everycall.force import Force
from everycall.store import reference
from everycall.store.writing import writing

MARRIED = {
    "name": "Maureen Osgood", "phone": "07700 900 771", "address": "3 Tern Close", "postcode": "CB1 9ZZ",
    "role": "victim",
}  # fmt: skip
"""Maureen Peck as she rang from elsewhere, under another name and number: no key in common."""


def said(force: Force, one: str, other: str, same: bool) -> None:
    with writing(force.store.connection):
        reference.say_same(force.store.connection, one, other, same, "a test", build.KNOWN)


def earlier(ref: str, day: int, caller: dict[str, Any] = build.MAUREEN) -> Any:
    where = {"address": caller["address"], "postcode": caller["postcode"]}
    return build.call(ref, received_at=f"2026-05-{day:02}T20:00:00+01:00", caller=caller, location=where)


def persons(assessment: Assessment) -> dict[str | None, bool | None]:
    return {one.ref: one.confirmed for one in assessment.repeat.incidents if one.tier == "person"}


def test_who_was_said_to_be_somebody_found_is_found_though_nothing_else_agrees(force: Force) -> None:
    build.take(force, earlier("PECK", 1), earlier("OSGOOD", 3, MARRIED))
    assert persons(build.assess(force, dry_run=True)) == {"PECK": None}
    said(force, "PECK", "OSGOOD", True)
    assessment = build.assess(force, dry_run=True)
    assert persons(assessment) == {"PECK": None, "OSGOOD": None}
    assert assessment.repeat.person.count_12m == 2


def test_a_chain_of_words_holds_for_its_ends(force: Force) -> None:
    other = {**MARRIED, "name": "Mo Tern", "phone": "07700 900 772"}
    build.take(force, earlier("A", 1, other), earlier("B", 3, MARRIED), build.call())
    said(force, "NEW-1", "B", True)
    said(force, "B", "A", True)
    assert persons(build.assess(force, dry_run=True)) == {"A": True, "B": True}


def test_the_same_as_one_and_that_one_not_the_other_makes_two(force: Force) -> None:
    build.take(force, earlier("A", 1), earlier("B", 3, MARRIED), build.call())
    assert persons(build.assess(force, dry_run=True)) == {"A": None}
    said(force, "NEW-1", "B", True)
    said(force, "B", "A", False)
    assert persons(build.assess(force, dry_run=True)) == {"B": True}


def test_of_two_said_to_differ_the_likelier_is_the_person_and_the_other_is_asked_about(force: Force) -> None:
    """Mother and daughter of one name and home, told apart by a handler: a third call must not join them."""
    daughter = {
        name: value for name, value in build.MAUREEN.items() if name not in ("date_of_birth", "phone")
    }
    build.take(force, earlier("MOTHER", 1), earlier("DAUGHTER", 3, daughter))
    assert set(persons(build.assess(force, dry_run=True))) == {"MOTHER", "DAUGHTER"}
    said(force, "DAUGHTER", "MOTHER", False)
    assessment = build.assess(force, dry_run=True)
    assert persons(assessment) == {"MOTHER": None}
    assert "DAUGHTER" in {one.ref for one in assessment.repeat.to_confirm}


def test_a_word_that_was_said_later_changes_nothing_of_an_earlier_assessment(force: Force) -> None:
    build.take(force, earlier("PECK", 1), earlier("OSGOOD", 3, MARRIED))
    with writing(force.store.connection):
        later = build.NOW + build.DAY
        reference.say_same(force.store.connection, "PECK", "OSGOOD", True, "a test", later)
    assert persons(build.assess(force, dry_run=True)) == {"PECK": None}


def test_words_in_a_circle_that_cannot_hold_still_give_an_answer(force: Force) -> None:
    build.take(force, earlier("A", 1), earlier("B", 3), earlier("C", 5))
    said(force, "A", "B", True)
    said(force, "B", "C", True)
    said(force, "A", "C", False)
    assert {"A", "B", "C"} >= set(persons(build.assess(force, dry_run=True))) != set()
