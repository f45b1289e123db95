"""A part that the force has switched off says so, could not look, and lowers nothing."""

from __future__ import annotations

import logging

import pytest

import build
from everycall.assessment import Assessment, Status, Truth
from everycall.force import Force
from everycall.parts import CAN_BE_SWITCHED_OFF, SWITCHED_OFF

SERIOUS = {
    "answers": {"threat_made": "yes", "targeted": "yes", "happening_now": "yes"},
    "log": [{"text": "INFT USES WHEELCHAIR. SAYS THEY KEEP COMING TO HER DOOR"}],
}
CALM = {
    "answers": {
        "immediate_danger": "no", "weapon_or_violence_now": "no", "happened_before": "no", "threat_made": "no",
        "personal_circumstances": "no", "targeted": "no", "suspect_present": "no", "hate": "no", "frightened_now": "no",
        "how_often": "first", "impact": "little", "health_affected": "no", "happening_now": "no",
    },
    "log": [{"text": "CLR REPORTS LITTER IN THE STREET"}],
}  # fmt: skip
every_part = pytest.mark.parametrize("part", CAN_BE_SWITCHED_OFF)


@pytest.fixture
def force(force: Force) -> Force:
    """Give a force a fresh history in which somebody else's call is."""
    elsewhere = {"address": "3 Quay Court", "postcode": "PE14 8ZZ"}
    caller = {"name": "Asif Rahman", "phone": "07700 900 118", "role": "victim", **elsewhere}
    other = build.call("OLD-1", received_at="2026-06-12T20:30:00+01:00", caller=caller, location=elsewhere)
    build.take(force, other, at=build.NOW - build.DAY / 24)
    return force


def rank(force: Force, assessment: Assessment) -> int:
    return force.policy.pack.grades.rank(assessment.recommendation.grade)


@every_part
def test_it_says_so_and_the_rest_still_answers(
    part: str, force: Force, caplog: pytest.LogCaptureFixture
) -> None:
    force.switched_off = frozenset({part})
    with caplog.at_level(logging.ERROR, logger="everycall"):
        made = build.assess(force, **SERIOUS)
    assert [(one.part, one.problem) for one in made.problems] == [(part, SWITCHED_OFF)]
    assert made.recommendation.grade != ""
    assert caplog.text == "", "a part that is meant to be off is no error"


@every_part
@pytest.mark.parametrize("call", [SERIOUS, CALM], ids=["serious", "calm"])
def test_it_never_lowers_what_would_be_graded_had_it_found_nothing(
    part: str, call: dict[str, object], force: Force
) -> None:
    nothing_found = build.assess(force, "ON", dry_run=True, **call)
    force.switched_off = frozenset({part})
    assert rank(force, build.assess(force, "OFF", dry_run=True, **call)) >= rank(force, nothing_found)


@every_part
def test_nobody_is_sent_nowhere_because_a_part_was_off(part: str, force: Force) -> None:
    force.switched_off = frozenset({part})
    if part != "questions":
        assert build.assess(force, **CALM).recommendation.attendance != "none"


def test_history_that_was_not_looked_at_is_no_clean_history(force: Force) -> None:
    force.switched_off = frozenset({"repeat"})
    made = build.assess(force, answers={"happened_before": "no"}).repeat
    assert made.status is Status.COULD_NOT_LOOK
    assert made.is_repeat is Truth.UNKNOWN
    assert ("could_not_look", SWITCHED_OFF) in [(one.code, one.text) for one in made.reasons]


def test_what_they_say_themselves_still_makes_a_repeat_victim(force: Force) -> None:
    force.switched_off = frozenset({"repeat"})
    assert build.assess(force, answers={"happened_before": "yes"}).repeat.is_repeat is Truth.YES


def test_danger_in_the_words_is_found_with_everything_off(force: Force) -> None:
    force.switched_off = frozenset(CAN_BE_SWITCHED_OFF)
    made = build.assess(force, log=[{"text": "MALE WITH KNIFE AT THE DOOR TRYING TO GET IN"}])
    assert made.recommendation.grade == "emergency"
