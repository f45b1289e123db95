"""What the log or the record says is offered to be confirmed: the victim's own, and never while somebody may listen."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from everycall.assessment import (
    Burst,
    Count,
    Finding,
    Incident,
    Repeat,
    Searched,
    Status,
    Truth,
    Vulnerability,
)
from everycall.call import read_call
from everycall.localtime import LONDON
from everycall.questions.confirm import Told, confirmations
from scenario_runner import policy

QUESTIONS = policy().questions
NONE = Count(status=Status.LOOKED_NONE)


def repeat(*incidents: Incident, perceived: Truth = Truth.UNKNOWN) -> Repeat:
    return Repeat(
        status=Status.LOOKED_NONE,
        is_repeat=Truth.UNKNOWN,
        rule="bch_12_months",
        perceived=perceived,
        searched=Searched(),
        burst=Burst(status=Status.LOOKED_NONE),
        person=NONE,
        household=NONE,
        place=NONE,
        phone=NONE,
        incidents=incidents,
    )


def rang(**told: Any) -> Incident:
    at = datetime(2026, 6, 8, 9, 0, tzinfo=LONDON)
    plain: dict[str, Any] = {
        "ref": "H1", "received_at": at, "month": "2026-06", "category": None, "tier": "person", "role": "victim",
    }  # fmt: skip
    return Incident(**{**plain, **told})


def finding(indicator: str = "mental_ill_health", **told: Any) -> Finding:
    plain: dict[str, Any] = {
        "indicator": indicator,
        "who": "victim",
        "assertion": "present",
        "strength": "strong",
        "source": "history",
        "said_by": "self",
        "class_": "health",
        "rule": "r",
    }
    return Finding(**{**plain, **told})


def confirmed(
    *findings: Finding,
    before: Repeat | None = None,
    told: Told | None = None,
    answers: dict[str, str] | None = None,
    **call: Any,
) -> dict[str, str]:
    given = read_call(
        {"ref": "C-1", "received_at": "2026-06-12T21:04:00+01:00", "answers": answers or {}, **call}
    )
    part = Vulnerability(status=Status.FOUND, is_vulnerable=Truth.UNKNOWN, findings=findings)
    return confirmations(QUESTIONS, given.call, before or repeat(), part, told or Told())


def test_an_earlier_call_is_confirmed_by_its_day() -> None:
    assert confirmed(before=repeat(rang())) == {
        "happened_before": "You rang on 8 June 2026: is it the same people?"
    }


def test_what_the_victim_said_themselves_is_confirmed() -> None:
    assert "You said" in confirmed(before=repeat(perceived=Truth.YES))["happened_before"]


def test_what_is_answered_needs_no_confirmation() -> None:
    assert confirmed(before=repeat(rang()), answers={"happened_before": "refused"}) == {}


@pytest.mark.parametrize("role", ["suspect", "subject"])
def test_nobody_is_asked_about_a_call_in_which_they_were_accused(role: str) -> None:
    assert confirmed(before=repeat(rang(role=role))) == {}


@pytest.mark.parametrize("tier", ["household", "phone"])
def test_nobody_is_told_of_a_call_that_was_not_theirs(tier: str) -> None:
    assert confirmed(before=repeat(rang(tier=tier))) == {}


def test_a_note_about_the_victim_is_confirmed_in_plain_words() -> None:
    found = confirmed(finding(), finding("physical_disability_or_illness"), finding("alone_or_isolated"))
    assert found["personal_circumstances"].startswith(
        "We have a note about living on your own and your health: is that still right"
    )


def test_what_is_told_in_this_call_is_no_note() -> None:
    assert confirmed(finding(source="log"))["personal_circumstances"].startswith(
        "You told us about your health"
    )


@pytest.mark.parametrize(
    "indicator",
    ["domestic_abuse", "exploitation", "suicide_or_self_harm", "substance_dependence", "homelessness"],
)
def test_some_things_are_never_read_out(indicator: str) -> None:
    found = confirmed(finding(indicator), answers={"safe_to_talk": "yes"})
    assert "personal_circumstances" not in found


def test_a_sensitive_flag_is_never_read_out() -> None:
    found = confirmed(finding(source="flag"), told=Told(private=frozenset({"mental_ill_health"})))
    assert found == {}


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
    assert confirmed(finding(**other)) == {}


@pytest.mark.parametrize(
    ("indicator", "question"),
    [
        ("targeted", "targeted"),
        ("hate_motivation", "hate"),
        ("fear_or_impact", "frightened_now"),
        ("alone_or_isolated", "support_network"),
    ],
)
def test_what_was_told_last_time_or_hinted_at_now_is_not_asked_afresh(indicator: str, question: str) -> None:
    earlier = confirmed(finding(indicator, class_="situation"))
    assert "last time" in earlier[question]
    weak = confirmed(finding(indicator, class_="situation", source="log", strength="weak", who="unknown"))
    assert "last time" not in weak[question]


def test_facts_that_the_words_suggest_or_deny_are_confirmed() -> None:
    assert "threats" in confirmed(told=Told(said=frozenset({"threat_made"})))["threat_made"]
    assert "no threats" in confirmed(told=Told(denied=frozenset({"threat_made"})))["threat_made"]


def test_what_the_call_itself_says_is_confirmed() -> None:
    found = confirmed(
        caller={"name": "Nora Tinsdale", "address": "21 Osier Way", "role": "victim"},
        others=[{"name": "Dean Foss", "role": "suspect"}],
    )
    assert set(found) == {"location", "who_is_affected", "known_perpetrator"}
    assert not any("Osier" in words or "Foss" in words for words in found.values())


@pytest.mark.parametrize(
    "signs",
    [
        {"told": Told(said=frozenset({"safe_to_talk_no"}))},
        {"told": Told(home_flags=frozenset({"no_contact_at_home"}))},
        {"found": finding("domestic_abuse", assertion="possible", strength="weak", source="log")},
        {"found": finding("exploitation", source="household", who="household")},
    ],
)
@pytest.mark.parametrize("answers", [{}, {"safe_to_talk": "refused"}, {"safe_to_talk": "unknown"}])
def test_nothing_known_is_read_out_while_somebody_may_listen(
    signs: dict[str, Any], answers: dict[str, str]
) -> None:
    findings = [finding(), *([signs["found"]] if "found" in signs else [])]
    told = signs.get("told")
    assert confirmed(*findings, before=repeat(rang()), told=told, answers=answers) == {}
    safe = confirmed(*findings, before=repeat(rang()), told=told, answers={"safe_to_talk": "yes"})
    assert {"happened_before", "personal_circumstances"} <= set(safe)
