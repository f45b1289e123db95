"""The tour assesses every new call, shows it, and says aloud where the truth disagrees."""

from __future__ import annotations

import io
from typing import Any

import pytest
from made_force import force
from rich.console import Console

from an_assessment import assessment, repeat
from everycall.assessment import Assessment, Recommendation, Status, Truth
from everycall.demo.agrees import agrees, at_path
from everycall.demo.situations import read_situations
from everycall.demo.tour import tour


def always(**changes: Any) -> Any:
    def assess(call: dict[str, Any]) -> Assessment:
        return assessment(call_ref=call["ref"], **changes)

    return assess


def toured(assess: Any) -> tuple[Any, str]:
    out = io.StringIO()
    result = tour(force()[0], Console(file=out, width=100, no_color=True), assess)
    return result, out.getvalue()


def test_every_new_call_is_assessed_and_shown_once() -> None:
    seen: list[str] = []

    def assess(call: dict[str, Any]) -> Assessment:
        seen.append(call["ref"])
        return assessment(call_ref=call["ref"])

    result, text = toured(assess)
    assert result.calls == len(seen) == len(set(seen)) == 20
    assert all(text.count(f"\n{ref}\n") == 1 for ref in seen)


def test_a_disagreement_is_told_and_counted() -> None:
    result, text = toured(always(repeat=repeat(is_repeat=Truth.NO, status=Status.LOOKED_NONE)))
    assert "NEW-first_ever" in result.missed
    assert result.met < result.expected
    assert text.count("THE TRUTH DISAGREES") == len(result.missed)


def test_what_never_says_more_than_resolution_does_not_pass() -> None:
    nothing = Recommendation(
        grade="resolution_without_deployment", grade_name="None", attendance="none", respond_by=None, row=""
    )
    result, _ = toured(always(recommendation=nothing))
    assert {"NEW-fear_for_life", "NEW-burst", "NEW-burglary", "NEW-disability_targeted"} <= set(result.missed)


def test_one_call_is_shown_in_full() -> None:
    assert toured(always())[1].count("Version 1, made") == 1


def test_an_error_of_the_assessment_is_not_swallowed() -> None:
    def fails(call: dict[str, Any]) -> Assessment:
        raise RuntimeError("broken")

    with pytest.raises(RuntimeError, match="broken"):
        toured(fails)


def test_every_expectation_can_be_asked_of_an_assessment() -> None:
    data = assessment().model_dump(mode="json", by_alias=True)
    for situation in read_situations().situation:
        for expected in situation.expect:
            assert agrees(data, expected) in (True, False)


@pytest.mark.parametrize(
    "expected",
    [{"path": "repeat.is_repeet", "is": "yes"}, {"path": "repeat.is_repeat"}, {"path": "took_ms", "has": 1}],
)
def test_an_expectation_that_cannot_be_asked_is_an_error(expected: dict[str, Any]) -> None:
    with pytest.raises(KeyError):
        agrees(assessment().model_dump(mode="json", by_alias=True), expected)


def test_paths_lead_through_lists_and_count_them() -> None:
    data = {"a": [{"b": 1}, {"b": 2}], "c": {"d": []}}
    assert at_path(data, "a[].b") == [1, 2]
    assert at_path(data, "a.length") == 2
    assert at_path(data, "c.d.length") == 0
