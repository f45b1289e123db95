"""The sentences of a rationale: unknown reads as unknown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from everycall.assessment import (
    Burst,
    Count,
    Harm,
    Priorities,
    Repeat,
    Searched,
    Status,
    Truth,
    Vulnerability,
)
from everycall.summary import context, unknowns

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


def vulnerability(status: Status = Status.LOOKED_NONE, **told: Any) -> Vulnerability:
    return Vulnerability(**{"status": status, "is_vulnerable": Truth.UNKNOWN, **told})


HARM = Harm(status=Status.FOUND, band="standard", points=3)
FAILED_HARM = Harm(status=Status.COULD_NOT_LOOK, band="standard", points=0)
NO_PRIORITIES = Priorities(status=Status.LOOKED_NONE)


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
