"""Each part made to fail alone: the assessment still comes, the part says so, and no grade is lowered."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest

import build
from everycall import asking, other_systems, rooms, triage
from everycall.assessment import Assessment
from everycall.errors import StoreError
from everycall.force import Force, Policy
from everycall.vulnerability import judgement

SECRET = "MAUREEN PECK OF LARCH ROAD"
FAILURES = [
    ValueError(SECRET),
    MemoryError(SECRET),
    StoreError("the store could not be read"),
    KeyError(SECRET),
]
PARTS: dict[str, tuple[Any, str]] = {
    "words": (Policy, "read"),
    "repeat": (rooms, "search"),
    "flags": (other_systems, "known_flags"),
    "orders": (other_systems, "orders_against"),
    "earlier logs": (rooms, "_earlier"),
    "vulnerability": (judgement, "judged"),
    "priorities": (rooms, "match"),
    "harm": (triage.harm_weigh, "prepare"),
    "policy": (triage, "recommend"),
    "questions": (asking, "choose"),
    "earlier version": (Force, "previous"),
}
SERIOUS = {
    "answers": {"threat_made": "yes", "targeted": "yes", "happening_now": "yes"},
    "log": [{"text": "INFT USES WHEELCHAIR. SAYS THEY KEEP COMING TO HER DOOR"}],
}


def failing(error: Exception) -> Callable[..., Any]:
    def fail(*_: object, **__: object) -> Any:
        raise error

    return fail


def told_before(part: str, force: Force, **more: Any) -> None:
    """Only a call that was told before has an earlier version to look at."""
    if part == "earlier version":
        build.assess(force, **more)


def rank(force: Force, assessment: Assessment) -> int:
    return force.policy.pack.grades.rank(assessment.recommendation.grade)


@pytest.fixture
def lived(sqlite_store: str) -> Force:
    force = build.force_at(sqlite_store)
    build.take(force, build.call("OLD", received_at="2026-06-09T21:04:00+01:00"))
    return force


@pytest.mark.parametrize("error", FAILURES, ids=lambda e: type(e).__name__)
@pytest.mark.parametrize("part", PARTS)
def test_the_others_answer_and_it_is_told_without_personal_data(
    part: str,
    error: Exception,
    lived: Force,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    told_before(part, lived, **SERIOUS)
    whole = build.assess(lived, dry_run=True, **SERIOUS)
    monkeypatch.setattr(*PARTS[part], failing(error))
    with caplog.at_level(logging.DEBUG):
        found = build.assess(lived, dry_run=True, **SERIOUS)
    assert part in {problem.part for problem in found.problems}
    told = " ".join(problem.problem for problem in found.problems) + caplog.text
    assert not any(word in told.upper() for word in ("MAUREEN", "PECK", "LARCH", "01632"))
    if part not in ("repeat", "earlier logs", "words"):
        assert found.repeat.person == whole.repeat.person
    if part != "priorities":
        assert found.priorities.status == "looked_none"


@pytest.mark.parametrize(
    ("part", "status"),
    [
        ("repeat", lambda a: a.repeat.status),
        ("vulnerability", lambda a: a.vulnerability.status),
        ("priorities", lambda a: a.priorities.status),
        ("harm", lambda a: a.harm.status),
    ],
)
def test_the_part_that_failed_could_not_look(
    part: str, status: Callable[[Assessment], str], lived: Force, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(*PARTS[part], failing(ValueError("x")))
    assert status(build.assess(lived, dry_run=True)) == "could_not_look"


@pytest.mark.parametrize("part", [part for part in PARTS if part != "policy"])
@pytest.mark.parametrize("facts", [{}, {"answers": {"immediate_danger": "no"}}], ids=["bare", "no danger"])
def test_a_failure_alone_never_leads_to_no_attendance(
    part: str, facts: dict[str, Any], lived: Force, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiet = {"caller": {"name": "Ann Toller", "phone": "07700 900 231", "role": "victim"}, **facts}
    told_before(part, lived, **quiet)
    monkeypatch.setattr(*PARTS[part], failing(ValueError("x")))
    found = build.assess(lived, dry_run=True, **quiet)
    assert found.recommendation.grade != "resolution_without_deployment"


def test_without_the_policy_the_highest_grade_stands(lived: Force, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(*PARTS["policy"], failing(ValueError("x")))
    found = build.assess(lived, dry_run=True).recommendation
    assert (found.grade, found.attendance) == ("emergency", "now")


@pytest.mark.parametrize("part", ["vulnerability", "harm", "priorities", "flags", "earlier logs"])
def test_danger_that_the_words_tell_of_still_counts(
    part: str, lived: Force, monkeypatch: pytest.MonkeyPatch
) -> None:
    dangerous = {"answers": {"weapon_or_violence_now": "yes"}}
    whole = rank(lived, build.assess(lived, dry_run=True, **dangerous))
    monkeypatch.setattr(*PARTS[part], failing(ValueError("x")))
    assert rank(lived, build.assess(lived, dry_run=True, **dangerous)) >= whole


def test_an_assessment_that_cannot_be_recorded_is_given_and_says_so(
    lived: Force, monkeypatch: pytest.MonkeyPatch
) -> None:
    from everycall.store import assessments

    monkeypatch.setattr(assessments, "record", failing(StoreError("the disk is full")))
    found = build.assess(lived)
    assert [p.problem for p in found.problems if p.part == "record"] == ["NOT RECORDED: the disk is full"]
    assert build.rows(lived, "SELECT COUNT(*) FROM call WHERE ref = 'NEW-1'") == [(0,)]


@pytest.mark.parametrize("error", FAILURES, ids=lambda e: type(e).__name__)
def test_no_fault_of_keeping_stops_the_answer(
    error: Exception, lived: Force, monkeypatch: pytest.MonkeyPatch
) -> None:
    from everycall.store import calls

    monkeypatch.setattr(calls, "take", failing(error))
    found = build.assess(lived)
    assert "record" in {problem.part for problem in found.problems}
    assert SECRET not in found.model_dump_json()
