"""What is asked next: the core in the order one talks, then what could still change the answer; never for nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everycall.assessment import AskNext, Harm, Status
from everycall.questions.choose import Outcome, Situation, choose
from scenario_runner import policy

QUESTIONS = policy().questions
CODES = [question.code for question in QUESTIONS.question]
CORE = [question.code for question in QUESTIONS.question if question.core]
NOW = Outcome("scheduled", "contact")


def ask(
    answers: Mapping[str, str] | None = None,
    location_known: bool = True,
    emergency: bool = False,
    unknown: Collection[str] = (),
    raising: Mapping[str, str] | None = None,
    harm_unknown: tuple[str, ...] = (),
    confirm: Mapping[str, str] | None = None,
) -> tuple[AskNext, ...]:
    raised = raising or {}
    could_reach = "high" if harm_unknown else "standard"
    situation = Situation(
        answers=answers or {},
        location_known=location_known,
        now=NOW,
        emergency=emergency,
        open_facts={},
        unknown=unknown,
        harm=Harm(
            status=Status.FOUND, band="standard", points=0, unknown=harm_unknown, could_reach=could_reach
        ),
        confirm=confirm or {},
    )
    return choose(
        QUESTIONS,
        situation,
        lambda fact, yes: Outcome(raised[fact], "now") if yes and fact in raised else NOW,
    )


def codes(asked: tuple[AskNext, ...]) -> list[str]:
    return [one.question for one in asked]


def test_the_core_comes_in_the_order_one_talks() -> None:
    assert CORE == [
        "safe_to_talk",
        "immediate_danger",
        "location",
        "who_is_affected",
        "happened_before",
        "personal_circumstances",
    ]
    assert codes(ask(location_known=False)) == CORE


def test_a_known_place_is_not_asked_for() -> None:
    assert "location" not in codes(ask())


def test_the_two_that_every_victim_is_asked_are_asked_even_when_they_change_nothing() -> None:
    assert {"happened_before", "personal_circumstances"} <= set(codes(ask(unknown=())))


def test_beyond_the_core_nothing_is_asked_that_changes_nothing() -> None:
    assert codes(ask(unknown=["targeted"])) == [code for code in CORE if code != "location"]


def test_what_could_raise_the_grade_is_asked_and_says_to_what() -> None:
    (asked,) = [
        a for a in ask(unknown=["targeted"], raising={"targeted": "priority"}) if a.question == "targeted"
    ]
    assert asked.could_change == {"grade": ("scheduled", "priority"), "attendance": ("contact", "now")}


def test_what_could_raise_harm_is_asked() -> None:
    (asked,) = [a for a in ask(harm_unknown=("getting_worse",)) if a.question == "getting_worse"]
    assert asked.could_change == {"harm": ("standard", "high")}


def test_in_an_emergency_only_the_first_three() -> None:
    assert codes(ask(location_known=False, emergency=True)) == CORE[:3]
    assert codes(ask(emergency=True, answers={"immediate_danger": "yes"})) == ["safe_to_talk"]


def test_where_it_is_not_safe_to_talk_nothing_is_asked() -> None:
    assert ask({"safe_to_talk": "no"}, location_known=False, unknown=["targeted"]) == ()


@pytest.mark.parametrize("answer", ["unknown", "refused"])
def test_what_was_asked_is_not_asked_again(answer: str) -> None:
    assert "happened_before" not in codes(ask({"happened_before": answer}, unknown=["repeat"]))


def test_what_is_known_is_confirmed() -> None:
    (asked,) = [a for a in ask(confirm={"happened_before": "You rang on the 8th?"}) if a.confirm]
    assert (asked.question, asked.confirm) == ("happened_before", "You rang on the 8th?")


@given(
    answered=st.sets(st.sampled_from([code for code in CODES if code != "location"])),
    known=st.booleans(),
    unknown=st.sets(
        st.sampled_from(["targeted", "hate", "repeat", "vulnerable", "threat_made", "happening_now"])
    ),
    emergency=st.booleans(),
)
def test_never_more_than_allowed_always_in_order_never_twice(
    answered: set[str], known: bool, unknown: set[str], emergency: bool
) -> None:
    asked = codes(
        ask(dict.fromkeys(answered, "yes"), known, emergency, unknown, dict.fromkeys(unknown, "priority"))
    )
    assert len(asked) <= (QUESTIONS.in_an_emergency if emergency else QUESTIONS.most)
    assert asked == sorted(set(asked), key=CODES.index)
    assert not answered & set(asked)
    if not emergency:
        assert {"happened_before", "personal_circumstances"} - answered <= set(asked)
