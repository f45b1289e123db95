"""The sentences of a rationale and of what to confirm: unknown reads as unknown, nobody else's matters are read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from everycall.assessment import (
    Burst,
    Count,
    Finding,
    Harm,
    Incident,
    Priorities,
    Repeat,
    Searched,
    Status,
    Truth,
    Vulnerability,
)
from everycall.localtime import LONDON
from everycall.summary import confirmations, context, unknowns

_NONE = Count(status=Status.LOOKED_NONE)
_FAILED = Count(status=Status.COULD_NOT_LOOK)


def repeat(status: Status = Status.LOOKED_NONE, **told: Any) -> Repeat:
    tier = _FAILED if status is Status.COULD_NOT_LOOK else _NONE
    plain: dict[str, Any] = {
        "status": status,
        "is_repeat": Truth.UNKNOWN,
        "rule": "bch_12_months",
        "perceived": Truth.UNKNOWN,
        "searched": Searched(),
        "burst": Burst(status=status),
        **dict.fromkeys(("person", "household", "place", "phone"), tier),
    }
    return Repeat(**{**plain, **told})


def vulnerability(*findings: Finding, status: Status = Status.LOOKED_NONE, **told: Any) -> Vulnerability:
    return Vulnerability(**{"status": status, "is_vulnerable": Truth.UNKNOWN, "findings": findings, **told})


def finding(**told: Any) -> Finding:
    plain: dict[str, Any] = {
        "indicator": "mental_ill_health",
        "who": "victim",
        "assertion": "present",
        "strength": "strong",
        "source": "history",
        "said_by": "self",
        "class_": "health",
        "rule": "r",
    }
    return Finding(**{**plain, **told})


HARM = Harm(status=Status.FOUND, band="standard", points=3)
FAILED_HARM = Harm(status=Status.COULD_NOT_LOOK, band="standard", points=0)
NO_PRIORITIES = Priorities(status=Status.LOOKED_NONE)


def rang(**told: Any) -> Incident:
    at = datetime(2026, 6, 8, 9, 0, tzinfo=LONDON)
    plain: dict[str, Any] = {
        "ref": "H1", "received_at": at, "month": "2026-06", "category": None, "tier": "person", "role": "victim",
    }  # fmt: skip
    return Incident(**{**plain, **told})


def failures() -> Iterator[tuple[Repeat, Vulnerability, Harm, Priorities, str]]:
    fine = (repeat(), vulnerability(), HARM, NO_PRIORITIES)
    failed = Status.COULD_NOT_LOOK
    yield repeat(failed), *fine[1:], "the history: could not look"
    yield fine[0], vulnerability(status=failed), *fine[2:], "what puts them at risk: could not look"
    yield *fine[:2], FAILED_HARM, fine[3], "the harm: could not look"
    yield *fine[:3], Priorities(status=failed), "local priorities: could not look"


@pytest.mark.parametrize("case", list(failures()), ids=lambda case: case[4])
def test_a_part_that_failed_is_among_the_unknowns(
    case: tuple[Repeat, Vulnerability, Harm, Priorities, str],
) -> None:
    assert case[4] in unknowns(*case[:4])


def test_a_failed_search_never_reads_as_a_clean_history() -> None:
    told = context(repeat(Status.COULD_NOT_LOOK), vulnerability(), HARM, NO_PRIORITIES)
    assert told.repeat == "Not known whether a repeat victim: the history could not be searched"
    said = repeat(Status.COULD_NOT_LOOK, is_repeat=Truth.YES, perceived=Truth.YES)
    assert "could not be searched" in context(said, vulnerability(), HARM, NO_PRIORITIES).repeat


def test_unknown_does_not_read_as_no() -> None:
    told = context(repeat(), vulnerability(), HARM, NO_PRIORITIES)
    assert told.repeat == "Not known whether a repeat victim"
    assert told.vulnerability == "Not known whether vulnerable"


def test_no_says_that_it_was_asked() -> None:
    told = context(repeat(is_repeat=Truth.NO), vulnerability(is_vulnerable=Truth.NO), HARM, NO_PRIORITIES)
    assert told.repeat == "Not a repeat victim: asked, and nothing found"
    assert told.vulnerability == "Asked about personal circumstances: none said"


def test_an_earlier_call_is_confirmed_by_its_day() -> None:
    found = confirmations(repeat(incidents=(rang(),)), vulnerability(), {})
    assert found == {"happened_before": "You rang on 8 June 2026: is it the same people?"}


@pytest.mark.parametrize("role", ["suspect", "subject"])
def test_nobody_is_asked_about_a_call_in_which_they_were_accused(role: str) -> None:
    assert confirmations(repeat(incidents=(rang(role=role),)), vulnerability(), {}) == {}


@pytest.mark.parametrize("tier", ["household", "phone"])
def test_nobody_is_told_of_a_call_that_was_not_theirs(tier: str) -> None:
    assert confirmations(repeat(incidents=(rang(tier=tier),)), vulnerability(), {}) == {}


def test_what_is_known_of_the_victim_is_confirmed() -> None:
    found = confirmations(repeat(), vulnerability(finding()), {})
    assert found == {"personal_circumstances": "We have a note about mental ill health: is that still right?"}


@pytest.mark.parametrize(
    "other",
    [
        {"source": "household", "who": "household"},
        {"source": "flag", "who": "household"},
        {"source": "log", "who": "suspect"},
        {"source": "answer"},
        {"source": "details"},
        {"assertion": "denied"},
    ],
)
def test_nobody_elses_matters_are_read_out(other: dict[str, Any]) -> None:
    assert confirmations(repeat(), vulnerability(finding(**other)), {}) == {}
