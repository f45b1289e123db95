"""The long form holds every part: reasons, evidence, incidents, near misses, duties, problems."""

from __future__ import annotations

import io
from typing import Any

from rich.console import Console

from an_assessment import RECEIVED, assessment, finding, found_repeat, vulnerability
from everycall.assessment import (
    Action,
    AskNext,
    Assessment,
    Disagreement,
    Evidence,
    Harm,
    HarmPart,
    HeardFact,
    Incident,
    NearMiss,
    Priorities,
    PriorityNearMiss,
    ProblemFound,
    Reason,
    Status,
    ToConfirm,
    Truth,
)
from everycall.cli.show import show


def heard(fact: str, assertion: Any, rule: str) -> HeardFact:
    evidence = Evidence(line=0, start=0, end=5, text="WORDS")
    return HeardFact(fact=fact, assertion=assertion, strength="strong", evidence=evidence, rule=rule)


def everything() -> Assessment:
    plain = assessment()
    return assessment(
        repeat=found_repeat(
            to_confirm=(ToConfirm(ref="CC-9", probability=0.71, ask="date_of_birth", agrees=("surname",)),),
            other_rules={"three_in_three_months": Truth.YES},
            reasons=(Reason(code="household", text="Five incidents of the household"),),
        ),
        vulnerability=vulnerability(
            status=Status.FOUND,
            is_vulnerable=Truth.YES,
            findings=(finding("alone_or_isolated"),),
            about_others=(finding("mental_ill_health", who="suspect", assertion="other_person"),),
            disagreements=(
                Disagreement(
                    about="personal_circumstances",
                    says_yes="log line 2",
                    says_no="template line 1",
                    counts_as=Truth.YES,
                ),
            ),
        ),
        harm=Harm(
            status=Status.FOUND,
            band="medium",
            points=14,
            parts=(HarmPart(code="repeat", points=5, text="Five or more in 12 months"),),
            unknown=("support_network",),
            could_reach="high",
        ),
        priorities=Priorities(
            status=Status.LOOKED_NONE,
            near_misses=(PriorityNearMiss(id="P-14", title="Drinking", missed="outside its hours"),),
        ),
        recommendation=plain.recommendation.model_copy(
            update={
                "actions": (Action(code="hate_question", text="Ask the hate question", owner="handler"),),
                "near_misses": (
                    NearMiss(
                        row="grades.csv:2", grade="emergency", attendance="now", text="if he is present"
                    ),
                ),
                "rationale": "THRIVE: T none told",
            }
        ),
        ask_next=(
            AskNext(
                question="a", text="First question", why="why one", could_change={"grade": ("priority",)}
            ),
            AskNext(question="b", text="Second question", why="why two"),
        ),
        heard=(heard("fire", "denied", "rule"), heard("local_priority", "present", "P-14")),
        unknowns=("weapon_or_violence_now",),
        problems=(ProblemFound(part="words", problem="a line was too long"),),
    )


def printed(one: Assessment, full: bool = True) -> str:
    out = io.StringIO()
    show(one, Console(file=out, width=160, no_color=True, force_terminal=False), full, RECEIVED)
    return out.getvalue()


EXPECTED = (
    "Five incidents of the household",
    "CC-9, 71%", "three in three months: yes", "CC-20260608-0012",
    "no trace",
    '"LIVES ALONE"', "About somebody else: mental ill health of the suspect", "yes from log line 2",
    "+5  Five or more in 12 months",
    "could reach high: support network", "outside its hours", "grades.csv:7",
    "Duty: Ask the hate question (handler)", "Nearly emergency, now: if he is present", "THRIVE: T none told",
    "2. Second question", "grade to priority", "Not known\n  weapon or violence now", 
    "words: a line was too long",
    "[-] place: none found",
    'fire: denied, strong; line 1: "WORDS"', 'local priority P-14: present, strong; line 1: "WORDS"',
)  # fmt: skip


def test_every_part_is_printed() -> None:
    text = printed(everything())
    assert [words for words in EXPECTED if words not in text] == []


def test_the_short_form_stops_before_the_parts() -> None:
    text = printed(everything(), full=False)
    assert "THRIVE" not in text
    assert "CC-20260608-0012" not in text


def test_an_incident_of_the_place_shows_its_month_and_no_ref() -> None:
    place = Incident(ref=None, received_at=None, month="2026-03", category="asb_nuisance", tier="place")
    text = printed(assessment(repeat=found_repeat(incidents=(place,))))
    assert "2026-03" in text
    assert "not shown" in text


def test_a_long_history_says_how_many_more_there_are() -> None:
    one = found_repeat().incidents[0]
    assert "and 4 more" in printed(assessment(repeat=found_repeat(incidents=(one,) * 34)))
