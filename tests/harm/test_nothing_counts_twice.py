"""Any set of answers, words, findings and facts about one thing counts once: as much as its largest alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everycall.assessment import Finding, Truth
from everycall.harm.matrix import default_path, load
from everycall.harm.points import Part
from everycall.harm.weigh import prepare, weighed
from everycall.vulnerability import indicators as indicator_file

MATRIX = load(default_path())
assert MATRIX is not None
INDICATORS = indicator_file.load(indicator_file.default_path())
assert INDICATORS is not None
Source = tuple[str, str, str, int]
"""Kind (answer, heard, finding, fact), name, answer, and the points it gives alone."""


def sources(part: Part) -> list[Source]:
    found: list[Source] = []
    for question in part.questions:
        found += [("answer", question.name, answer, points) for answer, points in question.points.items()]
    found += [("heard", one.question, one.answer, one.points) for one in part.heard]
    found += [("finding", name, "", points) for name, points in part.findings.items()]
    found += [("fact", name, "", points) for name, points in part.facts.items()]
    return found


def points(chosen: list[Source]) -> dict[str, int]:
    answers = {name: answer for kind, name, answer, _ in chosen if kind == "answer"}
    told = {name: (answer, "so") for kind, name, answer, _ in chosen if kind == "heard"}
    findings = [
        made(name, source) for kind, name, _, _ in chosen if kind == "finding" for source in ("log", "flag")
    ]
    # What an answer is as a finding stands beside the answer, as in a real assessment.
    for question, answer in answers.items():
        same = INDICATORS.answers.get(question, {}).get(answer)
        findings += [made(same.name, "answer")] if same is not None else []
    facts = {name: Truth.YES for kind, name, _, _ in chosen if kind == "fact"}
    harm = weighed(prepare(findings, facts, 0, MATRIX, told), answers)
    assert harm.points == sum(part.points for part in harm.parts)
    return {part.code: part.points for part in harm.parts}


def made(name: str, source: str) -> Finding:
    return Finding.model_validate(
        {
            "indicator": name,
            "who": "victim",
            "assertion": "present",
            "strength": "strong",
            "source": source,
            "said_by": "self",
            "class": "situation",
            "rule": "made_up",
        }
    )


@given(st.lists(st.sampled_from([one for part in MATRIX.parts for one in sources(part)]), max_size=12))
def test_a_part_counts_as_its_largest_source_alone_and_the_parts_add_up(chosen: list[Source]) -> None:
    last = {(kind, name): one for one in chosen for kind, name in [one[:2]]}
    chosen = list(last.values())
    expected = {}
    for part in MATRIX.parts:
        alone = [points([one]).get(part.code, 0) for one in sources(part) if one in chosen]
        if max(alone, default=0):
            expected[part.code] = max(alone)
    assert points(chosen) == expected


@pytest.mark.parametrize(
    "one", [one for part in MATRIX.parts for one in sources(part)], ids=lambda one: "-".join(one[:3])
)
def test_one_thing_said_gives_points_in_one_part(one: Source) -> None:
    found = points([one])
    assert len(found) <= 1
    assert sum(found.values()) == one[3]
